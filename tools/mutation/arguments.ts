// The arguments for survivors.
import { readFileSync } from "node:fs";

import JSON5 from "json5";
import { z } from "zod";

const FILE = new URL("equivalent.json5", import.meta.url);

/** By the mutant's id. */
export function loadArguments(): ReadonlyMap<string, string> {
  const entries: unknown = JSON5.parse(readFileSync(FILE, "utf8"));
  return new Map(Object.entries(z.record(z.string(), z.string().min(1)).parse(entries)));
}
