// Positions from maturity on, which the chain's clock decides: withdrawn, renewed by their owner or by auto-renew, and rewards
// that a token refused to be sent.
import { addressOf, DAY, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { createFixedTermPool, fundBudget } from "../helpers/pools.ts";
import { balancesOf, changes, openIn } from "../helpers/saving.ts";
import { act, card, dialogOf, fact, unitsIn } from "../helpers/screen.ts";
import { RefusingToken__factory } from "../../types/factories/contracts/mocks/tokens/RefusingToken__factory.ts";

const DOLLAR_DECIMALS = 6;
/** Values of `RefusingToken`'s `Refusal`. */
const LETS_THROUGH = 0;
const REVERTS = 1;

/** A pool that pays rewards in a token which can be made to refuse transfers, with a budget. */
async function poolOfRefusingToken(chain: Chain) {
  const token = await new RefusingToken__factory(await chain.deployer()).deploy();
  const pool = await createFixedTermPool(chain, {
    stakingToken: await addressOf(chain.stake),
    rewardsToken: await addressOf(token),
  });
  await fundBudget(chain, pool, token, tsk(1_000));
  return { pool, token };
}

test.describe("at maturity", () => {
  test("by the chain's clock a position pays principal and reward, to the unit", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const id = await openIn(fixed, account, 0, tsk("2500.5"));
    const { principal, reward, maturity } = await fixed.position(id);
    await open("/portfolio");
    const mine = card(page, `Position ${id}`);
    await expect(mine).toContainText("29 days 23 hours left");
    await expect(mine.getByRole("button", { name: "Withdraw" })).toHaveCount(0);
    await chain.pass(15 * DAY);
    await expect(mine).toContainText(/1[45] days .*left/);
    await expect(mine.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
    await chain.pass(Number(maturity) - (await chain.now()) - 1);
    await chain.holdNextBlock(1);

    await expect(mine).toContainText("Ready to withdraw");
    await mine.getByRole("button", { name: "Withdraw" }).click();
    const dialog = dialogOf(page);
    await expect(dialog.getByRole("region", { name: "You lose" })).toHaveCount(0);
    const back = dialog.getByRole("region", { name: "Comes back to you" });
    expect(await unitsIn(fact(back, "Principal"))).toBe(principal);
    expect(await unitsIn(fact(back, "Reward"))).toBe(reward);
    const together = await unitsIn(fact(back, "Together"));
    const changed = await changes(balancesOf(chain, account), async () => {
      expect(await act(dialog, /^Withdraw 2,5\d\d\.\d+ TSK$/)).toEqual(["Withdraw"]);
    });
    expect(changed.stake).toBe(together);
    expect(together).toBe(principal + reward);
    expect(await unitsIn(fact(dialog, "Principal paid to you"))).toBe(principal);
    expect(await unitsIn(fact(dialog, "Reward paid to you"))).toBe(reward);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("Nothing is staked yet")).toBeVisible();
  });

  test("a position is renewed with its reward, and no token moves", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const id = await openIn(fixed, account, 0, tsk(1_000));
    const old = await fixed.position(id);
    await chain.pass(40 * DAY);
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Renew" }).click();
    const dialog = dialogOf(page);
    await dialog.getByText("180 days").click();
    const principal = await unitsIn(fact(dialog, "New principal"));
    const reward = await unitsIn(fact(dialog, "Reward"));
    const changed = await changes(balancesOf(chain, account), async () => {
      expect(await act(dialog, "Renew")).toEqual(["Renew"]);
    });
    expect(changed).toEqual({ stake: 0n, dollars: 0n });
    const next = await fixed.positionCount();
    const position = await fixed.position(next);
    expect(principal).toBe(old.principal + old.reward);
    expect(position.principal).toBe(principal);
    expect(position.reward).toBe(reward);
    expect(position.maturity - position.openedAt).toBe(180n * BigInt(DAY));
    await expect(dialog).toContainText(`It goes on as position ${next}.`);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(card(page, `Position ${next}`)).toContainText("180 days");
  });

  test("a position that pays another token is renewed, and the reward paid out", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    const pool = chain.fixedForDollars;
    const id = await openIn(pool, account, 0, tsk(1_000));
    await chain.pass(90 * DAY);
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Renew" }).click();
    const dialog = dialogOf(page);
    const paid = await unitsIn(fact(dialog, "Reward paid to you now"), DOLLAR_DECIMALS);
    expect(await unitsIn(fact(dialog, "New principal"))).toBe(tsk(1_000));
    const changed = await changes(balancesOf(chain, account), () => act(dialog, "Renew"));
    expect(changed).toEqual({ stake: 0n, dollars: paid });
    expect(paid).toBeGreaterThan(0n);
    expect(await unitsIn(fact(dialog, "Reward paid to you"), DOLLAR_DECIMALS)).toBe(paid);
  });

  test("auto-renew lets anybody renew a position, once", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const id = await openIn(fixed, account, 0, tsk(600));
    await open("/portfolio");
    const mine = card(page, `Position ${id}`);
    await mine.getByRole("button", { name: "Auto-renew" }).click();
    const dialog = dialogOf(page);
    await dialog.getByText("90 days").click();
    await expect(dialog).toContainText("You can cancel with certainty until maturity.");
    await expect(dialog).toContainText("once, for 90 days at 6% a year");
    expect(await act(dialog, "Set auto-renew")).toEqual(["Set auto-renew"]);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(mine).toContainText("Renews");
    expect([...(await fixed.autoRenewOrder(id))]).toEqual([1n, 3n * BigInt(DAY), false]);

    const { principal, reward } = await fixed.position(id);
    await chain.pass(30 * DAY);
    await mined(fixed.connect(await chain.deployer()).renew(id, 1, 0));
    const next = await fixed.positionCount();
    const renewed = card(page, `Position ${next}`);
    await expect(renewed).toContainText("90 days");
    await expect(renewed).not.toContainText("Renews");
    expect((await fixed.position(next)).principal).toBe(principal + reward);
    expect(await fixed.ownerOf(next)).toBe(account.address);
  });

  test("auto-renew that was cancelled renews nothing", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const { fixed } = chain;
    const id = await openIn(fixed, account, 0, tsk(600));
    await mined(fixed.connect(account).setAutoRenew(id, 2, 7 * DAY, true));
    await open("/portfolio");
    const mine = card(page, `Position ${id}`);
    await mine.getByRole("button", { name: "Auto-renew" }).click();
    const dialog = dialogOf(page);
    await expect(fact(dialog, "Term")).toHaveText("180 days");
    await expect(fact(dialog, "Repeats after each term")).toHaveText("yes");
    expect(await act(dialog, "Cancel auto-renew")).toEqual(["Cancel auto-renew"]);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(mine).not.toContainText("Renews");
    await chain.pass(30 * DAY);
    const anybody = fixed.connect(await chain.deployer());
    await expect(anybody.renew.staticCall(id, 2, 0)).rejects.toThrow(/PoolNotAuthorized/);
  });

  test("a reward that its token refuses to send is kept, shown and claimed later", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    const { pool, token } = await poolOfRefusingToken(chain);
    const id = await openIn(pool, account, 0, tsk(500));
    const { reward } = await pool.position(id);
    await chain.pass(30 * DAY);
    await mined(token.setRefusal(REVERTS));
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Withdraw" }).click();
    const dialog = dialogOf(page);
    const changed = await changes(balancesOf(chain, account), () => act(dialog, "Withdraw 500 TSK"));
    expect(changed.stake).toBe(tsk(500));
    await expect(dialog.getByRole("alert")).toContainText("The reward could not be transferred");
    expect(await unitsIn(dialog.getByRole("alert").locator("span").first())).toBe(reward);
    await expect(fact(dialog, "Reward paid to you")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Done" }).click();

    const waiting = page.getByRole("region", { name: "Rewards are waiting for you" });
    expect(await unitsIn(waiting.getByRole("strong"))).toBe(reward);
    await waiting.getByRole("button", { name: "Claim what is owed" }).click();
    expect(await unitsIn(fact(dialog, "Owed to you"))).toBe(reward);
    await dialog.getByRole("button", { name: "Claim what is owed" }).click();
    await expect(dialog.getByRole("alert")).toContainText(
      "most likely the token does not let the transfer through now",
    );
    expect(wallet.requests("eth_sendTransaction")).toHaveLength(1);

    await mined(token.setRefusal(LETS_THROUGH));
    expect(await act(dialog, "Claim what is owed")).toEqual(["Claim what is owed"]);
    expect(await token.balanceOf(account)).toBe(reward);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(waiting).toHaveCount(0);
  });
});
