// Everything by keyboard: one always sees where one is, dialogs keep the focus and give it back.
import type { Locator, Page } from "@playwright/test";

import { tsk } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { furnish } from "../helpers/holdings.ts";
import { doneSteps } from "../helpers/screen.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test.describe("by keyboard alone", () => {
  test("a stake, from the first key to the confirmation", async ({ chain, wallet, page, open }) => {
    await open();
    const stake = page.getByRole("row", { name: /Flexible/ }).getByRole("link", { name: /^Stake/ });
    await expect(stake).toBeVisible();

    await page.keyboard.press("Tab");
    const skip = page.getByRole("button", { name: "Skip to content" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter"); // past the navigation
    await tabSeeing(page, stake);
    await page.keyboard.press("Enter");

    await expect(page.getByRole("heading", { level: 1 })).toBeFocused(); // a screen reader says where one is now
    await tabSeeing(page, page.getByRole("textbox", { name: "Amount", exact: true }));
    await page.keyboard.type("1500");
    await tabSeeing(page, page.getByRole("button", { name: "Stake 1,500 TSK" }));
    await page.keyboard.press("Enter");
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    expect(await chain.flexible.balanceOf(wallet.account.address)).toBe(tsk(1_500));
  });

  test("every stop of every page is seen", async ({ chain, wallet, page, open }) => {
    await furnish(chain, wallet.account);
    for (const place of ["/", `/pool/${await chain.fixed.getAddress()}/1`, "/portfolio", "/history"]) {
      await open(place);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("status").filter({ hasText: "…" })).toHaveCount(0);
      await tabSeeing(page, page.getByRole("combobox", { name: "Appearance" })); // the last of the page
    }
  });

  test("dialogs keep the focus, close with Escape, and give it back", async ({ chain, wallet, page, open }) => {
    await furnish(chain, wallet.account);
    await open("/portfolio");
    const openers = [
      page.getByRole("button", { name: "Claim", exact: true }),
      page.getByRole("button", { name: "Leave early" }).first(),
      page.getByRole("button", { name: "Send" }).first(),
    ];
    for (const opener of openers) {
      await expect(opener).toBeVisible();
      await opener.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      await keepsFocus(page, dialog);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      await expect(opener).toBeFocused();
    }
  });

  test("the choice of a wallet, and the wallet's menu", async ({ chain, addWallet, page, open }) => {
    const wallet = await addWallet([await chain.account()]);
    await open();
    const connect = page.getByRole("banner").getByRole("button", { name: "Connect wallet" });
    await expect(connect).toBeVisible();
    await connect.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    await keepsFocus(page, dialog);
    await page.keyboard.press("Escape");
    await expect(connect).toBeFocused();

    await page.keyboard.press("Enter");
    await tabSeeing(page, dialog.getByRole("button", { name: wallet.name }));
    await page.keyboard.press("Enter");
    const account = page.getByRole("banner").getByRole("button", { name: /^Account/ });
    await expect(account).toBeVisible();
    await account.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Copy address" })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Disconnect" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(connect).toBeVisible();
  });
});

/** Presses Tab until `target` has the focus, and requires at each stop that one sees where it is. */
async function tabSeeing(page: Page, target: Locator): Promise<void> {
  const most = 250;
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(unseenFocus)).toBe("");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${most} times Tab did not lead to ${String(target)}`);
}

/** Runs in the page: what is wrong with how the focus is shown; nothing if all is well. */
function unseenFocus(): string {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) return "";
  const name = activeElement.outerHTML.slice(0, 120);
  // The outline may be drawn by what surrounds a field.
  const surrounding = [activeElement.closest("label"), activeElement.parentElement, activeElement];
  const shown = surrounding.find((element) => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });
  if (shown === undefined || shown === null) return `no outline: ${name}`;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) return `out of sight: ${name}`;
  // Not hidden behind what stays in place while the page scrolls.
  const middle = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
  if (middle === null || !(shown.contains(middle) || middle.contains(shown))) return `covered: ${name}`;
  return "";
}

/** Goes round a dialog by Tab and back, and requires that the focus never leaves it, and is seen. */
async function keepsFocus(page: Page, dialog: Locator): Promise<void> {
  const stops = await dialog.locator("button:enabled, input:enabled, select, a[href], summary, [tabindex='0']").count();
  expect(stops).toBeGreaterThan(0);
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let pressed = 0; pressed < stops + 2; pressed += 1) {
      await page.keyboard.press(key);
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      expect(await page.evaluate(unseenFocus)).toBe("");
    }
  }
}
