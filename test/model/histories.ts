import { expect } from "chai";

import { MINIMA } from "../helpers/model/actions/index.ts";
import { runHistories, setStage } from "../helpers/model/histories.ts";
import { LEAST_ACCEPTANCE, PER, report } from "../helpers/model/report.ts";

const SEED = 20_261_125;
const ACTIONS = 5_000;

describe("Model and contracts", () => {
  it(`agree on every view after each of ${ACTIONS} actions of many actors, and when everybody has left`, async () => {
    const { tally, failure } = await runHistories(await setStage(), { seed: SEED, actions: ACTIONS });
    expect(failure === undefined ? "" : report(failure)).to.equal("");
    expect(tally.actions).to.be.at.least(ACTIONS);
    expect(tally.missing(MINIMA, PER)).to.deep.equal([]);
    expect(tally.acceptance).to.be.at.least(LEAST_ACCEPTANCE);
    expect(tally.promisesKept).to.be.at.least(50);
  });
});
