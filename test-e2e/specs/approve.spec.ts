// Tokens and wallets that know no permits: an approval of exactly the amount, of which nothing remains.
import { Signature } from "ethers";

import { addressOf, mined, tsk } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { createFlexiblePool } from "../helpers/pools.ts";
import { approvals } from "../helpers/saving.ts";
import { amountField, doneSteps } from "../helpers/screen.ts";
import { NoReturnToken__factory } from "../../types/factories/contracts/mocks/tokens/NoReturnToken__factory.ts";
import type { Chain } from "../helpers/chain.ts";

/** A pool of a token as USDT is: no permits, no return values, and an approval only from or to zero. */
async function poolWithoutPermits(chain: Chain, holder: string) {
  const token = await new NoReturnToken__factory(await chain.deployer()).deploy();
  const address = await addressOf(token);
  const pool = await createFlexiblePool(chain, { stakingToken: address, rewardsToken: address });
  await mined(token.mint(holder, 1_000_000_000n)); // it has 6 decimals
  return { pool, token, address };
}

test.describe("an approval", () => {
  test("is asked for exactly the amount where the token has no permits", async ({ chain, wallet, page, open }) => {
    const { pool, token, address } = await poolWithoutPermits(chain, wallet.account.address);
    await open(`/pool/${await addressOf(pool)}`);
    await amountField(page.getByRole("region", { name: "Stake" })).fill("250.25");
    await expect(page.getByText("you approve exactly this amount first")).toBeVisible();
    await page.getByRole("button", { name: "Stake 250.25 NONE" }).click();
    expect(await doneSteps(page)).toEqual(["Approve exactly this amount", "Stake"]);
    expect(approvals(wallet, address)).toEqual([250_250_000n]);
    expect(await token.allowance(wallet.account, pool)).toBe(0n);
    expect(await pool.balanceOf(wallet.account)).toBe(250_250_000n);
    expect(wallet.requests("eth_signTypedData_v4")).toEqual([]);
  });

  test("resets an old one first where the token insists", async ({ chain, wallet, page, open }) => {
    const { pool, token, address } = await poolWithoutPermits(chain, wallet.account.address);
    await mined(token.connect(wallet.account).approve(pool, 7n));
    await open(`/pool/${await addressOf(pool)}`);
    await amountField(page.getByRole("region", { name: "Stake" })).fill("100");
    await page.getByRole("button", { name: "Stake 100 NONE" }).click();
    expect(await doneSteps(page)).toEqual(["Reset the old approval", "Approve exactly this amount", "Stake"]);
    expect(approvals(wallet, address)).toEqual([0n, 100_000_000n]);
    expect(await token.allowance(wallet.account, pool)).toBe(0n);
  });

  test("takes the place of a permit that the wallet cannot sign", async ({ chain, wallet, page, open }) => {
    wallet.forgetMethod("eth_signTypedData_v4");
    await open(`/pool/${await addressOf(chain.fixed)}/1`);
    await amountField(page.getByRole("region", { name: "Open a position" })).fill("500");
    await page.getByRole("button", { name: "Lock 500 TSK" }).click();
    await expect(page.getByText("500 TSK staked")).toBeVisible();
    await expect(page.getByRole("list", { name: "Progress" }).getByRole("listitem")).toContainText([
      "Not possible here: an approval takes its place",
      /Approve exactly this amount.*Confirmed/s,
      /Open the position.*Confirmed/s,
    ]);
    expect(approvals(wallet, await addressOf(chain.stake))).toEqual([tsk(500)]);
    expect(await chain.stake.allowance(wallet.account, chain.fixed)).toBe(0n);
    expect(await chain.positions(chain.fixed, wallet.account.address)).toHaveLength(1);
  });

  test("takes the place of a permit that another one has overtaken", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    // While the person reads what to sign, a permit that they signed elsewhere is used: theirs has the number before.
    wallet.beforeNext("eth_signTypedData_v4", async () => {
      const deadline = (await chain.now()) + 600;
      const message = { owner: account.address, spender: account.address, value: 1, nonce: 0, deadline };
      const { name, version, chainId, verifyingContract } = await chain.stake.eip712Domain();
      const fields = Object.entries({ owner: "address", spender: "address" }).concat(
        ["value", "nonce", "deadline"].map((field) => [field, "uint256"]),
      );
      const types = { Permit: fields.map(([field, type]) => ({ name: field, type })) };
      const signed = await account.signTypedData({ name, version, chainId, verifyingContract }, types, message);
      const { v, r, s } = Signature.from(signed);
      const anybody = chain.stake.connect(await chain.deployer());
      await mined(anybody.permit(account, account, 1, deadline, v, r, s));
    });
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(page.getByRole("region", { name: "Stake" })).fill("40");
    await page.getByRole("button", { name: "Stake 40 TSK" }).click();
    await expect(page.getByText("40 TSK staked")).toBeVisible();
    await expect(page.getByText("Not possible here: an approval takes its place")).toBeVisible();
    expect(approvals(wallet, await addressOf(chain.stake))).toEqual([tsk(40)]);
    expect(await chain.flexible.balanceOf(account)).toBe(tsk(40));
  });

  test("stands for the next try when the stake after it is declined", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const { pool, token, address } = await poolWithoutPermits(chain, account.address);
    await open(`/pool/${await addressOf(pool)}`);
    await amountField(page.getByRole("region", { name: "Stake" })).fill("30");
    // The approval is agreed to; what is asked next is not.
    wallet.beforeNext("eth_sendTransaction", () => {
      wallet.beforeNext("eth_sendTransaction", () => {
        wallet.rejectNext();
        return Promise.resolve();
      });
      return Promise.resolve();
    });
    await page.getByRole("button", { name: "Stake 30 NONE" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("You declined in your wallet");
    await expect(alert).toContainText("This step was not sent; those confirmed before it stand.");
    expect(await token.allowance(account, pool)).toBe(30_000_000n);
    expect(await pool.balanceOf(account)).toBe(0n);

    await page.getByRole("button", { name: "Stake 30 NONE" }).click();
    expect(await doneSteps(page)).toEqual(["Stake"]);
    expect(await pool.balanceOf(account)).toBe(30_000_000n);
    expect(await token.allowance(account, pool)).toBe(0n);
    expect(approvals(wallet, address)).toEqual([30_000_000n]);
  });
});
