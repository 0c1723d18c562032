import { expect } from "chai";

import { readSnapshot, storageLayouts } from "../tools/lib/storage-layout.ts";

describe("storage layout", () => {
  it("is what snapshots/storage-layout.json says; `npm run storage-layout` rewrites it", async () => {
    const committed = await readSnapshot();
    expect(committed).to.include.keys(
      "FlexiblePool",
      "FixedTermPool",
      "RewardDistributor",
      "InsuranceFund",
      "PoolFactory",
    );
    expect(await storageLayouts()).to.deep.equal(committed);
  });
});
