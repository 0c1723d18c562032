import { offersOf } from "@termstake/sdk/rates";
import { expect } from "chai";

import { FIRST_SELECTION, select } from "../../app/src/features/explore/selection.ts";
import { fixedPool, flexiblePool, ONE, term, USDX } from "./samples.ts";

describe("app: offers", () => {
  it("are selected and sorted; what cannot be told comes last either way", () => {
    const unknown = flexiblePool({ totalStaked: 0n, address: "0x1" });
    const unlisted = flexiblePool({ listed: false, address: "0x2" });
    const offers = [unknown, unlisted, fixedPool({ terms: [term(), term({ id: 1, rate: ONE / 10n })] })].flatMap(
      (pool) => offersOf(pool, 0),
    );
    const keys = (change: object) => select(offers, { ...FIRST_SELECTION, ...change }).map(({ apr }) => apr);
    expect(keys({})).to.deep.equal([0.1, 0.06, undefined]);
    expect(keys({ descending: false })).to.deep.equal([0.06, 0.1, undefined]);
    expect(keys({ kind: "flexible", listedOnly: false })).to.deep.equal([912.5, undefined]);
    expect(keys({ token: USDX.address })).to.deep.equal([]);
  });
});
