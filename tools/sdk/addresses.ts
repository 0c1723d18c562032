import { singletonAddress, SINGLETONS } from "../../deploy/singletons.ts";
import type { Placed, PublishedDeployment } from "./deployments.ts";
import { HEADER } from "./header.ts";

/** Source of where the contracts are. */
export function addressesSource(deployments: readonly PublishedDeployment[]): string {
  const singletons = SINGLETONS.map((name) => `  ${name}: "${singletonAddress(name)}",\n`);
  return `${HEADER}
import type { Deployment } from "../addresses/deployment.ts";

/** Contracts without arguments: their address follows from their code, and is the same on every chain. */
export const SINGLETONS = {
${singletons.join("")}} as const;

/** Deployments by chain id. */
export const DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
${deployments.map(deploymentSource).join("")}};
`;
}

function deploymentSource({ chainId, contracts, pools }: PublishedDeployment): string {
  const blocks = Object.values(contracts).map(({ block }) => block);
  return `  ${chainId}: {
    block: ${Math.min(...blocks)},
    contracts: {
${Object.entries(contracts)
  .map(([name, placed]) => `      ${name}: { ${placedSource(placed)} },\n`)
  .join("")}    },
    pools: {
${Object.entries(pools)
  .map(([name, pool]) => `      ${JSON.stringify(name)}: { kind: "${pool.kind}", ${placedSource(pool)} },\n`)
  .join("")}    },
  },
`;
}

function placedSource({ address, block }: Placed): string {
  return `address: "${address}", block: ${block}`;
}
