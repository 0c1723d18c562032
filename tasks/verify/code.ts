import { accumulatorDigits } from "@termstake/sdk/math";
import { dataLength, toBeHex } from "ethers";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { coreContracts } from "../../deploy/contracts.ts";
import { ROLE } from "../../deploy/roles.ts";
import { singletonAddress, singletonContracts } from "../../deploy/singletons.ts";
import type { VerifiedContract } from "../../deploy/verification-input.ts";
import type { Findings } from "./finding.ts";
import { builtCode, describeCode, immutableValues, masked } from "./immutables.ts";
import type { Subject } from "./subject.ts";

/** A contract of the deployment; immutables as the numbers that stand in its code. */
interface Expectation {
  readonly place: string;
  readonly contract: VerifiedContract;
  readonly address: string;
  readonly immutables: Readonly<Record<string, bigint>>;
}

/** Holds the code of every contract against the build, and the values of its immutables against the protocol config. */
export async function verifyCode(subject: Subject, findings: Findings): Promise<number> {
  const expectations = await expectationsOf(subject);
  for (const { place, contract, address, immutables } of expectations) {
    const built = await builtCode(contract);
    const code = await subject.provider.getCode(address, subject.block);
    const [expected, found] = [
      masked(built.code, built),
      dataLength(code) === dataLength(built.code) ? code : undefined,
    ];
    if (found === undefined || masked(found, built) !== expected) {
      // With another length the immutables stand elsewhere, if there are any.
      const actual = found === undefined ? code : masked(found, built);
      findings.add(
        "code",
        `${place} at ${address}`,
        `the build's ${contract}, ${describeCode(expected)}`,
        describeCode(actual),
      );
      continue;
    }
    const values = immutableValues(found, built);
    for (const name of new Set([...values.keys(), ...Object.keys(immutables)])) {
      const [wanted, actual] = [immutables[name], values.get(name) ?? []];
      if (actual.length === 1 && actual[0] === wanted) continue;
      const where = `${place}, immutable ${name}`;
      findings.add("immutables", where, writeValue(wanted), actual.map(writeValue).join(" and ") || "nothing");
    }
  }
  return expectations.length;
}

async function expectationsOf({ contracts, protocolConfig }: Subject): Promise<Expectation[]> {
  const token = async (name: string) => BigInt(await lookUp(contracts.tokens, name).getAddress());
  const flexible = Object.entries(protocolConfig.flexiblePools).map(async ([name, pool]): Promise<Expectation> => ({
    place: name,
    contract: "FlexiblePool",
    address: await lookUp(contracts.flexiblePools, name).getAddress(),
    immutables: {
      STAKING_TOKEN: await token(pool.stakingToken),
      REWARDS_TOKEN: await token(pool.rewardsToken),
      _DURATION: pool.rewardsDuration,
      _MINIMUM: pool.minimumStake,
      _CAP: pool.cap,
      _DIGITS: accumulatorDigits(pool.cap),
    },
  }));
  const fixedTerm = Object.entries(protocolConfig.fixedTermPools).map(async ([name, pool]): Promise<Expectation> => {
    const { rewardsPool } = pool;
    const target = rewardsPool === undefined ? undefined : lookUp(contracts.flexiblePools, rewardsPool);
    return {
      place: name,
      contract: "FixedTermPool",
      address: await lookUp(contracts.fixedTermPools, name).getAddress(),
      immutables: {
        STAKING_TOKEN: await token(pool.stakingToken),
        REWARDS_TOKEN: await token(pool.rewardsToken),
        SAME_TOKEN: pool.stakingToken === pool.rewardsToken ? 1n : 0n,
        _CONVERSION: pool.conversion,
        _RENDERER: BigInt(singletonAddress("PositionRenderer")),
        _REWARDS_POOL: BigInt((await target?.getAddress()) ?? 0),
      },
    };
  });
  const immutables = {
    AccessManager: {},
    InsuranceFund: { _MINIMUM_CLAIM_DELAY: protocolConfig.minimumClaimDelay },
    OperatorBrake: { _OPERATOR_ROLE: ROLE.operator, _MINIMUM_DELAY: protocolConfig.roles.operator.delay },
    RewardDistributor: { _INSURANCE_SHARE_BPS: protocolConfig.insuranceShareOfFeesBps },
    PoolFactory: {
      _FLEXIBLE_DEPLOYER: BigInt(singletonAddress("FlexiblePoolDeployer")),
      _FIXED_TERM_DEPLOYER: BigInt(singletonAddress("FixedTermPoolDeployer")),
    },
  } as const;
  const core = coreContracts(contracts).map(async ([name, contract]): Promise<Expectation> => ({
    place: name,
    contract: name,
    address: await contract.getAddress(),
    immutables: immutables[name],
  }));
  return [
    ...(await Promise.all(core)),
    ...singletonContracts().map((singleton) => ({ place: singleton.contract, ...singleton, immutables: {} })),
    ...(await Promise.all(flexible)),
    ...(await Promise.all(fixedTerm)),
  ];
}

/** Addresses in hexadecimal, everything else as the number that it is. */
function writeValue(value: bigint | undefined): string {
  if (value === undefined) return "none that is known";
  return value > 2n ** 100n ? toBeHex(value, 20) : String(value);
}
