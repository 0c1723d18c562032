// The README's pictures: an account that has some of everything, at noon by the chain's clock. `npm run pictures` renews docs/images;
// otherwise they are kept in test-e2e/results/pictures.
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { Wallet } from "ethers";
import type { Page } from "@playwright/test";

import { addressOf, DAY, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { furnish } from "../helpers/holdings.ts";

const FOLDER = fileURLToPath(
  new URL(
    process.env["UPDATE_PICTURES"] === undefined ? "../results/pictures/" : "../../docs/images/",
    import.meta.url,
  ),
);
const WIDTH = 1440;
/** Most bytes of a picture: a README is read over slow lines too. */
const LARGEST = 200_000;
test.use({
  viewport: { width: WIDTH, height: 900 },
  locale: "en-US",
  colorScheme: "light",
  contextOptions: { reducedMotion: "reduce" },
});

test("Explore, a pool and the portfolio, as the README shows them", async ({ chain, addWallet, page, open }) => {
  const account = new Wallet(`0x${"7e57".repeat(16)}`, chain.provider);
  await chain.endow(account.address, tsk(100_000));
  await addWallet([account], { connected: true });
  await page.addInitScript(() => {
    localStorage.setItem("termstake.wallet", "org.example.wallet");
    performance.now = () => 0; // the page's clock stands, so that no reward ticks on
  });
  await passUntilNoon(chain);
  await furnish(chain, account);
  await passUntilNoon(chain);
  // A node tells the time that has passed since: here none has.
  await page.route("**/rpc", async (route) => {
    const body = route.request().postData()?.replaceAll('"pending"', '"latest"');
    await route.continue({ ...(body !== undefined && { postData: body }) });
  });

  await open();
  await expect(page.getByRole("row")).toHaveCount(8);
  await expect(page.getByText("after 5% fee").first()).toBeVisible();
  await take(page, "explore", 1_060);

  await open(`/pool/${await addressOf(chain.fixed)}/3`);
  await page.getByRole("textbox", { name: "Amount", exact: true }).fill("5000");
  await expect(page.getByRole("button", { name: "Lock 5,000 TSK" })).toBeEnabled();
  await expect(page.getByRole("img", { name: "Rate by term" })).toBeVisible();
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // no blinking cursor
  });
  await take(page, "pool", 1_310);

  await open("/portfolio");
  const cards = page.getByRole("img", { name: /^Card of position/ });
  await expect(page.getByRole("heading", { name: /^Position / })).toHaveCount(4);
  await page
    .getByRole("heading", { name: /^Position / })
    .last()
    .scrollIntoViewIfNeeded(); // pictures are read once they come into sight
  await expect(cards).toHaveCount(4);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await take(page, "portfolio", 1_035);
});

async function passUntilNoon(chain: Chain): Promise<void> {
  const noon = (Math.floor((await chain.now()) / DAY) + 1.5) * DAY;
  await chain.provider.send("evm_setNextBlockTimestamp", [noon]);
  await chain.provider.send("evm_mine", []);
}

/** Takes the upper part of the page. */
async function take(page: Page, name: string, height: number): Promise<void> {
  const path = `${FOLDER}${name}.png`;
  await page.setViewportSize({ width: WIDTH, height });
  await page.screenshot({ path, animations: "disabled" });
  expect((await stat(path)).size, `bytes of ${path}`).toBeLessThan(LARGEST);
}
