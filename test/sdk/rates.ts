import { untoldTerms } from "@termstake/sdk/pools";
import { estimateStake, flexibleApr, offersOf, yieldPerToken } from "@termstake/sdk/rates";
import { expect } from "chai";

import { DAY, fixedPool, flexiblePool, ONE, term, USDX } from "./samples.ts";

describe("sdk: rates", () => {
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
});
