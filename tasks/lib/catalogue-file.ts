import { existsSync } from "node:fs";
import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { loadCatalogue, lookUp, type Catalogue } from "../../scripts/lib/catalogue.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import type { Deployment } from "./deployment.ts";
import { parseAddress } from "./inputs.ts";

/** The checked catalogue in a file; by default the one that the network was deployed with. */
export async function readCatalogue(
  hre: HardhatRuntimeEnvironment,
  { networkName, local }: Deployment,
  file: string | undefined,
): Promise<Catalogue> {
  const name = local ? "local" : networkName;
  const found = path.resolve(file ?? path.join(hre.config.paths.root, "deploy", "parameters", `${name}.json5`));
  if (!existsSync(found)) throw new MendableError(`There is no catalogue ${found}: name one with --catalogue`);
  return loadCatalogue(found);
}

/** Address of a catalogue's token: its own, or that of the one that was made up for it. */
export function tokenAddress(deployment: Deployment, catalogue: Catalogue, name: string): string {
  return lookUp(catalogue.tokens, name).address ?? namedAddress(deployment, name, "token");
}

/** Address of what was deployed under a name. Throws a `MendableError` if nothing was. */
export function namedAddress({ names }: Deployment, name: string, what: string): string {
  if (name.startsWith("0x")) return parseAddress(name, `The ${what}`);
  const [address] = [...names].find(([, known]) => known === name) ?? [];
  if (address === undefined) throw new MendableError(`No ${what} "${name}" was deployed here: give its address`);
  return address;
}
