import { expect } from "chai";

import { runHistories, setStage } from "../helpers/model/histories.ts";
import { report } from "../helpers/model/report.ts";

const SEED = 96_24;
const ACTIONS = 400;

/** Denominators of exact accumulators grow with each change of the total staked: histories stay short. */
const LONGEST = 200;

describe("A model without any rounding", () => {
  it("never pays anybody less than the contracts do, nor more by more than two units", async () => {
    const { tally, failure } = await runHistories(await setStage(), {
      seed: SEED,
      actions: ACTIONS,
      longest: LONGEST,
      exact: true,
    });
    expect(failure === undefined ? "" : report(failure)).to.equal("");
    expect(tally.actions).to.be.at.least(ACTIONS);
    // There is something to be measured, and it is far below the unit an operation that is allowed.
    expect(tally.rounding).to.be.within(1, 2_000_000);
  });
});
