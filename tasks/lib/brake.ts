import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { OperatorBrake__factory, type OperatorBrake } from "../../types/index.ts";
import type { Deployment } from "./deployment.ts";
import { parseAddress } from "./inputs.ts";

/** The operator's brake, where this project or the option says it is. Throws a `MendableError` if neither does. */
export function findBrake({ names, networkName, provider }: Deployment, given: string | undefined): OperatorBrake {
  const [recorded] = [...names].find(([, name]) => name === "OperatorBrake") ?? [];
  const address = given === undefined ? recorded : parseAddress(given, "--brake");
  if (address === undefined) {
    throw new MendableError(
      `Nothing says where the operator's brake is on the network ${networkName}: give its address with --brake`,
    );
  }
  return OperatorBrake__factory.connect(address, provider);
}
