import { expect } from "chai";

import { impermanentLoss, Market } from "../../simulate/prices.ts";
import { Random } from "../../simulate/random.ts";
import { moneyWeightedReturn, spreadOf } from "../../simulate/returns.ts";
import { loadScenario } from "../../simulate/scenario.ts";
import { expectClose } from "./close.ts";

const scenario = await loadScenario(new URL("scenarios/small.json5", import.meta.url));

describe("impermanentLoss", () => {
  it("is what the literature says", () => {
    expect(impermanentLoss(1)).to.equal(0);
    expectClose(impermanentLoss(4), -0.2, 1e-12);
    expectClose(impermanentLoss(0.25), -0.2, 1e-12);
    expectClose(impermanentLoss(2), -0.0572, 1e-4);
  });
});

describe("Market", () => {
  const still = { kind: "path", points: [{ day: 0, price: 1 }] } as const;
  const doubling = {
    kind: "path",
    points: [
      { day: 0, price: 1 },
      { day: 100, price: 4 },
    ],
  } as const;
  const prices = {
    ETH: still,
    TSK: doubling,
    LPX: { kind: "pair", initial: 10, tokens: ["TSK", "ETH"], fees: 0 },
  } as const;

  it("values a share by the geometric mean of its tokens, and splits the difference from holding them", () => {
    const market = new Market({ ...scenario, prices });
    expectClose(market.price("LPX", 100), 20, 1e-9);
    const share = market.shareValue("LPX", 0, 100);
    expectClose(share?.held, 25, 1e-9);
    expectClose(share?.impermanentLoss, 25 * impermanentLoss(4), 1e-9);
    expectClose(share?.fees, 0, 1e-9);
    expect(market.shareValue("TSK", 0, 100)).to.equal(undefined);
  });

  it("draws straight lines between points, and stays at the last", () => {
    const market = new Market({ ...scenario, prices });
    expectClose(market.price("TSK", 50), 2.5, 1e-9);
    expect(market.price("TSK", 120)).to.equal(4);
    expect(() => market.price("TSK", 121)).to.throw(RangeError, "Day 121 is outside the 121 days");
  });

  it("lets a shock fall on its tokens from its day on, and on the shares that hold them", () => {
    const market = new Market({ ...scenario, prices }, { day: 60, tokens: ["TSK"], factor: 0.25 });
    const calm = new Market({ ...scenario, prices });
    expect(market.price("TSK", 59)).to.equal(calm.price("TSK", 59));
    expect(market.price("TSK", 60)).to.equal(calm.price("TSK", 60) * 0.25);
    expectClose(market.price("LPX", 60), calm.price("LPX", 60) / 2, 1e-9);
    expect(market.price("ETH", 60)).to.equal(1);
  });

  it("walks with the drift and the volatility that were asked for", () => {
    const days = 3_650;
    const walk = { kind: "walk", initial: 1, drift: 0.5, volatility: 0.6 } as const;
    const steps: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const path = new Market({ ...scenario, days, seed, prices: { TSK: walk } }).path("TSK");
      for (let day = 1; day <= days; day++) steps.push(Math.log((path[day] ?? 0) / (path[day - 1] ?? 0)));
    }
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length;
    expectClose(Math.sqrt(variance * 365), 0.6, 0.01);
    // Five deviations of the mean of 300 years.
    expectClose(mean * 365, Math.log(1.5), (5 * 0.6) / Math.sqrt(300));
  });
});

describe("Random", () => {
  it("waits as long as a yearly probability says", () => {
    const random = new Random(1, "waiting");
    const waits = Array.from({ length: 20_000 }, () => random.waiting(0.3));
    expectClose(waits.filter((days) => days <= 365).length / waits.length, 0.3, 0.015);
    expect(Math.min(...waits)).to.be.at.least(1);
    expect(random.waiting(0)).to.equal(Number.POSITIVE_INFINITY);
    expect(random.waiting(1)).to.equal(1);
  });

  it("draws amounts within their limits, half of them below the geometric mean", () => {
    const random = new Random(2, "amounts");
    const amounts = Array.from({ length: 5_000 }, () => random.amount(10n ** 18n, 10n ** 22n));
    expect(amounts.every((amount) => amount >= 10n ** 18n && amount <= 10n ** 22n)).to.equal(true);
    expectClose(amounts.filter((amount) => amount < 10n ** 20n).length / amounts.length, 0.5, 0.03);
  });

  it("gives names draws of their own", () => {
    const draws = ["a/1", "a/2", "b/1"].map((name) => new Random(1, name).share());
    expect(new Set(draws).size).to.equal(3);
  });
});

describe("moneyWeightedReturn", () => {
  const flows = (...entries: [day: number, amount: number][]) => {
    const all = new Float64Array(731);
    for (const [day, amount] of entries) all[day] = amount;
    return all;
  };

  it("is the yearly rate of one payment and one return", () => {
    expectClose(moneyWeightedReturn(flows([0, -100], [365, 110])), 0.1, 1e-9);
    expectClose(moneyWeightedReturn(flows([0, -100], [730, 121])), 0.1, 1e-9);
    expectClose(moneyWeightedReturn(flows([0, -100], [365, 50])), -0.5, 1e-9);
  });

  it("counts what comes between, and is 0 where nothing can be compared", () => {
    expectClose(moneyWeightedReturn(flows([0, -100], [365, 10], [730, 110])), 0.1, 1e-9);
    expect(moneyWeightedReturn(flows([0, -100]))).to.equal(0);
  });
});

describe("spreadOf", () => {
  it("takes the nearest rank", () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(spreadOf(values)).to.deep.equal({ least: 1, low: 5, median: 50, high: 95, most: 100 });
    expect(spreadOf([])).to.deep.equal({ least: 0, low: 0, median: 0, high: 0, most: 0 });
  });
});
