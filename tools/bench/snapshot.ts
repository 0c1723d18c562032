// Our own figures, to the unit, as they are committed.
import { readFile, writeFile } from "node:fs/promises";

import { network } from "hardhat";
import { z } from "zod";

import { CREATIONS, measureFactory, READINGS } from "./factory.ts";
import { FIXED_TERM_OPERATIONS, measureFixedTerm } from "./fixed-term.ts";
import { FLEXIBLE_OPERATIONS, measureOurs } from "./flexible.ts";
import { measurePairs, PAIR_OPERATIONS } from "./pairs.ts";
import { setStage, type Stage } from "./stage.ts";

const FILE = new URL("../../snapshots/gas.json", import.meta.url);

export const OPERATIONS = [...FLEXIBLE_OPERATIONS, ...FIXED_TERM_OPERATIONS] as const;
/** Everything that the snapshot has a figure of. */
export const FIGURES = [...OPERATIONS, ...PAIR_OPERATIONS, ...CREATIONS, ...READINGS] as const;
export type Operation = (typeof OPERATIONS)[number];
export type Snapshot = Record<string, number>;

/** A chain of its own for each pool measured: nothing that one leaves behind warms another's way. */
export async function freshStage(): Promise<Stage> {
  const { ethers, networkHelpers } = await network.create();
  return setStage(ethers, networkHelpers);
}

export async function measureSnapshot(): Promise<Snapshot> {
  const gas = {
    ...(await measureOurs(await freshStage())),
    ...(await measureFixedTerm(await freshStage())),
    ...(await measurePairs(freshStage)),
    ...(await measureFactory(await freshStage())),
  };
  return Object.fromEntries(Object.entries(gas).map(([operation, used]) => [operation, Number(used)]));
}

export async function readSnapshot(): Promise<Snapshot> {
  return z.record(z.string(), z.number().int()).parse(JSON.parse(await readFile(FILE, "utf8")));
}

export async function writeSnapshot(snapshot: Snapshot): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(snapshot, null, 2)}\n`);
}
