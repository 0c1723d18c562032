import {
  getCreate2Address,
  id,
  keccak256,
  parseEther,
  Transaction,
  type Provider,
  type Signer,
  type TransactionRequest,
} from "ethers";

import {
  FixedTermPoolDeployer__factory,
  FlexiblePoolDeployer__factory,
  PositionRenderer__factory,
  StakingLens__factory,
} from "../types/index.ts";

/**
 * The deterministic deployment proxy: it deploys what follows 32 bytes of salt, and has no owner. One transaction that
 * nobody has the key for created it at the same address on every chain that takes transactions without a chain id.
 */
export const DEPLOYMENT_PROXY = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

/** The transaction that creates it, signed. */
export const PROXY_CREATION =
  "0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffff" +
  "ffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222" +
  "222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222";
const PROXY_CREATION_COST = parseEther("0.01");

const SALT = id("termstake");

/** Contracts without arguments: one serves every deployment on a chain, at an address that is the same on all chains. */
const CREATION_CODE = {
  FlexiblePoolDeployer: FlexiblePoolDeployer__factory.bytecode,
  FixedTermPoolDeployer: FixedTermPoolDeployer__factory.bytecode,
  PositionRenderer: PositionRenderer__factory.bytecode,
  StakingLens: StakingLens__factory.bytecode,
} as const;

export type SingletonName = keyof typeof CREATION_CODE;

/** Their names. */
export const SINGLETONS = Object.keys(CREATION_CODE) as SingletonName[];

/** Where the singleton is, or will be, on every chain; it follows from its code alone. */
export function singletonAddress(name: SingletonName): string {
  return getCreate2Address(DEPLOYMENT_PROXY, SALT, keccak256(CREATION_CODE[name]));
}

/** All of them. */
export function singletonContracts(): { readonly contract: SingletonName; readonly address: string }[] {
  return SINGLETONS.map((contract) => ({ contract, address: singletonAddress(contract) }));
}

/** Those that the chain does not have. */
export async function missingSingletons(provider: Provider): Promise<SingletonName[]> {
  const present = await Promise.all(SINGLETONS.map(async (name) => hasCode(provider, singletonAddress(name))));
  return SINGLETONS.filter((_, i) => present[i] === false);
}

/**
 * Deploys the singletons that are missing, and the proxy on a new local chain; `only` leaves others of them out.
 *
 * Ignition's journal cannot do this: whoever deployed the same code before, with any account, has deployed ours too, so
 * that only the chain knows what is missing. This also makes it repeatable at any point.
 */
export async function deploySingletons(
  deployer: Signer,
  provider: Provider,
  only: readonly SingletonName[] = SINGLETONS,
): Promise<void> {
  if (!(await hasCode(provider, DEPLOYMENT_PROXY))) await deployProxy(deployer, provider);
  for (const name of await missingSingletons(provider)) {
    if (!only.includes(name)) continue;
    const request: TransactionRequest = { to: DEPLOYMENT_PROXY, data: SALT + CREATION_CODE[name].slice(2) };
    await (await deployer.sendTransaction(request)).wait();
    if (!(await hasCode(provider, singletonAddress(name))))
      throw new Error(`${name} was not deployed where it belongs`);
  }
}

async function deployProxy(deployer: Signer, provider: Provider): Promise<void> {
  const { from } = Transaction.from(PROXY_CREATION);
  if (from === null) throw new Error("The proxy's creation has no signature");
  const missing = PROXY_CREATION_COST - (await provider.getBalance(from));
  if (missing > 0n) await (await deployer.sendTransaction({ to: from, value: missing })).wait();
  await (await provider.broadcastTransaction(PROXY_CREATION)).wait();
}

async function hasCode(provider: Provider, address: string): Promise<boolean> {
  return (await provider.getCode(address)) !== "0x";
}
