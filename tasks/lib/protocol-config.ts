import { existsSync } from "node:fs";
import path from "node:path";

import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { lookUp, type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { UserError } from "../../shared/user-error.ts";
import { configPath } from "../../deploy/config/config-path.ts";
import type { Deployment } from "./deployment.ts";
import { parseAddress } from "./inputs.ts";

/** The checked protocol config in a file that an option names; without one, the network's own, which it was deployed with. */
export async function readProtocolConfig(
  { networkName }: Deployment,
  option: string,
  file: string | undefined,
): Promise<ProtocolConfig> {
  if (file !== undefined && !existsSync(file))
    throw new UserError(`There is no protocol config ${path.resolve(file)}: name another with ${option}`);
  return loadProtocolConfig(file === undefined ? configPath(networkName) : path.resolve(file));
}

/** Address of a protocol config's token: its own, or that of the one that was made up for it. */
export function tokenAddress(deployment: Deployment, protocolConfig: ProtocolConfig, name: string): string {
  return lookUp(protocolConfig.tokens, name).address ?? namedAddress(deployment, name, "token");
}

/** Address of what was deployed under a name. Throws a `UserError` if nothing was. */
export function namedAddress({ names }: Deployment, name: string, what: string): string {
  if (name.startsWith("0x")) return parseAddress(name, `The ${what}`);
  const [address] = [...names].find(([, known]) => known === name) ?? [];
  if (address === undefined) throw new UserError(`No ${what} "${name}" was deployed here: give its address`);
  return address;
}
