// A page that everybody can use has to stay usable for those who use it most: each place, opened anew with nothing cached, with two
// hundred pools and a thousand positions of one account. A machine may be slow or busy: how long a place takes is held against how long
// the same browser takes for a fixed piece of work right before. The best of the attempts counts; all are printed.
import type { Locator, Page } from "@playwright/test";
import { FixedTermPool__factory, FlexiblePool__factory } from "@termstake/sdk/ethers";
import { formatUnits, zeroPadValue } from "ethers";

import { addressOf, mined, tsk, type Chain } from "../helpers/chain.ts";
import { gatherCrowd, type Crowd } from "../helpers/crowd.ts";
import { expect, test } from "../helpers/fixtures.ts";

const POOLS = 200;
const POSITIONS = 1_000;
const ATTEMPTS = 3;
const MOST_ATTEMPTS = 12;
/** Most pieces of work that a place may take the time of: where nothing is wrong, the slowest takes 7 to 9. */
const MOST_PIECES = 12;
/** Entries that a list shows more of at a time, and its head. */
const ENTRIES = 50;
const HEAD = 1;

/** What the contracts say there is to see. */
interface Expected {
  readonly offers: number;
  readonly flexibleOffers: number;
  readonly stakes: number;
  /** Base units, of everything together. */
  readonly staked: bigint;
  readonly locked: bigint;
  readonly promised: bigint;
  readonly events: number;
}

/** What is awaited before a place counts as usable: everything is there, and it reacts. */
const PLACES: Readonly<Record<string, (page: Page, expected: Expected) => Promise<void>>> = {
  async "/"(page, { offers, flexibleOffers }) {
    await expect(page.getByText(`${offers} offers`, { exact: true })).toBeVisible();
    const rows = page.getByRole("table").getByRole("row");
    await expect(rows).toHaveCount(HEAD + ENTRIES);
    await page.getByRole("radio", { name: "Flexible" }).click();
    await expect(page.getByText(`${flexibleOffers} offers`, { exact: true })).toBeVisible();
    await expect(rows.filter({ hasText: "Fixed term" })).toHaveCount(0);
  },

  async "/portfolio"(page, { staked, locked, promised, stakes }) {
    await expect(page.getByRole("heading", { name: `Fixed-term positions ${POSITIONS}` })).toBeVisible();
    await expect(page.getByRole("heading", { name: `Flexible stakes ${stakes}` })).toBeVisible();
    const totals = page.getByRole("region", { name: "In all" });
    await expectExactly(totals, "Staked", staked);
    await expectExactly(totals, "Locked", locked);
    await expectExactly(totals, "Promised at maturity", promised);
    const positions = page.getByRole("article", { name: /^Position / });
    await expect(positions).not.toHaveCount(0);
    await page.getByRole("radio", { name: "Mature (0)" }).click();
    await expect(positions).toHaveCount(0);
    await page.getByRole("radio", { name: `Running (${POSITIONS})` }).click();
    await positions.first().getByRole("button", { name: "Leave early" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },

  async "/history"(page, { events }) {
    await expect(page.getByRole("heading", { name: `Events ${events}` })).toBeVisible();
    await expect(page.getByRole("img", { name: "Staked over time (TSK)" })).toBeVisible();
    const rows = page.getByRole("table", { name: "Events" }).getByRole("row");
    await expect(rows).toHaveCount(HEAD + ENTRIES);
    await page.getByRole("button", { name: /more/ }).click();
    await expect(rows).toHaveCount(HEAD + 2 * ENTRIES);
  },
};

test(`${POOLS} pools and ${POSITIONS} positions of one account are usable in the time of ${MOST_PIECES} pieces of work`, async ({
  chain,
  wallet,
  started,
  page,
}) => {
  let opened = 0;
  /** Opens a place as if the page had not been open: with another query, or only the place within it would change. */
  const openAnew = (place: string) => page.goto(`${started.pageUrl}/?${(opened += 1)}#${place}`);

  const { address } = wallet.account;
  const crowd = await gatherCrowd(chain, address, { pools: POOLS, positions: POSITIONS });
  const expected = await expectations(chain, crowd, address);
  const network = await page.context().newCDPSession(page);
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });

  for (const [place, usable] of Object.entries(PLACES)) {
    const attempts: { ms: number; pieces: number }[] = [];
    const best = () => Math.min(...attempts.map(({ pieces }) => pieces));
    while (attempts.length < ATTEMPTS || (best() > MOST_PIECES && attempts.length < MOST_ATTEMPTS)) {
      const piece = await page.evaluate(pieceOfWork);
      const start = performance.now();
      await openAnew(place);
      await usable(page, expected);
      const ms = performance.now() - start;
      attempts.push({ ms, pieces: ms / piece });
    }
    const told = attempts.map(({ ms, pieces }) => `${Math.round(ms)} ms (${pieces.toFixed(1)})`);
    console.log(`    ${place} is usable after ${told.join(", ")}`);
    expect(best(), `of ${place}, in pieces of work`).toBeLessThanOrEqual(MOST_PIECES);
  }

  await test.step("keeps up with each block by reading what changed", async () => {
    await openAnew("/portfolio");
    const positions = page.getByRole("heading", { name: /^Fixed-term positions/ });
    await expect(positions).toContainText(String(POSITIONS));
    const calls: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/rpc")) calls.push(...((request.postData() ?? "").match(/"eth_call"/g) ?? []));
    });
    const pool = FixedTermPool__factory.connect(crowd.fixed[0] ?? "", await chain.deployer());
    await mined(pool.open(0, tsk(10), address, 0));
    await expect(positions).toContainText(String(POSITIONS + 1));
    // A pool, a position, two pages of stakes, and a picture or two that came into sight; not 200 pools and 1,000 positions.
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThan(30);
  });
});

/** Milliseconds that the browser takes for arithmetic and texts such as the page's own. */
function pieceOfWork(): number {
  const start = performance.now();
  const words = new Map<string, bigint>();
  for (let i = 0; i < 150_000; i++) {
    const word = (BigInt(i) * 0x9e3779b97f4a7c15n).toString(16).padStart(64, "0");
    words.set(word.slice(-8), BigInt(`0x${word.slice(0, 32)}`));
  }
  JSON.parse(JSON.stringify([...words.keys()]));
  return performance.now() - start;
}

/** Adds up what the account has from the events of its stakes and openings, and what there is to choose from by each contract itself. */
async function expectations({ provider, fixedForDollars }: Chain, crowd: Crowd, account: string): Promise<Expected> {
  const [flexibleEvents, fixedEvents] = [
    FlexiblePool__factory.createInterface(),
    FixedTermPool__factory.createInterface(),
  ];
  const me = zeroPadValue(account, 32);
  const [stakes, openings, terms] = await Promise.all([
    provider.getLogs({ fromBlock: 0, topics: [flexibleEvents.getEvent("Staked").topicHash, me] }),
    provider.getLogs({ fromBlock: 0, topics: [fixedEvents.getEvent("Opened").topicHash, null, me] }),
    Promise.all(
      [...crowd.fixed, await addressOf(fixedForDollars)].map((pool) =>
        FixedTermPool__factory.connect(pool, provider).termCount(),
      ),
    ),
  ]);
  const opened = openings.map((log) => fixedEvents.decodeEventLog("Opened", log.data, log.topics));
  const sum = (values: readonly unknown[]) => values.reduce((total: bigint, value) => total + (value as bigint), 0n);
  expect(opened).toHaveLength(POSITIONS);
  return {
    offers: crowd.flexible.length + Number(sum(terms)),
    flexibleOffers: crowd.flexible.length,
    stakes: stakes.length,
    staked: sum(
      stakes.map(
        ({ data, topics }) => flexibleEvents.decodeEventLog("Staked", data, topics).getValue("amount") as unknown,
      ),
    ),
    locked: sum(opened.map((event) => event.getValue("principal") as unknown)),
    promised: sum(opened.map((event) => event.getValue("reward") as unknown)),
    events: stakes.length + openings.length,
  };
}

/** The page shows an amount of TSK shortened; its full value stands in the title. */
async function expectExactly(scope: Locator, name: string, units: bigint): Promise<void> {
  const [, whole = "", fraction = ""] = /^(\d+)\.(\d+)$/.exec(formatUnits(units, 18)) ?? [];
  const grouped = BigInt(whole).toLocaleString("en-GB");
  const title = fraction === "0" ? `${grouped} TSK` : `${grouped}.${fraction} TSK`;
  const value = scope.locator("dl > div").filter({ hasText: new RegExp(`^${name}`) });
  await expect(value.locator("dd > [title]")).toHaveAttribute("title", title);
}
