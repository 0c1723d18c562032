// Generated from the build by `npm run sdk`; do not edit.

/** ABI of `PositionRenderer`. */
export const positionRendererAbi = [
  {"inputs":[{"name":"value","type":"uint256"},{"name":"length","type":"uint256"}],"name":"StringsInsufficientHexLength","type":"error"},
  {"inputs":[{"components":[{"name":"pool","type":"address"},{"name":"positionId","type":"uint256"},{"name":"stakingToken","type":"address"},{"name":"rewardsToken","type":"address"},{"name":"principal","type":"uint256"},{"name":"reward","type":"uint256"},{"name":"rate","type":"uint256"},{"name":"openedAt","type":"uint256"},{"name":"maturity","type":"uint256"},{"name":"principalPenalty","type":"uint256"},{"name":"forfeitedReward","type":"uint256"}],"name":"card","type":"tuple"}],"name":"tokenURI","outputs":[{"name":"","type":"string"}],"stateMutability":"view","type":"function"},
] as const;
