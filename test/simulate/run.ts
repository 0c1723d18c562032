import { expect } from "chai";

import { casesOf } from "../../simulate/cases.ts";
import { toCsv } from "../../simulate/csv.ts";
import { play } from "../../simulate/run.ts";
import { loadScenario } from "../../simulate/scenario.ts";
import { summarise } from "../../simulate/summary.ts";
import { expectClose } from "./close.ts";

const small = await loadScenario(new URL("scenarios/small.json5", import.meta.url));
const example = (name: string) => loadScenario(new URL(`../../simulate/scenarios/${name}.json5`, import.meta.url));

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
