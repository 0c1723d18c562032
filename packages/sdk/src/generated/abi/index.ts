// Generated from the build by `npm run sdk`; do not edit.

export { fixedTermPoolAbi } from "./FixedTermPool.ts";
export { fixedTermPoolDeployerAbi } from "./FixedTermPoolDeployer.ts";
export { flexiblePoolAbi } from "./FlexiblePool.ts";
export { flexiblePoolDeployerAbi } from "./FlexiblePoolDeployer.ts";
export { insuranceFundAbi } from "./InsuranceFund.ts";
export { operatorBrakeAbi } from "./OperatorBrake.ts";
export { poolFactoryAbi } from "./PoolFactory.ts";
export { positionRendererAbi } from "./PositionRenderer.ts";
export { rewardDistributorAbi } from "./RewardDistributor.ts";
export { stakingLensAbi } from "./StakingLens.ts";
export { accessManagerAbi } from "./AccessManager.ts";
export { erc20PermitAbi } from "./ERC20Permit.ts";
export { erc721Abi } from "./IERC721.ts";
