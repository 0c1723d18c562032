// What Explore shows, against what the contracts' own views say, put through the formulas of the SDK.
import type { Page } from "@playwright/test";
import { FlexiblePool__factory, RewardDistributor__factory } from "@termstake/sdk/ethers";
import type { FixedTermPool, FlexiblePool } from "@termstake/sdk/ethers";
import { rateToApr, streamLeft, streamRate, termApy } from "@termstake/sdk/math";
import { formatUnits } from "ethers";

import { addressOf, DAY, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { bps, percent } from "../helpers/written.ts";

/** Stands for no cap. */
const NO_CAP = 2n ** 96n - 1n;

/** What a row says, by its columns. */
interface Row {
  readonly pool: string;
  readonly rate: string;
  readonly term: string;
  readonly minimum: string;
  readonly room: string;
  readonly exit: string;
  readonly staked: string;
  readonly budget: string;
}

test.describe("Explore", () => {
  test.beforeEach(async ({ chain }) => {
    const account = await chain.account();
    const open = async (term: number, amount: bigint) => {
      await mined(chain.stake.connect(account).approve(chain.fixed, amount));
      await mined(chain.fixed.connect(account).open(term, amount, account, 0));
    };
    await open(1, tsk(2_500));
    await open(3, tsk(12_345));
    await mined(chain.stake.connect(account).approve(chain.flexible, tsk(40_000)));
    await mined(chain.flexible.connect(account).stake(tsk(40_000)));
  });

  test("shows each offer as the contracts have it, net of fees", async ({ chain, page, open }) => {
    await open();
    await expect(page.getByText("7 offers")).toBeVisible();
    // What is left of the stream falls while one looks.
    await expect(async () => {
      const expected = [
        ...(await fixedRows(chain, chain.fixed, "TSK")),
        ...(await fixedRows(chain, chain.fixedForDollars, "USDX")),
        await flexibleRow(chain),
      ];
      const byName = (rows: readonly Row[]) => rows.toSorted((a, b) => a.rate.localeCompare(b.rate));
      expect(byName(await readRows(page))).toEqual(byName(expected));
    }).toPass({ timeout: 60_000 });
    await page.screenshot({ path: "test-e2e/results/explore.png", fullPage: true });
  });

  test("sorts by every column, both ways", async ({ page, open }) => {
    await open();
    await expect(page.getByText("7 offers")).toBeVisible();
    for (const [column, name] of [
      [1, "Rate"],
      [2, "Term (lock-up)"],
      [3, "Minimum"],
      [4, "Room left"],
      [5, "Early exit"],
      [6, "Staked"],
      [7, "Rewards left"],
    ] as const) {
      const header = page.getByRole("columnheader", { name, exact: true });
      const sorted = async () => (await page.locator(`tbody tr > :nth-child(${column + 1})`).allInnerTexts()).map(size);
      if ((await header.getAttribute("aria-sort")) !== "descending") await header.getByRole("button").click();
      await expect(header).toHaveAttribute("aria-sort", "descending");
      const down = await sorted();
      expect(down, `${name} falling`).toEqual(down.toSorted((a, b) => b - a));
      await header.getByRole("button").click();
      await expect(header).toHaveAttribute("aria-sort", "ascending");
      const up = await sorted();
      expect(up, `${name} rising`).toEqual(up.toSorted((a, b) => a - b));
      expect(new Set(up).size, `kinds of ${name}`).toBeGreaterThan(name === "Room left" ? 2 : 1);
    }
  });

  test("filters by kind, token, state and listing", async ({ chain, page, open }) => {
    const other = await streamOfDollars(chain);
    await chain.pause(chain.fixedForDollars);
    await open();
    const count = (offers: string) => expect(page.getByText(offers, { exact: true })).toBeVisible();
    await count("5 offers"); // two are paused, one is nobody's word
    await page.getByRole("switch", { name: "Open only" }).click();
    await count("7 offers");
    await expect(page.getByRole("row", { name: /USDX.*Paused/ })).toHaveCount(2);
    await page.getByRole("switch", { name: "Listed only" }).click();
    await count("8 offers");
    await page.getByRole("radio", { name: "Fixed term" }).click();
    await count("6 offers");
    await page.getByRole("radio", { name: "Flexible" }).click();
    await count("2 offers");

    // Its rate would need a price: what a token earns is told instead.
    const row = page.getByRole("row", { name: /USDX/ });
    await expect(row).toContainText("Unlisted");
    const [totalStaked, periodReward, rewardsDuration, periodFinish] = await Promise.all([
      other.totalSupply(),
      other.getRewardForDuration(),
      other.rewardsDuration(),
      other.periodFinish(),
    ]);
    const rate = streamRate({ totalStaked, periodReward, rewardsDuration, periodFinish }) ?? 0n;
    await expect(row).toContainText(`${short(rate, 6)} USDX`);
    await expect(row).toContainText("a year for 1 TSK");

    await page.getByRole("combobox", { name: "Token" }).selectOption({ label: "TSK" });
    await count("2 offers");
    await page.getByRole("radio", { name: "All" }).click();
    await page.getByRole("switch", { name: "Open only" }).click();
    await count("6 offers");
  });
});

/** What the table says. */
async function readRows(page: Page): Promise<Row[]> {
  const rows = await page.locator("tbody tr").all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = (await row.locator("> *").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
      const [pool = "", rate = "", term = "", minimum = "", room = "", exit = "", staked = "", budget = ""] = cells;
      return { pool, rate, term, minimum, room, exit, staked, budget };
    }),
  );
}

async function fixedRows(chain: Chain, pool: FixedTermPool, rewards: "TSK" | "USDX"): Promise<Row[]> {
  const [count, budget, fee] = await Promise.all([pool.termCount(), pool.availableBudget(), feeText(chain, pool)]);
  const own = rewards === "TSK";
  return Promise.all(
    Array.from({ length: Number(count) }, async (_, id): Promise<Row> => {
      const { terms, openPrincipal, reservedReward } = await pool.term(id);
      const { startBps, endBps, forfeitedBps } = terms.penalty;
      const left = terms.rewardCap - reservedReward;
      // A year's term compounds once a year, so that both rates are the same: it is told once.
      const compounds = own && percent(termApy(terms)) !== percent(rateToApr(terms.rate));
      const apy = compounds ? ` ${percent(termApy(terms))} APY if renewed` : "";
      return {
        pool: `${own ? "TSK" : "TSK → USDX"} Fixed term`,
        rate: `${percent(rateToApr(terms.rate))} APR${apy} ${fee}`,
        term: `${Number(terms.duration) / DAY} days`,
        minimum: `${short(terms.minimum)} TSK`,
        room: `${short(terms.principalCap - openPrincipal)} TSK`,
        exit: `${bps(startBps)} → ${bps(endBps)} and ${bps(forfeitedBps)} of reward`,
        staked: `${short(openPrincipal)} TSK`,
        budget: `${short(left < budget ? left : budget, own ? 18 : 6)} ${rewards}`,
      };
    }),
  );
}

async function flexibleRow(chain: Chain): Promise<Row> {
  const pool = chain.flexible;
  const [totalStaked, periodReward, rewardsDuration, periodFinish, minimum, cap, fee, now] = await Promise.all([
    pool.totalSupply(),
    pool.getRewardForDuration(),
    pool.rewardsDuration(),
    pool.periodFinish(),
    pool.minimumStake(),
    pool.cap(),
    feeText(chain, pool),
    chain.pendingTime(),
  ]);
  const stream = { totalStaked, periodReward, rewardsDuration, periodFinish };
  return {
    pool: "TSK Flexible",
    rate: `${percent(rateToApr(streamRate(stream) ?? 0n))} APR ${fee}`,
    term: "None",
    minimum: `${short(minimum)} TSK`,
    room: cap === NO_CAP ? "No cap" : `${short(cap - totalStaked)} TSK`,
    exit: "Free",
    staked: `${short(totalStaked)} TSK`,
    budget: `${short(streamLeft(stream, now))} TSK`,
  };
}

/** The fee that the distributor takes of what it pays a pool. */
async function feeText({ deployment, provider }: Chain, pool: FixedTermPool | FlexiblePool): Promise<string> {
  const distributor = RewardDistributor__factory.connect(deployment.contracts.RewardDistributor, provider);
  const set = await distributor.queryFilter(distributor.filters.WeightSet(undefined, await addressOf(pool)), 0);
  const fees = await Promise.all(
    set
      .filter(({ args }) => args.weight > 0n)
      .map(async ({ args }) => (await distributor.schedule(args.scheduleId)).terms.feeBps),
  );
  const [fee = 0n] = fees.toSorted((a, b) => Number(b - a));
  return fee === 0n ? "no fee" : `after ${bps(fee)} fee`;
}

/** A flexible pool that pays dollars to who stakes TSK, with somebody staked; governance has not listed it. */
async function streamOfDollars(chain: Chain): Promise<FlexiblePool> {
  const deployer = await chain.deployer();
  const config = {
    authority: await chain.flexible.authority(),
    distributor: deployer,
    stakingToken: chain.stake,
    rewardsToken: chain.dollars,
    rewardsDuration: 7 * DAY,
    minimumStake: 1n,
    cap: NO_CAP,
  };
  const salt = `0x${"7".repeat(64)}`;
  const address = await chain.factory.predictFlexiblePool(deployer, config, salt);
  await mined(chain.factory.connect(deployer).createFlexiblePool(config, salt));
  const pool = FlexiblePool__factory.connect(address, deployer);
  await chain.mint(chain.dollars, address, 7_000_000_000n);
  await mined(pool.notifyRewardAmount(7_000_000_000n));
  await chain.mint(chain.stake, await deployer.getAddress(), tsk(12_345));
  await mined(chain.stake.connect(deployer).approve(address, tsk(12_345)));
  await mined(pool.stake(tsk(12_345)));
  return pool;
}

/** An amount as the table writes it: in thousands and millions where it is large. */
function short(amount: bigint, decimals = 18): string {
  const large = amount >= 10_000n * 10n ** BigInt(decimals);
  return Number(formatUnits(amount, decimals)).toLocaleString("en-GB", {
    notation: large ? "compact" : "standard",
    maximumFractionDigits: 2,
    roundingMode: "trunc",
  });
}

/** How large what a cell begins with is. */
function size(text: string): number {
  if (text.startsWith("No cap")) return Infinity;
  const [, digits, unit = ""] = /^([\d,.]+)([km]?)/.exec(text) ?? [];
  if (digits === undefined) return 0; // as "Free", "None"
  return Number(digits.replaceAll(",", "")) * (unit === "m" ? 1e6 : unit === "k" ? 1e3 : 1);
}
