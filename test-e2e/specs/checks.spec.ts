// What is known to fail is said before anything is signed, with the value and its limit.
import type { Page } from "@playwright/test";

import { addressOf, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { createFixedTermPool, createFlexiblePool, fundBudget, MONTH_TERM, NO_CAP } from "../helpers/pools.ts";
import { openIn } from "../helpers/saving.ts";
import { amountField } from "../helpers/screen.ts";
import type { TestWallet } from "../helpers/wallet.ts";

/** The form that deposits, and no other. */
function form(page: Page) {
  return page.getByRole("region", { name: /^(Stake|Open a position)$/ });
}

/** Enters an amount, and requires that it is refused with a sentence, without a word to the wallet. */
async function refused(page: Page, wallet: TestWallet, text: string, sentence: string): Promise<void> {
  const field = amountField(form(page));
  await field.fill(text);
  await expect(form(page).getByText(sentence, { exact: true })).toBeVisible();
  await expect(field).toHaveAccessibleDescription(new RegExp(sentence.slice(0, 20).replace(/[.]/g, "\\.")));
  await expect(form(page).locator("[type=submit]")).toBeDisabled();
  await field.press("Enter"); // the form has another way to be sent
  expect(wallet.requests("eth_signTypedData_v4")).toEqual([]);
  expect(wallet.requests("eth_sendTransaction")).toEqual([]);
}

/** A pool with room for 1,000 TSK and budget for the reward of 300 TSK. */
async function narrowPool(chain: Chain) {
  const token = await addressOf(chain.stake);
  const pool = await createFixedTermPool(chain, {
    stakingToken: token,
    rewardsToken: token,
    terms: [
      { ...MONTH_TERM, minimum: tsk(10), principalCap: tsk(1_000) },
      { ...MONTH_TERM, minimum: tsk(10), principalCap: NO_CAP },
    ],
  });
  const { reward } = await pool.previewOpen(0, tsk(300));
  await fundBudget(chain, pool, chain.stake.connect(await chain.deployer()), reward);
  return pool;
}

test.describe("before anything is signed", () => {
  test("a flexible pool's minimum and one's balance are checked", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await expect(form(page)).toContainText("Balance: 100,000 TSK");
    await refused(page, wallet, "0.999999999999999999", "0.999999999999999999 TSK is less than the minimum of 1 TSK.");
    await refused(page, wallet, "0", "0 TSK is less than the minimum of 1 TSK.");
    await refused(page, wallet, "100,000.5", "100,000.5 TSK is more than you have: 100,000 TSK.");
    await refused(page, wallet, "1.2.3", "Write the amount in digits, with a decimal sign at most once.");
    await refused(page, wallet, "1.0000000000000000001", "This token has 18 digits after the decimal sign at most.");
    await amountField(form(page)).fill("100000");
    await expect(form(page).getByRole("button", { name: "Stake 100,000 TSK" })).toBeEnabled();
  });

  test("a flexible pool's cap is checked, and Max keeps below it", async ({ chain, wallet, page, open }) => {
    const token = await addressOf(chain.stake);
    const pool = await createFlexiblePool(chain, { stakingToken: token, rewardsToken: token, cap: tsk("750.25") });
    await open(`/pool/${await addressOf(pool)}`);
    await expect(form(page)).toContainText("Balance: 100,000 TSK");
    await refused(page, wallet, "751", "751 TSK is more than still fits below the cap: 750.25 TSK.");
    await form(page).getByRole("button", { name: "Max" }).click();
    await expect(amountField(form(page))).toHaveValue("750.25");
    await expect(form(page).getByRole("button", { name: "Stake 750.25 TSK" })).toBeEnabled();
  });

  test("a term's minimum, cap and budget are checked", async ({ chain, wallet, page, open }) => {
    const pool = await narrowPool(chain);
    const address = await addressOf(pool);
    await open(`/pool/${address}/0`);
    await expect(form(page)).toContainText("Balance: 100,000 TSK");
    await refused(page, wallet, "9.5", "9.5 TSK is less than the minimum of 10 TSK.");
    await refused(page, wallet, "1,000.5", "1,000.5 TSK is more than still fits below the cap: 1,000 TSK.");

    // The most that the page lets in is the most that the contract takes.
    await form(page).getByRole("button", { name: "Max" }).click();
    const most = await amountField(form(page)).inputValue();
    await expect(form(page).getByRole("button", { name: /^Lock/ })).toBeEnabled();
    const { reward } = await pool.previewOpen(0, tsk(most));
    expect(reward).toBe(await pool.availableBudget());
    const next = (tsk(most) + 1n).toString().replace(/^(\d+)(\d{18})$/, "$1.$2");
    await refused(page, wallet, next, `${next} TSK is more than the reward budget covers now: ${most} TSK at most.`);
    await refused(page, wallet, "500", `500 TSK is more than the reward budget covers now: ${most} TSK at most.`);
    await page.getByRole("radio").nth(1).check({ force: true });
    await refused(page, wallet, "2000", `2,000 TSK is more than the reward budget covers now: ${most} TSK at most.`);

    // Somebody else takes part of it: the page sees it with the next block.
    await openIn(pool, await chain.account(), 0, tsk(200));
    await amountField(form(page)).fill("150");
    await expect(
      form(page).getByText(/^150 TSK is more than the reward budget covers now: 100\.?\d* TSK/),
    ).toBeVisible();
  });

  test("a paused pool and a paused term say so", async ({ chain, wallet, page, open }) => {
    await chain.pauseTerm(chain.fixed, 2);
    await open(`/pool/${await addressOf(chain.fixed)}/2`);
    await expect(form(page).getByRole("status")).toHaveText("This term is paused for new positions.");
    await expect(form(page).locator("[type=submit]")).toHaveCount(0);
    await chain.pause(chain.fixed);
    await expect(form(page).getByRole("status")).toHaveText(
      "Deposits to this pool are paused. What is in it can be taken out as always.",
    );
    expect(wallet.requests("eth_sendTransaction")).toEqual([]);
  });

  test("the buttons enter shares of the balance to the unit", async ({ chain, addWallet, page, open }) => {
    const balance = tsk("1000.000000000000000003");
    const wallet = await addWallet([await chain.account(balance)], { connected: true });
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await page.getByRole("button", { name: "Connect wallet" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: wallet.name }).click();
    const field = amountField(form(page));
    for (const [name, value] of [
      ["25%", "250"],
      ["50%", "500.000000000000000001"],
      ["75%", "750.000000000000000002"],
      ["Max", "1000.000000000000000003"],
    ] as const) {
      await form(page).getByRole("button", { name }).click();
      await expect(field).toHaveValue(value);
      await expect(form(page).getByRole("button", { name: /^Stake/ })).toBeEnabled();
    }
  });
});
