import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { loadScenario, ScenarioError } from "../../simulate/scenario.ts";

const FOLDER = new URL("scenarios/", import.meta.url);
const text = await readFile(new URL("small.json5", FOLDER), "utf8");

async function problemsOf(path: string): Promise<string[]> {
  try {
    await loadScenario(path);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems.map(({ place, message }) => `${place}: ${message}`);
    throw error;
  }
}

/** Problems of the small scenario once `from` is replaced in it. */
async function problemsAfter(from: string, to: string): Promise<string[]> {
  expect(text).to.include(from);
  const folder = await mkdtemp(join(tmpdir(), "scenario-"));
  const path = join(folder, "changed.json5");
  const protocolConfig = fileURLToPath(new URL("small.config.json5", FOLDER));
  try {
    await writeFile(path, text.replace(from, to).replace('"small.config.json5"', JSON.stringify(protocolConfig)));
    return await problemsOf(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each tells the place, the value and the limit. */
const MISTAKES: [from: string, to: string, problem: string][] = [
  ["seed: ", "seed: -", "seed: -1 is below the least of 0"],
  ['"120 days"', '"0 days"', "duration: 0 days is below the least of 1 day"],
  ['"120 days"', '"4000 days"', "duration: 4000 days is above the limit of 3650 days"],
  ['"120 days"', '"90 minutes"', 'duration: "90 minutes" is no whole number of days'],
  ['"2027-01-05"', '"2027-02-30x"', 'start: "2027-02-30x" is no date such as "2030-01-31"'],
  ['"2027-01-05"', '"2027-03-01"', 'start: 2027-03-01 is after 2027-01-06, when the schedule "Weekly" begins'],
  ["stakers: 5", "stakers: 0", "cohorts.Streamed.stakers: 0 is below the least of 1"],
  ["stakers: 5", "stakers: 100000", "cohorts: 100009 stakers in all is above the limit of 100000"],
  ['pool: "Flexible"', 'pool: "Nowhere"', 'cohorts.Streamed.pool: no pool of the protocol config is called "Nowhere"'],
  [
    'least: "10", most: "900"',
    'least: "0.5", most: "900"',
    "cohorts.Streamed.stake.least: 0.5 is below the pool's minimum of 1.0",
  ],
  [
    'least: "10", most: "900"',
    'least: "910", most: "900"',
    "cohorts.Streamed.stake.least: 910 is above the most of 900",
  ],
  ["term: 0", "term: 7", "cohorts.Locked.term: 7 is above the limit of 0, the pool's last term"],
  ['renew: "70 %"', 'renew: "101 %"', "cohorts.Locked.renew: 101 % is above the limit of 100 %"],
  ['perYear: "99 %"', 'perYear: "a lot"', 'cohorts.Streamed.leave.perYear: "a lot" is no percentage such as "12.5 %"'],
  ['volatility: "120 %"', 'volatility: "900 %"', "prices.TSK.volatility: 900 % is above the limit of 500 %"],
  ["initial: 2,", "initial: -2,", "prices.TSK.initial: -2 is not above 0: a price is"],
  ['pair: ["TSK", "ETH"]', 'pair: ["TSK", "XYZ"]', 'prices.LPX.pair[1]: "XYZ" has no price'],
  ['at: "30 days"', 'at: "120 days"', "stress.at: 120 days is not below the duration of 120 days"],
  ['tokens: ["TSK"]', 'tokens: ["LPX"]', 'stress.tokens[0]: "LPX" follows the tokens of its pair: name one of them'],
  [
    "pools: { Fixed:",
    "pools: { Flexible:",
    'funding.pools.Flexible: no fixed-term pool of the protocol config is called "Flexible"',
  ],
];

describe("loadScenario", () => {
  it("reads what a person wrote, in base units and days", async () => {
    const scenario = await loadScenario(new URL("small.json5", FOLDER));
    expect(scenario.days).to.equal(120);
    expect(scenario.start).to.equal(BigInt(Date.UTC(2027, 0, 5) / 1_000));
    expect(scenario.funding.schedules["Weekly"]?.initial).to.equal(4_000n * 10n ** 18n);
    expect(scenario.cohorts.find(({ name }) => name === "Paired")?.stake.least).to.equal(10n * 10n ** 12n);
  });

  for (const [from, to, problem] of MISTAKES) {
    it(`refuses ${to} and says why`, async () => {
      expect(await problemsAfter(from, to)).to.include(problem);
    });
  }

  it("says which file cannot be read, and what is wrong with the protocol config in it", async () => {
    const missing = join(tmpdir(), "no-such-scenario.json5");
    expect(await problemsOf(missing)).to.deep.equal([`file: ${missing} cannot be read (ENOENT)`]);
    expect(await problemsAfter("title:", "headline:")).to.include('file: Unrecognized key: "headline"');
  });
});
