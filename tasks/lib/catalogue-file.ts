import { existsSync } from "node:fs";
import path from "node:path";

import { loadCatalogue, lookUp, type Catalogue } from "../../scripts/lib/catalogue.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { parametersPath } from "../../scripts/lib/parameters-path.ts";
import type { Deployment } from "./deployment.ts";
import { parseAddress } from "./inputs.ts";

/** The checked catalogue in a file that an option names; without one, the network's own, which it was deployed with. */
export async function readCatalogue(
  { networkName }: Deployment,
  option: string,
  file: string | undefined,
): Promise<Catalogue> {
  if (file !== undefined && !existsSync(file))
    throw new MendableError(`There is no catalogue ${path.resolve(file)}: name another with ${option}`);
  return loadCatalogue(file === undefined ? parametersPath(networkName) : path.resolve(file));
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
