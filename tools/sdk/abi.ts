// ABIs as constants, from which viem and wagmi infer; TypeChain's factories use the same.
import { PUBLISHED, readAbi } from "./contracts.ts";
import { HEADER } from "./header.ts";

/** Sources of the ABIs, by their path below the generated ones. */
export async function abiSources(): Promise<[file: string, source: string][]> {
  const sources = await Promise.all(
    PUBLISHED.map(async (contract): Promise<[string, string]> => {
      const entries = (await readAbi(contract)).map((entry) => `  ${JSON.stringify(entry, withoutInternalTypes)},\n`);
      const constant = `export const ${abiName(contract.name)} = [\n${entries.join("")}] as const;\n`;
      return [`abi/${contract.name}.ts`, `${HEADER}\n/** ABI of \`${contract.name}\`. */\n${constant}`];
    }),
  );
  const exports = PUBLISHED.map(({ name }) => `export { ${abiName(name)} } from "./${name}.ts";\n`);
  return [...sources, ["abi/index.ts", `${HEADER}\n${exports.join("")}`]];
}

/** The name of a contract's ABI, as wagmi's generator would choose it, but for the letter of an interface: `erc721Abi`. */
export function abiName(contract: string): string {
  const bare = contract.replace(/^I(?=[A-Z])/, "");
  return `${bare.replace(/^(?:[A-Z]+(?=\d)|[A-Z])/, (start) => start.toLowerCase())}Abi`;
}

/** Solidity's names of types: a quarter of the text, and nothing infers from them. */
function withoutInternalTypes(key: string, value: unknown): unknown {
  return key === "internalType" ? undefined : value;
}
