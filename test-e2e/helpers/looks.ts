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
 * Requires of what is on the screen, light and dark, that no rule of axe is violated, in all of it or in a part, and that nothing
 * scrolls sideways; and keeps pictures of it.
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
