// The contracts of a live deployment with their constructors' arguments, as explorers ask for them.
import { AbiCoder, concat, getCreate2Address, Interface, keccak256 } from "ethers";
import hre from "hardhat";
import { z } from "zod";

import { PoolFactory__factory } from "../types/index.ts";
import { deployedAddress, deployedWithArguments, deploymentBlock, deploymentId } from "./records.ts";
import { pagerOf, readEvents, type RpcProvider } from "./events.ts";
import { singletonAddress, singletonContracts } from "./singletons.ts";
import { VERIFIED_CONTRACTS, verifiedContracts, type VerifiedContract } from "./verification-input.ts";

/** `PoolKind.Flexible`. */
const FLEXIBLE = 1n;
const FLEXIBLE_POOL = ["FlexiblePool", "FlexiblePoolDeployer"] as const;
const FIXED_TERM_POOL = ["FixedTermPool", "FixedTermPoolDeployer"] as const;

export interface DeployedContract {
  readonly contract: VerifiedContract;
  readonly address: string;
  /** ABI-encoded, with `0x`; undefined where only the transaction that made it could tell, and another contract sent that. */
  readonly constructorArguments: string | undefined;
}

/** Everything of the deployment that this project's journal has for the provider's chain; nothing, if it has none. */
export async function deployedContracts(provider: RpcProvider): Promise<DeployedContract[]> {
  const id = await deploymentId(provider);
  const made: DeployedContract[] = [];
  for (const { future, constructorArguments } of await deployedWithArguments(id)) {
    const contract = nameOf(future);
    const address = await deployedAddress(id, future);
    if (contract === undefined || address === undefined) continue; // a token made up, or never mined
    made.push({ contract, address, constructorArguments: await encode(contract, constructorArguments) });
  }
  const factory = made.find(({ contract }) => contract === "PoolFactory");
  if (factory === undefined) return made;
  const singletons = singletonContracts().map((singleton) => ({ ...singleton, constructorArguments: "0x" }));
  return [...made, ...singletons, ...(await pools(provider, factory.address, (await deploymentBlock(id)) ?? 0))];
}

/** A pool's configuration stands in the call that created it; it is believed only if it leads to the pool's address. */
async function pools(provider: RpcProvider, factoryAddress: string, firstBlock: number): Promise<DeployedContract[]> {
  const factory = PoolFactory__factory.connect(factoryAddress, provider);
  const head = await provider.getBlockNumber();
  const creations = await readEvents(pagerOf(provider), factory, factory.filters.PoolCreated(), firstBlock, head);
  return Promise.all(
    creations.map(async (creation): Promise<DeployedContract> => {
      const { pool, kind, creator } = creation.args;
      const [contract, deployer] = kind === FLEXIBLE ? FLEXIBLE_POOL : FIXED_TERM_POOL;
      const transaction = await provider.getTransaction(creation.transactionHash);
      const call = transaction?.to === factoryAddress ? factory.interface.parseTransaction(transaction) : null;
      if (call === null) return { contract, address: pool, constructorArguments: undefined };

      const [config, salt] = z.array(z.unknown()).parse(call.args.toArray());
      const constructorArguments = await encode(contract, [config]);
      const { bytecode } = await artifactOf(contract);
      const deployerSalt = hashOf(["address", "address", "bytes32"], [factoryAddress, creator, salt]);
      const codeHash = keccak256(concat([bytecode, constructorArguments]));
      const address = getCreate2Address(singletonAddress(deployer), deployerSalt, codeHash);
      return { contract, address: pool, constructorArguments: address === pool ? constructorArguments : undefined };
    }),
  );
}

function hashOf(types: readonly string[], values: readonly unknown[]): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

async function artifactOf(contract: VerifiedContract) {
  return hre.artifacts.readArtifact(`${VERIFIED_CONTRACTS[contract]}:${contract}`);
}

async function encode(contract: VerifiedContract, values: readonly unknown[]): Promise<string> {
  return new Interface((await artifactOf(contract)).abi).encodeDeploy(values);
}

/** `PoolFactory` of `Factory#PoolFactory`. */
function nameOf(future: string): VerifiedContract | undefined {
  const name = future.slice(future.indexOf("#") + 1);
  return verifiedContracts().find((known) => known === name);
}
