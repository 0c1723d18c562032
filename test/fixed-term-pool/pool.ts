import { expect } from "chai";
import { network } from "hardhat";

import { behavesLikePool, type PoolSubject } from "../behaviors/pool.ts";
import {
  deployFixedTermPool,
  deployFullPool,
  govern,
  MONTH,
  MONTH_ID,
  openPosition,
  rewardOf,
  SPLIT,
  YEAR_ID,
  type FixedTermPoolOptions,
  type TermInput,
} from "../helpers/fixed-term.ts";
import { DAY, deployToken, MAX_UINT128, MAX_UINT96, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const BUDGET = 1_000n * ONE;

/** The contracts' `PoolKind.FixedTerm`. */
const FIXED_TERM = 2n;

async function subjectOf(options: FixedTermPoolOptions): Promise<PoolSubject> {
  const fixture = await deployFixedTermPool(ethers, { ...options, budget: BUDGET });
  const { actors, pool } = fixture;
  const id = await openPosition(pool, actors.alice, 100n * ONE);
  return {
    ...fixture,
    enter: (staker) => pool.connect(staker).open(MONTH_ID, ONE, staker, 0n),
    leave: () => pool.connect(actors.alice).withdrawEarly(id, 100n * ONE, actors.alice, 0n, 0n),
  };
}

async function twoTokens(): Promise<PoolSubject> {
  return subjectOf({});
}

async function oneToken(): Promise<PoolSubject> {
  return subjectOf({ sameToken: true });
}

async function fresh() {
  return deployFixedTermPool(ethers, { budget: BUDGET });
}

async function full() {
  return deployFullPool(ethers, { budget: BUDGET });
}

/** A configuration that deploys, of two tokens. */
async function validConfig() {
  const { access, actors, insurance, treasury, pool, rewardsPool, stakingToken, rewardsToken } = await fresh();
  const config = {
    authority: await access.getAddress(),
    stakingToken: await stakingToken.getAddress(),
    rewardsToken: await rewardsToken.getAddress(),
    conversion: ONE,
    renderer: await pool.renderer(),
    rewardsPool: await rewardsPool.getAddress(),
    insurance: insurance.address,
    treasury: treasury.address,
    split: SPLIT,
    terms: [MONTH],
  };
  return { actors, config, pool };
}

/** As an event and a view give them. */
const MONTH_VALUES = [
  MONTH.duration,
  MONTH.rate,
  MONTH.minimum,
  MONTH.principalCap,
  MONTH.rewardCap,
  Object.values(MONTH.penalty),
];

describe("FixedTermPool", () => {
  describe("given two tokens", () => {
    behavesLikePool(connection, twoTokens);
  });
  describe("given one token for stake and reward", () => {
    behavesLikePool(connection, oneToken);
  });

  describe("constructor", () => {
    it("publishes what the pool is made of", async () => {
      const { insurance, treasury, pool, rewardsPool } = await networkHelpers.loadFixture(fresh);
      expect(await pool.kind()).to.equal(FIXED_TERM);
      expect(await pool.conversion()).to.equal(ONE);
      expect(await pool.rewardsPool()).to.equal(rewardsPool);
      expect(await pool.recipients()).to.deep.equal([insurance.address, treasury.address]);
      expect(await pool.penaltySplit()).to.deep.equal(Object.values(SPLIT));
      expect(await pool.termCount()).to.equal(2n);
      const { terms, openPrincipal, reservedReward, paused, closed } = await pool.term(MONTH_ID);
      expect(terms).to.deep.equal(MONTH_VALUES);
      expect([openPrincipal, reservedReward, paused, closed]).to.deep.equal([0n, 0n, false, false]);
      const deployed = pool.deploymentTransaction();
      await expect(deployed).to.emit(pool, "TermAdded").withArgs(MONTH_ID, MONTH_VALUES);
      await expect(deployed).to.emit(pool, "RecipientsSet").withArgs(insurance, treasury);
    });

    it("is an ERC-721 with metadata", async () => {
      const { pool } = await networkHelpers.loadFixture(fresh);
      expect(await pool.name()).to.equal("Termstake Position");
      expect(await pool.symbol()).to.equal("TERM");
      for (const id of ["0x01ffc9a7", "0x80ac58cd", "0x5b5e139f"]) {
        expect(await pool.supportsInterface(id)).to.equal(true);
      }
      expect(await pool.supportsInterface("0xffffffff")).to.equal(false);
    });

    it("reverts when a conversion is 0 or too large, or changes a token's worth against itself", async () => {
      const { config, pool } = await networkHelpers.loadFixture(validConfig);
      for (const conversion of [0n, MAX_UINT128 + 1n]) {
        await expect(ethers.deployContract("FixedTermPool", [{ ...config, conversion }]))
          .to.be.revertedWithCustomError(pool, "PoolConversionOutOfRange")
          .withArgs(conversion, MAX_UINT128);
      }
      const single = { ...config, rewardsToken: config.stakingToken, rewardsPool: ZERO_ADDRESS };
      for (const conversion of [ONE - 1n, ONE + 1n]) {
        await expect(ethers.deployContract("FixedTermPool", [{ ...single, conversion }]))
          .to.be.revertedWithCustomError(pool, "PoolConversionOutOfRange")
          .withArgs(conversion, ONE);
      }
      await expect(ethers.deployContract("FixedTermPool", [single])).not.to.be.revert(ethers);
      await expect(ethers.deployContract("FixedTermPool", [{ ...config, conversion: MAX_UINT128 }])).not.to.be.revert(
        ethers,
      );
    });

    it("reverts when a token or the renderer has no code", async () => {
      const { actors, config, pool } = await networkHelpers.loadFixture(validConfig);
      const library = await ethers.getContractAt("TokenTransfer", await pool.getAddress());
      const nobody = actors.stranger.address;
      for (const name of ["stakingToken", "rewardsToken", "renderer"]) {
        await expect(ethers.deployContract("FixedTermPool", [{ ...config, [name]: nobody }]))
          .to.be.revertedWithCustomError(library, "TokenWithoutCode")
          .withArgs(nobody);
      }
    });

    it("reverts when the split is not whole", async () => {
      const { config, pool } = await networkHelpers.loadFixture(validConfig);
      const library = await ethers.getContractAt("EarlyWithdrawalPenalty", await pool.getAddress());
      const split = { ...SPLIT, burnBps: SPLIT.burnBps - 1n };
      await expect(ethers.deployContract("FixedTermPool", [{ ...config, split }]))
        .to.be.revertedWithCustomError(library, "PenaltySplitNotWhole")
        .withArgs(9_999n, 10_000n);
    });

    it("reverts when the rewards pool is missing, not needed, of the other kind, or pays another token", async () => {
      const { actors, config, pool } = await networkHelpers.loadFixture(validConfig);
      const { stakingToken, rewardsToken } = config;
      const other = await (await deployToken(ethers, "OTHER")).getAddress();
      const flexible = await ethers.deployContract("FlexiblePool", [
        {
          authority: config.authority,
          distributor: ZERO_ADDRESS,
          stakingToken,
          rewardsToken: other,
          rewardsDuration: DAY,
          minimumStake: 1n,
          cap: 1n,
        },
      ]);
      const wrong = await flexible.getAddress();
      const noRewards = { ...SPLIT, rewardsBps: 0n, insuranceBps: 7_000n };
      // It pays the right token, but cannot be notified.
      const { pool: paying } = await deployFixedTermPool(ethers, {
        rewardsToken: await ethers.getContractAt("PlainToken", stakingToken),
      });
      const fixedTerm = await paying.getAddress();
      for (const [changed, named] of [
        [{ rewardsPool: ZERO_ADDRESS }, ZERO_ADDRESS],
        [{ rewardsPool: actors.stranger.address }, actors.stranger.address],
        [{ rewardsPool: wrong }, wrong],
        [{ rewardsPool: await pool.getAddress() }, await pool.getAddress()],
        [{ rewardsPool: fixedTerm }, fixedTerm],
        [{ rewardsPool: stakingToken }, stakingToken],
        [{ split: noRewards }, config.rewardsPool],
        [{ rewardsToken: stakingToken, rewardsPool: wrong }, wrong],
        [{ rewardsToken: stakingToken, split: noRewards }, config.rewardsPool],
      ] as const) {
        await expect(ethers.deployContract("FixedTermPool", [{ ...config, ...changed }]))
          .to.be.revertedWithCustomError(pool, "PoolInvalidRewardsPool")
          .withArgs(named);
      }
      expect(rewardsToken).not.to.equal(stakingToken);
    });

    it("names a rewards pool or none where both tokens are the same", async () => {
      const { config } = await networkHelpers.loadFixture(validConfig);
      for (const rewardsPool of [config.rewardsPool, ZERO_ADDRESS]) {
        const single = { ...config, rewardsToken: config.stakingToken, rewardsPool };
        const pool = await ethers.deployContract("FixedTermPool", [single]);
        expect(await pool.rewardsPool()).to.equal(rewardsPool);
      }
    });

    it("reverts when a recipient is nobody", async () => {
      const { config, pool } = await networkHelpers.loadFixture(validConfig);
      for (const name of ["insurance", "treasury"]) {
        await expect(ethers.deployContract("FixedTermPool", [{ ...config, [name]: ZERO_ADDRESS }]))
          .to.be.revertedWithCustomError(pool, "PoolInvalidReceiver")
          .withArgs(ZERO_ADDRESS);
      }
    });

    describe("given terms out of range", () => {
      const longest = 1_461n * DAY;
      const penalty = MONTH.penalty;
      const cases: [string, TermInput, "pool" | "penalty", string, unknown[]][] = [
        ["too short", { ...MONTH, duration: DAY - 1n }, "pool", "PoolDurationOutOfRange", [DAY - 1n, DAY, longest]],
        [
          "too long",
          { ...MONTH, duration: longest + 1n },
          "pool",
          "PoolDurationOutOfRange",
          [longest + 1n, DAY, longest],
        ],
        ["without a rate", { ...MONTH, rate: 0n }, "pool", "PoolRateOutOfRange", [0n, ONE]],
        ["above 100 %", { ...MONTH, rate: ONE + 1n }, "pool", "PoolRateOutOfRange", [ONE + 1n, ONE]],
        ["without a minimum", { ...MONTH, minimum: 0n }, "pool", "PoolLimitsOutOfRange", [0n, MAX_UINT96, MAX_UINT96]],
        [
          "with a minimum above the cap",
          { ...MONTH, minimum: 10n, principalCap: 9n },
          "pool",
          "PoolLimitsOutOfRange",
          [10n, 9n, MAX_UINT96],
        ],
        [
          "with a penalty above the ceiling",
          { ...MONTH, penalty: { ...penalty, startBps: 2_501n } },
          "penalty",
          "PenaltyAboveCeiling",
          [2_501n, 2_500n],
        ],
        [
          "with a penalty that rises",
          { ...MONTH, penalty: { ...penalty, startBps: 99n } },
          "penalty",
          "PenaltyRises",
          [99n, 100n],
        ],
        [
          "with more than all forfeited",
          { ...MONTH, penalty: { ...penalty, forfeitedBps: 10_001n } },
          "penalty",
          "PenaltyForfeitsTooMuch",
          [10_001n, 10_000n],
        ],
        [
          "that charges nothing",
          { ...MONTH, penalty: { startBps: 0n, endBps: 0n, forfeitedBps: 9_999n } },
          "penalty",
          "PenaltyMissing",
          [0n, 9_999n],
        ],
      ];
      for (const [what, term, source, error, args] of cases) {
        it(`reverts for a term ${what}`, async () => {
          const { config, pool } = await networkHelpers.loadFixture(validConfig);
          const penalties = await ethers.getContractAt("EarlyWithdrawalPenalty", await pool.getAddress());
          await expect(ethers.deployContract("FixedTermPool", [{ ...config, terms: [term] }]))
            .to.be.revertedWithCustomError(source === "pool" ? pool : penalties, error)
            .withArgs(...args);
        });
      }

      it("accepts every bound", async () => {
        const { config } = await networkHelpers.loadFixture(validConfig);
        const terms = [
          { ...MONTH, duration: DAY, rate: 1n, minimum: 1n, principalCap: 1n, rewardCap: 0n },
          { ...MONTH, duration: longest, rate: ONE, penalty: { startBps: 2_500n, endBps: 2_500n, forfeitedBps: 0n } },
          { ...MONTH, penalty: { startBps: 1n, endBps: 0n, forfeitedBps: 0n } },
          { ...MONTH, penalty: { startBps: 0n, endBps: 0n, forfeitedBps: 10_000n } },
        ];
        const pool = await ethers.deployContract("FixedTermPool", [{ ...config, terms }]);
        expect(await pool.termCount()).to.equal(4n);
      });
    });
  });

  describe("terms", () => {
    it("are added by governance, with the next id", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { pool } = fixture;
      const sent = govern(connection, fixture, pool.interface.encodeFunctionData("addTerm", [MONTH]));
      await expect(sent).to.emit(pool, "TermAdded").withArgs(2n, MONTH_VALUES);
      expect(await pool.termCount()).to.equal(3n);
      await openPosition(pool, fixture.actors.alice, ONE, 2n);
    });

    it("are closed by governance for ever, and open positions go on", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { actors, pool } = fixture;
      const id = await openPosition(pool, actors.alice, ONE);
      const before = await pool.position(id);
      const close = pool.interface.encodeFunctionData("closeTerm", [MONTH_ID]);
      await expect(govern(connection, fixture, close))
        .to.emit(pool, "TermClosed")
        .withArgs(MONTH_ID);
      expect((await pool.term(MONTH_ID)).closed).to.equal(true);
      await govern(connection, fixture, pool.interface.encodeFunctionData("unpauseTerm", [MONTH_ID]));
      await expect(pool.connect(actors.bob).open(MONTH_ID, ONE, actors.bob, 0n))
        .to.be.revertedWithCustomError(pool, "PoolTermClosed")
        .withArgs(MONTH_ID);
      expect(await pool.position(id)).to.deep.equal(before);
      await pool.connect(actors.alice).withdrawEarly(id, ONE, actors.alice, 0n, 0n);
    });

    it("are paused by the guardian at once, and unpaused by governance", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { actors, pool } = fixture;
      await expect(pool.connect(actors.guardian).pauseTerm(YEAR_ID)).to.emit(pool, "TermPaused").withArgs(YEAR_ID);
      expect((await pool.term(YEAR_ID)).paused).to.equal(true);
      expect((await pool.term(MONTH_ID)).paused).to.equal(false);
      const unpause = pool.interface.encodeFunctionData("unpauseTerm", [YEAR_ID]);
      await expect(govern(connection, fixture, unpause))
        .to.emit(pool, "TermUnpaused")
        .withArgs(YEAR_ID);
      await openPosition(pool, actors.alice, ONE, YEAR_ID);
    });

    it("are at most 256", async () => {
      const fixture = await networkHelpers.loadFixture(full);
      const { actors, pool } = fixture;
      expect(await pool.maximumTerms()).to.equal(256n);
      expect(await pool.termCount()).to.equal(256n);
      await expect(pool.connect(actors.deployer).addTerm(MONTH))
        .to.be.revertedWithCustomError(pool, "PoolTooManyTerms")
        .withArgs(256n);
      const last = await openPosition(pool, actors.alice, ONE, 255n);
      await openPosition(pool, actors.alice, 2n * ONE, 0n);
      expect((await pool.position(last)).termId).to.equal(255n);
      expect(await pool.totalPrincipal()).to.equal(3n * ONE);
      expect(await pool.reservedRewards()).to.equal(rewardOf(ONE, MONTH) + rewardOf(2n * ONE, MONTH));
    });

    it("revert when there is no such term", async () => {
      const fixture = await networkHelpers.loadFixture(fresh);
      const { actors, pool } = fixture;
      await expect(pool.connect(actors.guardian).pauseTerm(2n))
        .to.be.revertedWithCustomError(pool, "PoolTermUnknown")
        .withArgs(2n, 2n);
      const { interface: abi } = pool;
      for (const data of [abi.encodeFunctionData("unpauseTerm", [2n]), abi.encodeFunctionData("closeTerm", [2n])]) {
        await expect(govern(connection, fixture, data))
          .to.be.revertedWithCustomError(pool, "PoolTermUnknown")
          .withArgs(2n, 2n);
      }
      await expect(pool.term(2n)).to.be.revertedWithCustomError(pool, "PoolTermUnknown").withArgs(2n, 2n);
    });
  });

  describe("roles", () => {
    it("keep everything restricted from everybody else, and from governance unannounced", async () => {
      const { access, actors, pool } = await networkHelpers.loadFixture(fresh);
      const to = actors.stranger.address;
      const calls = [
        pool.interface.encodeFunctionData("addTerm", [MONTH]),
        pool.interface.encodeFunctionData("closeTerm", [MONTH_ID]),
        pool.interface.encodeFunctionData("unpauseTerm", [MONTH_ID]),
        pool.interface.encodeFunctionData("setRecipients", [to, to]),
        pool.interface.encodeFunctionData("withdrawBudget", [to, 1n]),
      ];
      for (const data of calls) {
        for (const caller of [actors.stranger, actors.guardian, actors.alice]) {
          await expect(caller.sendTransaction({ to: pool, data }))
            .to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized")
            .withArgs(caller);
        }
        await expect(actors.governor.sendTransaction({ to: pool, data })).to.be.revertedWithCustomError(
          access,
          "AccessManagerNotScheduled",
        );
      }
      for (const caller of [actors.stranger, actors.governor]) {
        await expect(pool.connect(caller).pauseTerm(MONTH_ID))
          .to.be.revertedWithCustomError(pool, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
    });
  });
});
