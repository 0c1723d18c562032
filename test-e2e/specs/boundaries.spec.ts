// One part of a page that cannot be shown leaves the others as they are.
import type { Page } from "@playwright/test";

import { PlainToken__factory } from "../../types/factories/contracts/mocks/tokens/PlainToken__factory.ts";
import { addressOf, mined, tsk } from "../helpers/chain.ts";
import { expect, test as base } from "../helpers/fixtures.ts";
import { createFlexiblePool } from "../helpers/pools.ts";
import { openIn, stakeIn } from "../helpers/saving.ts";

/** A number that nothing else on the page comes to. */
const BROKEN = "7.7531";

/** What breaks is said in the browser's console, too. */
const test = base.extend({ tolerated: /cannot be written here/ });

/** Makes a browser fail wherever it is to write the number: it stands for whatever a part may fail of. */
async function breakNumber(page: Page): Promise<void> {
  await page.addInitScript((broken) => {
    const original = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, "format");
    Object.defineProperty(Intl.NumberFormat.prototype, "format", {
      get(this: Intl.NumberFormat) {
        const format = original?.get?.call(this) as Intl.NumberFormat["format"];
        return (value: number | bigint) => {
          if (String(value) === broken) throw new Error(`${broken} cannot be written here`);
          return format(value);
        };
      },
    });
  }, BROKEN);
}

const failed = (page: Page) => page.getByRole("alert").filter({ hasText: "This part cannot be shown" });

test.beforeEach(async ({ page }) => breakNumber(page));

test("an offer, or a section of a pool's page, that fails leaves the others", async ({ chain, page, open }) => {
  const token = await new PlainToken__factory(await chain.deployer()).deploy("Odd", "ODD", 18);
  const address = await addressOf(token);
  const pool = await createFlexiblePool(chain, {
    stakingToken: address,
    rewardsToken: address,
    minimumStake: tsk(BROKEN),
  });
  await open();
  await page.getByRole("switch", { name: /only$/ }).first().click();
  await expect(page.getByText("8 offers")).toBeVisible();
  await expect(page.getByRole("table").getByRole("link", { name: /^Stake / })).toHaveCount(7);
  await expect(page.getByRole("row", { name: "This part cannot be shown" })).toHaveCount(1);
  await open(`/pool/${await addressOf(pool)}`);
  for (const name of ["Stake", "Calculator", "Charts", "Contract addresses"])
    await expect(page.getByRole("region", { name })).toBeVisible();
  await expect(failed(page)).toHaveCount(1); // in the place of the rules, which name the minimum
  await expect(page.getByRole("region", { name: "The rules in plain words" })).toHaveCount(0);
  await page.getByRole("link", { name: "To all pools" }).click();
  await expect(failed(page)).toHaveCount(0);
});

test("a stake and an event that fail leave the others", async ({ chain, wallet, page, open }) => {
  const { account } = wallet;
  await stakeIn(chain.flexible, account, tsk(BROKEN));
  const id = await openIn(chain.fixed, account, 0, tsk(100));
  await mined(chain.flexible.connect(account).withdraw(tsk(1)));
  await open("/history");
  const events = page.getByRole("table", { name: "Events" });
  await expect(events.getByRole("rowheader")).toHaveText(["Withdrawn", `Position opened · position ${id}`]);
  await expect(events.getByRole("row").last()).toHaveText("This part cannot be shown");
  await expect(failed(page)).toHaveCount(1); // the chart, which has the stake in it
  await page.getByRole("button", { name: "Export as CSV" }).click({ trial: true });

  await mined(chain.stake.connect(account).approve(chain.flexible, tsk(1)));
  await mined(chain.flexible.connect(account).stake(tsk(1)));
  await page.getByRole("link", { name: "Portfolio" }).click();
  await expect(page.getByRole("article", { name: `Position ${id}` })).toBeVisible();
  await expect(failed(page)).toHaveCount(2); // the card of the stake, and the totals that it is a part of
});
