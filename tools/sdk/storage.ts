// Where a flexible pool keeps what its rewards depend on.
import { readFile } from "node:fs/promises";

import { z } from "zod";

import { SNAPSHOT } from "../lib/storage-layout.ts";
import { HEADER } from "./header.ts";

const VARIABLES = { checkpoint: "_checkpoint", period: "_period", ledger: "_ledger", stakers: "_stakers" };

/** Source of the slots, from the layout that `test/storage-layout.ts` holds against the contracts. */
export async function storageSource(): Promise<string> {
  const layouts = z.record(z.string(), z.array(z.string())).parse(JSON.parse(await readFile(SNAPSHOT, "utf8")));
  const lines = layouts["FlexiblePool"] ?? [];
  const slots = Object.entries(VARIABLES).map(([name, variable]) => {
    const [, slot] =
      lines
        .map((line) => new RegExp(`^slot (\\d+), byte 0: .* ${variable} `).exec(line) ?? [])
        .find(([whole]) => whole) ?? [];
    if (slot === undefined) throw new Error(`The storage layout of FlexiblePool has no ${variable}`);
    return `  ${name}: ${slot},\n`;
  });
  return `${HEADER}
/** Slots of a flexible pool. */
export const FLEXIBLE_POOL_SLOTS = {
${slots.join("")}} as const;
`;
}
