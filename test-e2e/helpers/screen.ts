// What stands on the screen, as a person finds it.
import type { Locator, Page } from "@playwright/test";
import { parseUnits } from "ethers";

import { expect } from "./fixtures.ts";

/** The value beside a name, as in a list of facts. */
export function fact(scope: Locator | Page, name: string | RegExp): Locator {
  const term = typeof name === "string" ? new RegExp(`^${escape(name)}$`) : name;
  // What a row holds is looked for in the row itself.
  const page = "page" in scope ? scope.page() : scope;
  return scope
    .locator("dl > div")
    .filter({ has: page.locator("dt").filter({ hasText: term }) })
    .locator("dd");
}

/** The base units of an amount on the screen that has every digit; of English pages. */
export async function unitsIn(place: Locator, decimals = 18): Promise<bigint> {
  const text = (await place.innerText()).trim();
  const [, number] = /^(\d{1,3}(?:,\d{3})*(?:\.\d+)?)\s/.exec(`${text} `) ?? [];
  if (number === undefined) throw new Error(`There is no amount in "${text}"`);
  return parseUnits(number.replaceAll(",", ""), decimals);
}

/** Waits until an operation's steps are done, and says what they were. */
export async function doneSteps(scope: Locator | Page): Promise<string[]> {
  const steps = scope.getByRole("list", { name: "Progress" }).getByRole("listitem");
  await expect(steps.first()).toBeVisible();
  await expect(steps.filter({ hasNotText: "Confirmed" })).toHaveCount(0);
  return steps.locator("> span:nth-child(2)").allInnerTexts();
}

/** The dialog that is open. */
export function dialogOf(page: Page): Locator {
  return page.getByRole("dialog");
}

/** The card of a position, or of a stake in a flexible pool. */
export function card(page: Page, name: string | RegExp): Locator {
  return page.getByRole("article", { name });
}

/** The amount to type into a form. */
export function amountField(scope: Locator | Page): Locator {
  return scope.getByRole("textbox", { name: /amount|principal/i });
}

/** Presses a button in a dialog that says what to do, and waits until that is done. */
export async function act(dialog: Locator, button: string | RegExp): Promise<string[]> {
  await dialog.getByRole("button", { name: button }).click();
  return doneSteps(dialog);
}

/** Presses Tab until an element has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const most = 200;
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${most} times Tab did not lead to ${String(target)}`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
