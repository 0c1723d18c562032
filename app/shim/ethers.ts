export {
  FixedTermPool__factory,
  FlexiblePool__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
  StakingLens__factory,
} from "../../types/index.ts";
export type { FixedTermPool, FlexiblePool, PoolFactory, RewardDistributor, StakingLens } from "../../types/index.ts";
export type { IStakingLens } from "../../types/contracts/StakingLens.ts";
