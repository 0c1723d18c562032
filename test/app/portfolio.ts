import { principalPenalty, promisedReward } from "@termstake/sdk/math";
import type { Pool } from "@termstake/sdk/pools";
import { earnedAt } from "@termstake/sdk/rates";
import { expect } from "chai";

import { exitAccount, paidOut, penaltyShares } from "../../app/src/features/portfolio/exit.ts";
import { knownContracts, parseReceiver } from "../../app/src/features/portfolio/receiver.ts";
import {
  choose,
  isMature,
  pictured,
  progress,
  renewableTerms,
  totals,
} from "../../app/src/features/portfolio/selection.ts";
import { DAY, fixedPool, flexiblePool, ONE, term, TSK, USDX } from "./samples.ts";

const POSITION = {
  pool: fixedPool().address,
  id: 1n,
  owner: "0x00000000000000000000000000000000000000A1",
  termId: 0,
  principal: 1_000n * ONE,
  reward: 14_794_520_547_945_205_479n,
  openedAt: 0,
  maturity: 90 * DAY,
  autoRenew: false,
};

describe("app: what a stake has earned", () => {
  const stake = { staked: 100n * ONE, earned: 5n, readAt: 1_000 };

  it("adds its share of the stream by the second, and parts of one", () => {
    const yearlong = flexiblePool({ periodReward: 604_800n * ONE, totalStaked: 400n * ONE }); // 1 a second, a quarter of it
    expect(earnedAt(stake, yearlong, 1_002)).to.equal(5n + ONE / 2n);
    expect(earnedAt(stake, yearlong, 1_000.5)).to.equal(5n + ONE / 8n);
  });

  it("stops at the end of the period", () => {
    const pool = flexiblePool({ periodReward: 604_800n * ONE, periodFinish: 1_004n });
    expect(earnedAt(stake, pool, 1_004)).to.equal(5n + ONE);
    expect(earnedAt(stake, pool, 9_999)).to.equal(5n + ONE);
    expect(earnedAt({ ...stake, readAt: 2_000 }, pool, 9_999)).to.equal(5n);
  });

  it("never goes back, and earns nothing in an empty pool", () => {
    expect(earnedAt(stake, flexiblePool(), 500)).to.equal(5n);
    expect(earnedAt({ ...stake, staked: 0n }, flexiblePool({ totalStaked: 0n }), 5_000)).to.equal(5n);
  });
});

describe("app: an early exit's account", () => {
  it("is the README's example to the unit", () => {
    expect(promisedReward(term(), POSITION.principal, fixedPool().conversion)).to.equal(POSITION.reward);
    expect(principalPenalty(term().penalty, 1_000n * ONE, BigInt(45 * DAY), BigInt(90 * DAY))).to.equal(20n * ONE);
    const preview = {
      principalOut: 980n * ONE,
      rewardOut: 3_698_630_136_986_301_369n,
      principalPenalty: 20n * ONE,
      forfeitedReward: 3_698_630_136_986_301_370n,
    };
    const account = exitAccount(POSITION, 1_000n * ONE, preview, fixedPool().split);
    expect(account.shares).to.deep.equal([
      { kind: "rewards", amount: 8n * ONE },
      { kind: "insurance", amount: 4n * ONE },
      { kind: "treasury", amount: 6n * ONE },
      { kind: "burned", amount: 2n * ONE },
    ]);
    expect(account.stays).to.deep.equal({ principal: 0n, reward: 0n });
    expect(account.rewardOut + account.forfeited + account.notAccrued).to.equal(POSITION.reward);
  });

  it("says on its button what stands above it: principal and reward together, or each", () => {
    const preview = {
      principalOut: 9_422n * ONE,
      rewardOut: 788n * 10n ** 16n,
      principalPenalty: 0n,
      forfeitedReward: 0n,
    };
    expect(paidOut(fixedPool(), preview, "en")).to.equal("9,429.88 TSK");
    const dollars = fixedPool({ rewardsToken: USDX });
    expect(paidOut(dollars, { ...preview, rewardOut: 7_880_000n }, "en")).to.equal("9,422 TSK + 7.88 USDX");
    expect(paidOut(dollars, { ...preview, rewardOut: 0n }, "en")).to.equal("9,422 TSK");
  });

  it("keeps half of a position, with its reward", () => {
    const preview = {
      principalOut: 490n * ONE,
      rewardOut: 1_849_315_068_493_150_684n,
      principalPenalty: 10n * ONE,
      forfeitedReward: 1_849_315_068_493_150_685n,
    };
    const account = exitAccount(POSITION, 500n * ONE, preview, fixedPool().split);
    expect(account.stays).to.deep.equal({ principal: 500n * ONE, reward: 7_397_260_273_972_602_739n });
    const { rewardOut, forfeited, notAccrued, stays } = account;
    expect(rewardOut + forfeited + notAccrued + stays.reward).to.equal(POSITION.reward);
  });

  it("gives what rounding leaves to the first destination that has a share", () => {
    const split = { rewardsBps: 0n, insuranceBps: 3_333n, treasuryBps: 6_667n, burnBps: 0n };
    expect(penaltyShares(split, 10n)).to.deep.equal([
      { kind: "insurance", amount: 4n },
      { kind: "treasury", amount: 6n },
    ]);
  });
});

describe("app: renewal", () => {
  it("offers the terms that take renewals", () => {
    const terms = [term(), term({ id: 1, closed: true }), term({ id: 2, paused: true }), term({ id: 3 })];
    expect(renewableTerms(fixedPool({ terms })).map(({ id }) => id)).to.deep.equal([0, 3]);
  });
});

describe("app: positions", () => {
  it("are mature from their second on, and progress to it", () => {
    expect(isMature(POSITION, 90 * DAY - 0.001)).to.equal(false);
    expect(isMature(POSITION, 90 * DAY)).to.equal(true);
    expect([-1, 0, 45 * DAY, 90 * DAY, 100 * DAY].map((now) => progress(POSITION, now))).to.deep.equal([
      0, 0, 0.5, 1, 1,
    ]);
  });

  it("have their picture drawn anew as time passes: after half the term it says so", () => {
    const third = pictured(POSITION, 30 * DAY);
    expect(pictured(POSITION, 30 * DAY + 1)).to.equal(third);
    expect(new Set([third, pictured(POSITION, 45 * DAY), pictured(POSITION, 90 * DAY)]).size).to.equal(3);
  });

  it("are chosen by state, in the order given", () => {
    const later = { ...POSITION, id: 2n, maturity: 100 * DAY };
    const ids = (show: "all" | "mature" | "running") => choose([POSITION, later], show, 95 * DAY).map(({ id }) => id);
    expect([ids("all"), ids("mature"), ids("running")]).to.deep.equal([[1n, 2n], [1n], [2n]]);
  });

  it("are added up by token", () => {
    const dollars = fixedPool({ rewardsToken: USDX });
    const flexible = flexiblePool();
    const pools = new Map<string, Pool>([
      [dollars.address, dollars],
      [flexible.address, flexible],
    ]);
    const stakes = [{ pool: flexible.address, staked: 7n, earned: 1n, readAt: 0 }];
    expect(totals(stakes, [POSITION, { ...POSITION, id: 2n, principal: 5n, reward: 3n }], pools)).to.deep.equal([
      { token: TSK, staked: 7n, locked: POSITION.principal + 5n, promised: 0n },
      { token: USDX, staked: 0n, locked: 0n, promised: POSITION.reward + 3n },
    ]);
  });
});

describe("app: the receiver of a position", () => {
  const OWNER = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
  const POOL = "0x56135439b1D7a880cfe456A1738a7Fd4274A6cF5";
  const OTHER = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";
  for (const [text, expected] of [
    ["", "empty"],
    ["0x12", "invalid"],
    ["XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS", "invalid"],
    [OTHER.replace("976EA", "976ea"), "invalid"],
    [`0x${"0".repeat(40)}`, "zero"],
    [OWNER, "self"],
    [POOL.toLowerCase(), "known"],
  ] as const)
    it(`refuses "${text}" as ${expected}`, () => {
      expect(parseReceiver(text, OWNER, new Set([POOL]))).to.equal(expected);
    });

  it("is no contract of the protocol, no pool, and none of their tokens", () => {
    const contracts = { PoolFactory: "0x01", StakingLens: "0x02", RewardDistributor: "0x03", InsuranceFund: "0x04" };
    const pool = fixedPool({ rewardsToken: USDX, insurance: "0x05" });
    const deployment = {
      chainId: 1,
      chainName: "",
      rpcUrl: "",
      deploymentBlock: 0,
      contracts,
      developmentAccounts: [],
    };
    const dark = { kind: "unreadable", flexible: true, address: "0x06", listed: false } as const;
    const known = knownContracts(deployment, [pool, dark]);
    for (const address of [...Object.values(contracts), pool.address, TSK.address, USDX.address, "0x05", "0x06"])
      expect(known.has(address), address).to.equal(true);
    expect(known.has(OTHER)).to.equal(false);
  });

  it("takes an address, also in lower case and with spaces around it", () => {
    expect(parseReceiver(` ${OTHER.toLowerCase()} `, OWNER, new Set([POOL]))).to.deep.equal({ address: OTHER });
  });
});
