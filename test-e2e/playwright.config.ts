import { defineConfig } from "@playwright/test";

import { BROWSER_FLAGS, findBrowser } from "../scripts/lib/browser.ts";

// No limit stands for a promise here: they end what hangs.
const MINUTE = 60_000;

export default defineConfig({
  testDir: "specs",
  outputDir: "results",
  forbidOnly: process.env["CI"] !== undefined,
  // One chain, whose clock the tests move.
  workers: 1,
  timeout: 4 * MINUTE,
  expect: { timeout: MINUTE },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findBrowser(), args: [...BROWSER_FLAGS] },
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
});
