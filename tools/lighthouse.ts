// `npm run lighthouse`: measures the production build, served as `npm start` serves it, on a chain of its own, with Lighthouse's own
// settings: a middling phone on slow 4G, both simulated; and what the first load transfers. Fails below the marks.
//   --runs N    as many times, five unless given: the middle one counts, since a shared machine is not always as fast. How much it had
//               to do is told with each: Lighthouse takes for the page's what other programs make it wait for
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";
import lighthouse, { defaultConfig } from "lighthouse";

import { serveProduction } from "../test-e2e/helpers/production.ts";
import { start } from "../test-e2e/helpers/started.ts";
import { BROWSER_FLAGS, findBrowser } from "../scripts/lib/browser.ts";
import { freePort } from "../scripts/lib/local-node.ts";
import { UserError, runScript } from "../shared/user-error.ts";

/** Least scores, of 100. */
const MARKS = { performance: 95, accessibility: 100, "best-practices": 100 } as const;
type Category = keyof typeof MARKS;
const CATEGORIES: readonly Category[] = ["performance", "accessibility", "best-practices"];
/** How often Lighthouse may fail to measure at all. */
const MOST_FAILURES = 3;
const METRICS = {
  "first-contentful-paint": "first paint",
  "largest-contentful-paint": "largest",
  "total-blocking-time": "blocked for",
  "cumulative-layout-shift": "shifted by",
  "speed-index": "speed index",
} as const;
/** Most bytes that the first load transfers, compressed: document, scripts, styles and pictures; what is read from the chain is no part of the page. */
const FIRST_LOAD = 200_000;

interface Measured {
  readonly scores: Readonly<Record<Category, number>>;
  /** How fast Lighthouse found the machine. */
  readonly benchmark: number;
  /** What the performance consists of, as Lighthouse writes it. */
  readonly metrics: string;
  /** Bytes that the first load transferred. */
  readonly bytes: number;
  /** Audits of the categories that are short of full marks. */
  readonly short: readonly string[];
  readonly report: string;
}

/** One run; undefined if Lighthouse could not measure. */
async function measure(url: string, port: number): Promise<Measured | undefined> {
  const result = await lighthouse(url, { port, output: "html", logLevel: "error", onlyCategories: [...CATEGORIES] });
  if (result === undefined) throw new Error("Lighthouse says nothing");
  const { lhr, report } = result;
  const score = (category: Category) => Math.round((lhr.categories[category]?.score ?? 0) * 100);
  const failure =
    lhr.runtimeError ??
    Object.values(lhr.audits).find(({ scoreDisplayMode, id }) => scoreDisplayMode === "error" && id in METRICS);
  if (failure !== undefined) return undefined; // as where its trace lacks the beginning
  const counted = CATEGORIES.flatMap((category) => lhr.categories[category]?.auditRefs ?? []);
  return {
    scores: {
      performance: score("performance"),
      accessibility: score("accessibility"),
      "best-practices": score("best-practices"),
    },
    benchmark: lhr.environment.benchmarkIndex,
    metrics: Object.entries(METRICS)
      .map(([id, name]) => `${name} ${lhr.audits[id]?.displayValue ?? "unknown"}`)
      .join(", "),
    bytes: transferred(lhr.audits["network-requests"]?.details, url),
    short: counted.flatMap(({ id, weight }) => {
      const audit = lhr.audits[id];
      return weight === 0 || audit?.score == null || audit.score >= 0.9 ? [] : [`${audit.title} (${id})`];
    }),
    report: typeof report === "string" ? report : report.join(""),
  };
}

/** Sums up what Lighthouse saw of the page's own files. */
function transferred(details: unknown, url: string): number {
  const items: unknown = typeof details === "object" && details !== null && "items" in details ? details.items : [];
  let sum = 0;
  for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
    if (typeof item !== "object" || item === null || !("url" in item) || !("transferSize" in item)) continue;
    const { url: address, transferSize } = item;
    if (typeof address !== "string" || typeof transferSize !== "number") continue;
    if (address.startsWith(url) && !address.startsWith(`${url}/rpc`)) sum += transferSize;
  }
  if (sum === 0) throw new Error("Lighthouse saw no file of the page");
  return sum;
}

/** How many programs want to run, and can. */
function busy(): string {
  return `with ${(loadavg()[0] ?? 0).toFixed(1)} to run on ${availableParallelism()} processors`;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

await runScript(async () => {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new UserError(`--runs is "${values.runs}"; it is a number from 1`);
  const executablePath = findBrowser();
  const started = await start();
  const page = await serveProduction(started, { developmentAccounts: [] });
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath,
    args: [...BROWSER_FLAGS, `--remote-debugging-port=${port}`],
  });
  try {
    const { rttMs, throughputKbps, cpuSlowdownMultiplier } = defaultConfig.settings?.throttling ?? {};
    console.log(
      `Lighthouse on a ${defaultConfig.settings?.formFactor ?? "?"} screen, simulated: ${rttMs} ms there and back, ${throughputKbps} kbit/s, CPU ${cpuSlowdownMultiplier} times slower`,
    );
    const measured: Measured[] = [];
    let failures = 0;
    while (measured.length < runs) {
      const one = await measure(page.url, port);
      if (one === undefined) {
        failures += 1;
        if (failures > MOST_FAILURES) throw new Error(`Lighthouse could not measure ${failures} times`);
        console.log(`Lighthouse could not measure, on a machine ${busy()}; once more`);
        continue;
      }
      const scores = CATEGORIES.map((category) => `${category} ${one.scores[category]}`).join(", ");
      console.log(
        `Run ${measured.length + 1} of ${runs}: ${scores}; ${one.metrics}; the first load transfers ${(one.bytes / 1_000).toFixed(1)} kB; benchmark ${Math.round(one.benchmark)}, machine ${busy()}`,
      );
      measured.push(one);
    }
    const folder = new URL("../test-e2e/results/", import.meta.url);
    await mkdir(folder, { recursive: true });
    const file = new URL("lighthouse.html", folder);
    await writeFile(file, measured.at(-1)?.report ?? "");
    console.log(`The last report: ${fileURLToPath(file)}`);
    const complaints = CATEGORIES.flatMap((category) => {
      const score = middle(measured.map(({ scores }) => scores[category]));
      return score < MARKS[category] ? [`${category} is ${score} of at least ${MARKS[category]}`] : [];
    });
    const bytes = Math.max(...measured.map((one) => one.bytes));
    if (bytes > FIRST_LOAD) complaints.push(`the first load transfers ${bytes} bytes of at most ${FIRST_LOAD}`);
    if (complaints.length === 0) return;
    const short = [...new Set(measured.flatMap((one) => one.short))];
    throw new UserError(
      [`The page falls short, on a machine ${busy()}: ${complaints.join("; ")}.`, "It lost marks for:", ...short].join(
        "\n",
      ),
    );
  } finally {
    await browser.close();
    await page.stop();
    await started.stop();
  }
});
