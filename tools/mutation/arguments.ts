// The arguments for survivors.
import { readFileSync } from "node:fs";

import JSON5 from "json5";
import { z } from "zod";

const FILE = new URL("equivalent.json5", import.meta.url);

const argument = z.union([
  z
    .string()
    .min(1)
    .transform((why) => ({ why, tried: undefined })),
  z.strictObject({ why: z.string().min(1), tried: z.string().min(1) }),
]);

/** Why a survivor is no gap, and what a second reader tried in order to refute that it is equivalent; nothing, if nobody did. */
export type Argument = z.infer<typeof argument>;

/** By the mutant's id. */
export function loadArguments(): ReadonlyMap<string, Argument> {
  const entries: unknown = JSON5.parse(readFileSync(FILE, "utf8"));
  return new Map(Object.entries(z.record(z.string(), argument).parse(entries)));
}
