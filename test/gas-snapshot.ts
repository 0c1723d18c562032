import { expect } from "chai";
import hre from "hardhat";

import { FIGURES, measureSnapshot, readSnapshot } from "../tools/bench/snapshot.ts";

// Instrumented contracts cost more.
const unlessInstrumented = hre.globalOptions.coverage ? describe.skip : describe;

unlessInstrumented("gas", () => {
  it("is to the unit what snapshots/gas.json says; `npm run bench -- --update` rewrites it", async () => {
    const committed = await readSnapshot();
    expect(Object.keys(committed)).to.have.members(FIGURES);
    expect(await measureSnapshot()).to.deep.equal(committed);
  });
});
