// Peers whose source npm carries, compiled with the compiler version and settings of their authors.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { Interface } from "ethers";
import wrapper from "solc/wrapper.js";
import { z } from "zod";

const PACKAGE = new URL("../peers/", import.meta.url);
const MODULES = new URL("node_modules/", PACKAGE);

export interface Build {
  abi: Interface;
  bytecode: string;
}

interface Source {
  /** Path below `node_modules`, in the first part of an import. */
  file: string;
  contract: string;
  solc: "solc-0.5.16" | "solc-0.6.12" | "solc-0.8.23";
  evmVersion: string;
  runs: number;
  /** Import prefixes that npm cannot resolve under their own name, because versions would collide. */
  aliases?: Record<string, string>;
}

const SUSHI: Omit<Source, "file" | "contract"> = {
  solc: "solc-0.6.12",
  evmVersion: "istanbul",
  runs: 200,
  aliases: { "@openzeppelin/contracts/": "@openzeppelin/contracts-3.1.0/" },
};

export const SOURCES = {
  synthetix: {
    file: "synthetix/contracts/StakingRewards.sol",
    contract: "StakingRewards",
    solc: "solc-0.5.16",
    evmVersion: "istanbul",
    runs: 200,
  },
  thirdweb: {
    file: "@thirdweb-dev/contracts/base/Staking20Base.sol",
    contract: "Staking20Base",
    solc: "solc-0.8.23",
    evmVersion: "london",
    runs: 20,
  },
  sushiToken: { ...SUSHI, file: "@sushiswap/core/contracts/SushiToken.sol", contract: "SushiToken" },
  masterChef: { ...SUSHI, file: "@sushiswap/core/contracts/MasterChef.sol", contract: "MasterChef" },
} satisfies Record<string, Source>;

const output = z.object({
  errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).optional(),
  contracts: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.object({ abi: z.array(z.unknown()), evm: z.object({ bytecode: z.object({ object: z.string() }) }) }),
      ),
    )
    .optional(),
});
const compiler = z.object({ compile: z.custom<(input: string) => string>((value) => typeof value === "function") });

/** Whether `npm ci --prefix tools/peers` has run. */
export function peersInstalled(): boolean {
  return existsSync(new URL("synthetix/package.json", MODULES));
}

/** Compiles one contract and what it imports. */
export async function compilePeer(source: Source): Promise<Build> {
  const sources: Record<string, { content: string }> = {};
  await collect(source.file, source, sources);
  const input = {
    language: "Solidity",
    sources,
    settings: {
      evmVersion: source.evmVersion,
      optimizer: { enabled: true, runs: source.runs },
      outputSelection: { [source.file]: { [source.contract]: ["abi", "evm.bytecode.object"] } },
    },
  };
  const soljson: unknown = createRequire(PACKAGE)(`${source.solc}/soljson.js`);
  const { compile } = compiler.parse(wrapper(soljson));
  const { errors, contracts } = output.parse(JSON.parse(compile(JSON.stringify(input))));
  const failed = errors?.filter(({ severity }) => severity === "error") ?? [];
  const built = contracts?.[source.file]?.[source.contract];
  if (failed.length !== 0 || built === undefined) {
    throw new Error(`${source.file}: ${failed.map(({ formattedMessage }) => formattedMessage).join("\n")}`);
  }
  return { abi: new Interface(JSON.stringify(built.abi)), bytecode: `0x${built.evm.bytecode.object}` };
}

/** Reads `file` and, depth first, everything that it imports, under the names that the compiler asks for. */
async function collect(file: string, source: Source, sources: Record<string, { content: string }>): Promise<void> {
  if (file in sources) return;
  const [alias, target] = Object.entries(source.aliases ?? {}).find(([prefix]) => file.startsWith(prefix)) ?? ["", ""];
  const content = await readFile(new URL(target + file.slice(alias.length), MODULES), "utf8");
  sources[file] = { content };
  for (const [, path] of content.matchAll(/^\s*import\s[^"';]*["']([^"']+)["']/gm)) {
    if (path === undefined) continue;
    await collect(path.startsWith(".") ? new URL(path, `file:///${file}`).pathname.slice(1) : path, source, sources);
  }
}
