import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { network } from "hardhat";

import { ProtocolConfigError, lookUp, type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { deployProtocol, type Protocol } from "../../deploy/deploy-protocol.ts";
import { earlyPayout, maturePayout } from "../../deploy/config/term-safety.ts";
import { fundProtocol } from "../../deploy/fund.ts";
import { deploySingletons, singletonAddress } from "../../deploy/singletons.ts";
import { PlainToken__factory } from "../../types/index.ts";
import { deployLocalProtocol, LOCAL_CONFIG, type LocalProtocol } from "../helpers/local-protocol.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function deployFixture(): Promise<LocalProtocol> {
  return deployLocalProtocol(connection);
}

async function fundFixture(): Promise<LocalProtocol> {
  const fixture = await deployFixture();
  await fundProtocol(fixture.protocol, fixture.protocolConfig, networkHelpers);
  return fixture;
}

async function emptyFixture(): Promise<ProtocolConfig> {
  return loadProtocolConfig(LOCAL_CONFIG);
}

/** Message of the `ProtocolConfigError` that a deployment fails with. */
async function refusalOf(deployment: Promise<Protocol>): Promise<string> {
  try {
    await deployment;
  } catch (error) {
    if (error instanceof ProtocolConfigError) return error.message;
    throw error;
  }
  return "it was deployed";
}

describe("deployProtocol", () => {
  describe("given the local protocol config", () => {
    it("creates its pools in order, listed and readable in the lens", async () => {
      const { protocol } = await networkHelpers.loadFixture(deployFixture);
      const page = await protocol.lens.pools(protocol.factory, 0, 10);
      expect(page.map(({ info }) => info.pool)).to.deep.equal([
        await lookUp(protocol.flexiblePools, "Flexible").getAddress(),
        await lookUp(protocol.fixedTermPools, "Fixed").getAddress(),
        await lookUp(protocol.fixedTermPools, "FixedForDollars").getAddress(),
      ]);
      expect(page.map(({ info, failed }) => [info.listed, failed])).to.deep.equal(Array(3).fill([true, false]));
    });

    it("gives flexible pools the protocol config's values and the distributor as funder", async () => {
      const { protocolConfig, protocol } = await networkHelpers.loadFixture(deployFixture);
      const pool = lookUp(protocol.flexiblePools, "Flexible");
      const entry = lookUp(protocolConfig.flexiblePools, "Flexible");
      expect(await pool.stakingToken()).to.equal(await lookUp(protocol.tokens, "TSK").getAddress());
      expect(await pool.rewardsDuration()).to.equal(entry.rewardsDuration);
      expect([await pool.minimumStake(), await pool.cap()]).to.deep.equal([entry.minimumStake, entry.cap]);
      expect(await pool.isFunder(protocol.distributor)).to.equal(true);
    });

    it("gives fixed-term pools the protocol config's terms, split and recipients", async () => {
      const { protocolConfig, protocol } = await networkHelpers.loadFixture(deployFixture);
      for (const [name, entry] of Object.entries(protocolConfig.fixedTermPools)) {
        const pool = lookUp(protocol.fixedTermPools, name);
        expect(await pool.termCount()).to.equal(entry.terms.length);
        for (const [i, term] of entry.terms.entries()) {
          const { duration, rate, minimum, principalCap, rewardCap, penalty } = (await pool.term(i)).terms;
          const { startBps, endBps, forfeitedBps } = penalty;
          const actual = {
            duration,
            rate,
            minimum,
            principalCap,
            rewardCap,
            penalty: { startBps, endBps, forfeitedBps },
          };
          expect(actual).to.deep.equal(term);
        }
        const { rewardsBps, insuranceBps, treasuryBps, burnBps } = await pool.penaltySplit();
        expect({ rewardsBps, insuranceBps, treasuryBps, burnBps }).to.deep.equal(entry.split);
        expect(await pool.conversion()).to.equal(entry.conversion);
        expect(await pool.renderer()).to.equal(await protocol.renderer.getAddress());
        const recipients = [await protocol.insuranceFund.getAddress(), protocolConfig.treasury];
        expect([...(await pool.recipients())]).to.deep.equal(recipients);
      }
    });

    it("lets a pool of two tokens fund the flexible pool that takes its penalties, and no other", async () => {
      const { protocol } = await networkHelpers.loadFixture(deployFixture);
      const flexible = lookUp(protocol.flexiblePools, "Flexible");
      const [same, dollars] = [
        lookUp(protocol.fixedTermPools, "Fixed"),
        lookUp(protocol.fixedTermPools, "FixedForDollars"),
      ];
      expect(await dollars.rewardsPool()).to.equal(await flexible.getAddress());
      expect(await flexible.isFunder(dollars)).to.equal(true);
      expect(await same.rewardsPool()).to.equal(ZeroAddress);
      expect(await flexible.isFunder(same)).to.equal(false);
    });

    it("creates its schedules with their weights", async () => {
      const { protocolConfig, protocol } = await networkHelpers.loadFixture(deployFixture);
      const { token, epoch, budget, epochs, feeBps } = lookUp(protocolConfig.schedules, "Weekly");
      const id = lookUp(protocol.schedules, "Weekly");
      const { terms, totalWeight } = await protocol.distributor.schedule(id);
      const first = await ethers.provider.getBlock(0);
      const start = BigInt(first?.timestamp ?? 0) + 600n;
      const address = await lookUp(protocol.tokens, token).getAddress();
      expect([...terms]).to.deep.equal([address, epoch, budget, start, epochs, feeBps]);
      expect(totalWeight).to.equal(100n);
      expect([...(await protocol.distributor.weightOf(id, lookUp(protocol.flexiblePools, "Flexible")))]).to.deep.equal([
        1n,
        70n,
      ]);
      expect([...(await protocol.distributor.weightOf(id, lookUp(protocol.fixedTermPools, "Fixed")))]).to.deep.equal([
        2n,
        30n,
      ]);
    });

    it("is governed by arithmetic that the protocol config's check repeats to the unit", async () => {
      const { protocolConfig, protocol } = await networkHelpers.loadFixture(fundFixture);
      const [, , , , , staker] = await ethers.getSigners();
      if (staker === undefined) throw new Error("No staker");
      const amount = 1_234_567_890_123_456_789_012n;
      for (const [name, { terms, conversion, stakingToken }] of Object.entries(protocolConfig.fixedTermPools)) {
        const pool = lookUp(protocol.fixedTermPools, name).connect(staker);
        const token = lookUp(protocol.tokens, stakingToken).connect(staker);
        for (const [i, term] of terms.entries()) {
          await token.mint(staker, amount);
          await token.approve(pool, amount);
          await pool.open(i, amount, staker, 0);
          const id = await pool.positionCount();
          const { openedAt, reward } = await pool.position(id);
          expect(reward).to.equal(maturePayout(term, amount, conversion).reward);
          for (const elapsed of [1n, term.duration / 3n, term.duration - 1n]) {
            await networkHelpers.time.increaseTo(openedAt + elapsed);
            const [principalOut, rewardOut] = await pool.previewWithdrawEarly(id, amount);
            const expected = earlyPayout(term, amount, elapsed, conversion);
            expect({ principal: principalOut, reward: rewardOut }).to.deep.equal(expected);
          }
        }
      }
    });
  });

  describe("when it cannot be deployed to the chain", () => {
    const cases: [title: string, change: (protocolConfig: ProtocolConfig) => ProtocolConfig, problem: RegExp][] = [
      [
        "the operator would act without delay",
        ({ roles, ...rest }) => ({ ...rest, roles: { ...roles, operator: { ...roles.operator, delay: 0n } } }),
        /roles\.operator\.delay: is 0/,
      ],
      [
        "the deployer would keep a role",
        ({ roles, ...rest }) => {
          const account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
          return { ...rest, roles: { ...roles, admin: { ...roles.admin, account } } };
        },
        /roles\.admin\.account: 0xf39F\w+ deploys, and holds no role in the end/,
      ],
      [
        "a token has no code",
        ({ tokens, treasury, ...rest }) => ({
          ...rest,
          treasury,
          tokens: { ...tokens, TSK: { address: treasury, decimals: 18 } },
        }),
        /tokens\.TSK\.address: 0x\w+ has no code/,
      ],
      [
        "a schedule's start has passed",
        ({ schedules, ...rest }) => {
          const weekly = lookUp(schedules, "Weekly");
          return { ...rest, schedules: { Weekly: { ...weekly, start: { at: 1_700_000_000n } } } };
        },
        /schedules\.Weekly\.start: 2023-11-14T22:13:20\.000Z has passed/,
      ],
    ];
    for (const [title, change, problem] of cases) {
      it(`sends nothing when ${title}`, async () => {
        const protocolConfig = change(await networkHelpers.loadFixture(emptyFixture));
        const before = await ethers.provider.getBlockNumber();
        expect(await refusalOf(deployProtocol(connection, protocolConfig))).to.match(problem);
        expect(await ethers.provider.getBlockNumber()).to.equal(before);
      });
    }

    it("sends nothing when the deployer has no ether", async () => {
      const protocolConfig = await networkHelpers.loadFixture(emptyFixture);
      const [deployer] = await ethers.getSigners();
      if (deployer === undefined) throw new Error("No account");
      await networkHelpers.setBalance(deployer.address, 0n);
      const before = await ethers.provider.getBlockNumber();
      const refusal = await deployProtocol(connection, protocolConfig).catch((error: unknown) => error);
      expect(String(refusal)).to.include(
        `${deployer.address}, which is to deploy, holds no ether on the network default`,
      );
      expect(await ethers.provider.getBlockNumber()).to.equal(before);
    });

    it("sends nothing when a token has other decimals", async () => {
      const protocolConfig = await networkHelpers.loadFixture(emptyFixture);
      const [deployer] = await ethers.getSigners();
      if (deployer === undefined) throw new Error("No account");
      const token = await new PlainToken__factory(deployer).deploy("Token", "T", 8);
      const tokens = { ...protocolConfig.tokens, TSK: { address: await token.getAddress(), decimals: 18 } };
      const before = await ethers.provider.getBlockNumber();
      expect(await refusalOf(deployProtocol(connection, { ...protocolConfig, tokens }))).to.match(
        /tokens\.TSK\.decimals: 18, but the token says 8/,
      );
      expect(await ethers.provider.getBlockNumber()).to.equal(before);
    });
  });

  describe("given another chain", () => {
    it("refuses to make tokens up", async () => {
      const other = await network.create({ override: { chainId: 11_155_111 } });
      expect(await refusalOf(deployProtocol(other, await loadProtocolConfig(LOCAL_CONFIG)))).to.match(
        /tokens\.TSK\.address: is missing; tokens are made up on chain 31337 only/,
      );
      expect(await other.ethers.provider.getBlockNumber()).to.equal(0);
      await other.close();
    });

    it("uses the singletons that somebody else put at their addresses, and existing tokens", async () => {
      const other = await network.create({ override: { chainId: 11_155_111 } });
      const [deployer, , , , , somebody] = await other.ethers.getSigners();
      if (deployer === undefined || somebody === undefined) throw new Error("No account");
      await deploySingletons(somebody, other.ethers.provider);
      const token = await new PlainToken__factory(deployer).deploy("Token", "T", 18);
      const existing = { address: await token.getAddress(), decimals: 18 };
      const dollar = await new PlainToken__factory(deployer).deploy("Dollar", "D", 6);
      const protocolConfig = await loadProtocolConfig(LOCAL_CONFIG);

      const protocol = await deployProtocol(other, {
        ...protocolConfig,
        tokens: { TSK: existing, USDX: { address: await dollar.getAddress(), decimals: 6 } },
      });
      expect(await protocol.lens.getAddress()).to.equal(singletonAddress("StakingLens"));
      expect(await lookUp(protocol.flexiblePools, "Flexible").stakingToken()).to.equal(existing.address);
      await other.close();
    });
  });
});

describe("fundProtocol", () => {
  it("starts the streams, fills the budgets and covers every epoch", async () => {
    const { protocolConfig, protocol } = await networkHelpers.loadFixture(fundFixture);
    const { budget, epochs, feeBps } = lookUp(protocolConfig.schedules, "Weekly");
    const net = budget - (budget * feeBps) / 10_000n;
    expect(await lookUp(protocol.flexiblePools, "Flexible").getRewardForDuration()).to.equal((net * 70n) / 100n);

    const caps = lookUp(protocolConfig.fixedTermPools, "Fixed").terms.reduce(
      (sum, { rewardCap }) => sum + rewardCap,
      0n,
    );
    expect(await lookUp(protocol.fixedTermPools, "Fixed").availableBudget()).to.equal(caps + (net * 30n) / 100n);

    const state = await protocol.distributor.schedule(lookUp(protocol.schedules, "Weekly"));
    expect([state.accruedEpochs, state.balance, state.missing]).to.deep.equal([1n, budget * (epochs - 1n), 0n]);
  });
});
