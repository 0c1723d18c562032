// What a pool's page shows, against the contracts' own views and previews, and the formulas of the SDK.
import type { Locator } from "@playwright/test";
import { RewardDistributor__factory } from "@termstake/sdk/ethers";
import { principalPenalty, promisedReward, streamShare } from "@termstake/sdk/math";
import { formatUnits, parseUnits, ZeroAddress } from "ethers";

import { addressOf, DAY, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { createFixedTermPool, createFlexiblePool, MONTH_TERM } from "../helpers/pools.ts";
import { fact } from "../helpers/screen.ts";
import { bps, loss, percent } from "../helpers/written.ts";

const SAMPLE = 10n ** 18n;
/** What the flexible pool is asked about. */
const AMOUNT = tsk(2_500);

test.describe("the page of a fixed-term pool", () => {
  test("calculates what each term pays, and when", async ({ chain, page, open }) => {
    await open(`/pool/${await addressOf(chain.fixed)}/1`);
    const calculator = page.getByRole("region", { name: "Calculator" });
    await calculator.getByRole("textbox", { name: "Amount to stake" }).fill("4,321.5");
    const rows = calculator.getByRole("table").locator("tbody tr");
    await expect(rows).toHaveCount(4);
    const now = await chain.now();
    for (const id of [0, 1, 2, 3]) {
      const { terms } = await chain.fixed.term(id);
      const [reward] = await chain.fixed.previewOpen(id, tsk("4321.5"));
      expect(promisedReward(terms, tsk("4321.5"), SAMPLE)).toBe(reward);
      const row = rows.nth(id);
      await expect(row.getByRole("rowheader")).toHaveText(
        new RegExp(`^${Number(terms.duration) / DAY} days\\s*${percent(Number(terms.rate) / 1e18)} APR$`),
      );
      await expect(row.locator("td").first()).toHaveText(`${decimal(reward, 6)} TSK`);
      await expect(row.locator("td").first().locator("span").first()).toHaveAttribute(
        "title",
        `${decimal(reward, 18)} TSK`,
      );
      await expect(row.locator("td").last()).toHaveText(day(now + Number(terms.duration)));
    }
    await page.screenshot({ path: "test-e2e/results/pool.png", fullPage: true });
  });

  test("draws the rate by term, and the penalty over time", async ({ chain, page, open }) => {
    await open(`/pool/${await addressOf(chain.fixed)}/2`);
    const charts = page.getByRole("region", { name: "Charts" });
    const terms = await Promise.all([0, 1, 2, 3].map(async (id) => (await chain.fixed.term(id)).terms));
    expect(await tableOf(charts, "Rate by term")).toEqual(
      terms.map(({ duration, rate }) => [`${Number(duration) / DAY} days`, percent(Number(rate) / 1e18)]),
    );

    const chosen = terms[2];
    if (chosen === undefined) throw new Error("The protocol config has no third term");
    const { duration, penalty } = chosen;
    const points = Array.from({ length: 25 }, (_, i) => {
      const at = (duration * BigInt(i)) / 24n;
      return at < duration ? at : duration - 1n;
    });
    const label = (at: bigint) => `day ${Math.round(Number(at) / DAY)}`;
    expect(await tableOf(charts, "Principal lost by leaving a term of 180 days early")).toEqual(
      points.map((at) => [label(at), loss(Number(principalPenalty(penalty, SAMPLE, at, duration)) / 1e18)]),
    );
    const kept = 1 - Number(penalty.forfeitedBps) / 10_000;
    expect(await tableOf(charts, "Promised reward not paid by leaving early")).toEqual(
      points.map((at) => [label(at), loss(1 - (Number(at) / Number(duration)) * kept, 0)]),
    );
  });

  test("says in words what stays the same all the time, and draws no flat line", async ({ chain, page, open }) => {
    const token = await addressOf(chain.stake);
    const penalty = { startBps: 200, endBps: 100, forfeitedBps: 10_000 };
    const terms = [
      { ...MONTH_TERM, penalty },
      { ...MONTH_TERM, penalty: { ...penalty, endBps: 200 } },
    ];
    const pool = await createFixedTermPool(chain, { stakingToken: token, rewardsToken: token, terms });
    const charts = page.getByRole("region", { name: "Charts" });
    const chart = (name: RegExp) => charts.getByRole("region", { name });
    await open(`/pool/${await addressOf(pool)}/0`);
    await expect(charts.getByRole("figure")).toHaveCount(2); // the rate by term, and the penalty, which falls
    await expect(chart(/^Promised reward/)).toContainText("At any time: 100%");
    await open(`/pool/${await addressOf(pool)}/1`);
    await expect(charts.getByRole("figure")).toHaveCount(1);
    await expect(chart(/^Principal lost/)).toContainText("At any time: 2%");
  });

  test("says its rules, where penalties go, and every address", async ({ chain, page, open }) => {
    const { fixed, factory, stake } = chain;
    await open(`/pool/${await addressOf(fixed)}/2`);
    const rules = page.getByRole("region", { name: "The rules in plain words" });
    const { terms } = await fixed.term(2);
    const { startBps, endBps, forfeitedBps } = terms.penalty;
    for (const sentence of [
      `You are promised ${percent(Number(terms.rate) / 1e18)} a year for ${Number(terms.duration) / DAY} days.`,
      `Leaving early costs ${bps(startBps)} of principal on the first day, falling evenly to ${bps(endBps)} at the end.`,
      `Leaving early also gives up ${bps(forfeitedBps)} of the reward so far`,
      `The smallest deposit is ${decimal(terms.minimum, 4)} TSK.`,
      `At most ${decimal(terms.principalCap, 4)} TSK can be staked`,
      "Nobody can pause, block or redirect withdrawals and claims.",
    ])
      await expect(rules).toContainText(sentence);

    const destinations = page.getByRole("region", { name: "Where penalties go" }).getByRole("listitem");
    const { rewardsBps, insuranceBps, treasuryBps, burnBps } = await fixed.penaltySplit();
    const [insurance, treasury] = await fixed.recipients();
    await expect(destinations).toHaveText([
      new RegExp(`^${bps(rewardsBps)}.*budget of this pool`),
      new RegExp(`^${bps(insuranceBps)}.*insurance fund.*${insurance}`),
      new RegExp(`^${bps(treasuryBps)}.*treasury.*${treasury}`),
      new RegExp(`^${bps(burnBps)}.*burned`),
    ]);

    const addresses = page.getByRole("region", { name: "Contract addresses" });
    const { creator } = await factory.poolInfo(fixed);
    for (const [name, address] of [
      ["Pool", await addressOf(fixed)],
      ["Staking token (TSK)", await addressOf(stake)],
      ["Reward token (TSK)", await addressOf(stake)],
      ["Factory", await addressOf(factory)],
      ["Created by", creator],
    ] as const)
      await expect(addresses.locator("dl > div").filter({ hasText: name })).toContainText(address);
  });

  test("names the flexible pool that its penalties feed, and what a reward in dollars is worth", async ({
    chain,
    page,
    open,
  }) => {
    await open(`/pool/${await addressOf(chain.fixedForDollars)}/0`);
    const first = page.getByRole("region", { name: "Where penalties go" }).getByRole("listitem").first();
    await expect(first).toContainText("to the stakers of a flexible pool");
    await expect(first).toContainText(await chain.fixedForDollars.rewardsPool());
    await expect(page.getByRole("region", { name: "The rules in plain words" })).toContainText(
      "Rates count 1 TSK as 0.25 USDX.",
    );
    await page.getByRole("textbox", { name: "Amount to stake" }).fill("1000");
    const [reward] = await chain.fixedForDollars.previewOpen(0, tsk(1_000));
    const row = page.getByRole("region", { name: "Calculator" }).locator("tbody tr").first();
    await expect(row.locator("td").first()).toHaveText(`${decimal(reward, 6, 6)} USDX`);
  });
});

test("the page of a flexible pool estimates a reward at the present stream, to its end", async ({
  chain,
  page,
  open,
}) => {
  const account = await chain.account();
  await mined(chain.stake.connect(account).approve(chain.flexible, tsk(40_000)));
  await mined(chain.flexible.connect(account).stake(tsk(40_000)));
  const opened = await chain.now();
  await open(`/pool/${await addressOf(chain.flexible)}`);
  const calculator = page.getByRole("region", { name: "Calculator" });
  await calculator.getByRole("textbox", { name: "Amount to stake" }).fill(formatUnits(AMOUNT, 18));
  const rows = calculator.locator("tbody tr");
  const stream = await streamOf(chain);
  const finish = Number(stream.periodFinish);
  const until = (now: number) =>
    streamShare({ ...stream, totalStaked: stream.totalStaked + AMOUNT }, AMOUNT, BigInt(finish - now));
  for (const [i, days] of [7, 30, 90, 365].entries()) {
    await expect(rows.nth(i).getByRole("rowheader")).toHaveText(`${days} days`);
    // The stream was funded for seven days, of which some have passed: nothing is estimated beyond.
    await expect(rows.nth(i).locator("td").last()).toHaveText(`${day(finish)}end of the stream`);
    const title = await rows.nth(i).locator("td").first().locator("span").first().getAttribute("title");
    const estimate = parseUnits((title ?? "").replace(" TSK", "").replaceAll(",", ""), 18);
    expect(estimate).toBeLessThanOrEqual(until(opened));
    // The page has the time to a part of a second, and rounds it up.
    expect(estimate).toBeGreaterThanOrEqual(until((await chain.pendingTime()) + 1));
  }
  await expect(page.getByRole("region", { name: "Charts" }).getByRole("img")).toHaveCount(1);
});

test("the page of a pool that is not listed says so once, and who governs it in the same notice", async ({
  chain,
  page,
  open,
}) => {
  const tokens = { stakingToken: await addressOf(chain.stake), rewardsToken: await addressOf(chain.stake) };
  const somebody = (await chain.account()).address;
  const head = page.getByRole("main").getByRole("article").locator("header");
  const notices = head
    .locator("div")
    .filter({ hasText: "Governance has not listed this one", hasNot: page.locator("div") });
  for (const [authority, sentence] of [
    [await chain.flexible.authority(), undefined],
    [somebody, `It is governed by another authority than the protocol: ${somebody}.`],
    [ZeroAddress, "Nobody governs it, so nothing about it can ever be changed."],
  ] as const) {
    const pool = await createFlexiblePool(chain, { ...tokens, authority });
    await open(`/pool/${await addressOf(pool)}`);
    const told = "check its tokens and addresses yourself before you stake.";
    await expect(notices).toContainText(sentence === undefined ? told : `${told} ${sentence}`);
    await expect(head.getByText(/unlisted/i)).toHaveCount(1);
    await expect(head.getByText(/govern/i)).toHaveCount(1);
    const rule = authority === ZeroAddress ? /^Nobody governs this pool: nobody can pause/ : /^A guardian can pause/;
    await expect(page.getByRole("region", { name: "The rules in plain words" }).getByText(rule)).toBeVisible();
  }
  await open(`/pool/${await addressOf(chain.flexible)}`);
  await expect(head.getByText("Listed")).toBeVisible();
  await expect(head.getByText(/govern/i)).toHaveCount(0);
});

test("the page of a flexible pool draws no rate of a stream that has ended", async ({ chain, page, open }) => {
  await chain.pass(60 * DAY);
  await chain.stakeFor(await (await chain.deployer()).getAddress(), tsk(10)); // what waits for the first stake begins with it
  await chain.pass(60 * DAY);
  await open(`/pool/${await addressOf(chain.flexible)}`);
  const charts = page.getByRole("region", { name: "Charts" });
  await expect(charts).toContainText("At any time: 0%");
  await expect(charts.getByRole("figure")).toHaveCount(0);
});

test("the page of a flexible pool says when it is paid next, and nothing of that while it cannot know", async ({
  chain,
  page,
  open,
}) => {
  const { flexible, deployment, provider } = chain;
  const distributor = RewardDistributor__factory.connect(deployment.contracts.RewardDistributor, provider);
  const { nextEpoch } = await distributor.schedule(0);
  const next = fact(page.getByRole("region", { name: "Stake" }), "Next payment due");
  await open(`/pool/${await addressOf(flexible)}`);
  await expect(next).toHaveText(moment(Number(nextEpoch)));

  const token = await addressOf(chain.stake);
  const unpaid = await createFlexiblePool(chain, { stakingToken: token, rewardsToken: token });
  await open(`/pool/${await addressOf(unpaid)}`);
  await expect(next).toHaveText("None is scheduled");

  const { topicHash } = distributor.interface.getEvent("WeightSet");
  await page.route("**/rpc", async (route) => {
    const asked = route.request().postDataJSON() as { id: number }[] | { id: number };
    if (!JSON.stringify(asked).includes(topicHash)) return route.continue();
    const error = { code: -32_601, message: "This node keeps no logs." };
    return route.fulfill({ json: [asked].flat().map(({ id }) => ({ jsonrpc: "2.0", id, error })) });
  });
  await page.reload();
  await expect(fact(page.getByRole("region", { name: "Stake" }), "Leave")).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(next).toHaveCount(0);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

async function streamOf({ flexible }: Chain) {
  const [totalStaked, periodReward, rewardsDuration, periodFinish] = await Promise.all([
    flexible.totalSupply(),
    flexible.getRewardForDuration(),
    flexible.rewardsDuration(),
    flexible.periodFinish(),
  ]);
  return { totalStaked, periodReward, rewardsDuration, periodFinish };
}

/** The data of a chart, from the table that it comes with. */
async function tableOf(charts: Locator, title: string): Promise<string[][]> {
  const figure = charts.getByRole("figure").filter({ hasText: title });
  await figure.getByText("Show as a table").click();
  const rows = await figure.locator("tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("td").allInnerTexts()));
}

/** An amount rounded down to at most so many digits after the point, with every digit before it. */
function decimal(amount: bigint, digits: number, decimals = 18): string {
  const [whole = "", fraction = ""] = formatUnits(amount, decimals).split(".");
  const shown = fraction.slice(0, digits).replace(/0+$/, "");
  return `${BigInt(whole).toLocaleString("en-GB")}${shown === "" ? "" : `.${shown}`}`;
}

function moment(seconds: number): string {
  const date = new Date(seconds * 1_000);
  return `${date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" })} UTC`;
}

function day(seconds: number): string {
  return `${new Date(seconds * 1_000).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" })} UTC`;
}
