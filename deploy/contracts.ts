import type {
  AccessManager,
  FixedTermPool,
  FlexiblePool,
  InsuranceFund,
  OperatorBrake,
  PlainToken,
  PoolFactory,
  PositionRenderer,
  RewardDistributor,
  StakingLens,
} from "../types/index.ts";

/** The contracts of a deployment; tokens, pools and schedules go by name. */
export interface ProtocolContracts {
  readonly access: AccessManager;
  readonly brake: OperatorBrake;
  readonly factory: PoolFactory;
  readonly distributor: RewardDistributor;
  readonly insuranceFund: InsuranceFund;
  readonly lens: StakingLens;
  readonly renderer: PositionRenderer;
  /** Only made-up tokens have `mint`. */
  readonly tokens: Readonly<Record<string, PlainToken>>;
  readonly flexiblePools: Readonly<Record<string, FlexiblePool>>;
  readonly fixedTermPools: Readonly<Record<string, FixedTermPool>>;
  /** Ids in the distributor. */
  readonly schedules: Readonly<Record<string, bigint>>;
}

/** The contracts of which a deployment has one each and makes its own, with their names. */
export function coreContracts({ access, brake, factory, distributor, insuranceFund }: ProtocolContracts) {
  return [
    ["AccessManager", access],
    ["OperatorBrake", brake],
    ["PoolFactory", factory],
    ["RewardDistributor", distributor],
    ["InsuranceFund", insuranceFund],
  ] as const;
}
