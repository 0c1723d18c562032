// What pools pay a year, net of fees, and what an amount would earn: `@termstake/sdk/rates`.
export { aprToApy, rateToApr, streamLeft, streamRate, streamShare, termApy, type Stream } from "./math/rates.ts";
export {
  earnedAt,
  estimateStake,
  flexibleApr,
  flexibleRate,
  streamedDaily,
  yieldPerToken,
  type Estimate,
} from "./rates/flexible.ts";
export { offersOf, type Offer, type OfferState } from "./rates/offers.ts";
