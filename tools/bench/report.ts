// Figures as tables: for the terminal, for docs/GAS.md and for machines.
import { readFile, writeFile } from "node:fs/promises";

import Table from "cli-table3";

import type { DeploymentGas } from "./deployment.ts";
import { CREATIONS, READINGS } from "./factory.ts";
import { FLEXIBLE_OPERATIONS, type FlexibleGas, type FlexibleOperation } from "./flexible.ts";
import { TOKEN_PAIRS } from "./pairs.ts";
import { OURS_BESIDE_THEM, PUBLISHED } from "./published.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Row {
  operation: string;
  ours: number;
  /** Null where no peer of the run has the operation. */
  bestPeer: number | null;
  bestPeerName: string | null;
  floor: number;
}

/** A table whose first column is text and whose others are figures. */
export interface Report {
  head: string[];
  rows: string[][];
}

const DOCS = new URL("../../docs/GAS.md", import.meta.url);

/** Upper bounds that hold with every safety check in place, where they are not 1.12 of the floor. */
const CEILINGS: Record<string, number> = {
  "open the first position": 130_000,
  "open a later position": 113_000,
  "withdraw at maturity": 74_000,
  "leave early": 86_000,
};
/** Most gas of a transaction: EIP-7825. */
const TRANSACTION_GAS = 2 ** 24;
/** How far above the floor operations of stakers may be. */
const FLOOR_RATIO = 1.12;

/**
 * The floor as it was computed for a token of the plainest kind before anything was built, which the targets refer to. The
 * same arithmetic with this run's token differs by what the compiler makes of the token.
 */
const REFERENCE_FLOORS: Record<FlexibleOperation, number> = {
  "first stake": 69_630,
  "second stake": 52_530,
  "part withdrawal": 50_098,
  claim: 46_962,
  exit: 61_760,
  "fund an active period": 50_055,
};

function referenceFloor(operation: string): number | undefined {
  return Object.entries(REFERENCE_FLOORS).find(([name]) => name === operation)?.[1];
}

/** Most gas that an operation may use, or nothing where no target is set. */
function ceiling(operation: string): number | undefined {
  const reference = referenceFloor(operation);
  if (operation === "fund an active period") return undefined;
  return reference === undefined ? CEILINGS[operation] : Math.floor(reference * FLOOR_RATIO);
}

export function toJson(rows: Row[]): string {
  return JSON.stringify({ rows: rows.map((row) => ({ ...row, floor: referenceFloor(row.operation) ?? row.floor })) });
}

export function operationReport(rows: Row[]): Report {
  return {
    head: ["operation", "ours", "best peer", "ratio", "floor", "ratio", "floor, this token", "target"],
    rows: rows.map(({ operation, ours, bestPeer, bestPeerName, floor }) => {
      const reference = referenceFloor(operation) ?? floor;
      const most = ceiling(operation);
      return [
        operation,
        figure(ours),
        bestPeer === null ? "–" : `${figure(bestPeer)} ${bestPeerName ?? ""}`,
        bestPeer === null ? "–" : (ours / bestPeer).toFixed(3),
        figure(reference),
        (ours / reference).toFixed(3),
        figure(floor),
        most === undefined ? "–" : `≤ ${figure(most)} ${ours <= most ? "met" : "missed"}`,
      ];
    }),
  };
}

export function peerReport(
  peers: { name: string; gas: FlexibleGas }[],
  ours: Snapshot,
  floors: Record<FlexibleOperation, bigint>,
): Report {
  const line = (name: string, gas: Partial<Record<FlexibleOperation, bigint | number>>) => [
    name,
    ...FLEXIBLE_OPERATIONS.map((operation) => figure(gas[operation])),
  ];
  return {
    head: ["pool", ...FLEXIBLE_OPERATIONS],
    rows: [...peers.map(({ name, gas }) => line(name, gas)), line("FlexiblePool", ours), line("floor", floors)],
  };
}

/** Each pair of tokens against the targets, which are the same for all. */
export function pairReport(ours: Snapshot): Report {
  return {
    head: ["stake/reward", ...FLEXIBLE_OPERATIONS],
    rows: TOKEN_PAIRS.map(({ name }) => [
      name,
      ...FLEXIBLE_OPERATIONS.map((operation) => {
        const [used, most] = [ours[`${operation} (${name})`] ?? 0, ceiling(operation)];
        return most === undefined ? figure(used) : `${figure(used)} ${used <= most ? "met" : "missed"}`;
      }),
    ]),
  };
}

/** Peers that npm does not carry, and how much of the cheapest one's gas ours took beside them. */
export function publishedReport(): Report {
  const operations = ["first stake", "second stake", "part withdrawal", "claim", "exit"] as const;
  const line = ({ name, source, gas }: (typeof PUBLISHED)[number]) => [
    name,
    ...operations.map((operation) => figure(gas[operation])),
    source,
  ];
  const ratio = (operation: (typeof operations)[number]): string => {
    const cheapest = Math.min(...PUBLISHED.map(({ gas }) => gas[operation]));
    return (OURS_BESIDE_THEM.gas[operation] / cheapest).toFixed(2);
  };
  return {
    head: ["pool", ...operations, "source"],
    rows: [...PUBLISHED.map(line), line(OURS_BESIDE_THEM), ["ours / the cheapest", ...operations.map(ratio), ""]],
  };
}

export function deploymentReport({ full, clone, calls }: DeploymentGas, ours: Snapshot): Report {
  const line = (name: string, ownGas: bigint | number | undefined, cloneGas: bigint | undefined) => [
    name,
    figure(ownGas),
    figure(cloneGas),
    figure(Number(cloneGas ?? 0) - Number(ownGas ?? 0)),
  ];
  return {
    head: ["", "full contract", "minimal proxy", "difference"],
    rows: [
      line("deployment", full, clone),
      ...FLEXIBLE_OPERATIONS.map((operation) => line(operation, ours[operation], calls[operation])),
    ],
  };
}

/** Creations and entries of the lens' pages, and how much of a transaction's gas each takes. */
export function factoryReport(ours: Snapshot): Report {
  return {
    head: ["", "gas", `of the ${figure(TRANSACTION_GAS)} of EIP-7825`],
    rows: [...CREATIONS, ...READINGS].map((name) => {
      const used = ours[name] ?? 0;
      return [name, figure(used), `${((100 * used) / TRANSACTION_GAS).toFixed(1)} %`];
    }),
  };
}

export function toTerminal({ head, rows }: Report): string {
  const table = new Table({
    head,
    colAligns: head.map((_, column) => (column === 0 ? "left" : "right")),
    style: { head: [], border: [] },
  });
  table.push(...rows);
  return table.toString();
}

/** Replaces what lies between a report's markers in docs/GAS.md. */
export async function writeDocs(reports: Record<string, Report>): Promise<void> {
  let text = await readFile(DOCS, "utf8");
  for (const [name, report] of Object.entries(reports)) {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!between.test(text)) throw new Error(`docs/GAS.md has no markers for ${name}`);
    text = text.replace(between, (_, open: string, close: string) => `${open}${toMarkdown(report)}\n${close}`);
  }
  await writeFile(DOCS, text);
}

function toMarkdown({ head, rows }: Report): string {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function figure(gas: bigint | number | undefined): string {
  return gas === undefined ? "–" : gas.toLocaleString("en-US");
}
