// Generated from the build by `npm run sdk`; do not edit.

/** ABI of `FlexiblePoolDeployer`. */
export const flexiblePoolDeployerAbi = [
  {"inputs":[{"components":[{"name":"authority","type":"address"},{"name":"distributor","type":"address"},{"name":"stakingToken","type":"address"},{"name":"rewardsToken","type":"address"},{"name":"rewardsDuration","type":"uint256"},{"name":"minimumStake","type":"uint256"},{"name":"cap","type":"uint256"}],"name":"config","type":"tuple"},{"name":"creator","type":"address"},{"name":"salt","type":"bytes32"}],"name":"deploy","outputs":[{"name":"","type":"address"}],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"components":[{"name":"authority","type":"address"},{"name":"distributor","type":"address"},{"name":"stakingToken","type":"address"},{"name":"rewardsToken","type":"address"},{"name":"rewardsDuration","type":"uint256"},{"name":"minimumStake","type":"uint256"},{"name":"cap","type":"uint256"}],"name":"config","type":"tuple"}],"name":"initCodeHash","outputs":[{"name":"","type":"bytes32"}],"stateMutability":"pure","type":"function"},
] as const;
