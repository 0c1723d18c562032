// Every page and dialog at widths of phones and a desktop, light and dark, in both languages. Pictures are in test-e2e/results/screens.
import type { Locator, Page } from "@playwright/test";

import { addressOf } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { furnish } from "../helpers/holdings.ts";
import { examine, LANGUAGES, speak, TEXTS, WIDTHS, type Language } from "../helpers/looks.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const width of WIDTHS) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: width < 400 ? 812 : 900 } });

    test("the header, before a wallet is connected", async ({ page, open }) => {
      await page.addInitScript(() => {
        localStorage.setItem("termstake.wallet", "none");
      });
      await open();
      for (const language of LANGUAGES) {
        await speak(page, language);
        await expect(page.getByRole("banner").getByRole("button")).toHaveText(TEXTS[language].wallet.connect);
        await examine(page, `header-${language}-${width}`, "header");
      }
    });

    test("pages and dialogs", async ({ chain, wallet, page, open }) => {
      test.setTimeout(600_000); // a hundred pictures, each looked through by axe
      await furnish(chain, wallet.account);
      const places = {
        explore: "/",
        flexible: `/pool/${await addressOf(chain.flexible)}`,
        fixed: `/pool/${await addressOf(chain.fixed)}/3`,
        portfolio: "/portfolio",
        history: "/history",
        unknown: "/nowhere",
      };
      await open();
      for (const language of LANGUAGES) {
        await speak(page, language);
        for (const [name, place] of Object.entries(places)) {
          await goTo(page, place);
          await examine(page, `${name}-${language}-${width}`);
        }
        await goTo(page, places.portfolio);
        for (const [name, opener] of Object.entries(dialogs(page, language))) {
          await opener.click();
          await expect(page.getByRole("dialog").getByRole("heading").first()).toBeVisible();
          await allRead(page);
          await examine(page, `${name}-${language}-${width}`, "[role=dialog]");
          await page.keyboard.press("Escape");
          await expect(page.getByRole("dialog")).toHaveCount(0);
        }
        await stakeRefused(page, places.flexible, wallet, language);
        await examine(page, `stake-${language}-${width}`, "main");
      }
      for (const language of LANGUAGES) await walletsToChoose(page, language, width);
    });
  });
}

/** What opens each dialog of the portfolio. */
function dialogs(page: Page, language: Language): Readonly<Record<string, Locator>> {
  const { portfolio, position } = TEXTS[language];
  const button = (name: string, at = 0) => page.getByRole("button", { name, exact: true }).nth(at);
  return {
    claim: button(portfolio.claim),
    withdraw: button(portfolio.withdraw),
    mature: button(portfolio.withdraw, 1),
    renew: button(position.renew),
    exit: button(position.leaveEarly),
    order: button(position.autoRenew),
    send: button(position.send),
  };
}

/** A stake that the person declines in the wallet: steps, and what went wrong. */
async function stakeRefused(
  page: Page,
  place: string,
  wallet: { rejectNext(): void },
  language: Language,
): Promise<void> {
  const { problem, stake } = TEXTS[language];
  await goTo(page, place);
  await page.getByRole("textbox", { name: stake.amount, exact: true }).fill("100");
  wallet.rejectNext();
  await page.getByRole("main").locator("button[type=submit]").click();
  await expect(page.getByText(problem.rejected.title)).toBeVisible();
}

/** The wallet's menu, and the dialog in which one of the wallets is chosen. */
async function walletsToChoose(page: Page, language: Language, width: number): Promise<void> {
  const { wallet } = TEXTS[language];
  await speak(page, language);
  const account = page.getByRole("banner").getByRole("button");
  await account.click();
  const disconnect = page.getByRole("menuitem", { name: wallet.disconnect });
  if (await disconnect.isVisible()) {
    await examine(page, `account-${language}-${width}`, "[role=menu]");
    await disconnect.click();
  }
  await page.getByRole("banner").getByRole("button", { name: wallet.connect }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await examine(page, `wallets-${language}-${width}`, "[role=dialog]");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Test wallet/ })
    .click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), place);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await allRead(page);
}

/** Waits until nothing says that it is being read. */
async function allRead(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: "…" })).toHaveCount(0);
}
