// Positions while they run: opened, left early in whole or part, given away. What the screen says is what the balances do, to the unit.
import type { Locator, Page } from "@playwright/test";
import type { FixedTermPool } from "@termstake/sdk/ethers";

import { addressOf, DAY, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { examine } from "../helpers/looks.ts";
import { createFixedTermPool, fundBudget, MONTH_TERM } from "../helpers/pools.ts";
import { balancesOf, changes, openIn } from "../helpers/saving.ts";
import { act, amountField, card, dialogOf, doneSteps, fact, unitsIn } from "../helpers/screen.ts";

const DOLLAR_DECIMALS = 6;
/** Where tokens go that cannot be burned. */
const DEAD = "0x000000000000000000000000000000000000dEaD";

/** A group of figures in the dialog of an exit. */
function group(page: Page, name: string): Locator {
  return dialogOf(page).getByRole("region", { name });
}

/** What the pool counts of penalties and rewards. */
function countsOf(pool: FixedTermPool) {
  const unswept = () => pool.unsweptPenalties();
  return {
    budget: () => pool.availableBudget(),
    reserved: () => pool.reservedRewards(),
    principal: () => pool.totalPrincipal(),
    toRewards: async () => (await unswept()).rewards,
    toInsurance: async () => (await unswept()).insurance,
    toTreasury: async () => (await unswept()).treasury,
    toBurn: async () => (await unswept()).burned,
  };
}

/** Balances of those to whom penalties go. */
function destinationsOf({ stake, deployment }: Chain, treasury: string) {
  return {
    insurance: () => stake.balanceOf(deployment.contracts.InsuranceFund),
    treasury: () => stake.balanceOf(treasury),
    burned: () => stake.balanceOf(DEAD),
  };
}

test.describe("a position", () => {
  test("is opened with a permit, at the reward that the form promises", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.fixed)}/0`);
    const form = page.getByRole("region", { name: "Open a position" });
    await form.getByText("90 days").click();
    await amountField(form).fill("12,345.678");
    const promised = await unitsIn(fact(form, "Reward"));
    await form.getByRole("button", { name: "Lock 12,345.678 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Open the position"]);

    const { account } = wallet;
    const [id] = await chain.positions(chain.fixed, account.address);
    const position = await chain.fixed.position(id ?? 0n);
    expect(position.owner).toBe(account.address);
    expect(position.principal).toBe(tsk("12345.678"));
    expect(position.reward).toBe(promised);
    expect(position.maturity - position.openedAt).toBe(90n * BigInt(DAY));
    expect(await chain.stake.allowance(account, chain.fixed)).toBe(0n);

    await page.getByRole("link", { name: "See it in your portfolio" }).click();
    const mine = card(page, `Position ${String(id)}`);
    await expect(fact(mine, "Principal")).toHaveText("12,345.678 TSK");
    await expect(mine.getByRole("img", { name: /drawn by its contract/ })).toHaveJSProperty("complete", true);
    await expect(mine.getByRole("img")).not.toHaveJSProperty("naturalWidth", 0);
  });

  test("is left early for what the screen says, and its penalty goes where it says", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const principal = tsk("8000.123456789012345678");
    const id = await openIn(fixed, account, 1, principal);
    await chain.pass(31 * DAY);
    await chain.holdNextBlock(4_321);
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Leave early" }).click();

    const [back, lost, goes] = ["Comes back to you", "You lose", "Where it goes"].map((name) => group(page, name));
    if (back === undefined || lost === undefined || goes === undefined) throw new Error("no group");
    const principalOut = await unitsIn(fact(back, "Principal"));
    const rewardOut = await unitsIn(fact(back, "Reward"));
    const together = await unitsIn(fact(back, "Together"));
    const penalty = await unitsIn(fact(lost, /^Penalty, 2\.31/));
    const forfeited = await unitsIn(fact(lost, "Reward accrued so far, given up"));
    const notAccrued = await unitsIn(fact(lost, "Reward not accrued yet"));
    const shares = {
      rewards: await unitsIn(fact(goes, /^to the reward budget/)),
      insurance: await unitsIn(fact(goes, "to the insurance fund")),
      treasury: await unitsIn(fact(goes, "to the treasury")),
      burned: await unitsIn(fact(goes, "burned for ever")),
    };
    const returned = await unitsIn(fact(goes, /^reward given up/));
    const { reward } = await fixed.position(id);
    expect(principalOut + penalty).toBe(principal);
    expect(rewardOut + forfeited + notAccrued).toBe(reward);
    expect(together).toBe(principalOut + rewardOut);
    expect(shares.rewards + shares.insurance + shares.treasury + shares.burned).toBe(penalty);

    const dialog = dialogOf(page);
    const changed = await changes({ ...balancesOf(chain, account), ...countsOf(fixed) }, async () => {
      expect(await act(dialog, /^Leave with/)).toEqual(["Leave early"]);
    });
    expect(changed).toEqual({
      stake: together,
      dollars: 0n,
      budget: returned,
      reserved: -reward,
      principal: -principal,
      toRewards: shares.rewards,
      toInsurance: shares.insurance,
      toTreasury: shares.treasury,
      toBurn: shares.burned,
    });
    expect(returned).toBe(forfeited + notAccrued);
    expect(await unitsIn(fact(dialog, "Principal paid to you"))).toBe(principalOut);
    expect(await unitsIn(fact(dialog, "Reward paid to you"))).toBe(rewardOut);
    expect(await unitsIn(fact(dialog, "Penalty taken"))).toBe(penalty);
    expect(await unitsIn(fact(dialog, "Accrued reward given up"))).toBe(forfeited);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("Nothing is staked yet")).toBeVisible();

    const { treasury } = await fixed.recipients();
    const swept = await changes(
      { ...destinationsOf(chain, treasury), rewards: () => fixed.availableBudget() },
      async () => mined(fixed.connect(await chain.deployer()).sweepPenalties()),
    );
    expect(swept).toEqual(shares);
  });

  test("is left in part, and goes on with the rest of it", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const id = await openIn(fixed, account, 3, tsk(1_000));
    await mined(fixed.connect(account).setAutoRenew(id, 3, DAY, false));
    await chain.pass(100 * DAY);
    await chain.holdNextBlock(77);
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Leave early" }).click();
    const dialog = dialogOf(page);
    await amountField(dialog).fill("333.333333333333333333");
    const back = group(page, "Comes back to you");
    const stays = group(page, "Stays in a position of its own");
    await expect(fact(stays, "Principal")).toHaveText("666.666666666666666667 TSK");
    await expect(stays).toContainText("Auto-renew goes on with it.");
    const together = await unitsIn(fact(back, "Together"));
    const principal = await unitsIn(fact(stays, "Principal"));
    const reward = await unitsIn(fact(stays, /^Reward on/));
    const before = await fixed.position(id);

    const changed = await changes(balancesOf(chain, account), () => act(dialog, /^Leave with/));
    expect(changed.stake).toBe(together);
    const rest = await fixed.positionCount();
    const position = await fixed.position(rest);
    expect(position.principal).toBe(principal);
    expect(position.reward).toBe(reward);
    expect(position.maturity).toBe(before.maturity);
    expect(position.autoRenew).toBe(true);
    await expect(dialog).toContainText(`It goes on as position ${rest}.`);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(fact(card(page, `Position ${rest}`), "Principal")).toHaveText("666.6666 TSK");
    await expect(card(page, `Position ${id} `)).toHaveCount(0);
  });

  test("that pays another token is left early for what the screen says, in both", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    const pool = chain.fixedForDollars;
    const id = await openIn(pool, account, 0, tsk(4_000));
    await chain.pass(45 * DAY);
    await chain.holdNextBlock(1_000);
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Leave early" }).click();
    const [back, goes] = [group(page, "Comes back to you"), group(page, "Where it goes")];
    const principalOut = await unitsIn(fact(back, "Principal"));
    const rewardOut = await unitsIn(fact(back, "Reward"), DOLLAR_DECIMALS);
    await expect(fact(back, "Together")).toHaveCount(0);
    const toStakers = await unitsIn(fact(goes, "to the stakers of a flexible pool"));
    const returned = await unitsIn(fact(goes, /^reward given up/), DOLLAR_DECIMALS);

    const figures = { ...balancesOf(chain, account), ...countsOf(pool) };
    const changed = await changes(figures, () => act(dialogOf(page), /^Leave with/));
    expect(changed.stake).toBe(principalOut);
    expect(changed.dollars).toBe(rewardOut);
    expect(rewardOut).toBeGreaterThan(0n);
    expect(changed.toRewards).toBe(toStakers);
    expect(changed.budget).toBe(returned);
  });

  test("can be given to another account, which finds it in its portfolio", async ({ chain, wallet, page, open }) => {
    const [account, other] = wallet.accounts;
    if (account === undefined || other === undefined) throw new Error("The wallet has too few accounts");
    const id = await openIn(chain.fixed, account, 2, tsk(70));
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Send" }).click();
    const dialog = dialogOf(page);
    const send = dialog.getByRole("button", { name: "Send" });
    const receiver = dialog.getByRole("textbox", { name: "Receiver’s address" });
    await receiver.fill(account.address);
    await expect(dialog.getByText("The position is yours already.")).toBeVisible();
    await expect(send).toBeDisabled();
    await receiver.fill(other.address.slice(0, -1));
    await expect(dialog.getByText("This is no address")).toBeVisible();
    await expect(send).toBeDisabled();
    await receiver.fill(other.address);
    expect(await act(dialog, "Send")).toEqual(["Send the position"]);
    expect(await chain.fixed.ownerOf(id)).toBe(other.address);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("Nothing is staked yet")).toBeVisible();

    await wallet.switchAccount(1);
    await expect(fact(card(page, `Position ${id}`), "Principal")).toHaveText("70 TSK");
  });
});

test("a pool of more terms than are told at once: each can be chosen, opened, and set to renew in", async ({
  chain,
  wallet,
  page,
  open,
}) => {
  const { account } = wallet;
  const token = await addressOf(chain.stake);
  const terms = Array.from({ length: 40 }, (_, id) => ({ ...MONTH_TERM, duration: (30 + id) * DAY }));
  const pool = await createFixedTermPool(chain, { stakingToken: token, rewardsToken: token, terms });
  await fundBudget(chain, pool, chain.stake.connect(await chain.deployer()), tsk(1_000));
  await open();
  await page.getByRole("switch", { name: "Listed only" }).click();
  await expect(
    page.getByText("8 more terms of pools that have very many are on those pools’ own pages."),
  ).toBeVisible();

  await page.setViewportSize({ width: 320, height: 812 });
  await open(`/pool/${await addressOf(pool)}/39`);
  const form = page.getByRole("region", { name: "Open a position" });
  const choice = form.getByRole("combobox", { name: "Term" });
  await expect(choice.getByRole("option")).toHaveCount(40);
  await expect(choice).toHaveValue("39");
  await choice.selectOption("69 days · 12% APR"); // the one that is chosen already
  await examine(page, "many-terms");
  const rows = page.getByRole("region", { name: "Calculator" }).locator("tbody tr");
  await expect(rows).toHaveCount(12);
  await page.getByRole("button", { name: "Show more (28 left)" }).click();
  await expect(rows).toHaveCount(24);
  await amountField(form).fill("10");
  await form.getByRole("button", { name: "Lock 10 TSK" }).click();
  await doneSteps(form);
  const [id = 0n] = await chain.positions(pool, account.address);
  expect((await pool.position(id)).termId).toBe(39n);

  await open("/portfolio");
  await page.reload(); // nothing is known of the pool from before
  await card(page, `Position ${id}`).getByRole("button", { name: "Auto-renew" }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("combobox", { name: "Term" })).toHaveValue("39");
  expect(await act(dialog, "Set auto-renew")).toEqual(["Set auto-renew"]);
  expect((await pool.autoRenewOrder(id)).termId).toBe(39n);
});
