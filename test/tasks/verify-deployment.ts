import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";
import { toBeHex, zeroPadValue, type BaseContract } from "ethers";
import { network } from "hardhat";

import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { lookUp, type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import type { Protocol } from "../../deploy/deploy-protocol.ts";
import { ROLE } from "../../deploy/roles.ts";
import { singletonAddress } from "../../deploy/singletons.ts";
import type { Check, Finding } from "../../tasks/verify/finding.ts";
import { builtCode } from "../../tasks/verify/immutables.ts";
import { verifyDeployment, type Verification } from "../../tasks/verify/verify-deployment.ts";
import { RebasingToken__factory } from "../../types/index.ts";
import { deployLocalProtocol, LOCAL_CONFIG } from "../helpers/local-protocol.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const local = await loadProtocolConfig(LOCAL_CONFIG);
const STRANGER = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";

/** The deployment, with somebody staked and locked in every pool, and something in the fund. */
async function deployFixture(): Promise<Protocol> {
  const { protocol } = await deployLocalProtocol(connection);
  const token = lookUp(protocol.tokens, "TSK");
  await token.mint(protocol.deployer, 10n ** 24n);
  for (const pool of [lookUp(protocol.flexiblePools, "Flexible"), lookUp(protocol.fixedTermPools, "Fixed")]) {
    await token.approve(pool, 10n ** 22n);
  }
  await lookUp(protocol.flexiblePools, "Flexible").stake(10n ** 20n);
  await lookUp(protocol.fixedTermPools, "Fixed").fund(10n ** 21n);
  await lookUp(protocol.fixedTermPools, "Fixed").open(0n, 10n ** 20n, protocol.deployer, 0n);
  await token.approve(protocol.distributor, 10n ** 23n);
  await protocol.distributor.fund(0n, 10n ** 23n);
  return protocol;
}

async function verify(protocol: Protocol, protocolConfig: ProtocolConfig = local): Promise<Verification> {
  const block = await ethers.provider.getBlockNumber();
  const { deployer, ...contracts } = protocol;
  return verifyDeployment({
    provider: ethers.provider,
    contracts,
    protocolConfig,
    deployer: deployer.address,
    firstBlock: 0,
    block,
  });
}

/** Has a role's holder do something that takes its delay. */
async function govern(
  { access }: Protocol,
  role: "admin" | "operator",
  target: BaseContract,
  name: string,
  args: readonly unknown[],
): Promise<void> {
  const holder = await ethers.getSigner(local.roles[role].account);
  const data = target.interface.encodeFunctionData(name, args);
  await access.connect(holder).schedule(target, data, 0);
  await networkHelpers.time.increase(local.roles[role].delay);
  await access.connect(holder).execute(target, data);
}

/** Goes around the brake, as only the admin can: it joins the brake's role, and grants and revokes operators then. */
async function joinBrake(protocol: Protocol): Promise<Protocol["access"]> {
  const { account } = local.roles.admin;
  await govern(protocol, "admin", protocol.access, "grantRole", [ROLE.brake, account, 0n]);
  return protocol.access.connect(await ethers.getSigner(account));
}

/** A pool that a stranger creates under the protocol's authority. */
async function strangersPool({ access, factory, tokens }: Protocol): Promise<string> {
  const token = await lookUp(tokens, "TSK").getAddress();
  const limits = { rewardsDuration: 3_600n, minimumStake: 1n, cap: 1n };
  const authority = await access.getAddress();
  const config = { authority, distributor: STRANGER, stakingToken: token, rewardsToken: token, ...limits };
  await factory.connect(await ethers.getSigner(STRANGER)).createFlexiblePool(config, ethers.ZeroHash);
  const [created] = await factory.pools(3n, 1n);
  if (created === undefined) throw new Error("The factory has no fourth pool");
  return created.pool;
}

async function guardian() {
  return ethers.getSigner(local.roles.guardian.account);
}

/** Gives an address other code. */
async function setCode(address: string, code: string): Promise<void> {
  await ethers.provider.send("hardhat_setCode", [address, code]);
}

/** Gives a token the code of one that shrinks by itself, and takes part of what a contract holds. */
async function shrink(token: BaseContract, holder: BaseContract): Promise<void> {
  const address = await token.getAddress();
  const rebasing = await ethers.deployContract("RebasingToken");
  const code = await ethers.provider.getCode(rebasing);
  await setCode(address, code);
  await RebasingToken__factory.connect(address, (await ethers.getSigners())[0]).rebase(holder, 5_000n);
}

/** Writes another value where an immutable stands in a contract's code. */
async function changeImmutable(
  contract: "FlexiblePool" | "FixedTermPool",
  at: BaseContract,
  name: string,
  value: bigint,
) {
  const { immutables } = await builtCode(contract);
  const [place] = immutables.get(name) ?? [];
  if (place === undefined) throw new Error(`${contract} has no immutable ${name}`);
  const code = await ethers.provider.getCode(at);
  const [before, after] = [2 + place.start * 2, 2 + (place.start + place.length) * 2];
  const changed = code.slice(0, before) + zeroPadValue(toBeHex(value), 32).slice(2) + code.slice(after);
  await setCode(await at.getAddress(), changed);
}

interface Fault {
  readonly title: string;
  readonly plant: (protocol: Protocol) => Promise<unknown>;
  readonly check: Check;
  readonly place: RegExp;
  readonly expected: RegExp;
  readonly found: RegExp;
}

const term = { duration: 30n * DAY, rate: 10n ** 18n, minimum: 1n, principalCap: 10n ** 20n, rewardCap: 10n ** 20n };
const penalty = { startBps: 100n, endBps: 100n, forfeitedBps: 0n };

const FAULTS: readonly Fault[] = [
  {
    title: "a pool has other code",
    plant: async ({ flexiblePools }) => {
      const pool = lookUp(flexiblePools, "Flexible");
      const code = await ethers.provider.getCode(pool);
      // The last two bytes say how long the compiler's note is: nothing runs differently.
      const changed = `${code.slice(0, -2)}${code.endsWith("00") ? "01" : "00"}`;
      await setCode(await pool.getAddress(), changed);
    },
    check: "code",
    place: /^Flexible at 0x/,
    expected: /^the build's FlexiblePool, \d+ bytes with the hash 0x/,
    found: /^\d+ bytes with the hash 0x/,
  },
  {
    title: "code has gone",
    plant: async () => setCode(singletonAddress("StakingLens"), "0x"),
    check: "code",
    place: /^StakingLens at/,
    expected: /the build's StakingLens/,
    found: /^no code$/,
  },
  {
    title: "a contract has code that answers nothing",
    plant: async ({ distributor }) => setCode(await distributor.getAddress(), "0xfe"),
    check: "code",
    place: /^RewardDistributor at/,
    expected: /the build's RewardDistributor/,
    found: /^1 bytes with the hash/,
  },
  {
    title: "a contract that is asked answers nothing",
    plant: async ({ distributor }) => setCode(await distributor.getAddress(), "0xfe"),
    check: "schedules",
    place: /^RewardDistributor$/,
    expected: /^contracts that answer$/,
    found: /what follows was not looked at$/,
  },
  {
    title: "an immutable has another value",
    plant: async ({ flexiblePools }) => changeImmutable("FlexiblePool", lookUp(flexiblePools, "Flexible"), "_CAP", 5n),
    check: "immutables",
    place: /^Flexible, immutable _CAP$/,
    expected: /^79228162514264337593543950335$/,
    found: /5/,
  },
  {
    title: "an immutable has a stranger's address",
    plant: async ({ fixedTermPools }) =>
      changeImmutable("FixedTermPool", lookUp(fixedTermPools, "FixedForDollars"), "STAKING_TOKEN", BigInt(STRANGER)),
    check: "immutables",
    place: /^FixedForDollars, immutable STAKING_TOKEN$/,
    expected: /^0x[0-9a-f]{40}$/,
    found: new RegExp(STRANGER.toLowerCase()),
  },
  {
    title: "somebody else holds a role too",
    plant: async (protocol) => govern(protocol, "admin", protocol.brake, "addOperator", [STRANGER, DAY]),
    check: "roles",
    place: /role operator/,
    expected: /^held by 0x3C44\w+ alone$/,
    found: new RegExp(`${STRANGER} holds it too`),
  },
  {
    title: "somebody holds the brake's role too",
    plant: async (protocol) => {
      await joinBrake(protocol);
    },
    check: "roles",
    place: /role brake/,
    expected: /^held by 0x[0-9a-fA-F]{40} alone$/,
    found: /0x7099\w+ holds it too/,
  },
  {
    title: "somebody guards beside guardian and admin",
    plant: async (protocol) => govern(protocol, "admin", protocol.access, "grantRole", [ROLE.guardian, STRANGER, 0n]),
    check: "roles",
    place: /role guardian/,
    expected: /^held by 0x90F7\w+ and 0x7099\w+ alone$/,
    found: new RegExp(`${STRANGER} holds it too`),
  },
  {
    title: "somebody holds a role that nobody should",
    plant: async (protocol) => govern(protocol, "admin", protocol.access, "grantRole", [7n, STRANGER, 0n]),
    check: "roles",
    place: /role 7/,
    expected: /^held by nobody alone$/,
    found: new RegExp(STRANGER),
  },
  {
    title: "the deployer holds a role still",
    plant: async (protocol) =>
      govern(protocol, "admin", protocol.access, "grantRole", [ROLE.guardian, protocol.deployer.address, 0n]),
    check: "roles",
    place: /role guardian/,
    expected: /protocol config/,
    found: /the deployer 0xf39F\w+ holds it still/,
  },
  {
    title: "a delay is missing",
    plant: async (protocol) => {
      const { account } = local.roles.operator;
      const access = await joinBrake(protocol);
      await access.revokeRole(ROLE.operator, account);
      await access.grantRole(ROLE.operator, account, 0n);
    },
    check: "roles",
    place: /role operator/,
    expected: /protocol config/,
    found: /acts after 0 days, not after 1 day/,
  },
  {
    title: "a delay is about to be shortened",
    plant: async (protocol) => {
      const access = await joinBrake(protocol);
      await access.grantRole(ROLE.operator, local.roles.operator.account, 3_600n);
    },
    check: "roles",
    place: /role operator/,
    expected: /the delay stays 1 day/,
    found: /becomes 1 hour at Unix time \d+/,
  },
  {
    title: "a function is somebody else's",
    plant: async (protocol) => {
      const pool = lookUp(protocol.fixedTermPools, "Fixed");
      const selectors = [pool.interface.getFunction("withdrawBudget").selector];
      const target = await pool.getAddress();
      await govern(protocol, "admin", protocol.access, "setTargetFunctionRole", [target, selectors, ROLE.guardian]);
    },
    check: "roles",
    place: /Fixed\.withdrawBudget/,
    expected: /protocol config/,
    found: /is for role 2, not for the operator/,
  },
  {
    title: "a contract is closed to its roles",
    plant: async (protocol) => {
      const target = await protocol.insuranceFund.getAddress();
      await govern(protocol, "admin", protocol.access, "setTargetClosed", [target, true]);
    },
    check: "roles",
    place: /InsuranceFund/,
    expected: /protocol config/,
    found: /is closed/,
  },
  {
    title: "a pool is no longer listed",
    plant: async (protocol) => {
      const pool = await lookUp(protocol.flexiblePools, "Flexible").getAddress();
      await govern(protocol, "operator", protocol.factory, "setListed", [pool, false]);
    },
    check: "listing",
    place: /^Flexible, listed$/,
    expected: /^yes$/,
    found: /^no$/,
  },
  {
    title: "a pool of a stranger is listed",
    plant: async (protocol) => {
      await govern(protocol, "operator", protocol.factory, "setListed", [await strangersPool(protocol), true]);
    },
    check: "listing",
    place: /^PoolFactory, pool 0x/,
    expected: /^not listed/,
    found: new RegExp(`^listed; ${STRANGER} created it$`),
  },
  {
    title: "a pool is paused",
    plant: async ({ fixedTermPools }) =>
      lookUp(fixedTermPools, "Fixed")
        .connect(await guardian())
        .pause(),
    check: "config",
    place: /^Fixed\.paused$/,
    expected: /^no$/,
    found: /^yes$/,
  },
  {
    title: "a term is closed",
    plant: async (protocol) =>
      govern(protocol, "operator", lookUp(protocol.fixedTermPools, "Fixed"), "closeTerm", [1n]),
    check: "terms",
    place: /^Fixed, term 1, closed$/,
    expected: /^no$/,
    found: /^yes$/,
  },
  {
    title: "a term is paused",
    plant: async ({ fixedTermPools }) =>
      lookUp(fixedTermPools, "Fixed")
        .connect(await guardian())
        .pauseTerm(2n),
    check: "terms",
    place: /^Fixed, term 2, paused$/,
    expected: /^no$/,
    found: /^yes$/,
  },
  {
    title: "a term was added",
    plant: async (protocol) =>
      govern(protocol, "operator", lookUp(protocol.fixedTermPools, "Fixed"), "addTerm", [{ ...term, penalty }]),
    check: "terms",
    place: /^Fixed, term 4$/,
    expected: /^no such term$/,
    found: /^30 days at 100 % with a cap of 100/,
  },
  {
    title: "an added term breaks the rules among terms",
    plant: async (protocol) =>
      govern(protocol, "operator", lookUp(protocol.fixedTermPools, "Fixed"), "addTerm", [{ ...term, penalty }]),
    check: "ceilings",
    place: /^on chain, fixedTermPools\.Fixed/,
    expected: /rules/,
    found: /./,
  },
  {
    title: "a stranger may notify rewards",
    plant: async (protocol) =>
      govern(protocol, "operator", lookUp(protocol.flexiblePools, "Flexible"), "setFunder", [STRANGER, true]),
    check: "funders",
    place: new RegExp(STRANGER),
    expected: /^no$/,
    found: /^yes$/,
  },
  {
    title: "the distributor may no longer notify rewards",
    plant: async (protocol) => {
      const funder = await protocol.distributor.getAddress();
      await govern(protocol, "operator", lookUp(protocol.flexiblePools, "Flexible"), "setFunder", [funder, false]);
    },
    check: "funders",
    place: /^Flexible, whether 0x/,
    expected: /^yes$/,
    found: /^no$/,
  },
  {
    title: "penalties go to a stranger",
    plant: async (protocol) =>
      govern(protocol, "operator", lookUp(protocol.fixedTermPools, "Fixed"), "setRecipients", [
        STRANGER,
        local.treasury,
      ]),
    check: "recipients",
    place: /^Fixed\.insurance$/,
    expected: /^0x/,
    found: new RegExp(STRANGER),
  },
  {
    title: "fees go to a stranger",
    plant: async (protocol) => {
      const insurance = await protocol.insuranceFund.getAddress();
      await govern(protocol, "operator", protocol.distributor, "setRecipients", [insurance, STRANGER, []]);
    },
    check: "recipients",
    place: /^RewardDistributor\.treasury$/,
    expected: new RegExp(local.treasury),
    found: new RegExp(STRANGER),
  },
  {
    title: "a weight has changed",
    plant: async (protocol) => {
      const pool = await lookUp(protocol.flexiblePools, "Flexible").getAddress();
      await govern(protocol, "operator", protocol.distributor, "setWeights", [0n, [{ pool, weight: 1n }]]);
    },
    check: "schedules",
    place: /^Weekly\.weights, Flexible$/,
    expected: /^70$/,
    found: /^1$/,
  },
  {
    title: "a pool that no protocol config has gets a share of a schedule",
    plant: async (protocol) => {
      const pool = await strangersPool(protocol);
      await govern(protocol, "operator", protocol.distributor, "setWeights", [0n, [{ pool, weight: 9n }]]);
    },
    check: "schedules",
    place: /^Weekly\.weights, 0x/,
    expected: /^0$/,
    found: /^9$/,
  },
  {
    title: "a schedule has ended",
    plant: async (protocol) => govern(protocol, "operator", protocol.distributor, "endSchedule", [0n, STRANGER]),
    check: "schedules",
    place: /^Weekly\.ended$/,
    expected: /^no$/,
    found: /^yes$/,
  },
  {
    title: "there is one more schedule",
    plant: async (protocol) => {
      const token = await lookUp(protocol.tokens, "TSK").getAddress();
      const start = BigInt(await networkHelpers.time.latest()) + 10n * DAY;
      const terms = { token, epoch: DAY, budget: 1n, start, epochs: 1n, feeBps: 0n };
      await govern(protocol, "operator", protocol.distributor, "createSchedule", [terms, []]);
    },
    check: "schedules",
    place: /number of schedules$/,
    expected: /^1$/,
    found: /^2$/,
  },
  {
    title: "a flexible pool owes more than it holds, since its token shrank",
    plant: async ({ tokens, flexiblePools }) => shrink(lookUp(tokens, "TSK"), lookUp(flexiblePools, "Flexible")),
    check: "solvency",
    place: /^Flexible, TSK$/,
    expected: /^at least 100000000000000000000 base units of TSK/,
    found: /^50000000000000000000, so 50000000000000000000 are missing$/,
  },
  {
    title: "a fixed-term pool owes more than it holds",
    plant: async ({ tokens, fixedTermPools }) => shrink(lookUp(tokens, "TSK"), lookUp(fixedTermPools, "Fixed")),
    check: "solvency",
    place: /^Fixed, TSK$/,
    expected: /^at least 1100000000000000000000 base units/,
    found: /^550000000000000000000, so/,
  },
  {
    title: "the distributor owes more than it holds",
    plant: async ({ tokens, distributor }) => shrink(lookUp(tokens, "TSK"), distributor),
    check: "solvency",
    place: /^RewardDistributor, TSK$/,
    expected: /^at least 100000000000000000000000 base units/,
    found: /^50000000000000000000000, so/,
  },
  {
    title: "the insurance fund has reserved more than it holds",
    plant: async (protocol) => {
      const token = lookUp(protocol.tokens, "TSK");
      await token.transfer(protocol.insuranceFund, 1_000n);
      const round = [0n, await token.getAddress(), ethers.ZeroHash, 1_000n, local.minimumClaimDelay, 30n * DAY];
      await govern(protocol, "operator", protocol.insuranceFund, "publishRound", round);
      await shrink(token, protocol.insuranceFund);
    },
    check: "solvency",
    place: /^InsuranceFund, TSK$/,
    expected: /^at least 1000 base units/,
    found: /^500, so 500 are missing$/,
  },
];

function told(findings: readonly Finding[]): string {
  return findings
    .map((finding) => `${finding.check}: ${finding.place}: ${finding.expected}: ${finding.found}`)
    .join("\n");
}

describe("verifyDeployment", () => {
  it("finds nothing in a deployment that is as it should be", async () => {
    const { findings, contracts, holdings } = await verify(await networkHelpers.loadFixture(deployFixture));
    expect(told(findings)).to.equal("");
    expect(contracts).to.equal(12);
    expect(holdings).to.equal(8); // TSK in two pools, both tokens in the third, in the distributor and in the fund
  });

  for (const { title, plant, check, place, expected, found } of FAULTS) {
    it(`tells when ${title}`, async () => {
      const protocol = await networkHelpers.loadFixture(deployFixture);
      await plant(protocol);
      const { findings } = await verify(protocol);
      const fitting = findings.filter((one) => one.check === check && place.test(one.place));
      expect(
        fitting.map((one) => expected.test(one.expected) && found.test(one.found)),
        told(findings),
      ).to.include(true);
    });
  }

  it("tells each parameter in which protocol config and chain differ", async () => {
    const protocol = await networkHelpers.loadFixture(deployFixture);
    const [flexible, fixed, schedule] = [
      lookUp(local.flexiblePools, "Flexible"),
      lookUp(local.fixedTermPools, "FixedForDollars"),
      lookUp(local.schedules, "Weekly"),
    ];
    const [first, ...others] = fixed.terms;
    if (first === undefined) throw new Error("The pool has no term");
    const protocolConfig: ProtocolConfig = {
      ...local,
      insuranceShareOfFeesBps: 1n,
      minimumClaimDelay: 4n * DAY,
      tokens: { ...local.tokens, USDX: { address: undefined, decimals: 8 } },
      flexiblePools: { Flexible: { ...flexible, rewardsDuration: 2n * DAY, minimumStake: 2n, cap: 3n } },
      fixedTermPools: {
        ...local.fixedTermPools,
        FixedForDollars: {
          ...fixed,
          conversion: 7n,
          split: { ...fixed.split, burnBps: 8n },
          terms: [{ ...first, rate: 9n, duration: 31n * DAY, penalty: { ...first.penalty, endBps: 10n } }, ...others],
        },
      },
      schedules: { Weekly: { ...schedule, epoch: DAY, budget: 1n, start: { at: 5n }, epochs: 9n, feeBps: 2n } },
    };
    const places = (await verify(protocol, protocolConfig)).findings.map(({ check, place }) => `${check} ${place}`);
    expect(places).to.include.members([
      "immutables Flexible, immutable _DURATION",
      "immutables Flexible, immutable _MINIMUM",
      "immutables FixedForDollars, immutable _CONVERSION",
      "immutables InsuranceFund, immutable _MINIMUM_CLAIM_DELAY",
      "immutables RewardDistributor, immutable _INSURANCE_SHARE_BPS",
      "config RewardDistributor.insuranceShareOfFees",
      "config tokens.USDX.decimals",
      "config Flexible.rewardsDuration",
      "config Flexible.minimumStake",
      "config Flexible.cap",
      "config FixedForDollars.conversion",
      "config FixedForDollars.split.burnBps",
      "terms FixedForDollars, term 0, rate",
      "terms FixedForDollars, term 0, duration",
      "terms FixedForDollars, term 0, penalty.end",
      "schedules Weekly.epoch",
      "schedules Weekly.budget",
      "schedules Weekly.start",
      "schedules Weekly.epochs",
      "schedules Weekly.fee",
    ]);
  });

  it("knows the immutables by their names", async () => {
    const { immutables } = await builtCode("FlexiblePool");
    expect([...immutables.keys()].sort()).to.deep.equal([
      "REWARDS_TOKEN",
      "STAKING_TOKEN",
      "_CAP",
      "_DIGITS",
      "_DURATION",
      "_MINIMUM",
    ]);
  });
});
