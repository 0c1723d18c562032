// How the page looks: what automated checks can tell of it, and pictures for people.
import { fileURLToPath } from "node:url";

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { de } from "../../app/src/i18n/de.ts";
import { en } from "../../app/src/i18n/en.ts";
import { expect } from "./fixtures.ts";

/** Where pictures are kept until the next run. */
export const SCREENS = fileURLToPath(new URL("../results/screens/", import.meta.url));

export const WIDTHS = [320, 375, 1440] as const;
export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
const THEMES = ["light", "dark"] as const;

/** The page's texts, by which a test finds things in either language. */
export const TEXTS = { en, de };

/**
 * Requires of what is on the screen, light and dark, that no rule of axe is violated, in all of it or in a part, that nothing
 * scrolls sideways or is wider than its column, that no marks of a chart run into one another, and that the header keeps its lines; and
 * keeps pictures of it.
 */
export async function examine(page: Page, name: string, part?: string): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await drawn(page);
    const axe = new AxeBuilder({ page });
    if (part !== undefined) axe.include(part);
    const { violations, passes } = await axe.analyze();
    const told = violations.map(({ id, nodes }) => [
      id,
      ...nodes.map((node) => `${node.html}: ${node.failureSummary ?? ""}`),
    ]);
    expect.soft(told, `${name}, ${theme}: violations`).toEqual([]);
    expect(passes.length, `${name}, ${theme}: rules that axe could apply`).toBeGreaterThan(10);
    await expectNoSidewaysScroll(page, `${name}, ${theme}`);
    expect.soft(await outOfPlace(page), `${name}, ${theme}: out of place`).toEqual([]);
    await page.screenshot({
      path: `${SCREENS}${name}-${theme}.png`,
      fullPage: part === undefined,
      animations: "disabled",
    });
  }
}

export async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
  const [content, visible] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect.soft(content, `${name}: width of the content`).toBeLessThanOrEqual(visible);
}

/**
 * Cards that stand out of the page's column, what stands out of a dialog, marks of a chart's axis that run into the one before, and a
 * wallet that has no room in the first line of the header.
 */
async function outOfPlace(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const main = document.querySelector("main");
    if (main === null) return ["there is no main part"];
    const right = main.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(main).paddingRight);
    const wide = [...main.querySelectorAll(".card")].filter((card) => card.getBoundingClientRect().right > right + 0.5);
    const run = [...main.querySelectorAll("svg g text")].filter((mark) => {
      const before = mark.previousElementSibling;
      if (before === null || before.tagName !== "text") return false;
      const [one, two] = [before.getBoundingClientRect(), mark.getBoundingClientRect()];
      return one.right > two.left && one.left < two.right && one.bottom > two.top && one.top < two.bottom;
    });
    const dialog = document.querySelector("[role=dialog]");
    const edge = dialog?.getBoundingClientRect().right ?? 0;
    const out = [...(dialog?.querySelectorAll("*") ?? [])].filter(
      (part) => part.getBoundingClientRect().right > edge + 0.5,
    );
    // The wallet stands beside the name, not below it.
    const bottom = document.querySelector("header a")?.getBoundingClientRect().bottom ?? 0;
    const below = [...document.querySelectorAll("header .ml-auto")].filter(
      (part) => part.getBoundingClientRect().top > bottom - 1,
    );
    return [...wide, ...run, ...out, ...below].map((element) => element.textContent.slice(0, 60));
  });
}

/** Chooses a language as a person does, at the foot of the page. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.getByRole("contentinfo").getByRole("combobox").first().selectOption(language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** Waits until the browser has drawn what it was told, and no colour is on its way to another. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = async () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await Promise.allSettled(document.getAnimations().map(async ({ finished }) => finished)); // one that is replaced never ends
  });
}
