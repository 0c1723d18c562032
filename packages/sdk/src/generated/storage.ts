// Generated from the build by `npm run sdk`; do not edit.

/** Slots of a flexible pool. */
export const FLEXIBLE_POOL_SLOTS = {
  checkpoint: 1,
  period: 2,
  ledger: 3,
  stakers: 4,
} as const;
