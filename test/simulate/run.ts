import { expect } from "chai";

import { casesOf } from "../../simulate/cases.ts";
import { toCsv } from "../../simulate/csv.ts";
import { play } from "../../simulate/run.ts";
import { loadScenario } from "../../simulate/scenario.ts";
import { type CohortSummary, summarise } from "../../simulate/summary.ts";
import { expectClose } from "./close.ts";

const small = await loadScenario(new URL("scenarios/small.json5", import.meta.url));
const example = (name: string) => loadScenario(new URL(`../../simulate/scenarios/${name}.json5`, import.meta.url));

/** `2027-01` of a day of the small scenario. */
function monthOf(day: number): string {
  return new Date((Number(small.start) + day * 86_400) * 1_000).toISOString().slice(0, 7);
}

describe("play", () => {
  it("gives the same course for the same seed, and another for another", () => {
    const csv = toCsv([play(small)]);
    expect(toCsv([play(small)])).to.equal(csv);
    expect(toCsv([play({ ...small, seed: small.seed + 1 })])).not.to.equal(csv);
  });

  it("plays each case as the base case up to the day of stress, and not beyond", () => {
    const [base, ...others] = casesOf(small).map((course) => play(small, course));
    for (const { course, pools } of others) {
      for (const [name, days] of Object.entries(pools)) {
        const until = small.stress.at;
        expect(days.slice(0, until), `${course.name}: ${name}`).to.deep.equal(base?.pools[name]?.slice(0, until));
      }
    }
    // The price moves nobody of a pool without panic, but its worth; the other two move everything.
    for (const { course, pools } of others.filter(({ course: { name } }) => name !== "price")) {
      expect(pools, course.name).not.to.deep.equal(base?.pools);
    }
  });

  it("leaves nobody in a pool on the day on which everyone exits", () => {
    const course = casesOf(small).find(({ name }) => name === "exit");
    if (course?.exitOn === undefined) throw new Error("There is no such case");
    const closed = play(small, { ...course, closedFrom: course.exitOn });
    const before = Object.values(closed.pools).map((days) => days[(course.exitOn ?? 0) - 1]?.staked ?? 0n);
    expect(before.filter((staked) => staked > 0n).length).to.be.at.least(3);
    for (const [name, days] of Object.entries(closed.pools)) {
      expect(days[course.exitOn]?.staked, name).to.equal(0n);
    }
  });

  it("lets nobody in from the day on which inflow stops", () => {
    const course = casesOf(small).find(({ name }) => name === "inflow");
    const stopped = play(small, course);
    const late = stopped.savers.filter(({ due }) => due >= small.stress.at);
    expect(late.map(({ account }) => account.paidIn)).to.deep.equal(late.map(() => 0n));
  });
});

describe("summarise", () => {
  it("accounts for every unit that a cohort put in", () => {
    for (const course of casesOf(small)) {
      const { name, cohorts } = summarise(play(small, course));
      for (const cohort of cohorts) {
        const { paidIn, priceChange, impermanentLoss, fees, rewards, penalties, out } = cohort.worth;
        const sum = paidIn + priceChange + impermanentLoss + fees + rewards + penalties;
        expectClose(sum, out, 1e-6 * paidIn);
        expect(paidIn, `${name}: ${cohort.name}`).to.be.above(0);
        expect(cohort.cameIn + cohort.turnedAway + cohort.stayedAway).to.be.at.most(cohort.stakers);
      }
    }
    for (const { at, account } of play(small).savers) {
      const out = account.principalOut + account.penalties + account.staked;
      expect(account.paidIn).to.equal(out);
      if (!at.sameToken) expect(account.restaked).to.equal(0n);
    }
  });

  it("has every staker in one cohort, one term and, if they came in, one month of entry", () => {
    for (const course of casesOf(small)) {
      const played = play(small, course);
      const { cohorts, byTerm, byMonth } = summarise(played);
      const inside = played.savers.filter(({ account }) => account.paidIn > 0n);
      for (const [name, groups, everybody] of [
        ["cohorts", cohorts, small.cohorts.reduce((sum, { stakers }) => sum + stakers, 0)],
        ["terms", byTerm, played.savers.length],
        ["months", byMonth, inside.length],
      ] as const) {
        const sum = (of: (group: (typeof groups)[number]) => number) =>
          groups.reduce((all, group) => all + of(group), 0);
        expect(
          sum(({ stakers }) => stakers),
          name,
        ).to.equal(everybody);
        expect(
          sum(({ cameIn }) => cameIn),
          name,
        ).to.equal(inside.length);
        const total = cohorts.reduce((all, { worth }) => all + worth.out, 0);
        expectClose(
          sum(({ worth }) => worth.out),
          total,
          1e-9 * total,
        );
      }
      for (const { name, pool, cameIn, paidIn } of byMonth) {
        const month = inside.filter((saver) => saver.at.name === pool && name === `${pool}, ${monthOf(saver.arrival)}`);
        expect(cameIn, name).to.equal(month.length);
        const own = month.reduce((all, { account }) => all + account.paidIn - account.restaked, 0n);
        expect(paidIn, name).to.equal(own);
      }
    }
  });

  it("gives a month's stakers the rate that they had, and not another month's", async () => {
    const overpromised = summarise(play(await example("overpromised")));
    const months = overpromised.byMonth.filter(({ pool }) => pool === "Flexible");
    expect(months.map(({ name }) => name)).to.deep.equal([...months.map(({ name }) => name)].sort());
    expect(months.length).to.be.at.least(3);
    // The stream ends after half a year: who came first earned more a year than who came last.
    expect(months[0]?.apr).to.be.above(months.at(-1)?.apr ?? Infinity);
    const whole = overpromised.cohorts.find(({ pool }) => pool === "Flexible")?.apr ?? 0;
    expect(Math.min(...months.map(({ apr }) => apr))).to.be.below(whole);
    expect(Math.max(...months.map(({ apr }) => apr))).to.be.above(whole);
    // By term it is the same as by cohort where a term is one cohort's.
    const yearly = (groups: readonly CohortSummary[], name: string) => groups.find((group) => group.name === name)?.apy;
    expect(yearly(overpromised.byTerm, "Flexible")).to.equal(yearly(overpromised.cohorts, "Flexible"));
  });

  it("names the day on which a budget runs dry, and only if it does", async () => {
    const [conservative, overpromised] = await Promise.all([example("conservative"), example("overpromised")]);
    const runway = (summary: ReturnType<typeof summarise>) =>
      summary.pools.find(({ name }) => name === "Fixed")?.runway;
    const dry = play(overpromised);
    const summary = summarise(dry);
    expect(runway(summarise(play(conservative)))?.state).to.equal("will run dry");
    expect(runway(summary)?.state).to.equal("ran dry");
    const { dryOn } = dry.counters["Fixed"]?.books ?? {};
    if (dryOn === undefined) throw new Error("The budget never ran dry");
    expect(runway(summary)?.date).to.equal(
      new Date((Number(overpromised.start) + dryOn * 86_400) * 1_000).toISOString().slice(0, 10),
    );
    // All that was promised to those who stayed is there.
    expect(dry.protocol.fixedTermPools["Fixed"]?.reserved).to.equal(dry.pools["Fixed"]?.at(-1)?.due);
  });

  it("says how a schedule's money ends", async () => {
    const [short] = summarise(play(await example("overpromised"))).schedules;
    const [whole] = summarise(play(await example("conservative"))).schedules;
    expect(short?.state).to.equal("ran dry");
    // 1,300,000 cover 26 weeks from the second day on.
    expect(short?.date).to.equal("2027-07-06");
    expect([whole?.state, whole?.date]).to.deep.equal(["ends as planned", "2029-01-02"]);
  });
});
