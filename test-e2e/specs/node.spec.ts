// A node that ends, comes back with another chain, or holds none: the page says so, shows nothing stale, and recovers by itself.
import type { Page, Route } from "@playwright/test";

import { freePort, startLocalNode, type LocalNode } from "../../scripts/lib/local-node.ts";
import { Chain, DAY, tsk } from "../helpers/chain.ts";
import { expect, test as base } from "../helpers/fixtures.ts";
import { start } from "../helpers/started.ts";

/** What a browser says itself of requests that nobody answers. */
const UNANSWERED = /Failed to load resource|net::ERR_/;

/** Decides what becomes of what the page asks its node. */
type Way = (route: Route) => Promise<void>;

const lost: Way = (route) => route.abort("connectionrefused");
const answered: Way = (route) => route.continue();

const test = base.extend<{ way: (next: Way) => void }>({
  tolerated: UNANSWERED,
  way: async ({ page }, use) => {
    let current = answered;
    await page.route("**/rpc", async (route) => current(route));
    await use((next) => (current = next));
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
});

const lostAlert = (page: Page) => page.getByRole("alert").filter({ hasText: "The node does not answer" });
const restarted = (page: Page) => page.getByText("The chain has started anew");

test.describe("npm start, ended and started again", () => {
  test("the page waits, and goes on with the new chain alone, also one that is as high", async ({ page, way }) => {
    test.setTimeout(600_000);
    const first = await start();
    const before = await Chain.of(first);
    const [account = ""] = before.deployment.developmentAccounts;
    await before.stakeFor(account, tsk(4_321));
    const height = await before.provider.getBlockNumber();
    before.provider.destroy();
    await page.goto(`${first.pageUrl}/#/portfolio`);
    await expect(page.getByRole("main")).toContainText("4,321 TSK");
    await expect(page.getByRole("contentinfo")).toContainText(`block ${height}`);

    await first.stop();
    await expect(lostAlert(page)).toContainText(`block ${height}`);
    await expect(page.getByRole("main")).toContainText("4,321 TSK"); // as of then, which the alert says

    way(lost); // until the new chain is as high as the old one
    const second = await start(first.ports);
    try {
      const after = await Chain.of(second);
      while ((await after.provider.getBlockNumber()) < height) await after.pass(1);
      after.provider.destroy();
      way(answered);
      await expect(lostAlert(page)).toHaveCount(0);
      await expect(restarted(page)).toBeVisible();
      await expect(page.getByRole("main")).toContainText("Nothing is staked yet");
      await expect(page.getByText("4,321 TSK")).toHaveCount(0);
      await page.getByRole("button", { name: "Understood" }).click();
      await expect(restarted(page)).toHaveCount(0);
    } finally {
      await second.stop();
    }
  });
});

test.describe("the node", () => {
  test("does not answer for a while: the page says since when, refuses to sign, and goes on", async ({
    chain,
    wallet,
    page,
    open,
    way,
  }) => {
    await open(`/pool/${await chain.flexible.getAddress()}`);
    await page.getByRole("textbox", { name: "Amount", exact: true }).fill("10");
    const stake = page.getByRole("button", { name: "Stake 10 TSK" });
    await expect(stake).toBeEnabled();
    way(lost);
    await expect(lostAlert(page)).toContainText(`block ${await chain.provider.getBlockNumber()}`);
    await expect(stake).toBeDisabled();
    await chain.pass(DAY);
    way(answered);
    await expect(lostAlert(page)).toHaveCount(0);
    await expect(stake).toBeEnabled();
    await expect(page.getByRole("contentinfo")).toContainText(`block ${await chain.provider.getBlockNumber()}`);
    await expect(restarted(page)).toHaveCount(0); // it is the same chain
    expect(wallet.requests("eth_sendTransaction")).toEqual([]);
  });

  test("is another one, with an empty chain: nothing of the old one is left", async ({ chain, page, open, way }) => {
    const [account = ""] = chain.deployment.developmentAccounts;
    await chain.stakeFor(account, tsk(987));
    await open("/portfolio");
    await expect(page.getByRole("main")).toContainText("987 TSK");
    const empty: LocalNode = await startLocalNode(await freePort());
    try {
      way(async (route) => route.continue({ url: empty.url }));
      await expect(restarted(page)).toBeVisible();
      await expect(page.getByRole("contentinfo")).toContainText("block 0");
      await expect(page.getByRole("main")).toContainText("There is no such contract on this chain");
      await expect(page.getByText("987 TSK")).toHaveCount(0);
      await page.getByRole("link", { name: "Explore" }).click();
      await expect(page.getByRole("main")).toContainText("There is no such contract on this chain");
      await expect(page.getByRole("row")).toHaveCount(0);

      way(answered); // and back
      await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
    } finally {
      await empty.stop();
    }
  });
});

test.describe("a page that reads", () => {
  test("says what it reads, then shows it", async ({ page, open, way }) => {
    const waiting: (() => void)[] = [];
    way(async (route) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await route.continue();
    });
    await open();
    await expect(page.getByRole("status").filter({ hasText: "Reading the pools …" })).toBeVisible();
    await expect(page.getByRole("row")).toHaveCount(0);
    way(answered);
    for (const proceed of waiting) proceed();
    await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "…" })).toHaveCount(0);
  });

  test("says what went wrong, and tries again when asked", async ({ page, open, way }) => {
    way(lost);
    await open();
    await expect(
      page.getByRole("alert").filter({ hasText: "Nothing could be read yet. The page keeps trying." }),
    ).toBeVisible();
    const failure = page.getByRole("alert").filter({ hasText: "The node cannot be reached" });
    await expect(failure).toBeVisible();
    way(answered);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
    await expect(failure).toHaveCount(0);
    await expect(lostAlert(page)).toHaveCount(0);
  });

  test("recovers without being asked", async ({ page, open, way }) => {
    way(lost);
    await open();
    await expect(page.getByRole("alert").filter({ hasText: "The node cannot be reached" })).toBeVisible();
    way(answered);
    await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("does not start without its deployment, and says so", async ({ page, open }) => {
    await page.route("**/deployment.json", async (route) => route.fulfill({ status: 404 }));
    await open();
    await expect(page.getByRole("heading", { name: "The page could not start" })).toBeVisible();
    await expect(page.getByRole("alert")).toContainText("deployment.json: 404");
    await page.unroute("**/deployment.json");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
  });

  test("says what is empty, and where to go from there", async ({ wallet, page, open }) => {
    await open("/portfolio");
    await expect(page.getByRole("banner")).toContainText(wallet.account.address.slice(-4));
    const main = page.getByRole("main");
    await expect(main).toContainText("Nothing is staked yet");
    await main.getByRole("link", { name: "Explore the pools" }).click();
    await page.getByRole("combobox", { name: "Token" }).waitFor();
    await page.getByRole("link", { name: "History" }).click();
    await expect(main).toContainText("Nothing has happened yet");
    await page.goto(`${page.url().split("#")[0] ?? ""}#/pool/0x000000000000000000000000000000000000dEaD`);
    await expect(page.getByRole("heading", { name: "No such pool" })).toBeVisible();
    await page.goto(`${page.url().split("#")[0] ?? ""}#/pool/nonsense`);
    await expect(page.getByRole("heading", { name: "No such pool" })).toBeVisible();
    await page.goto(`${page.url().split("#")[0] ?? ""}#/nowhere`);
    await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  });
});
