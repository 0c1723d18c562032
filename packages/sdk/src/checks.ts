// What a pool would refuse, before anything is sent: `@termstake/sdk/checks`.
export {
  checkAutoRenew,
  checkExit,
  checkRenewal,
  checkUnstake,
  checkWithdrawal,
  checkEarlyWithdrawal,
  renewalOf,
  type Caller,
  type KnownPosition,
  type Renewal,
} from "./checks/leaving.ts";
export { checkOpening, checkStake, mostOpenable, mostStakeable, type Spender } from "./checks/depositing.ts";
export type { Refusal } from "./checks/refusal.ts";
