// Pools as plain data, the same whichever library read them: `@termstake/sdk/pools`.
export {
  NO_CAP,
  paysItsOwnToken,
  termOf,
  untoldTerms,
  type FixedTermPool,
  type FlexiblePool,
  type Penalty,
  type Pool,
  type PoolTokens,
  type Split,
  type Term,
  type Token,
  type UnreadablePool,
} from "./pools/pool.ts";
export { toPool, toTerm, type PoolView, type TermView } from "./pools/to-pool.ts";
