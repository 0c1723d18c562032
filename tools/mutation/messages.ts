// What the runner and its workers say to each other.
import { z } from "zod";

import type { Replacement } from "./compiler.ts";

export const killer = z.object({ file: z.string(), title: z.string() });

/** The first test that failed. */
export type Killer = z.infer<typeof killer>;

export interface Task {
  /** Compiled anew with the replacement; without one, the tests run on the contracts as they are. */
  contracts: readonly string[];
  replacement?: Replacement;
  /** One test that goes first, by itself. */
  suspect?: Killer | undefined;
  /** In the order in which they are tried. */
  tests: readonly string[];
}

export const answer = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("killed"), by: killer }),
  z.object({ outcome: z.literal("survived") }),
  z.object({ outcome: z.literal("equivalent") }),
  z.object({ outcome: z.literal("uncompilable") }),
  /** The test fails without the mutant as well: nothing is shown. */
  z.object({ outcome: z.literal("unsound"), by: killer }),
]);

export type Answer = z.infer<typeof answer>;
