// Where the protocol is: the page is served with a `deployment.json` beside it, so that one build fits every chain.
import { getAddress } from "ethers";

import { knownAddresses } from "./known-addresses.ts";

export type ContractName = "PoolFactory" | "StakingLens" | "RewardDistributor" | "InsuranceFund";
const CONTRACTS: readonly ContractName[] = ["PoolFactory", "StakingLens", "RewardDistributor", "InsuranceFund"];

/** What `deployment.json` says. */
export interface Deployment {
  readonly chainId: number;
  readonly chainName: string;
  /** JSON-RPC that the page reads through. */
  readonly rpcUrl: string;
  /** JSON-RPC that a wallet is offered for this chain; absent if it should know the chain. */
  readonly walletRpcUrl?: string;
  /** Block explorer, without a slash at its end; absent if the chain has none. */
  readonly explorerUrl?: string;
  /** No event of the protocol is older. */
  readonly deploymentBlock: number;
  readonly contracts: Readonly<Record<ContractName, string>>;
  /** Unlocked accounts of a local node, for the development wallet. */
  readonly developmentAccounts: readonly string[];
}

/** `deployment.json` is missing, or says what cannot be. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}

/** Reads and checks `deployment.json` as it was answered. */
export async function readDeployment(response: Response): Promise<Deployment> {
  if (!response.ok) throw new DeploymentError(`deployment.json: ${response.status.toString()}`);
  return parseDeployment(await response.json(), document.baseURI);
}

/** Throws `DeploymentError` unless `json` describes a deployment and agrees with the addresses that the SDK know. */
export function parseDeployment(json: unknown, baseUrl: string): Deployment {
  const root = record(json, "the file");
  const contracts = record(root["contracts"], "contracts");
  const chainId = whole(root["chainId"], "chainId");
  const known = knownAddresses(chainId);
  const named = Object.fromEntries(
    CONTRACTS.map((name) => {
      const address = checksummed(contracts[name], `contracts.${name}`);
      const expected = known?.[name];
      if (expected !== undefined && expected !== address)
        throw new DeploymentError(`contracts.${name} is ${address}; on chain ${chainId.toString()} it is ${expected}`);
      return [name, address];
    }),
  );
  return {
    chainId,
    chainName: text(root["chainName"], "chainName"),
    rpcUrl: webUrl(root["rpcUrl"], "rpcUrl", baseUrl),
    ...(root["walletRpcUrl"] !== undefined && { walletRpcUrl: webUrl(root["walletRpcUrl"], "walletRpcUrl", baseUrl) }),
    ...(root["explorerUrl"] !== undefined && {
      explorerUrl: webUrl(root["explorerUrl"], "explorerUrl", baseUrl).replace(/\/$/, ""),
    }),
    deploymentBlock: whole(root["deploymentBlock"], "deploymentBlock"),
    contracts: {
      PoolFactory: named["PoolFactory"] ?? "",
      StakingLens: named["StakingLens"] ?? "",
      RewardDistributor: named["RewardDistributor"] ?? "",
      InsuranceFund: named["InsuranceFund"] ?? "",
    },
    developmentAccounts: list(root["developmentAccounts"]).map((entry) => checksummed(entry, "developmentAccounts")),
  };
}

function record(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new DeploymentError(`${place} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "") throw new DeploymentError(`${place} is not a text`);
  return value;
}

function whole(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new DeploymentError(`${place} is not a whole number`);
  return value;
}

function checksummed(value: unknown, place: string): string {
  try {
    return getAddress(text(value, place));
  } catch {
    throw new DeploymentError(`${place} is not an address`);
  }
}

/** Only http and https, so that no link on the page can be a script. */
function webUrl(value: unknown, place: string, baseUrl: string): string {
  const url = URL.parse(text(value, place), baseUrl);
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new DeploymentError(`${place} is not a web address`);
  return url.href;
}
