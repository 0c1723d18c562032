import { errorsSource } from "./errors.ts";

/** Where the generated sources are; nothing else is there. */
export const GENERATED = "packages/bindings/src/generated";

/** The generated sources of the bindings, by their path below `GENERATED`. */
export async function generateBindings(): Promise<ReadonlyMap<string, string>> {
  return new Map([["errors.ts", await errorsSource()]]);
}
