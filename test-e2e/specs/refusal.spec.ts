// What a person declines, and what contracts refuse: said in a sentence, with nothing sent, and open to another try.
import type { Page } from "@playwright/test";
import { formatUnits, type Wallet } from "ethers";

import { addressOf, DAY, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { createFixedTermPool, fundBudget } from "../helpers/pools.ts";
import { openIn, stakeIn } from "../helpers/saving.ts";
import { act, amountField, card, dialogOf, doneSteps } from "../helpers/screen.ts";

/** Transactions that an account has sent. */
function sentBy(chain: Chain, { address }: Wallet): Promise<number> {
  return chain.provider.getTransactionCount(address);
}

function form(page: Page) {
  return page.getByRole("region", { name: /^(Stake|Open a position)$/ });
}

test.describe("a person who declines", () => {
  test("the signature has sent nothing, and can try again", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    wallet.rejectNext();
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    const alert = form(page).getByRole("alert");
    await expect(alert).toContainText("You declined in your wallet");
    await expect(alert).toContainText("Nothing was sent. You can try again at any time.");
    await expect(form(page).getByRole("listitem").first()).toContainText("Failed");
    expect(await sentBy(chain, wallet.account)).toBe(0);

    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    await expect(alert).toHaveCount(0);
    expect(await chain.flexible.balanceOf(wallet.account)).toBe(tsk(10));
  });

  test("as one account, or in one term, is told nothing as another", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.fixed)}/0`);
    const alert = form(page).getByRole("alert");
    const decline = async () => {
      await amountField(form(page)).fill("10");
      wallet.rejectNext();
      await form(page).getByRole("button", { name: "Lock 10 TSK" }).click();
      await expect(alert).toContainText("You declined in your wallet");
    };
    await decline();
    await form(page).getByText("180 days").click();
    await expect(alert).toHaveCount(0);
    await decline();
    await wallet.switchAccount(1);
    await expect(alert).toHaveCount(0);
    await expect(amountField(form(page))).toHaveValue("10"); // what was typed is nobody's
  });

  test("the transaction after the signature has sent nothing, and can try again", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    await open(`/pool/${await addressOf(chain.fixed)}/0`);
    await amountField(form(page)).fill("10");
    wallet.beforeNext("eth_sendTransaction", () => {
      wallet.rejectNext();
      return Promise.resolve();
    });
    await form(page).getByRole("button", { name: "Lock 10 TSK" }).click();
    await expect(form(page).getByRole("alert")).toContainText("Nothing was sent.");
    expect(await sentBy(chain, wallet.account)).toBe(0);
    expect(await chain.stake.allowance(wallet.account, chain.fixed)).toBe(0n);

    await form(page).getByRole("button", { name: "Lock 10 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Open the position"]);
    expect(await chain.positions(chain.fixed, wallet.account.address)).toHaveLength(1);
  });

  test("in a dialog has lost nothing, and can try again there", async ({ chain, wallet, page, open }) => {
    await stakeIn(chain.flexible, wallet.account, tsk(5));
    await chain.pass(DAY);
    const before = await sentBy(chain, wallet.account);
    await open("/portfolio");
    await card(page, /TSK/).getByRole("button", { name: "Claim" }).click();
    const dialog = dialogOf(page);
    wallet.rejectNext();
    await dialog.getByRole("button", { name: "Claim" }).click();
    await expect(dialog.getByRole("alert")).toContainText("You declined in your wallet");
    expect(await sentBy(chain, wallet.account)).toBe(before);
    expect(await act(dialog, "Claim")).toEqual(["Claim the reward"]);
    expect(await chain.flexible.earned(wallet.account)).toBe(0n);
  });
});

test.describe("a refusal", () => {
  test("is known before the wallet opens: the pool was paused meanwhile", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    wallet.beforeNext("eth_signTypedData_v4", () => chain.pause(chain.flexible));
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    const alert = form(page).getByRole("alert");
    await expect(alert).toContainText("The contract would refuse this");
    await expect(alert).toContainText("The pool is paused: it takes no deposits, openings or renewals now");
    expect(wallet.requests("eth_sendTransaction")).toEqual([]);
    await expect(form(page)).toContainText("Deposits to this pool are paused.");
  });

  test("names amounts: others took the room below the cap meanwhile", async ({ chain, wallet, page, open }) => {
    const { terms, openPrincipal } = await chain.fixed.term(1);
    const left = terms.principalCap - openPrincipal;
    const others = await chain.account(left);
    await open(`/pool/${await addressOf(chain.fixed)}/1`);
    await amountField(form(page)).fill("1000");
    wallet.beforeNext("eth_signTypedData_v4", async () => {
      await openIn(chain.fixed, others, 1, left - tsk(10));
    });
    await form(page).getByRole("button", { name: "Lock 1,000 TSK" }).click();
    const alert = form(page).getByRole("alert");
    await expect(alert).toContainText("The contract would refuse this");
    await expect(alert).toContainText(
      "There is room for 10 TSK below the cap, and this would be 1,000 TSK: put in less.",
    );
    expect(wallet.requests("eth_sendTransaction")).toEqual([]);
    await expect(form(page)).toContainText("1,000 TSK is more than still fits below the cap: 10 TSK.");
  });

  test("names amounts: others took the budget meanwhile, also as the wallet says it", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const token = await addressOf(chain.stake);
    const pool = await createFixedTermPool(chain, { stakingToken: token, rewardsToken: token });
    const { reward: budget } = await pool.previewOpen(0, tsk(1_000));
    const { reward: needed } = await pool.previewOpen(0, tsk(900));
    const { reward: taken } = await pool.previewOpen(0, tsk(500));
    await fundBudget(chain, pool, chain.stake.connect(await chain.deployer()), budget);
    const others = await chain.account();
    await open(`/pool/${await addressOf(pool)}/0`);
    await amountField(form(page)).fill("900");
    // After the page's own dry run: the refusal comes from the wallet, in its wrapping.
    wallet.beforeNext("eth_sendTransaction", async () => {
      await openIn(pool, others, 0, tsk(500));
    });
    await form(page).getByRole("button", { name: "Lock 900 TSK" }).click();
    const alert = form(page).getByRole("alert");
    await expect(alert).toContainText("of the pool's reward budget");
    for (const amount of [needed, budget - taken, needed - (budget - taken)])
      await expect(alert).toContainText(`${formatUnits(amount)} TSK`);
    expect(await sentBy(chain, wallet.account)).toBe(0);

    // What the page now says is left goes through.
    await amountField(form(page)).fill("499");
    await form(page).getByRole("button", { name: "Lock 499 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Open the position"]);
  });

  test("of a position that was left elsewhere meanwhile is explained", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const id = await openIn(fixed, account, 0, tsk(100));
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Leave early" }).click();
    const dialog = dialogOf(page);
    wallet.beforeNext("eth_sendTransaction", async () => {
      await mined(fixed.connect(account).withdrawEarly(id, tsk(100), account, 0, 0));
    });
    await dialog.getByRole("button", { name: "Leave with 99 TSK" }).click();
    await expect(dialog.getByRole("alert").first()).toContainText(
      `Position ${id} is closed: it was withdrawn, renewed or replaced by what remained of it.`,
    );
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Nothing is staked yet")).toBeVisible();
  });

  test("is said in German too, with the amounts", async ({ chain, wallet, page, open }) => {
    await page.addInitScript(() => {
      localStorage.setItem("termstake.language", "de");
    });
    await open(`/pool/${await addressOf(chain.fixed)}/1`);
    const { terms, openPrincipal } = await chain.fixed.term(1);
    const left = terms.principalCap - openPrincipal;
    const others = await chain.account(left);
    await page.getByRole("textbox", { name: "Betrag", exact: true }).fill("1.000,5");
    wallet.beforeNext("eth_signTypedData_v4", async () => {
      await openIn(chain.fixed, others, 1, left - tsk(10));
    });
    await page.getByRole("button", { name: "1.000,5 TSK" }).click();
    await expect(page.getByRole("alert")).toContainText(
      "Unter die Obergrenze passen noch 10 TSK, und dies wären 1.000,5 TSK: setzen Sie weniger ein.",
    );
  });

  test("of a transaction that the chain recorded is found out and said", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await mined(chain.stake.connect(account).approve(chain.flexible, tsk(10)));
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    await chain.unmined(async () => {
      await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
      await expect(form(page).getByText("Sent, waiting for confirmation")).toBeVisible();
      await chain.pauseAhead(chain.flexible);
      await expect(form(page).getByRole("alert")).toContainText("The contract refused this");
    });
    await expect(form(page).getByRole("alert")).toContainText("The pool is paused");
    await expect(form(page).getByRole("listitem")).toContainText("Failed");
    expect(await chain.flexible.balanceOf(account)).toBe(0n);
  });

  test("for want of the network's own currency says so", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    await chain.provider.send("hardhat_setBalance", [wallet.account.address, "0x0"]);
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    await expect(form(page).getByRole("alert")).toContainText("Not enough for the network fee");
    expect(await sentBy(chain, wallet.account)).toBe(0);
  });
});
