import { readFile } from "node:fs/promises";

import { Interface } from "ethers";
import { z } from "zod";

const build = z.object({ abi: z.array(z.unknown()), bytecode: z.string() });

/** Reads ABI and creation code of a contract that its authors published in an npm package. */
export async function publishedBuild(specifier: string): Promise<{ abi: Interface; bytecode: string }> {
  const { abi, bytecode } = build.parse(JSON.parse(await readFile(new URL(import.meta.resolve(specifier)), "utf8")));
  return { abi: new Interface(JSON.stringify(abi)), bytecode };
}
