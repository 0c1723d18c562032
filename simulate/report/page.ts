import { lookUp } from "../../deploy/config/protocol-config.ts";
import { at } from "../prices.ts";
import type { Played } from "../run.ts";
import { dateOf } from "../runway.ts";
import { type CaseSummary, type CohortSummary, summarise, worthStaked } from "../summary.ts";
import { barChart, boxChart, escape, type Line, percent, short, timeChart } from "./charts.ts";
import { figure, figures, htmlTable } from "./parts.ts";
import { STYLE } from "./style.ts";
import { describeRunway, verdictOf } from "./verdict.ts";

/** Rows of the tables beside charts over time. */
const SAMPLES = 12;

/** One page that needs nothing else: no script, no font, no network. */
export function toHtml(cases: readonly Played[]): string {
  const [base] = cases;
  if (base === undefined) throw new Error("There is no case to report");
  const summaries = cases.map(summarise);
  const [summary] = summaries;
  if (summary === undefined) throw new Error("There is no case to report");
  const { scenario } = base;
  const verdict = verdictOf(summary);
  const sections = [
    overview(base, summary),
    value(base),
    rewards(base, summary),
    penalties(base, summary),
    cohorts(base, summary),
    cases.length > 1 ? stress(cases, summaries) : "",
    prices(base),
    assumptions(base),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(scenario.title)} – Termstake simulation</title><style>${STYLE}</style></head>
<body><main><header><h1>${escape(scenario.title)}</h1><p class="lead">${escape(scenario.description)}</p>
<div class="verdict${verdict.good ? "" : " bad"}"><strong>${escape(verdict.title)}</strong>${escape(verdict.text)}</div></header>
${sections.join("\n")}
<footer>Termstake simulation of ${scenario.days} days from ${dateOf(scenario.start, 0)}, seed ${scenario.seed}. A plan, not a forecast: it says what the rules pay if people and prices behave as the scenario says.</footer>
</main></body></html>
`;
}

function overview({ scenario: { currency } }: Played, summary: CaseSummary): string {
  const paid = summary.cohorts.reduce((sum, { worth }) => sum + worth.rewards, 0);
  const taken = summary.cohorts.reduce((sum, { worth }) => sum - worth.penalties, 0);
  return figures([
    [
      "Stakers who came in",
      summary.cameIn.toLocaleString("en"),
      `${summary.turnedAway.toLocaleString("en")} turned away`,
    ],
    ["Most staked at once", `${short(summary.peakWorth)} ${currency}`, `${short(summary.finalWorth)} at the end`],
    ["Rewards earned", `${short(paid)} ${currency}`, "at the prices of their days"],
    ["Penalties", `${short(taken)} ${currency}`, "of those who left early"],
  ]);
}

/** Pools that anybody was ever in. */
function used({ pools }: Played): string[] {
  return Object.entries(pools).flatMap(([name, days]) => (days.some(({ staked }) => staked > 0n) ? [name] : []));
}

function datesOf({ scenario }: Played): string[] {
  return Array.from({ length: scenario.days + 1 }, (_, day) => dateOf(scenario.start, day));
}

/** What a chart over time shows, at a dozen dates. */
function samples(played: Played, caption: string, lines: readonly Line[], format = short): string {
  const { days } = played.scenario;
  const rows = Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const day = Math.round((i * days) / SAMPLES);
    return [dateOf(played.scenario.start, day), ...lines.map(({ values }) => format(values[day] ?? 0))];
  });
  return htmlTable(caption, ["Date", ...lines.map(({ name }) => name)], rows);
}

function value(base: Played): string {
  const { currency } = base.scenario;
  const dates = datesOf(base);
  const lines = used(base).map((name) => ({
    name,
    values: dates.map((_, day) => worthStaked(base, name, day)),
  }));
  const title = `Value staked by pool, ${currency}`;
  return `<h2>What is staked</h2>${figure(title, "At the prices of the day: it moves with deposits and with prices.", timeChart(title, dates, lines, { stacked: true }), samples(base, title, lines))}`;
}

function rewards(base: Played, summary: CaseSummary): string {
  const dates = datesOf(base);
  const drawings = summary.pools.flatMap((pool) => {
    const days = lookUp(base.pools, pool.name);
    if (pool.promised === 0n) return [];
    const { wholeReward } = lookUp(base.counters, pool.name);
    const line = (name: string, of: (day: (typeof days)[number]) => bigint, dashed = false): Line => ({
      name,
      values: days.map((day) => Number(of(day)) / wholeReward),
      dashed,
    });
    const lines = [line("Promised", ({ reserved }) => reserved), line("Paid", ({ paid }) => paid)];
    if (pool.kind === "fixed-term") lines.push(line("Budget left", ({ budget }) => budget, true));
    const dry = pool.runway?.state === "ran dry" ? pool.runway.date : undefined;
    const title = `${pool.name}: rewards, ${pool.rewardsToken}`;
    const text =
      pool.kind === "fixed-term"
        ? `Promised when a position opens, less what early exits give back; paid at maturity. ${describeRunway(pool.runway)}`
        : "Streamed into the pool, and paid to those who claim or leave.";
    return [
      figure(
        title,
        text,
        timeChart(title, dates, lines, {
          mark: dry === undefined ? undefined : { date: dry, label: "budget ran dry" },
        }),
        samples(base, title, lines),
      ),
    ];
  });
  const runways = [...summary.pools.flatMap(({ runway }) => runway ?? []), ...summary.schedules].map((runway) => {
    const { wholeReward } = Object.values(base.counters).find(({ rewardsToken }) => rewardsToken === runway.token) ?? {
      wholeReward: 1,
    };
    return [
      runway.name,
      `${short(Number(runway.left) / wholeReward)} ${runway.token}`,
      runway.state,
      runway.date ?? "–",
    ];
  });
  const table =
    runways.length === 0
      ? ""
      : htmlTable(
          "How long the money lasts, without more than the scenario pays in",
          ["Budget or schedule", "Left at the end", "State", "Date"],
          runways,
        );
  return `<h2>Rewards promised and paid</h2>${drawings.join("")}${table}`;
}

function penalties(base: Played, summary: CaseSummary): string {
  const fixed = summary.pools.filter(({ name, kind }) => kind === "fixed-term" && used(base).includes(name));
  if (fixed.length === 0) return "";
  const whole = (name: string) => lookUp(base.counters, name).wholeStake;
  const of = (name: string, amount: bigint) => Number(amount) / whole(name);
  const rows = fixed.map(({ name, stakingToken, rewardsToken, penalties: total, sent, waiting, forfeited }) => [
    `${name}, ${stakingToken}`,
    ...[total, sent.rewards, sent.insurance, sent.treasury, sent.burned, waiting].map((amount) =>
      short(of(name, amount)),
    ),
    `${short(Number(forfeited) / lookUp(base.counters, name).wholeReward)} ${rewardsToken}`,
  ]);
  const head = [
    "Pool",
    "Penalties",
    "To rewards",
    "To insurance",
    "To treasury",
    "Burned",
    "Not sent yet",
    "Reward forfeited",
  ];
  const series = (["rewards", "insurance", "treasury", "burned"] as const).map((to) => ({
    name: { rewards: "To rewards", insurance: "To insurance", treasury: "To treasury", burned: "Burned" }[to],
    values: fixed.map(({ name, sent }) => of(name, sent[to])),
  }));
  const title = "Where penalties went, staking tokens";
  return `<h2>Penalties</h2>${figure(
    title,
    "What early exits cost in principal, divided by each pool's published split.",
    barChart(
      title,
      fixed.map(({ name, stakingToken }) => `${name} (${stakingToken})`),
      series,
    ),
    htmlTable(title, head, rows),
  )}`;
}

function cohorts(base: Played, summary: CaseSummary): string {
  const { currency } = base.scenario;
  const came = summary.cohorts.filter(({ cameIn }) => cameIn > 0);
  const names = came.map(({ name }) => name);
  const rates = [
    { name: "Net APR", values: came.map(({ apr }) => apr) },
    { name: "Net APY", values: came.map(({ apy }) => apy) },
  ];
  const rateTable = htmlTable(
    "What each cohort earned, in the token that it staked, after penalties",
    [
      "Cohort",
      "Pool",
      "Came in",
      "Turned away",
      "Rate too low",
      "Still in",
      "Net APR",
      "Net APY",
      "Worst staker",
      "Middle staker",
      "Best staker",
    ],
    summary.cohorts.map((c) => [
      c.name,
      c.pool,
      String(c.cameIn),
      String(c.turnedAway),
      String(c.stayedAway),
      String(c.stillIn),
      percent(c.apr),
      percent(c.apy),
      percent(c.inTokens.least),
      percent(c.inTokens.median),
      percent(c.inTokens.most),
    ]),
  );
  const moneyTable = htmlTable(
    `Where each cohort's money came from, ${currency}`,
    [
      "Cohort",
      "Paid in",
      "Price change",
      "Impermanent loss",
      "Trading fees",
      "Rewards",
      "Penalties",
      "Out, with what is still in",
      "Middle staker",
    ],
    came.map(({ name, worth, inMoney }) => [
      name,
      ...[
        worth.paidIn,
        worth.priceChange,
        worth.impermanentLoss,
        worth.fees,
        worth.rewards,
        worth.penalties,
        worth.out,
      ].map(short),
      percent(inMoney.median),
    ]),
  );
  const parts: Line[] = [
    { name: "Price change", values: came.map(({ worth }) => worth.priceChange) },
    { name: "Impermanent loss", values: came.map(({ worth }) => worth.impermanentLoss) },
    { name: "Trading fees", values: came.map(({ worth }) => worth.fees) },
    { name: "Rewards", values: came.map(({ worth }) => worth.rewards) },
    { name: "Penalties", values: came.map(({ worth }) => worth.penalties) },
  ].filter(({ values }) => values.some((worth) => worth !== 0));
  const boxes = came.map(({ inMoney: { least, low, median, high, most } }) => [least, low, median, high, most]);
  return `<h2>What stakers got</h2>
${figure("Net rate by cohort", "In the token that was staked, so that its price plays no part: the reward of a staked token and year, less penalties (APR), and the compounding rate of all that went in and came out (APY).", barChart("Net rate by cohort", names, rates, { format: percent }))}${rateTable}
${figure(`Where the result came from, ${currency}`, "Price change is what holding the same tokens outside would have brought; everything else is the programme's.", barChart(`Where the result came from, ${currency}`, names, parts))}${moneyTable}
${groupTables(base, summary)}
${figure("How stakers fared in money", "From the worst to the best; the box holds ninety of a hundred, its line is the middle.", boxChart("How stakers fared in money", names, boxes, percent))}`;
}

/** The same stakers by term and by the month in which they came in: who comes when the budget is fresh fares otherwise than who comes late. */
function groupTables({ scenario: { currency } }: Played, { byTerm, byMonth }: CaseSummary): string {
  const rows = (groups: readonly CohortSummary[]) =>
    groups.map((group) => [
      group.name,
      String(group.cameIn),
      String(group.stillIn),
      percent(group.apr),
      percent(group.apy),
      percent(group.inTokens.least),
      percent(group.inTokens.median),
      percent(group.inTokens.most),
      percent(group.inMoney.median),
      short(group.worth.paidIn),
      short(group.worth.out),
    ]);
  const head = (first: string) => [
    first,
    "Came in",
    "Still in",
    "Net APR",
    "Net APY",
    "Worst, tokens",
    "Middle, tokens",
    "Best, tokens",
    `Middle, ${currency}`,
    `Paid in, ${currency}`,
    `Out, ${currency}`,
  ];
  const came = byTerm.filter(({ cameIn }) => cameIn > 0);
  const months = htmlTable("By month of entry", head("Pool, month"), rows(byMonth));
  return `${htmlTable("By pool and term", head("Pool, term"), rows(came))}<details><summary>By month of entry</summary>${months}</details>`;
}

function stress(cases: readonly Played[], summaries: readonly CaseSummary[]): string {
  const [base] = cases;
  if (base === undefined) return "";
  const dates = datesOf(base);
  const {
    currency,
    stress: { at: day },
  } = base.scenario;
  const total = (played: Played, on: number) =>
    Object.keys(played.pools).reduce((sum, name) => sum + worthStaked(played, name, on), 0);
  const lines = cases.map((played) => ({ name: played.course.title, values: dates.map((_, on) => total(played, on)) }));
  const title = `Value staked in each case, ${currency}`;
  const mark = { date: dateOf(base.scenario.start, day), label: "stress begins" };
  const budgets =
    summaries[0]?.pools.filter(({ name, kind }) => kind === "fixed-term" && used(base).includes(name)) ?? [];
  const head = [
    "Case",
    "Came in",
    "Turned away",
    "Most staked",
    "Staked at the end",
    "Rewards",
    "Penalties",
    "Stakers' result",
    ...budgets.map(({ name }) => `${name}: budget left`),
  ];
  const rows = summaries.map((summary) => {
    const sum = (of: (worth: CaseSummary["cohorts"][number]["worth"]) => number) =>
      summary.cohorts.reduce((all, { worth }) => all + of(worth), 0);
    return [
      summary.title,
      summary.cameIn.toLocaleString("en"),
      summary.turnedAway.toLocaleString("en"),
      short(summary.peakWorth),
      short(summary.finalWorth),
      short(sum(({ rewards: worth }) => worth)),
      short(-sum(({ penalties: worth }) => worth)),
      percent(sum(({ out }) => out) / sum(({ paidIn }) => paidIn) - 1),
      ...budgets.map(({ name }) => {
        const pool = summary.pools.find((one) => one.name === name);
        const left = `${short(Number(pool?.budget ?? 0n) / lookUp(base.counters, name).wholeReward)} ${pool?.rewardsToken ?? ""}`;
        return pool?.runway?.state === "ran dry" ? `${left}; ran dry ${pool.runway.date ?? ""}` : left;
      }),
    ];
  });
  return `<h2>If things go wrong</h2><p>The same people with the same draws, and one thing different from ${escape(mark.date)} on.</p>
${figure(title, "Principal is never at stake in any of them: it leaves at once from a flexible pool, and from a fixed term at the published penalty.", timeChart(title, dates, lines, { mark }), samples(base, title, lines))}
${htmlTable(`The cases beside each other; money in ${currency}`, head, rows)}`;
}

function prices(base: Played): string {
  const dates = datesOf(base);
  const { scenario, market } = base;
  const lines = Object.keys(scenario.prices).map((name) => {
    const path = market.path(name);
    return { name, values: Array.from(path, (price) => price / at(path, 0)) };
  });
  const title = "Prices, as multiples of the first day's";
  const table = samples(base, title, lines, (multiple) => multiple.toFixed(3));
  return `<h2>Prices</h2>${figure(title, `In ${scenario.currency}, by the scenario's rules and its seed.`, timeChart(title, dates, lines), table)}`;
}

function assumptions({ scenario }: Played): string {
  const rules = Object.entries(scenario.prices).map(([token, rule]) => {
    if (rule.kind === "walk")
      return `${token}: begins at ${rule.initial}, median growth ${percent(rule.drift)} a year, volatility ${percent(rule.volatility)} a year.`;
    if (rule.kind === "path") return `${token}: a path of ${rule.points.length} points.`;
    return `${token}: a share of a constant-product pool of ${rule.tokens.join(" and ")}, begins at ${rule.initial}, trading fees ${percent(rule.fees)} a year.`;
  });
  const habits = scenario.cohorts.map(
    ({ name, stakers, pool, arrive, leave, renew, term }) =>
      `${name}: ${stakers} stakers of ${pool}, arriving from day ${arrive.from} over ${arrive.over} days; ${percent(leave.perYear)} a year leave${term === undefined ? "" : ` early, ${percent(renew)} renew`}.`,
  );
  return `<h2>What was assumed</h2><ul>${[...rules, ...habits].map((line) => `<li>${escape(line)}</li>`).join("")}</ul>`;
}
