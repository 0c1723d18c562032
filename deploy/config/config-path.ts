import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { UserError } from "../../shared/user-error.ts";

/** Networks whose config has another name than they; the in-process one comes and goes with its process. */
const CONFIGS: Readonly<Record<string, string>> = { default: "local", localhost: "local" };

/**
 * The config file of a network, or the one that the environment variable PROTOCOL_CONFIG names. Throws a `UserError` if there
 * is none.
 */
export function configPath(networkName: string): string {
  const usual = new URL(`./${CONFIGS[networkName] ?? networkName}.json5`, import.meta.url);
  const file = process.env["PROTOCOL_CONFIG"] ?? fileURLToPath(usual);
  if (!existsSync(file)) throw new UserError(`There is no protocol config of the network ${networkName} in ${file}`);
  return file;
}
