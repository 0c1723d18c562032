import { test as base, expect, type Page } from "@playwright/test";
import type { Wallet } from "ethers";

import { Chain } from "./chain.ts";
import { start, type Started } from "./started.ts";
import { connectWallets, TestWallet } from "./wallet.ts";

export { expect } from "@playwright/test";

type WalletOptions = ConstructorParameters<typeof TestWallet>[2];

interface TestFixtures {
  /** Console errors that a test expects, and only those. */
  tolerated: RegExp | undefined;
  /** The chain as it was before the test, whatever tests did before it. */
  chain: Chain;
  /** Gives the page a wallet; has to come before the page is opened. */
  addWallet: (accounts: readonly Wallet[], options?: WalletOptions) => Promise<TestWallet>;
  /** A wallet with two accounts, each with ether and 100,000 TSK, that has agreed to the page. */
  wallet: TestWallet;
  /** Opens a place of the page, as `/portfolio`. */
  open: (place?: string) => Promise<void>;
}

interface WorkerFixtures {
  /** `npm start`, once for all tests of a worker. */
  started: Started;
  startedChain: Chain;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  tolerated: [undefined, { option: true }],

  started: [
    // Playwright reads from this pattern that nothing else is needed.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const started = await start();
      await use(started);
      await started.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],

  startedChain: [
    async ({ started }, use) => {
      await use(await Chain.of(started));
    },
    { scope: "worker" },
  ],

  chain: async ({ startedChain }, use) => {
    await startedChain.undone(() => use(startedChain));
  },

  // Whatever a page complains of fails its test: a refused script, a lost file, an exception that nobody caught.
  page: async ({ page, tolerated }, use) => {
    const complaints: string[] = [];
    watch(page, complaints);
    await use(page);
    expect(complaints.filter((complaint) => tolerated?.test(complaint) !== true)).toEqual([]);
  },

  addWallet: async ({ chain, context, page }, use) => {
    const wallets = new Map<string, TestWallet>();
    await connectWallets(context, wallets);
    await use(async (accounts, options) => {
      const wallet = new TestWallet(chain, accounts, options);
      wallets.set(wallet.uuid, wallet);
      await wallet.inject(page);
      return wallet;
    });
  },

  wallet: async ({ chain, addWallet, page }, use) => {
    const accounts = [await chain.account(), await chain.account()];
    const wallet = await addWallet(accounts, { connected: true });
    await remember(page, wallet);
    await use(wallet);
  },

  open: async ({ started, page }, use) => {
    await use(async (place = "/") => {
      await page.goto(`${started.pageUrl}/#${place}`);
    });
  },
});

/** Makes a wallet the one that the page was connected to last. */
async function remember(page: Page, { rdns }: TestWallet): Promise<void> {
  await page.addInitScript((name) => {
    if (localStorage.getItem("termstake.wallet") === null) localStorage.setItem("termstake.wallet", name);
  }, rdns);
}

export function watch(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
}
