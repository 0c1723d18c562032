// Which contracts a source ends up in, and which tests look at those.
import { globSync } from "node:fs";

export interface Subject {
  /** Beginnings of the paths of its sources, below `contracts/`. */
  sources: readonly string[];
  /** Fully qualified, as far as its code is in them. */
  contracts: readonly string[];
  /** Patterns of the fast tests: none of gas, sizes, layouts, documents, scripts or long histories. */
  tests: readonly string[];
}

const FLEXIBLE = { contract: "contracts/FlexiblePool.sol:FlexiblePool", tests: ["flexible-pool/*", "field/flexible"] };
const FIXED = {
  contract: "contracts/FixedTermPool.sol:FixedTermPool",
  tests: ["fixed-term-pool/*", "field/fixed"],
};
const DISTRIBUTOR = {
  contract: "contracts/RewardDistributor.sol:RewardDistributor",
  tests: ["reward-distributor/*", "field/distributor"],
};
const INSURANCE = { contract: "contracts/InsuranceFund.sol:InsuranceFund", tests: ["insurance-fund/*"] };
const LENS = { contract: "contracts/StakingLens.sol:StakingLens", tests: ["staking-lens/*"] };
const RENDERER = { contract: "contracts/PositionRenderer.sol:PositionRenderer", tests: ["position-renderer/*"] };

/** The first that matches a source is its own. */
const SUBJECTS: readonly Subject[] = [
  {
    sources: [
      "FlexiblePool.sol",
      "libraries/RewardAccrual",
      "libraries/RewardStream",
      "types/Checkpoint",
      "types/Period",
      "types/PoolKind",
      "types/Staker",
    ],
    contracts: [FLEXIBLE.contract],
    tests: FLEXIBLE.tests,
  },
  {
    sources: [
      "FixedTermPool.sol",
      "abstracts/FixedTerm",
      "libraries/EarlyWithdrawalPenalty",
      "libraries/FixedTermReward",
      "types/Position",
      "types/RenewOrder",
    ],
    contracts: [FIXED.contract],
    tests: FIXED.tests,
  },
  {
    sources: ["abstracts/Pool.sol"],
    contracts: [FLEXIBLE.contract, FIXED.contract],
    tests: [...FLEXIBLE.tests, ...FIXED.tests, "token-zoo/*"],
  },
  {
    sources: ["libraries/TokenTransfer"],
    contracts: [FLEXIBLE.contract, FIXED.contract, DISTRIBUTOR.contract, INSURANCE.contract],
    tests: [...FLEXIBLE.tests, ...FIXED.tests, ...DISTRIBUTOR.tests, ...INSURANCE.tests],
  },
  { sources: ["RewardDistributor"], contracts: [DISTRIBUTOR.contract], tests: DISTRIBUTOR.tests },
  { sources: ["InsuranceFund"], contracts: [INSURANCE.contract], tests: INSURANCE.tests },
  {
    sources: ["PoolFactory"],
    contracts: ["contracts/PoolFactory.sol:PoolFactory"],
    tests: ["pool-factory/create", "pool-factory/registry"],
  },
  {
    sources: ["FlexiblePoolDeployer"],
    contracts: ["contracts/FlexiblePoolDeployer.sol:FlexiblePoolDeployer"],
    tests: ["pool-factory/create", "pool-factory/registry"],
  },
  {
    sources: ["FixedTermPoolDeployer"],
    contracts: ["contracts/FixedTermPoolDeployer.sol:FixedTermPoolDeployer"],
    tests: ["pool-factory/create", "pool-factory/registry"],
  },
  {
    sources: ["OperatorBrake"],
    contracts: ["contracts/OperatorBrake.sol:OperatorBrake"],
    tests: ["operator-brake/*"],
  },
  {
    sources: ["libraries/BoundedRead"],
    contracts: [LENS.contract, RENDERER.contract, DISTRIBUTOR.contract],
    tests: [...LENS.tests, ...RENDERER.tests, ...DISTRIBUTOR.tests],
  },
  { sources: ["StakingLens"], contracts: [LENS.contract], tests: LENS.tests },
  {
    sources: ["libraries/TokenMetadata", "libraries/Utf8"],
    contracts: [LENS.contract, RENDERER.contract],
    tests: [...LENS.tests, ...RENDERER.tests],
  },
  {
    sources: ["PositionRenderer", "libraries/CivilDate", "libraries/DecimalFormat", "libraries/SvgCard"],
    contracts: [RENDERER.contract, "contracts/mocks/RenderingHarness.sol:RenderingHarness"],
    tests: RENDERER.tests,
  },
];

/** Contracts that are compiled anew before anything is changed, so that all run as the mutants do. */
export const CONTRACTS = [...new Set(SUBJECTS.flatMap(({ contracts }) => contracts))].sort();

export function subjectOf(file: string): Subject {
  const found = SUBJECTS.find(({ sources }) => sources.some((start) => file.startsWith(`contracts/${start}`)));
  if (found === undefined) throw new Error(`${file} has no tests: enter it in tools/mutation/subjects.ts`);
  return found;
}

/** Paths of a subject's tests. */
export function testsOf({ tests }: Subject): string[] {
  const files = tests.flatMap((pattern) => globSync(`test/${pattern}.ts`));
  if (files.length < tests.length) throw new Error(`No tests at ${tests.join(", ")}`);
  return files.sort();
}
