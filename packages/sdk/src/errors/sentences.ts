// What each error means, in one sentence for the person whose transaction was refused.
import { ACCESS_SENTENCES } from "./sentences/access.ts";
import { DISTRIBUTOR_SENTENCES } from "./sentences/distributor.ts";
import { FIXED_TERM_POOL_SENTENCES } from "./sentences/fixed-term-pool.ts";
import { INSURANCE_SENTENCES } from "./sentences/insurance.ts";
import { POOL_SENTENCES } from "./sentences/pool.ts";
import { TOKEN_SENTENCES } from "./sentences/token.ts";
import type { Sentences } from "./sentences/types.ts";

/** The sentence of every error; the compiler asks for those that are missing. */
export const SENTENCES: Sentences = {
  ...ACCESS_SENTENCES,
  ...DISTRIBUTOR_SENTENCES,
  ...FIXED_TERM_POOL_SENTENCES,
  ...INSURANCE_SENTENCES,
  ...POOL_SENTENCES,
  ...TOKEN_SENTENCES,
};
