// Between the page and people's wallets: none, several, another account, another network, and none any more.
import { toQuantity } from "ethers";
import type { Page } from "@playwright/test";

import { tsk } from "../helpers/chain.ts";
import { expect, test as base } from "../helpers/fixtures.ts";
import { serveProduction } from "../helpers/production.ts";
import { doneSteps } from "../helpers/screen.ts";

/** The build that everybody gets: without the development wallet, only what a browser brings along is there. */
const test = base.extend<{ openProduction: (place?: string) => Promise<void> }, { production: string }>({
  production: [
    async ({ started }, use) => {
      const server = await serveProduction(started);
      await use(server.url);
      await server.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  openProduction: async ({ page, production }, use) => {
    await use(async (place = "/") => {
      await page.goto(`${production}/#${place}`);
    });
  },
});

const short = (address: string) => `${address.slice(0, 6)}…${address.slice(-4)}`;
const accountButton = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^Account/ });
const connectButton = (page: Page) => page.getByRole("banner").getByRole("button", { name: "Connect wallet" });

test.describe("without a wallet", () => {
  test("the pools are there to look at, and the page says how to get a wallet", async ({ page, openProduction }) => {
    await openProduction();
    await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
    await connectButton(page).click();
    const dialog = page.getByRole("dialog", { name: "Choose a wallet" });
    await expect(dialog).toContainText("No wallet was found in this browser. Install one as an extension");
    await expect(dialog.getByRole("listitem")).toHaveCount(0);
    await page.keyboard.press("Escape");

    for (const place of ["Portfolio", "History"]) {
      await page.getByRole("link", { name: place }).click();
      await expect(page.getByRole("main")).toContainText("No wallet was found in this browser.");
    }
  });

  test("a stake can be prepared, and the button connects", async ({ chain, page, openProduction }) => {
    await openProduction(`/pool/${await chain.flexible.getAddress()}`);
    await page.getByRole("textbox", { name: "Amount", exact: true }).fill("10");
    const main = page.getByRole("main");
    await expect(main.getByRole("button", { name: /^Stake 10/ })).toHaveCount(0);
    await main.getByRole("button", { name: "Connect wallet" }).click();
    await expect(page.getByRole("dialog", { name: "Choose a wallet" })).toBeVisible();
  });
});

test.describe("with several wallets", () => {
  test("a person chooses one by its name, and only that one is asked", async ({
    chain,
    addWallet,
    page,
    openProduction,
  }) => {
    const first = await addWallet([await chain.account()], { name: "First wallet", rdns: "org.example.first" });
    const second = await addWallet([await chain.account()], { name: "Second wallet", rdns: "org.example.second" });
    await openProduction();
    await connectButton(page).click();
    const dialog = page.getByRole("dialog", { name: "Choose a wallet" });
    await expect(dialog.getByRole("listitem")).toHaveText([/First wallet/, /Second wallet/]);
    await dialog.getByRole("button", { name: "Second wallet" }).click();
    await expect(accountButton(page)).toContainText(short(second.account.address));
    await expect(dialog).toHaveCount(0);
    expect(first.asked).toEqual([]);

    await page.reload(); // it is remembered
    await expect(accountButton(page)).toContainText(short(second.account.address));
    expect(first.asked).toEqual([]);
  });

  test("one that declines is said to have declined, and can be asked again", async ({
    chain,
    addWallet,
    page,
    openProduction,
  }) => {
    const wallet = await addWallet([await chain.account()], { name: "Shy wallet" });
    await openProduction();
    await connectButton(page).click();
    const choice = page.getByRole("dialog").getByRole("button", { name: "Shy wallet" });
    wallet.rejectNext();
    await choice.click();
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("You declined in your wallet");
    await choice.click();
    await expect(accountButton(page)).toContainText(short(wallet.account.address));
  });

  test("a wallet from before EIP-6963 is found too", async ({ chain, addWallet, page, openProduction }) => {
    const wallet = await addWallet([await chain.account()], { legacy: true });
    await openProduction();
    await connectButton(page).click();
    await page.getByRole("dialog").getByRole("button", { name: "Browser wallet" }).click();
    await expect(accountButton(page)).toContainText(short(wallet.account.address));
  });
});

test.describe("a connected wallet", () => {
  test("switches to another account, and nothing of the first is left on the screen", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const [first] = [wallet.account];
    await chain.stakeFor(first.address, tsk(321));
    await open("/portfolio");
    await expect(page.getByRole("main")).toContainText("321 TSK");
    await wallet.switchAccount(1);
    await expect(accountButton(page)).toContainText(short(wallet.account.address));
    await expect(page.getByRole("main")).toContainText("Nothing is staked yet");
    await expect(page.getByText("321 TSK")).toHaveCount(0);
    await wallet.switchAccount(0);
    await expect(page.getByRole("main")).toContainText("321 TSK");
  });

  test("that is locked counts as none", async ({ wallet, page, open }) => {
    await open("/portfolio");
    await expect(accountButton(page)).toBeVisible();
    await wallet.lock();
    await expect(connectButton(page)).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Connect a wallet to see what you have");
  });

  test("is disconnected from its menu, and stays so", async ({ wallet, page, open }) => {
    await open("/portfolio");
    await expect(accountButton(page)).toContainText(short(wallet.account.address));
    await accountButton(page).click();
    await page.getByRole("menuitem", { name: "Disconnect" }).click();
    await expect(connectButton(page)).toBeVisible();
    await page.reload();
    await expect(connectButton(page)).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Connect a wallet to see what you have");
  });
});

test.describe("a wallet on another network", () => {
  test("is told so, cannot sign, switches when asked, and then stakes", async ({ chain, wallet, page, open }) => {
    await wallet.switchChain(1);
    await open(`/pool/${await chain.flexible.getAddress()}`);
    const alert = page.getByRole("alert").filter({ hasText: "Your wallet is on another network" });
    await expect(alert).toContainText("The pools are on Local node (chain id 31337), your wallet is on chain id 1.");
    await page.getByRole("textbox", { name: "Amount", exact: true }).fill("25");
    const stake = page.getByRole("button", { name: "Stake 25 TSK" });
    await expect(stake).toBeDisabled();

    wallet.rejectNext();
    await alert.getByRole("button", { name: "Switch to Local node" }).click();
    await expect(alert).toContainText("Nothing was sent. You can try again at any time.");
    await expect(stake).toBeDisabled();

    await alert.getByRole("button", { name: "Switch to Local node" }).click();
    await expect(alert).toHaveCount(0);
    expect(wallet.requests("wallet_switchEthereumChain")).toEqual([
      [{ chainId: toQuantity(31_337) }],
      [{ chainId: toQuantity(31_337) }],
    ]);
    await stake.click();
    await doneSteps(page);
    expect(await chain.flexible.balanceOf(wallet.account.address)).toBe(tsk(25));
  });

  test("that it does not know yet is added", async ({ started, wallet, page, open }) => {
    await wallet.switchChain(1);
    wallet.forgetChain(31_337);
    await open();
    await page.getByRole("button", { name: "Switch to Local node" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    expect(wallet.requests("wallet_addEthereumChain")).toEqual([
      [
        {
          chainId: toQuantity(31_337),
          chainName: "Local node",
          rpcUrls: [`${started.nodeUrl}/`],
          nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
        },
      ],
    ]);
  });

  test("that it goes to meanwhile is noticed", async ({ wallet, page, open }) => {
    await open();
    await expect(accountButton(page)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await wallet.switchChain(1);
    await expect(page.getByRole("alert")).toContainText("your wallet is on chain id 1");
  });
});
