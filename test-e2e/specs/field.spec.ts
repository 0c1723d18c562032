// What was met in the field: transactions that take their time, people who switch meanwhile, small screens, strange tokens and wallets.
import type { Locator, Page } from "@playwright/test";

import { FeeToken__factory } from "../../types/factories/contracts/mocks/tokens/FeeToken__factory.ts";
import { PlainToken__factory } from "../../types/factories/contracts/mocks/tokens/PlainToken__factory.ts";
import { addressOf, mined, tsk } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { expectNoSidewaysScroll } from "../helpers/looks.ts";
import { createFixedTermPool, createFlexiblePool, fundBudget } from "../helpers/pools.ts";
import { openIn, stakeIn } from "../helpers/saving.ts";
import { amountField, card, dialogOf, doneSteps } from "../helpers/screen.ts";

const form = (page: Page) => page.getByRole("region", { name: /^(Stake|Open a position)$/ });
const onTheirWay = (page: Page) => page.getByRole("list", { name: "Transactions on their way" });
const RPC = "**/rpc";

test.describe("a transaction that takes its time", () => {
  test("is shown on every page and after a reload, and a repeat is warned of", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    await mined(chain.stake.connect(wallet.account).approve(chain.fixed, tsk(60_000)));
    await open(`/pool/${await addressOf(chain.fixed)}/0`);
    await amountField(form(page)).fill("30000");
    await chain.unmined(async () => {
      await form(page).getByRole("button", { name: "Lock 30,000 TSK" }).click();
      await expect(form(page).getByText("Sent, waiting for confirmation")).toBeVisible();
      await expect(onTheirWay(page)).toHaveCount(0); // it is shown where it was sent

      await page.getByRole("link", { name: "Portfolio" }).click();
      await expect(onTheirWay(page)).toContainText("Open the position 30,000 TSK: sent, waiting for confirmation");
      await expect(page.getByRole("main")).toContainText("Nothing is confirmed yet");
      await page.reload();
      await expect(onTheirWay(page)).toContainText("Open the position 30,000 TSK");

      await open(`/pool/${await addressOf(chain.fixed)}/0`);
      await amountField(form(page)).fill("30000");
      const again = form(page).getByRole("button", { name: "Lock 30,000 TSK" });
      await expect(form(page)).toContainText("A transaction of yours in this pool is still on its way");
      await expect(again).toBeDisabled();
      await form(page).getByRole("switch", { name: "Send another one all the same" }).click();
      await expect(again).toBeEnabled();
      await chain.provider.send("evm_mine", []);
      await expect(onTheirWay(page)).toContainText("confirmed");
    });
    await onTheirWay(page).getByRole("button", { name: "Understood" }).click();
    await expect(onTheirWay(page)).toHaveCount(0);
    expect(await chain.positions(chain.fixed, wallet.account.address)).toHaveLength(1);
  });

  test("is told to the account that sent it, and not to the one switched to", async ({ chain, wallet, page, open }) => {
    await mined(chain.stake.connect(wallet.account).approve(chain.flexible, tsk(10)));
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    await chain.unmined(async () => {
      await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
      await expect(form(page).getByText("Sent, waiting for confirmation")).toBeVisible();
      await wallet.switchAccount(1);
      await expect(form(page).getByText("Sent, waiting for confirmation")).toHaveCount(0);
      await chain.provider.send("evm_mine", []);
    });
    await expect.poll(() => chain.flexible.balanceOf(wallet.accounts[0] ?? "")).toBe(tsk(10));
    await page.waitForTimeout(3_000); // long enough for the page to hear of it
    await expect(page.getByText("10 TSK staked")).toHaveCount(0);
    await expect(onTheirWay(page)).toHaveCount(0);
    await wallet.switchAccount(0);
    await expect(onTheirWay(page)).toContainText("Stake 10 TSK: confirmed");
  });

  test("goes to no other network than the one it was meant for", async ({ chain, wallet, page, open }) => {
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    wallet.beforeNext("eth_signTypedData_v4", () => wallet.switchChain(1));
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    await expect(form(page).getByRole("alert")).toContainText("Your wallet has moved");
    expect(wallet.requests("eth_sendTransaction")).toEqual([]);
    await form(page).getByRole("button", { name: "Switch to Local node" }).click(); // beside the button
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    expect(wallet.requests("eth_sendTransaction")).toMatchObject([[{ chainId: "0x7a69" }]]);
  });

  test("asks for the wallet only when the wallet is asked", async ({ chain, wallet, page, open }) => {
    await mined(chain.stake.connect(wallet.account).approve(chain.flexible, tsk(10)));
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    const button = form(page).getByRole("button", { name: "Stake 10 TSK" });
    await expect(button).toBeEnabled();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(RPC, async (route) => {
      if (
        route.request().postData()?.includes("pending") === true &&
        route.request().postData()?.includes("eth_call") === true
      )
        await held;
      await route.continue();
    });
    await button.click();
    await expect(form(page).getByRole("listitem")).toContainText("Asking the node");
    await expect(form(page)).not.toContainText("your wallet");
    expect(wallet.requests("eth_sendTransaction")).toEqual([]);
    release();
    expect(await doneSteps(page)).toEqual(["Stake"]);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
});

test("a node that is silent is said to be within ten seconds", async ({ page, open }) => {
  await open();
  await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
  await page.route(RPC, () => new Promise(() => undefined)); // it takes the question, and is silent
  await expect(page.getByRole("alert")).toContainText("The node does not answer", { timeout: 10_000 });
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test.describe("the action", () => {
  for (const [width, height] of [
    [1366, 650],
    [375, 667],
  ] as const)
    test(`is in sight at ${width} × ${height}, and nothing jumps after it`, async ({ chain, wallet, page, open }) => {
      await page.setViewportSize({ width, height });
      const { account } = wallet;
      const id = await openIn(chain.fixed, account, 3, tsk(1_000));
      await open(`/pool/${await addressOf(chain.fixed)}/0`);
      await amountField(form(page)).fill("10");
      const lock = form(page).getByRole("button", { name: "Lock 10 TSK" });
      await expect(lock).toBeEnabled();
      await expect(lock).toBeInViewport({ ratio: 1 });
      const place = () => page.evaluate(() => window.scrollY);
      const before = await place();
      await lock.click();
      await expect(form(page).getByText("10 TSK staked")).toBeInViewport({ ratio: 1 });
      expect(await place()).toBe(before);

      await open("/portfolio");
      for (const name of ["Leave early", "Auto-renew", "Send"]) {
        await card(page, `Position ${id}`).getByRole("button", { name }).click();
        await expect(submitOf(dialogOf(page))).toBeInViewport({ ratio: 1 });
        await page.keyboard.press("Escape");
      }
    });
});

test.describe("what a stranger put into one's account", () => {
  test("is apart, counts in nothing, and can be hidden", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await stakeIn(chain.flexible, account, tsk(20));
    const token = await new PlainToken__factory(await chain.deployer()).deploy("Gift", "GIFT", 18);
    const address = await addressOf(token);
    const pool = await createFlexiblePool(chain, { stakingToken: address, rewardsToken: address });
    const stranger = await chain.account();
    await mined(token.mint(stranger.address, tsk(1_000_000)));
    await mined(token.connect(stranger).approve(await addressOf(pool), tsk(1_000_000)));
    await mined(pool.connect(stranger).stakeFor(account.address, tsk(1_000_000)));

    await open("/portfolio");
    const apart = page.getByRole("region", { name: "In unlisted pools" });
    await expect(apart).toContainText("1,000,000 GIFT");
    await expect(page.getByRole("region", { name: "In all" })).not.toContainText("GIFT");
    await apart.getByRole("switch", { name: "Show unlisted pools" }).click();
    await expect(page.getByText("1,000,000 GIFT")).toHaveCount(0);
    await page.getByRole("link", { name: "History" }).click();
    await expect(page.getByRole("table", { name: "Events" }).getByRole("rowheader")).toHaveText(["Staked"]);
    await page.getByRole("switch", { name: "Show unlisted pools" }).click();
    await expect(page.getByRole("table", { name: "Events" }).getByRole("rowheader")).toHaveCount(2);
  });

  test("with 255 decimals spoils no page", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await stakeIn(chain.flexible, account, tsk(20));
    const token = await new PlainToken__factory(await chain.deployer()).deploy("Endless", "SEVENTEENLETTERSX", 255);
    const address = await addressOf(token);
    const pool = await createFlexiblePool(chain, { stakingToken: address, rewardsToken: address });
    await mined(token.mint(account.address, 5n));
    await mined(token.connect(account).approve(await addressOf(pool), 5n));
    await mined(pool.connect(account).stake(5n));
    await page.setViewportSize({ width: 320, height: 667 });
    await open("/portfolio");
    await expect(page.getByRole("main")).toContainText("20 TSK");
    await expect(page.getByRole("region", { name: "In unlisted pools" })).toContainText("< 0.0001");
    await expectNoSidewaysScroll(page, "portfolio");
    await page.getByRole("link", { name: "History" }).click();
    await expect(page.getByText("20 TSK").first()).toBeVisible();
    await page.getByRole("link", { name: "Explore" }).click();
    await page.getByRole("switch", { name: "Listed only" }).click();
    await expect(page.getByText("Unlisted").first()).toBeVisible();
    await expectNoSidewaysScroll(page, "explore");
    await open(`/pool/${await addressOf(pool)}`);
    await amountField(form(page)).fill("1".repeat(60));
    await expect(form(page)).toContainText("is more than you have");
    await expectNoSidewaysScroll(page, "pool");
  });
});

test("a token that keeps a part of each transfer: the minimum is for what arrives, and what is credited is said", async ({
  chain,
  wallet,
  page,
  open,
}) => {
  const { account } = wallet;
  const token = await new FeeToken__factory(await chain.deployer()).deploy(200);
  const stakingToken = await addressOf(token);
  const pool = await createFixedTermPool(chain, { stakingToken, rewardsToken: await addressOf(chain.stake) });
  await fundBudget(chain, pool, chain.stake.connect(await chain.deployer()), tsk(1_000));
  await mined(token.mint(account.address, tsk(100)));
  await open(`/pool/${await addressOf(pool)}/0`);
  await amountField(form(page)).fill("40");
  const lock = form(page).getByRole("button", { name: /^Lock 40 / });
  await lock.click();
  await expect(form(page).getByRole("alert")).toContainText("Less arrives than you send");
  expect(await chain.positions(pool, account.address)).toHaveLength(0);
  const { reward } = await pool.previewOpen(0, tsk(40));
  await lock.click();
  await expect(form(page).getByText(/arrived: the token keeps a part of each transfer/)).toBeVisible();
  const [id = 0n] = await chain.positions(pool, account.address);
  const position = await pool.position(id);
  expect(position.principal).toBeLessThan(tsk(40));
  expect(position.reward).toBeLessThan(reward);
});

test.describe("a wallet", () => {
  for (const [name, options] of [
    ["without a picture", { withoutIcon: true }],
    ["that announces itself late", { late: 1_500 }],
    ["with a name of 300 characters", { name: "W".repeat(300) }],
    ["without a name", { name: "" }],
  ] as const)
    test(`${name} is connected again, and holds the layout`, async ({ chain, addWallet, page, open }) => {
      await page.setViewportSize({ width: 320, height: 667 });
      const wallet = await addWallet([await chain.account()], { connected: true, ...options });
      await page.addInitScript((rdns) => {
        localStorage.setItem("termstake.wallet", rdns);
      }, wallet.rdns);
      await open();
      const account = page.getByRole("banner").getByRole("button", { name: /^Account/ });
      await expect(account).toContainText(wallet.account.address.slice(-4));
      await account.click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectNoSidewaysScroll(page, name);
    });
});

function submitOf(dialog: Locator): Locator {
  return dialog.locator("[type=submit]");
}
