import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { MendableError } from "./mendable-error.ts";

/** Networks whose parameters have another name than they; the in-process one comes and goes with its process. */
const PARAMETERS: Readonly<Record<string, string>> = { default: "local", localhost: "local" };

/**
 * The parameters file of a network, or the one that the environment variable PARAMETERS names. Throws a `MendableError` if there
 * is none.
 */
export function parametersPath(networkName: string): string {
  const usual = new URL(`../../deploy/parameters/${PARAMETERS[networkName] ?? networkName}.json5`, import.meta.url);
  const file = process.env["PARAMETERS"] ?? fileURLToPath(usual);
  if (!existsSync(file)) throw new MendableError(`There are no parameters for the network ${networkName} in ${file}`);
  return file;
}
