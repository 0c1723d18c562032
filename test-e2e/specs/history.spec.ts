// The history of an account: what the page lists and saves is what the contracts' events say, no more and no less.
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";
import { formatUnits } from "ethers";

import type { Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { furnish } from "../helpers/holdings.ts";
import { speak } from "../helpers/looks.ts";

const COLUMNS =
  "time,event,pool,position,staking_token,staking_token_address,listed,principal,penalty,rewards_token,rewards_token_address,promised,paid,block,transaction";

test.describe("the history", () => {
  test("as a file has a row for each event, with every digit", async ({ chain, wallet, page, open }) => {
    await furnish(chain, wallet.account);
    await open("/history");
    const rows = await saved(page);
    const { address } = wallet.account;
    expect(
      rows.map(({ event, principal, penalty, promised, paid, block, transaction }) => ({
        event,
        principal,
        penalty,
        promised,
        paid,
        block,
        transaction,
      })),
    ).toEqual(await happened(chain, address));
    const [first] = rows;
    expect(first?.["time"]).toBe(new Date((await timeOf(chain, Number(first?.["block"]))) * 1_000).toISOString());
    expect(new Set(rows.map(({ staking_token }) => staking_token))).toEqual(new Set(["TSK"]));
    expect(new Set(rows.map(({ rewards_token }) => rewards_token))).toEqual(new Set(["TSK", "USDX"]));
  });

  test("as a list has the same, newest first", async ({ chain, wallet, page, open }) => {
    await furnish(chain, wallet.account);
    await open("/history");
    const names = page.getByRole("table", { name: "Events" }).getByRole("rowheader");
    await expect(names).toHaveText([
      "Left early · position 6",
      "Withdrawn",
      "Reward claimed",
      /^Position opened · position \d+$/,
      /^Position opened · position \d+$/,
      /^Position opened · position \d+$/,
      /^Position opened · position \d+$/,
      "Staked",
    ]);
    await expect(page.getByRole("row", { name: /Withdrawn/ })).toContainText("2,500 TSK");
  });

  test("as a chart ends with what is staked now, also for those who cannot see it", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    await furnish(chain, wallet.account);
    await open("/history");
    await expect(page.getByRole("img", { name: "Staked over time (TSK)" })).toBeVisible();
    await page.getByText("Show as a table").click();
    // 12,500 in the flexible pool, and 1,200 + 20,000 + 4,321.5 + 8,000 locked.
    await expect(page.getByRole("region", { name: "Staked over time (TSK)" }).getByRole("row").last()).toContainText(
      "46k",
    );
  });

  test("in German has German numbers and dates, and the same file", async ({ chain, wallet, page, open }) => {
    await furnish(chain, wallet.account);
    await open("/history");
    const inEnglish = await saved(page);
    await speak(page, "de");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ihr Verlauf");
    const row = page.getByRole("row", { name: /Vorzeitig verlassen/ });
    await expect(row).toContainText(/\d\.\d{3},\d{4} TSK/);
    await expect(row).toContainText(
      new Intl.DateTimeFormat("de", { dateStyle: "medium", timeZone: "UTC" }).format(
        (await timeOf(chain, Number(inEnglish[0]?.["block"]))) * 1_000,
      ),
    );
    expect(await saved(page, "Als CSV speichern")).toEqual(inEnglish);
  });
});

/** Saves the history as a person does, and reads the file. */
async function saved(page: Page, button = "Export as CSV"): Promise<Record<string, string>[]> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^termstake-31337-0x[0-9a-fA-F]{40}-\d+\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  const [head, ...rows] = text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n");
  expect(head).toBe(COLUMNS);
  const names = COLUMNS.split(",");
  return rows.map((row) => {
    const cells = row.split(","); // nothing in it is quoted: symbols are plain here
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

/** Where in the chain an event is. */
interface Place {
  readonly blockNumber: number;
  readonly index: number;
  readonly transactionHash: string;
}

interface Row {
  readonly event: string;
  readonly principal: string;
  readonly penalty: string;
  readonly promised: string;
  readonly paid: string;
  readonly block: string;
  readonly transaction: string;
}

/** The account's events, newest first, asked contract by contract. */
async function happened({ flexible, fixed, fixedForDollars }: Chain, account: string): Promise<Row[]> {
  const found: { readonly log: Place; readonly row: Row }[] = [];
  const add = <A>(
    logs: readonly (Place & { readonly args: A })[],
    event: string,
    amounts: (args: A) => Partial<Row>,
  ) => {
    for (const log of logs) {
      const place = { block: String(log.blockNumber), transaction: log.transactionHash };
      found.push({
        log,
        row: { event, principal: "", penalty: "", promised: "", paid: "", ...amounts(log.args), ...place },
      });
    }
  };
  const units = (value: bigint, decimals = 18) => formatUnits(value, decimals).replace(/\.0$/, "");
  add(await flexible.queryFilter(flexible.filters.Staked(account), 0), "staked", ({ amount }) => ({
    principal: units(amount),
  }));
  add(await flexible.queryFilter(flexible.filters.Withdrawn(account), 0), "withdrawn", ({ amount }) => ({
    principal: units(amount),
  }));
  add(await flexible.queryFilter(flexible.filters.RewardPaid(account), 0), "rewardPaid", ({ reward }) => ({
    paid: units(reward),
  }));
  for (const [pool, decimals] of [
    [fixed, 18],
    [fixedForDollars, 6],
  ] as const) {
    const opened = await pool.queryFilter(pool.filters.Opened(undefined, account), 0);
    const left = (
      await Promise.all(
        opened.map(async ({ args }) => pool.queryFilter(pool.filters.WithdrawnEarly(args.positionId), 0)),
      )
    ).flat();
    // What stays after a part was taken out is a new position, and nothing that was staked anew.
    const remainders = new Set(left.map(({ args }) => args.remainderId));
    add(
      opened.filter(({ args }) => !remainders.has(args.positionId)),
      "opened",
      ({ principal, reward }) => ({ principal: units(principal), promised: units(reward, decimals) }),
    );
    add(left, "leftEarly", ({ principalOut, rewardOut, principalPenalty }) => ({
      principal: units(principalOut),
      paid: units(rewardOut, decimals),
      penalty: units(principalPenalty),
    }));
  }
  return found.sort((a, b) => b.log.blockNumber - a.log.blockNumber || b.log.index - a.log.index).map(({ row }) => row);
}

async function timeOf({ provider }: Chain, block: number): Promise<number> {
  return (await provider.getBlock(block))?.timestamp ?? 0;
}
