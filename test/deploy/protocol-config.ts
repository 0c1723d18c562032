import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { DAY, ONE } from "@termstake/sdk/units";
import { expect } from "chai";
import fc from "fast-check";
import JSON5 from "json5";

import { protocolConfigWarnings } from "../../deploy/config/validation.ts";
import { ProtocolConfigError, lookUp, type Problem } from "../../deploy/config/protocol-config.ts";
import { loadProtocolConfig, parseProtocolConfig } from "../../deploy/config/load.ts";
import { earlyPayout, longerNeverBeatsShorter, maturePayout } from "../../deploy/config/term-safety.ts";

type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

const ZERO = "0x0000000000000000000000000000000000000000";

/** A term that can be deployed, of a pool that stakes TSK. */
const ONE_TERM = {
  duration: "30 days",
  rate: "3 %",
  minimum: "10",
  principalCap: "none",
  rewardCap: "none",
  penalty: { start: "1 %", end: "0 %", forfeited: "100 %" },
};

const TESTNETS = ["sepolia", "baseSepolia", "arbitrumSepolia"] as const;

async function configText(name: "local" | (typeof TESTNETS)[number]): Promise<string> {
  return readFile(new URL(`../../deploy/config/${name}.json5`, import.meta.url), "utf8");
}

/** The local config with one value replaced, or removed if undefined. */
async function localWith(path: readonly (string | number)[], value: Json): Promise<string> {
  const file: unknown = JSON5.parse(await configText("local"));
  const parent = path.slice(0, -1).reduce<unknown>((node, key) => Reflect.get(Object(node), key), file);
  Reflect.set(Object(parent), path.at(-1) ?? "", value);
  return JSON.stringify(file);
}

function problemsOf(text: string): readonly Problem[] {
  try {
    parseProtocolConfig(text);
  } catch (error) {
    if (error instanceof ProtocolConfigError) return error.problems;
    throw error;
  }
  return [];
}

async function loadProblems(file: string): Promise<readonly Problem[]> {
  try {
    await loadProtocolConfig(file);
  } catch (error) {
    if (error instanceof ProtocolConfigError) return error.problems;
    throw error;
  }
  return [];
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "protocol-config-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("protocol config", () => {
  describe("given the configs that ship", () => {
    it("accepts the local ones, with amounts in base units", async () => {
      const protocolConfig = parseProtocolConfig(await configText("local"));
      const dollars = lookUp(protocolConfig.fixedTermPools, "FixedForDollars");
      expect(dollars.conversion).to.equal(250_000n); // 0.25 of 6 decimals for 10^18 units
      expect(dollars.terms[0]?.rewardCap).to.equal(12_500n * 10n ** 6n);
      expect(lookUp(protocolConfig.flexiblePools, "Flexible").cap).to.equal(2n ** 96n - 1n);
      const durations = lookUp(protocolConfig.fixedTermPools, "Fixed").terms.map(({ duration }) => duration / DAY);
      expect(durations).to.deep.equal([30n, 90n, 180n, 365n]);
    });

    for (const name of TESTNETS) {
      it(`accepts those of ${name} once the accounts are filled in, and names each that is not`, async () => {
        await inFolder(async (folder) => {
          for (const each of TESTNETS) await writeFile(path.join(folder, `${each}.json5`), await configText(each));
          const problems = await loadProblems(path.join(folder, `${name}.json5`));
          expect(problems.map(({ place }) => place)).to.deep.equal([
            "roles.admin.account",
            "roles.operator.account",
            "roles.guardian.account",
            "treasury",
          ]);
          let next = 0x1000n;
          const text = (await configText(name)).replaceAll(ZERO, () => `0x${(next++).toString(16).padStart(40, "0")}`);
          await writeFile(path.join(folder, `${name}.json5`), text);
          expect(await loadProblems(path.join(folder, `${name}.json5`))).to.deep.equal([]);
        });
      });
    }
  });

  describe("given configs that extend others", () => {
    it("replaces whole entries of the same name, adds new ones and keeps the rest", async () => {
      await inFolder(async (folder) => {
        await writeFile(path.join(folder, "base.json5"), await configText("local"));
        const own = {
          extends: "./base.json5",
          treasury: "0x0000000000000000000000000000000000001234",
          tokens: { TSK: { address: "0x779877A7B0D9E8603169DdbD7836e478b4624789", decimals: 18 } },
          schedules: { Weekly: undefined },
          flexiblePools: {
            Another: {
              stakingToken: "TSK",
              rewardsToken: "TSK",
              rewardsDuration: "1 day",
              minimumStake: "1",
              cap: "none",
            },
          },
        };
        await writeFile(path.join(folder, "own.json5"), JSON.stringify(own));
        const base = await loadProtocolConfig(path.join(folder, "base.json5"));
        const extended = await loadProtocolConfig(path.join(folder, "own.json5"));

        expect(extended.treasury).to.equal(own.treasury);
        expect(extended.tokens).to.deep.equal({ ...base.tokens, TSK: own.tokens.TSK });
        expect(Object.keys(extended.flexiblePools)).to.deep.equal([...Object.keys(base.flexiblePools), "Another"]);
        expect([extended.roles, extended.schedules]).to.deep.equal([base.roles, base.schedules]);
      });
    });

    it("names what is wrong with what they extend", async () => {
      await inFolder(async (folder) => {
        const own = path.join(folder, "own.json5");
        await writeFile(own, '{ extends: "./list.json5" }');
        await writeFile(path.join(folder, "list.json5"), "[]");
        expect(await loadProblems(own)).to.deep.equal([
          { place: "extends", message: "./list.json5 holds no protocol config" },
        ]);
        await writeFile(path.join(folder, "list.json5"), await configText("baseSepolia"));
        expect((await loadProblems(own)).map(({ message }) => message)).to.include('Unrecognized key: "extends"');
      });
    });
  });

  describe("when a value is wrong", () => {
    const fixed = ["fixedTermPools", "Fixed"] as const;
    const term = (index: number) => [...fixed, "terms", index] as const;
    const cases: [title: string, path: readonly (string | number)[], value: Json, place: string, message: RegExp][] = [
      ["an admin without delay", ["roles", "admin", "delay"], "0 days", "roles.admin.delay", /is 0/],
      ["an operator without delay", ["roles", "operator", "delay"], "0 days", "roles.operator.delay", /is 0/],
      ["a guardian with a delay", ["roles", "guardian", "delay"], "1 hour", "roles.guardian.delay", /is 1 hour/],
      [
        "a guardian who is the admin",
        ["roles", "guardian", "account"],
        "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "roles.guardian.account",
        /0x70997970C51812dc3A010C7d01b50e0d17dc79C8 is the admin already/,
      ],
      ["the zero address", ["treasury"], ZERO, "treasury", /zero address/],
      [
        "an address with a wrong checksum",
        ["treasury"],
        "0x15d34aaf54267DB7D7c367839AAf71A00a2C6A65",
        "treasury",
        /no address/,
      ],
      ["an unknown field", ["flexiblePools", "Flexible", "fee"], "1 %", "flexiblePools.Flexible", /fee/],
      ["a missing field", [...fixed, "split"], undefined, "fixedTermPools.Fixed.split", /expected object/],
      [
        "a number without unit",
        [...term(0), "duration"],
        "30",
        "fixedTermPools.Fixed.terms[0].duration",
        /"30" is no duration/,
      ],
      [
        "an unknown token",
        ["flexiblePools", "Flexible", "stakingToken"],
        "ABC",
        "flexiblePools.Flexible.stakingToken",
        /"ABC"/,
      ],
      [
        "an amount finer than the token",
        ["fixedTermPools", "FixedForDollars", "terms", 0, "rewardCap"],
        "0.0000001",
        "fixedTermPools.FixedForDollars.terms[0].rewardCap",
        /6 decimal places/,
      ],
      [
        "a period above four years",
        ["flexiblePools", "Flexible", "rewardsDuration"],
        "1462 days",
        "flexiblePools.Flexible.rewardsDuration",
        /1462 days is above the limit of 1461 days/,
      ],
      [
        "a minimum of nothing",
        ["flexiblePools", "Flexible", "minimumStake"],
        "0",
        "flexiblePools.Flexible.minimumStake",
        /0.0 TSK is below the least of 0.000000000000000001 TSK/,
      ],
      [
        "a cap below the minimum",
        ["flexiblePools", "Flexible", "cap"],
        "0.5",
        "flexiblePools.Flexible.minimumStake",
        /1.0 TSK is above the limit of 0.5 TSK/,
      ],
      [
        "a term of less than a day",
        [...term(0), "duration"],
        "23 hours",
        "fixedTermPools.Fixed.terms[0].duration",
        /23 hours is below the least of 1 day/,
      ],
      [
        "a rate above the ceiling",
        [...term(3), "rate"],
        "100.01 %",
        "fixedTermPools.Fixed.terms[3].rate",
        /100.01 % is above the limit of 100 %/,
      ],
      [
        "a penalty above the ceiling",
        [...term(3), "penalty", "start"],
        "25.01 %",
        "fixedTermPools.Fixed.terms[3].penalty.start",
        /25.01 % is above the limit of 25 %/,
      ],
      [
        "a penalty that rises",
        [...term(3), "penalty", "end"],
        "12.01 %",
        "fixedTermPools.Fixed.terms[3].penalty.end",
        /12.01 % is above the 12 % at opening/,
      ],
      [
        "a penalty that charges nothing",
        [...term(0), "penalty"],
        { start: "0 %", end: "0 %", forfeited: "99.99 %" },
        "fixedTermPools.Fixed.terms[0].penalty",
        /99.99 %/,
      ],
      [
        "no reward cap where no principal is taken",
        [...term(0)],
        { ...ONE_TERM, penalty: { ...ONE_TERM.penalty, start: "0 %" } },
        "fixedTermPools.Fixed.terms[0].rewardCap",
        /lets anybody hold budget for nothing, so that it needs one/,
      ],
      [
        "a round of compensation that leaves the admin less than a day to notice",
        ["minimumClaimDelay"],
        "71 hours",
        "minimumClaimDelay",
        /71 hours is less than the admin's delay of 2 days and 1 day to notice/,
      ],
      [
        "a round of compensation that opens after months",
        ["minimumClaimDelay"],
        "91 days",
        "minimumClaimDelay",
        /91 days is above the limit of 90 days/,
      ],
      [
        "a split that is not whole",
        [...fixed, "split", "burn"],
        "9.99 %",
        "fixedTermPools.Fixed.split",
        /99.99 %, not to 100 %/,
      ],
      [
        "a rate that does not rise",
        [...term(1), "rate"],
        "3 %",
        "fixedTermPools.Fixed.terms[1].rate",
        /3 % is not above the 3 % of the shorter terms\[0\]/,
      ],
      [
        "a duration that does not rise",
        [...term(1), "duration"],
        "30 days",
        "fixedTermPools.Fixed.terms[1].duration",
        /30 days is not above the 30 days of terms\[0\]/,
      ],
      ["a worth other than 1 for one token", [...fixed, "worth"], "2", "fixedTermPools.Fixed.worth", /must be 1/],
      [
        "a rewards pool without a share",
        [...fixed],
        {
          stakingToken: "TSK",
          rewardsToken: "TSK",
          rewardsPool: "Flexible",
          split: { rewards: "0 %", insurance: "100 %", treasury: "0 %", burn: "0 %" },
          terms: [ONE_TERM],
        },
        "fixedTermPools.Fixed.rewardsPool",
        /"Flexible" would get nothing/,
      ],
      [
        "no rewards pool where one is needed",
        ["fixedTermPools", "FixedForDollars", "rewardsPool"],
        undefined,
        "fixedTermPools.FixedForDollars.rewardsPool",
        /missing/,
      ],
      [
        "a rewards pool that pays another token",
        ["flexiblePools", "Flexible", "rewardsToken"],
        "USDX",
        "fixedTermPools.FixedForDollars.rewardsPool",
        /"Flexible" pays USDX, not TSK/,
      ],
      [
        "an epoch of another length",
        ["schedules", "Weekly", "epoch"],
        "8 days",
        "schedules.Weekly.epoch",
        /8 days is none of 1 day, 7 days, 30 days/,
      ],
      [
        "a fee above the ceiling",
        ["schedules", "Weekly", "fee"],
        "35.01 %",
        "schedules.Weekly.fee",
        /35.01 % is above the limit of 35 %/,
      ],
      ["no epochs", ["schedules", "Weekly", "epochs"], 0, "schedules.Weekly.epochs", /0 is below the least of 1/],
      ["a budget of nothing", ["schedules", "Weekly", "budget"], "0", "schedules.Weekly.budget", /is below the least/],
      [
        "a start that is no moment",
        ["schedules", "Weekly", "start"],
        "tomorrow",
        "schedules.Weekly.start",
        /"tomorrow" is no moment/,
      ],
      [
        "an unknown pool",
        ["schedules", "Weekly", "weights", "Other"],
        1,
        "schedules.Weekly.weights.Other",
        /no pool is called "Other"/,
      ],
      [
        "a weight of nothing",
        ["schedules", "Weekly", "weights", "Fixed"],
        0,
        "schedules.Weekly.weights.Fixed",
        /0 is below the least of 1/,
      ],
      ["no weights", ["schedules", "Weekly", "weights"], {}, "schedules.Weekly.weights", /names no pool/],
      [
        "a pool that pays another token",
        ["schedules", "Weekly", "weights", "FixedForDollars"],
        1,
        "schedules.Weekly.weights.FixedForDollars",
        /pays USDX, not TSK/,
      ],
      [
        "a pool that streams over less than an epoch",
        ["flexiblePools", "Flexible", "rewardsDuration"],
        "6 days",
        "schedules.Weekly.weights.Flexible",
        /would stream the budget of 7 days within 6 days/,
      ],
    ];
    for (const [title, path, value, place, message] of cases) {
      it(`names the place, the value and the limit of ${title}`, async () => {
        const problems = problemsOf(await localWith(path, value));
        const problem = problems.find((candidate) => candidate.place === place);
        expect(problem?.message, JSON.stringify(problems)).to.match(message);
      });
    }

    it("lists every problem in one message", async () => {
      const text = await localWith(["roles"], {
        admin: { account: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", delay: "0 days" },
        operator: { account: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", delay: "0 days" },
        guardian: { account: "0x90F79bf6EB2c4f870365E785982E1f101E93b906", delay: "0 days" },
      });
      expect(() => parseProtocolConfig(text)).to.throw(
        ProtocolConfigError,
        /roles\.admin\.delay: [^]*roles\.operator\.delay: /,
      );
    });
  });

  describe("when a value is unusual", () => {
    it("accepts a pool that streams over more than an epoch, and one token's pool that streams penalties to stakers", async () => {
      expect(problemsOf(await localWith(["flexiblePools", "Flexible", "rewardsDuration"], "8 days"))).to.deep.equal([]);
      expect(problemsOf(await localWith(["fixedTermPools", "Fixed", "rewardsPool"], "Flexible"))).to.deep.equal([]);
    });

    it("warns of nothing in the configs that ship", async () => {
      expect(protocolConfigWarnings(parseProtocolConfig(await configText("local")))).to.deep.equal([]);
    });

    it("warns of a term that takes no principal, whatever its reward cap", async () => {
      const path = ["fixedTermPools", "Fixed", "terms", 0, "penalty"];
      const text = await localWith(path, { start: "0 %", end: "0 %", forfeited: "100 %" });
      expect(
        protocolConfigWarnings(parseProtocolConfig(text)).map(({ place, message }) => `${place} ${message}`),
      ).to.deep.equal([
        "fixedTermPools.Fixed.terms[0].penalty takes no principal: anybody can hold budget for nothing by opening positions and leaving, up to the reward cap",
      ]);
    });

    it("asks a flexible pool of few decimals for a cap, where the reward has many", async () => {
      const pool = { rewardsDuration: "7 days", minimumStake: "1" };
      for (const [stakingToken, rewardsToken, cap, warned] of [
        ["USDX", "TSK", "none", true],
        ["USDX", "TSK", "1000000", false],
        ["USDX", "USDX", "none", false],
        ["TSK", "USDX", "none", false],
      ] as const) {
        const text = await localWith(["flexiblePools", "Other"], { ...pool, stakingToken, rewardsToken, cap });
        const warnings = protocolConfigWarnings(parseProtocolConfig(text)).map(({ place }) => place);
        expect(warnings, `${stakingToken}/${rewardsToken}`).to.deep.equal(warned ? ["flexiblePools.Other.cap"] : []);
      }
    });
  });

  describe("when a longer term would serve as a better short one", () => {
    const path = ["fixedTermPools", "Fixed", "terms", 1, "penalty"] as const;

    it("refuses it, with what both would pay", async () => {
      // Of 1000 TSK, 90 days at 6 % accrue 4.93 in 30 days, and 30 days at 3 % pay 2.46: the penalty after 30 of 90 days,
      // two thirds of what it is at opening, must make up for 2.46, which 0.3 % do not and 0.4 % do.
      const penalty = { end: "0 %", forfeited: "0 %" };
      expect(problemsOf(await localWith(path, { ...penalty, start: "0.4 %" }))).to.deep.equal([]);

      const [problem, ...others] = problemsOf(await localWith(path, { ...penalty, start: "0.3 %" }));
      expect(others).to.deep.equal([]);
      expect(problem?.place).to.equal("fixedTermPools.Fixed.terms[1].penalty");
      expect(problem?.message).to.match(
        /^of 1000 TSK, leaving after 30 days pays 998\.0 TSK and 4\.93\d+ TSK, more than the 1000\.0 TSK and 2\.46\d+ TSK of terms\[0\]$/,
      );
    });

    it("is exact at the border", () => {
      const penalty = { startBps: 0n, endBps: 0n, forfeitedBps: 5_000n };
      const shorter = { duration: 30n * DAY, rate: ONE / 10n, penalty };
      const longer = { duration: 90n * DAY, rate: ONE / 5n, penalty };
      // Half of twice the rate is the rate itself: equal is allowed, a 10^18th of a point more is not.
      expect(longerNeverBeatsShorter(shorter, longer)).to.equal(true);
      expect(longerNeverBeatsShorter(shorter, { ...longer, rate: longer.rate + 1n })).to.equal(false);
    });

    it("accepts only terms that hold for every principal, as the pool rounds", () => {
      const penalty = fc
        .record({
          startBps: fc.bigInt(0n, 2_500n),
          endShare: fc.bigInt(0n, 100n),
          forfeitedBps: fc.bigInt(0n, 10_000n),
        })
        .map(({ startBps, endShare, forfeitedBps }) => ({
          startBps,
          endBps: (startBps * endShare) / 100n,
          forfeitedBps,
        }));
      const term = fc.record({ duration: fc.bigInt(DAY, 1_461n * DAY), rate: fc.bigInt(1n, ONE), penalty });
      const pair = fc.tuple(term, term, fc.bigInt(1n, 2n ** 96n - 1n)).filter(([a, b]) => a.duration < b.duration);
      let accepted = 0;
      fc.assert(
        fc.property(pair, ([shorter, longer, principal]) => {
          if (!longerNeverBeatsShorter(shorter, longer)) return;
          accepted += 1;
          const early = earlyPayout(longer, principal, shorter.duration, ONE);
          const mature = maturePayout(shorter, principal, ONE);
          expect(early.principal + early.reward <= mature.principal + mature.reward).to.equal(true);
        }),
        { numRuns: 2_000 },
      );
      expect(accepted).to.be.greaterThan(300);
    });

    it("refuses only terms that some principal would beat", () => {
      const penalty = { startBps: 500n, endBps: 100n, forfeitedBps: 2_500n };
      fc.assert(
        fc.property(fc.bigInt(1n, ONE), fc.bigInt(1n, ONE), (shortRate, longRate) => {
          const shorter = { duration: 30n * DAY, rate: shortRate, penalty };
          const longer = { duration: 365n * DAY, rate: longRate, penalty };
          if (longerNeverBeatsShorter(shorter, longer)) return;
          const principal = 2n ** 120n; // large enough for any difference to show
          const early = earlyPayout(longer, principal, shorter.duration, ONE);
          const mature = maturePayout(shorter, principal, ONE);
          expect(early.principal + early.reward > mature.principal + mature.reward).to.equal(true);
        }),
        { numRuns: 500 },
      );
    });
  });
});
