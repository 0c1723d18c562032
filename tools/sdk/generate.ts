import { abiSources } from "./abi.ts";
import { addressesSource } from "./addresses.ts";
import { readDeployments } from "./deployments.ts";
import { errorsSource } from "./errors.ts";
import { eventsSource } from "./events.ts";
import { storageSource } from "./storage.ts";

/** Where the generated sources are that are committed; nothing else is there. */
export const GENERATED = "packages/sdk/src/generated";

/** Ignition's journals. */
const DEPLOYMENTS = "deploy/deployments";

/** The generated sources of the SDK, by their path below `GENERATED`. */
export async function generateSdk(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...(await abiSources()),
    ["addresses.ts", addressesSource(await readDeployments(DEPLOYMENTS))],
    ["errors.ts", await errorsSource()],
    ["events.ts", await eventsSource()],
    ["storage.ts", await storageSource()],
  ]);
}
