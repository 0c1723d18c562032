import { expect } from "chai";

import { promisedReward } from "@termstake/sdk/math";
import { untoldTerms } from "@termstake/sdk/pools";
import { estimateStake, flexibleApr, offersOf, yieldPerToken } from "@termstake/sdk/rates";

import { coveredPrincipal } from "../../app/src/chain/offers.ts";
import { FIRST_SELECTION, select } from "../../app/src/features/explore/selection.ts";
import { mostAccepted, obstacle } from "../../app/src/features/stake/checks.ts";
import { DAY, fixedPool, flexiblePool, ONE, term, USDX } from "./samples.ts";

describe("app: offers", () => {
  it("tell a flexible pool's rate while it streams, and none where nobody can know it", () => {
    expect(flexibleApr(flexiblePool(), 0)).to.equal(912.5); // 1,000 a day for 400 staked
    expect(flexibleApr(flexiblePool(), 7 * DAY)).to.equal(0);
    expect(flexibleApr(flexiblePool({ totalStaked: 0n }), 0)).to.equal(undefined);
    expect(flexibleApr(flexiblePool({ rewardsToken: USDX }), 0)).to.equal(undefined);
  });

  it("tell what a token earns in a year where a flexible pool pays another one", () => {
    const dollars = flexiblePool({ rewardsToken: USDX, periodReward: 7_000_000_000n }); // 1,000 USDX a day for 400 staked
    expect(yieldPerToken(dollars, 0)).to.equal(912_500_000n);
    expect(yieldPerToken(dollars, 0, 400n * ONE)).to.equal(456_250_000n);
    expect(yieldPerToken({ ...dollars, totalStaked: 0n }, 0)).to.equal(undefined);
    expect(yieldPerToken(dollars, 7 * DAY)).to.equal(0n);
    const [offer] = offersOf(dollars, 0);
    expect([offer?.perToken, offer?.daily]).to.deep.equal([912_500_000n, 1_000_000_000n]);
    expect(offersOf(flexiblePool(), 0)[0]?.perToken).to.equal(undefined);
  });

  it("are counted where a pool has more terms than are told", () => {
    expect(untoldTerms([flexiblePool(), fixedPool(), fixedPool({ termCount: 40 })])).to.equal(39);
  });

  it("estimate a flexible stake no longer than its stream is funded", () => {
    const pool = flexiblePool(); // 1,000 a day for 400 staked, for a week
    const of = (now: number, days: number) => estimateStake(pool, 400n * ONE, now, BigInt(days * DAY));
    expect(of(0, 1)).to.deep.equal({ reward: 500n * ONE, until: DAY, ends: false });
    expect(of(0, 30)).to.deep.equal({ reward: 3_500n * ONE, until: 7 * DAY, ends: true });
    expect(of(6 * DAY, 365)).to.deep.equal({ reward: 500n * ONE, until: 7 * DAY, ends: true });
    expect(of(8 * DAY, 30)).to.deep.equal({ reward: 0n, until: 8 * DAY, ends: true });
  });

  it("compound a fixed rate only where the reward can be staked", () => {
    const [own] = offersOf(fixedPool(), 0);
    expect(own?.apr).to.equal(0.06);
    expect(own?.apy?.toFixed(5)).to.equal("0.06137");
    expect(offersOf(fixedPool({ rewardsToken: USDX }), 0)[0]?.apy).to.equal(undefined);
  });

  it("say why they are not open", () => {
    const state = (pool: Parameters<typeof fixedPool>[0]) => offersOf(fixedPool(pool), 0)[0]?.state;
    expect(state({})).to.equal("open");
    expect(state({ paused: true })).to.equal("paused");
    expect(state({ terms: [term({ closed: true })] })).to.equal("closed");
    expect(state({ availableBudget: 0n })).to.equal("spent");
    expect(state({ terms: [term({ principalCap: 10n * ONE, openPrincipal: ONE })] })).to.equal("full");
  });

  it("cover exactly the principal whose reward the budget still holds", () => {
    for (const availableBudget of [0n, 1n, 999n, ONE, 123_456_789n * ONE + 1n]) {
      const pool = fixedPool({ availableBudget });
      const most = coveredPrincipal(pool, term());
      expect(promisedReward(term(), most, pool.conversion) <= availableBudget).to.equal(true);
      expect(promisedReward(term(), most + 1n, pool.conversion) > availableBudget).to.equal(true);
    }
  });

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

describe("app: what stands against a deposit", () => {
  it("is told in the order in which a person can mend it", () => {
    const pool = fixedPool();
    const of = (amount: bigint, balance: bigint | undefined) => obstacle(pool, term(), amount, balance);
    expect(of(ONE, 0n)).to.deep.equal({ kind: "belowMinimum", limit: 10n * ONE });
    expect(of(20n * ONE, 15n * ONE)).to.deep.equal({ kind: "aboveBalance", limit: 15n * ONE });
    expect(of(20n * ONE, undefined)).to.equal(undefined);
    expect(obstacle(pool, term({ principalCap: 15n * ONE }), 20n * ONE, undefined)).to.deep.equal({
      kind: "aboveCap",
      limit: 15n * ONE,
    });
    expect(obstacle(fixedPool({ paused: true }), term(), 0n, 0n)).to.deep.equal({ kind: "paused" });
  });

  it("leaves what the pool takes at most", () => {
    expect(mostAccepted(flexiblePool({ cap: 500n * ONE }), undefined)).to.equal(100n * ONE);
    const pool = fixedPool();
    expect(obstacle(pool, term(), mostAccepted(pool, term()), undefined)).to.equal(undefined);
    expect(obstacle(pool, term(), mostAccepted(pool, term()) + 1n, undefined)?.kind).to.equal("aboveBudget");
  });
});
