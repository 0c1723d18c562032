// docs/OPERATIONS.md: each limit in its table is where the contract begins to refuse, and the runbook has every command.
import { readFile } from "node:fs/promises";

import { BPS, DAY, ONE, parseBps, parseDuration } from "@termstake/sdk/units";
import { expect } from "chai";
import { network } from "hardhat";

import { validateProtocolConfig } from "../../deploy/config/validation.ts";
import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { FINAL_VIEWS, runbook } from "../../tools/rehearse/runbook.ts";
import { tasks } from "../../tasks/index.ts";
import { deployDistributor, receivingPool } from "../helpers/distributor.ts";
import { deployFactory } from "../helpers/factory.ts";
import { deployToken } from "../helpers/fixtures.ts";
import { deployInsuranceFund } from "../helpers/insurance.ts";

const { ethers } = await network.create();
const page = await readFile("docs/OPERATIONS.md", "utf8");

/** Cells of a row of the table of limits. */
function row(name: string): readonly [least: string, most: string] {
  const line = page.split("\n").find((each) => each.startsWith(`| ${name} |`));
  const [, , least, most] = line?.split("|").map((cell) => cell.trim()) ?? [];
  if (least === undefined || most === undefined) throw new Error(`docs/OPERATIONS.md has no limits of "${name}"`);
  return [least, most];
}

const whole = (text: string) => BigInt(text.replaceAll(",", "").replace(/ units?$/, ""));
const duration = (text: string) => parseDuration(text.replaceAll(",", ""));
const bps = (text: string) => parseBps(/^[\d.]+ %|^0$/.exec(text)?.[0].replace(/^0$/, "0 %") ?? text);

async function accepts(act: () => Promise<unknown>): Promise<boolean> {
  return act().then(
    () => true,
    () => false,
  );
}

/** Requires that values from `least` to `most` are taken, and none beyond. */
async function expectRange(
  what: string,
  [least, most]: readonly [bigint, bigint],
  act: (value: bigint) => Promise<unknown>,
): Promise<void> {
  const taken: [bigint, boolean][] = [];
  for (const value of [least - 1n, least, most, most + 1n].filter((each) => each >= 0n))
    taken.push([value, await accepts(async () => act(value))]);
  expect(taken, what).to.deep.equal(taken.map(([value]) => [value, value >= least && value <= most]));
}

/** Runs a constructor without sending anything. */
async function construct(name: "FlexiblePool" | "FixedTermPool", config: object): Promise<unknown> {
  const factory = await ethers.getContractFactory<[object]>(name);
  return ethers.provider.call(await factory.getDeployTransaction(config));
}

describe("docs/OPERATIONS.md", () => {
  it("tells the limits of pools as the contracts have them", async () => {
    const { flexible, fixedTerm } = await deployFactory(ethers);
    expect(await accepts(async () => construct("FlexiblePool", flexible))).to.equal(true);
    const flexibly = (change: object) => construct("FlexiblePool", { ...flexible, ...change });
    const [shortest, longest] = row("flexible: reward period");
    await expectRange("reward period", [duration(shortest), duration(longest)], (rewardsDuration) =>
      flexibly({ rewardsDuration }),
    );
    expect(row("flexible: minimum, cap")).to.deep.equal(["1 unit", "2^96 − 1 units, which stands for no cap"]);
    const most = 2n ** 96n - 1n;
    await expectRange("cap", [1n, most], (cap) => flexibly({ cap, minimumStake: 1n }));
    await expectRange("minimum", [1n, most], (minimumStake) => flexibly({ cap: most, minimumStake }));

    const [term] = fixedTerm.terms;
    if (term === undefined) throw new Error("The pool has no term");
    const termly = (change: object) => construct("FixedTermPool", { ...fixedTerm, terms: [{ ...term, ...change }] });
    const [soonest, latest] = row("term: duration");
    await expectRange("duration", [duration(soonest), duration(latest)], (value) => termly({ duration: value }));
    expect(row("term: rate")).to.deep.equal(["above 0", "100 % a year"]);
    await expectRange("rate", [1n, ONE], (rate) => termly({ rate }));
    const penalty = (change: object) =>
      termly({ penalty: { startBps: 100n, endBps: 0n, forfeitedBps: 0n, ...change } });
    const [, highest] = row("term: penalty at opening, at maturity");
    await expectRange("penalty", [1n, bps(highest)], (startBps) => penalty({ startBps }));
    await expectRange("rising penalty", [0n, 100n], (endBps) => penalty({ endBps }));
    const [none, all] = row("term: forfeited share of the accrued reward");
    await expectRange("forfeited", [bps(none), bps(all)], (forfeitedBps) => penalty({ forfeitedBps }));
    expect(row("split of penalties")[0]).to.equal("adds to 100 %");
    const split = { rewardsBps: 0n, insuranceBps: 0n, treasuryBps: 0n };
    await expectRange("split", [BPS, BPS], (burnBps) =>
      construct("FixedTermPool", { ...fixedTerm, split: { ...split, burnBps } }),
    );
    const lens = await ethers.deployContract("StakingLens");
    const pool = await ethers.deployContract("FixedTermPool", [fixedTerm]);
    expect(row("terms of a fixed-term pool")[1]).to.equal(
      `${await pool.maximumTerms()}; the lens shows ${await lens.TERM_PAGE()}, and the rest in pages`,
    );
  });

  it("tells the limits of schedules as the contract has them", async () => {
    const { actors, distributor } = await deployDistributor(ethers);
    const token = await deployToken(ethers, "PAY");
    const pool = await receivingPool(ethers, token);
    const create = (change: object, weight = 1n) =>
      distributor
        .connect(actors.governor)
        .createSchedule.staticCall(
          { token, epoch: 7n * DAY, budget: 1n, start: 2n ** 31n, epochs: 1n, feeBps: 0n, ...change },
          [{ pool, weight }],
        );
    expect(await accepts(async () => create({}))).to.equal(true);
    expect(row("schedule: epoch")[0]).to.equal("1, 7 or 30 days");
    for (const days of [1n, 7n, 30n])
      await expectRange("epoch", [days * DAY, days * DAY], (epoch) => create({ epoch }));
    const [fewest, most] = row("schedule: epochs").map(whole);
    await expectRange("epochs", [fewest ?? 0n, most ?? 0n], (epochs) => create({ epochs }));
    expect(row("schedule: budget an epoch")).to.deep.equal(["1 unit", "below 2^128 units"]);
    await expectRange("budget", [1n, 2n ** 128n - 1n], (budget) => create({ budget }));
    const [free, dearest] = row("schedule: fee").map(bps);
    await expectRange("fee", [free ?? 0n, dearest ?? 0n], (feeBps) => create({ feeBps }));
    expect(row("schedule: weight of a pool")[1]).to.equal("below 2^32");
    await expectRange("weight", [0n, 2n ** 32n - 1n], (weight) => create({}, weight));
  });

  it("tells the limits of insurance rounds as the contract has them", async () => {
    const { access, actors, fund, token } = await deployInsuranceFund(ethers);
    const publish = (delay: bigint, window: bigint) =>
      fund
        .connect(actors.governor)
        .publishRound.staticCall(0n, token, ethers.encodeBytes32String("root"), 1n, delay, window);
    const limits = (name: string): readonly [bigint, bigint] => {
      const [least, most] = row(name);
      return [duration(least), duration(most)];
    };
    const funds = await ethers.getContractFactory("InsuranceFund");
    const [least, most] = row("insurance: least claim delay");
    expect(least).to.match(/^2 days, and above the admin's delay$/);
    const [shortest, longest] = [duration(least.slice(0, least.indexOf(","))), duration(most)];
    await expectRange("least claim delay", [shortest, longest], async (delay) =>
      ethers.provider.call(await funds.getDeployTransaction(access, delay)),
    );
    expect(row("insurance: claim delay")).to.deep.equal(["the least of the fund", "90 days"]);
    const delays = [await fund.minimumClaimDelay(), longest] as const;
    const windows = limits("insurance: claim window");
    await expectRange("delay", delays, (delay) => publish(delay, windows[0]));
    await expectRange("window", windows, (window) => publish(delays[0], window));
    expect(await accepts(async () => publish(delays[0], windows[0]))).to.equal(true);
  });

  it("tells the limits of delays as the protocol config has them", async () => {
    const protocolConfig = await loadProtocolConfig(new URL("../../deploy/config/local.json5", import.meta.url));
    const problems = (role: "admin" | "operator" | "guardian", delay: bigint) =>
      validateProtocolConfig({
        ...protocolConfig,
        roles: { ...protocolConfig.roles, [role]: { ...protocolConfig.roles[role], delay } },
      });
    const check = async (role: "operator" | "guardian", delay: bigint) =>
      Promise.resolve(expect(problems(role, delay)).to.deep.equal([]));
    expect(row("role's delay, but the guardian's")[0]).to.equal("above 0");
    expect(row("role's delay, but the guardian's")[1]).to.match(/^2\^32 − 1 seconds/);
    await expectRange("delay", [1n, 2n ** 32n - 1n], (delay) => check("operator", delay));
    expect(row("guardian's delay")).to.deep.equal(["0", "0"]);
    await expectRange("guardian", [0n, 0n], (delay) => check("guardian", delay));
  });

  it("plays every command in the runbook, and shows it", () => {
    const words = [
      "token",
      "alice",
      "newcomer",
      "operator",
      "compensations",
      "claims",
      "protocolConfig",
      "database",
    ] as const;
    const [token, alice, newcomer, operator, compensations, claims, protocolConfig, database] = words;
    const steps = runbook({ token, alice, newcomer, operator, compensations, claims, protocolConfig, database });
    const played = new Set(FINAL_VIEWS.map(([name]) => name));
    for (const step of steps) {
      if (step.do === "command" && step.expect === "succeeds") played.add(step.args[0]);
      if (step.do === "executes") played.add("execute");
      if (step.do === "cancels") played.add("cancel");
    }
    const [, table = ""] = /<!-- rehearsal -->\n(.*)<!-- \/rehearsal -->/s.exec(page) ?? [];
    for (const { id } of tasks) {
      const name = id.join(":");
      expect([...played], name).to.include(name);
      expect(table, name).to.match(new RegExp(`\\| \`${name}[ \`]`));
    }
  });
});
