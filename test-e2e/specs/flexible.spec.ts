import { addressOf, mined, tsk, DAY } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { createFlexiblePool, stream } from "../helpers/pools.ts";
import { balancesOf, changes, stakeIn } from "../helpers/saving.ts";
import { act, amountField, card, dialogOf, doneSteps, fact, unitsIn } from "../helpers/screen.ts";
import { PlainToken__factory } from "../../types/factories/contracts/mocks/tokens/PlainToken__factory.ts";
import { RefusingToken__factory } from "../../types/factories/contracts/mocks/tokens/RefusingToken__factory.ts";

/** Values of `RefusingToken`'s `Refusal`. */
const LETS_THROUGH = 0;
const REVERTS = 1;

test.describe("a flexible pool", () => {
  test("takes a stake from Explore, with a permit for exactly the amount", async ({ chain, wallet, page, open }) => {
    await open();
    const row = page.getByRole("row", { name: /Flexible/ });
    await row.getByRole("link", { name: /^Stake/ }).click();
    await page.getByRole("textbox", { name: "Amount", exact: true }).fill("1,234.5");
    await expect(page.getByText("You sign a permit for exactly this amount")).toBeVisible();
    await page.getByRole("button", { name: "Stake 1,234.5 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    await expect(page.getByText("1,234.5 TSK staked")).toBeVisible();

    const { address } = wallet.account;
    expect(await chain.flexible.balanceOf(address)).toBe(tsk("1234.5"));
    const [signed] = wallet.requests("eth_signTypedData_v4");
    expect(signed?.[1]).toContain(`"value":"${tsk("1234.5")}"`);
    expect(await chain.stake.allowance(address, chain.flexible)).toBe(0n);

    await page.getByRole("link", { name: "See it in your portfolio" }).click();
    await expect(fact(card(page, /TSK/), "Staked")).toHaveText("1,234.5 TSK");
  });

  test("pays the reward, which ticks meanwhile, and leaves the stake", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await stakeIn(chain.flexible, account, tsk(1_000));
    await chain.pass(DAY);
    await open("/portfolio");
    const stake = card(page, /TSK/);
    const ticking = fact(stake, "Reward to claim");
    const before = await unitsIn(ticking);
    expect(before).toBeGreaterThan(0n);
    await expect.poll(() => unitsIn(ticking)).toBeGreaterThan(before);

    await chain.holdNextBlock(3_600);
    await stake.getByRole("button", { name: "Claim" }).click();
    const dialog = dialogOf(page);
    await expect(fact(dialog, "Stays staked")).toHaveText("1,000 TSK");
    const changed = await changes(balancesOf(chain, account), async () => {
      expect(await act(dialog, "Claim")).toEqual(["Claim the reward"]);
    });
    expect(changed.stake).toBeGreaterThan(0n);
    expect(await unitsIn(fact(dialog, "Reward paid to you"))).toBe(changed.stake);
    expect(await chain.flexible.balanceOf(account)).toBe(tsk(1_000));
    expect(await chain.flexible.earned(account)).toBe(0n);
  });

  test("offers a claim once there is something to be seen in it, and none before", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    const deployer = await chain.deployer();
    for (const [symbol, total] of [
      ["DUST", 9_000_000_000n], // all that will ever be earned is written as 0.00000000
      ["SLOW", 1_209_600_000_000_000n], // the last of the digits shown takes five seconds
    ] as const) {
      const token = await new PlainToken__factory(deployer).deploy(symbol, symbol, 18);
      const address = await addressOf(token);
      const pool = await createFlexiblePool(chain, { stakingToken: address, rewardsToken: address });
      await mined(token.mint(account.address, tsk(20)));
      await stakeIn(pool, account, tsk(20));
      await stream(chain, pool, token.connect(deployer), total);
    }
    await open("/portfolio");
    const claim = (symbol: string) => card(page, new RegExp(symbol)).getByRole("button", { name: "Claim" });
    await expect(claim("SLOW")).toBeVisible(); // by the clock: no block comes meanwhile
    await expect(fact(card(page, /DUST/), "Reward to claim")).toHaveText("0.00000000 DUST");
    await expect(claim("DUST")).toHaveCount(0);
  });

  test("gives a part back, and says that the reward stays claimable", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await stakeIn(chain.flexible, account, tsk(1_000));
    await chain.pass(DAY);
    await open("/portfolio");
    const stake = card(page, /TSK/);
    await stake.getByRole("button", { name: "Withdraw" }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: "25%" }).click();
    await expect(amountField(dialog)).toHaveValue("250");
    await expect(fact(dialog, "Reward that stays claimable")).toBeVisible();
    await expect(dialog.getByText("Your reward is untouched")).toBeVisible();
    const told = await unitsIn(fact(dialog, "Comes back to you"));
    const stays = await unitsIn(fact(dialog, "Stays staked"));

    const earned = await chain.flexible.earned(account);
    const changed = await changes(balancesOf(chain, account), async () => {
      expect(await act(dialog, "Withdraw")).toEqual(["Withdraw"]);
    });
    expect(changed.stake).toBe(told);
    expect(told).toBe(tsk(250));
    expect(await chain.flexible.balanceOf(account)).toBe(stays);
    expect(await chain.flexible.earned(account)).toBeGreaterThanOrEqual(earned);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(fact(stake, "Staked")).toHaveText("750 TSK");
    expect(await unitsIn(fact(stake, "Reward to claim"))).toBeGreaterThan(0n);
  });

  test("gives everything back, and pays the reward with it", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await stakeIn(chain.flexible, account, tsk(1_000));
    await chain.pass(DAY);
    await open("/portfolio");
    await card(page, /TSK/).getByRole("button", { name: "Withdraw" }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: "Max" }).click();
    await expect(fact(dialog, "Reward paid with it")).toBeVisible();
    const changed = await changes(balancesOf(chain, account), async () => {
      expect(await act(dialog, "Withdraw everything and claim")).toEqual(["Withdraw everything and claim"]);
    });
    const principal = await unitsIn(fact(dialog, "Principal paid to you"));
    const reward = await unitsIn(fact(dialog, "Reward paid to you"));
    expect(principal).toBe(tsk(1_000));
    expect(reward).toBeGreaterThan(0n);
    expect(changed.stake).toBe(principal + reward);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("Nothing is staked yet")).toBeVisible();
    expect(await chain.flexible.earned(account)).toBe(0n);
  });

  test("keeps a reward whose token refuses to be sent, and says so", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const refusing = await new RefusingToken__factory(await chain.deployer()).deploy();
    const pool = await createFlexiblePool(chain, {
      stakingToken: await addressOf(chain.stake),
      rewardsToken: await addressOf(refusing),
    });
    await stream(chain, pool, refusing, tsk(700));
    await stakeIn(pool, account, tsk(10));
    await chain.pass(DAY);
    await refusing.setRefusal(REVERTS);

    await open("/portfolio");
    const stake = card(page, /TSK/);
    await stake.getByRole("button", { name: "Withdraw" }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: "Max" }).click();
    const changed = await changes(balancesOf(chain, account), () => act(dialog, "Withdraw everything and claim"));
    expect(changed.stake).toBe(tsk(10));
    const kept = dialog.getByRole("alert");
    await expect(kept).toContainText("The reward could not be transferred");
    const owed = await pool.earned(account);
    expect(await unitsIn(kept.locator("span").first())).toBe(owed);
    expect(owed).toBeGreaterThan(0n);
    await dialog.getByRole("button", { name: "Done" }).click();

    await expect(stake.getByText("what it earned is still yours to claim")).toBeVisible();
    await refusing.setRefusal(LETS_THROUGH);
    await stake.getByRole("button", { name: "Claim" }).click();
    await act(dialog, "Claim");
    expect(await unitsIn(fact(dialog, "Reward paid to you"))).toBe(owed);
    expect(await refusing.balanceOf(account)).toBe(owed);
  });
});
