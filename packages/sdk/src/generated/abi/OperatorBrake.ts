// Generated from the build by `npm run sdk`; do not edit.

/** ABI of `OperatorBrake`. */
export const operatorBrakeAbi = [
  {"inputs":[{"name":"authority_","type":"address"},{"name":"operatorRole_","type":"uint64"},{"name":"minimumDelay_","type":"uint32"}],"stateMutability":"nonpayable","type":"constructor"},
  {"inputs":[{"name":"authority","type":"address"}],"name":"AccessManagedInvalidAuthority","type":"error"},
  {"inputs":[{"name":"caller","type":"address"},{"name":"delay","type":"uint32"}],"name":"AccessManagedRequiredDelay","type":"error"},
  {"inputs":[{"name":"caller","type":"address"}],"name":"AccessManagedUnauthorized","type":"error"},
  {"inputs":[{"name":"delay","type":"uint256"},{"name":"minimum","type":"uint256"}],"name":"BrakeDelayBelowMinimum","type":"error"},
  {"inputs":[{"name":"account","type":"address"}],"name":"BrakeNotOperator","type":"error"},
  {"inputs":[{"name":"account","type":"address"}],"name":"BrakeOperatorRemoved","type":"error"},
  {"anonymous":false,"inputs":[{"indexed":false,"name":"authority","type":"address"}],"name":"AuthorityUpdated","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"account","type":"address"},{"indexed":false,"name":"delay","type":"uint32"}],"name":"OperatorAdded","type":"event"},
  {"anonymous":false,"inputs":[{"indexed":true,"name":"account","type":"address"}],"name":"OperatorRemoved","type":"event"},
  {"inputs":[{"name":"account","type":"address"},{"name":"delay","type":"uint32"}],"name":"addOperator","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[],"name":"authority","outputs":[{"name":"","type":"address"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"isConsumingScheduledOp","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"minimumDelay","outputs":[{"name":"","type":"uint32"}],"stateMutability":"view","type":"function"},
  {"inputs":[],"name":"operatorRole","outputs":[{"name":"","type":"uint64"}],"stateMutability":"view","type":"function"},
  {"inputs":[{"name":"account","type":"address"}],"name":"removeOperator","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"newAuthority","type":"address"}],"name":"setAuthority","outputs":[],"stateMutability":"nonpayable","type":"function"},
  {"inputs":[{"name":"account","type":"address"}],"name":"wasRemoved","outputs":[{"name":"","type":"bool"}],"stateMutability":"view","type":"function"},
] as const;
