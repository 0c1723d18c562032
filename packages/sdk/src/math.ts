// What contracts compute, to the unit: `@termstake/sdk/math`.
export {
  earlyExit,
  previewOpen,
  previewWithdrawEarly,
  principalFor,
  promisedReward,
  renewed,
  type EarlyExit,
  type PromisedPayout,
  type TermRules,
} from "./math/fixed-term.ts";
export {
  accrue,
  accumulatorDigits,
  afterClaim,
  afterNotification,
  afterStake,
  afterWithdrawal,
  earned,
  periodFinish,
  rewardPerToken,
  type FlexiblePoolState,
  type StakerState,
} from "./math/flexible.ts";
export {
  readFlexiblePool,
  readStaker,
  stakerSlot,
  unpackFlexiblePool,
  type FlexiblePoolLimits,
  type ReadStorage,
} from "./math/flexible-storage.ts";
export {
  penaltyWeight,
  principalPenalty,
  splitPenalty,
  type PenaltySchedule,
  type PenaltyShares,
  type PenaltySplit,
} from "./math/penalty.ts";
export {
  aprToApy,
  projectEarned,
  rateToApr,
  streamLeft,
  streamRate,
  streamShare,
  termApy,
  type Stream,
} from "./math/rates.ts";
export { BPS, ONE, YEAR, type Whole } from "./math/units.ts";
