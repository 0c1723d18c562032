// The table of errors by selector, and the types of their values.
import { ErrorFragment } from "ethers";

import { BUBBLING, PUBLISHED, readAbi, toInterface } from "./contracts.ts";
import { HEADER } from "./header.ts";

/** Source of the errors that the contracts can raise or pass on. */
export async function errorsSource(): Promise<string> {
  const errors = new Map<string, ErrorFragment>();
  for (const contract of [...PUBLISHED, ...BUBBLING]) {
    toInterface(await readAbi(contract)).forEachError((error) => {
      const known = errors.get(error.name);
      // Sentences go by name.
      if (known !== undefined && known.selector !== error.selector)
        throw new Error(`${error.format()} and ${known.format()} have one name`);
      errors.set(error.name, error);
    });
  }
  const sorted = [...errors.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${HEADER}
/** The values of each error, by its name. */
export interface ErrorArgs {
${sorted.map((error) => `  ${error.name}: ${argsType(error)};`).join("\n")}
}

/** Name and types of an error's values, in the order in which they are encoded. */
export interface ErrorShape {
  readonly name: keyof ErrorArgs;
  readonly inputs: readonly (readonly [name: string, type: string])[];
}

/** Errors by selector. */
export const ERRORS: Readonly<Record<string, ErrorShape>> = {
${sorted.map((error) => `  "${error.selector}": { name: "${error.name}", inputs: ${inputs(error)} },`).join("\n")}
};
`;
}

function argsType({ inputs }: ErrorFragment): string {
  if (inputs.length === 0) return "Record<never, never>";
  return `{ readonly ${inputs.map(({ name, type }) => `${name}: ${valueType(type)}`).join("; readonly ")} }`;
}

function valueType(type: string): string {
  if (/^uint\d+$/.test(type)) return "bigint";
  if (/^(address|bytes\d+)$/.test(type)) return "`0x${string}`";
  if (type === "string") return "string";
  throw new Error(`packages/sdk/src/errors/decode.ts cannot decode a value of the type ${type}`);
}

function inputs(error: ErrorFragment): string {
  return JSON.stringify(error.inputs.map(({ name, type }) => [name, type]));
}
