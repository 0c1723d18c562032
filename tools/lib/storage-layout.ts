// Where every contract keeps what it stores, as the compiler lays it out.
import { readFile } from "node:fs/promises";

import { z } from "zod";

import { compile, readSource, sourcesBelow } from "../../build/solidity-compiler.ts";

export const SNAPSHOT = new URL("../../snapshots/storage-layout.json", import.meta.url);

const slot = z.object({ label: z.string(), slot: z.string(), offset: z.number(), type: z.string() });
const type = z.object({ label: z.string(), numberOfBytes: z.string(), members: z.array(slot).optional() });
const layout = z.object({ storage: z.array(slot), types: z.record(z.string(), type).nullable() });
const compiled = z.object({
  contracts: z.record(z.string(), z.record(z.string(), z.object({ storageLayout: layout }))),
});

/** Lines such as `slot 3, byte 16: uint128 budget (16 bytes)`, members of structures below their variable. */
type Lines = string[];

export type StorageLayouts = Record<string, Lines>;

/** Identifiers of types carry numbers of syntax nodes, which move with every edit: only the readable names are kept. */
function describe({ storage, types }: z.infer<typeof layout>): Lines {
  const lines: Lines = [];
  const structures = new Map<string, Lines>();
  const line = (variable: z.infer<typeof slot>): string => {
    const known = types?.[variable.type];
    if (!known) throw new Error(`${variable.label} has no type`);
    return `slot ${variable.slot}, byte ${String(variable.offset)}: ${known.label} ${variable.label} (${known.numberOfBytes} bytes)`;
  };
  for (const variable of storage) lines.push(line(variable));
  for (const known of Object.values(types ?? {})) {
    if (known.members) structures.set(known.label, known.members.map(line));
  }
  for (const name of [...structures.keys()].sort()) {
    for (const member of structures.get(name) ?? []) lines.push(`${name}: ${member}`);
  }
  return lines;
}

/** Layouts by contract of everything under contracts/ that stores something, mocks apart. */
export async function storageLayouts(): Promise<StorageLayouts> {
  const names = (await sourcesBelow("contracts")).filter((name) => !name.startsWith("contracts/mocks/"));
  const { output } = compile({
    sources: Object.fromEntries(names.map((name) => [name, readSource(name)])),
    settings: { evmVersion: "cancun", outputSelection: { "*": { "*": ["storageLayout"] } } },
  });
  const layouts: StorageLayouts = {};
  const { contracts } = compiled.parse(output);
  for (const name of names) {
    for (const [contract, { storageLayout }] of Object.entries(contracts[name] ?? {})) {
      if (storageLayout.storage.length !== 0) layouts[contract] = describe(storageLayout);
    }
  }
  return Object.fromEntries(Object.entries(layouts).sort(([a], [b]) => a.localeCompare(b)));
}

/** The layouts as they are committed. */
export async function readSnapshot(): Promise<StorageLayouts> {
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(await readFile(SNAPSHOT, "utf8")));
}
