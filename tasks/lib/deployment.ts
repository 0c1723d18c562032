import { LogPager, type Log, type LogFilter } from "@termstake/sdk/logs";
import type { BaseContract } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { z } from "zod";

import { deployedAddresses, deploymentBlock, deploymentId, LOCAL_CHAIN } from "../../deploy/records.ts";
import { readEvents, type ReadEvent } from "../../deploy/events.ts";
import { UserError } from "../../shared/user-error.ts";
import { singletonAddress } from "../../deploy/singletons.ts";
import {
  AccessManager__factory,
  InsuranceFund__factory,
  OperatorBrake__factory,
  PoolFactory__factory,
  RewardDistributor__factory,
  StakingLens__factory,
  type AccessManager,
  type InsuranceFund,
  type OperatorBrake,
  type PoolFactory,
  type RewardDistributor,
  type StakingLens,
} from "../../types/index.ts";
import { Node, NodeProvider, overHttp, PATIENCE } from "./node.ts";
import type { TypedContractEvent, TypedDeferredTopicFilter } from "../../types/common.ts";
import { tell } from "./command.ts";
import { parseAddress, parseId } from "./inputs.ts";
import type { ReadingArguments } from "./options.ts";

/** The deployment on the connected network. Contracts only read: what is sent goes through the sender. */
export interface Deployment {
  /** Who is on the network; nothing is asked through it. */
  readonly connection: NetworkConnection;
  /** Every question to the node goes through here. */
  readonly node: Node;
  readonly provider: NodeProvider;
  readonly networkName: string;
  readonly chainId: bigint;
  /** Whether the chain is a local node's, whose money is nobody's. */
  readonly local: boolean;
  readonly access: AccessManager;
  readonly factory: PoolFactory;
  readonly lens: StakingLens;
  /** Throws a `UserError` if nothing says where it is. */
  distributor(): RewardDistributor;
  /** Throws a `UserError` if nothing says where it is. */
  insuranceFund(): InsuranceFund;
  /** Throws a `UserError` if nothing says where it is. */
  brake(): OperatorBrake;
  /** Names of what this project deployed, by address: `PoolFactory`, the protocol config's pools and made-up tokens. */
  readonly names: ReadonlyMap<string, string>;
  /** The block from which the deployment's events are read: nodes answer for short ranges only, and let themselves be paid. */
  firstBlock(): Promise<number>;
  /** All logs of a filter since the deployment, in order. */
  logs(filter: LogFilter): Promise<Log[]>;
  /** All events of a filter since the deployment, in order. */
  events<Event extends TypedContractEvent>(
    contract: BaseContract,
    filter: TypedDeferredTopicFilter<Event>,
  ): Promise<ReadEvent<Event>[]>;
}

/** Finds the deployment, gives it to `body`, and closes the connection whatever happens. */
export async function withDeployment<T>(
  hre: HardhatRuntimeEnvironment,
  args: ReadingArguments,
  body: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  if (args.patience < 1) throw new UserError(`--patience is ${args.patience}; the least is 1`);
  const connection = await hre.network.create();
  const node = await nodeOf(connection, args.patience * 1_000);
  try {
    return await body(await findDeployment(connection, node, args));
  } finally {
    node.end();
    await connection.close();
  }
}

/** The node at the network's URL; of the simulated network, which has none, the network itself. */
async function nodeOf({ networkConfig, provider }: NetworkConnection, total: number): Promise<Node> {
  const patience = { attempt: Math.min(PATIENCE.attempt, total), total };
  if (networkConfig.type === "http")
    return new Node(overHttp(await networkConfig.url.getUrl(), networkConfig.httpHeaders), patience);
  return new Node(async (method, params) => provider.request({ method, params: [...params] }));
}

async function findDeployment(connection: NetworkConnection, node: Node, args: ReadingArguments): Promise<Deployment> {
  const { networkName, networkConfig } = connection;
  const chainId = BigInt(z.string().parse(await node.request({ method: "eth_chainId" })));
  if (networkConfig.chainId !== undefined && BigInt(networkConfig.chainId) !== chainId) {
    throw new UserError(
      `The node of the network ${networkName} has the chain id ${chainId}, not ${networkConfig.chainId}: check its URL`,
    );
  }
  const provider = new NodeProvider(node, chainId);
  const where = `the network ${networkName} (chain id ${chainId})`;
  const id = await deploymentId(provider);
  const deployed = await deployedAddresses(id);
  const pager = new LogPager(node);

  async function required(given: string | undefined, option: string, known: string | undefined): Promise<string> {
    const address = given === undefined ? known : parseAddress(given, `--${option}`);
    if (address === undefined) {
      throw new UserError(
        `This project has no deployment on ${where}: name another with --network, deploy with ` +
          `\`npm run deploy\`, or say where it is with --${option}`,
      );
    }
    if ((await provider.getCode(address)) === "0x")
      throw new UserError(`There is no contract at ${address} on ${where}`);
    return address;
  }
  function optional(given: string | undefined, option: string, known: string | undefined): string {
    const address = given === undefined ? known : parseAddress(given, `--${option}`);
    if (address === undefined)
      throw new UserError(`Nothing says where it is on ${where}: give its address with --${option}`);
    return address;
  }

  const factory = PoolFactory__factory.connect(
    await required(args.factory, "factory", deployed.get("Factory#PoolFactory")),
    provider,
  );
  const lens = await required(args.lens, "lens", singletonAddress("StakingLens"));
  const firstBlock = once(async () => firstBlockOf(provider, id, args, deployed));
  const names = [...deployed].map(([future, address]) => [address, future.slice(future.indexOf("#") + 1)] as const);
  return {
    connection,
    node,
    provider,
    networkName,
    chainId,
    local: chainId === LOCAL_CHAIN,
    access: AccessManager__factory.connect(await factory.authority(), provider),
    factory,
    lens: StakingLens__factory.connect(lens, provider),
    distributor: () =>
      RewardDistributor__factory.connect(
        optional(args.distributor, "distributor", deployed.get("RewardDistributor#RewardDistributor")),
        provider,
      ),
    insuranceFund: () =>
      InsuranceFund__factory.connect(
        optional(args.insuranceFund, "insurance-fund", deployed.get("InsuranceFund#InsuranceFund")),
        provider,
      ),
    brake: () =>
      OperatorBrake__factory.connect(
        optional(args.brake, "brake", deployed.get("OperatorBrake#OperatorBrake")),
        provider,
      ),
    names: new Map(names),
    firstBlock,
    logs: async (filter) => pager.read(filter, await firstBlock(), await provider.getBlockNumber()),
    events: async (contract, filter) =>
      readEvents(pager, contract, filter, await firstBlock(), await provider.getBlockNumber()),
  };
}

/** As the option says, or as the deployment's record does, if that is the one which the addresses name; else the chain's first. */
async function firstBlockOf(
  provider: NodeProvider,
  id: string,
  args: ReadingArguments,
  deployed: ReadonlyMap<string, string>,
): Promise<number> {
  if (args.fromBlock !== undefined) {
    const given = parseId(args.fromBlock, "--from-block");
    const head = await provider.getBlockNumber();
    if (given > BigInt(head)) throw new UserError(`--from-block is ${given}; the latest block is ${head}`);
    return Number(given);
  }
  const recorded = await deploymentBlock(id);
  const others = [
    [args.factory, "Factory#PoolFactory"],
    [args.distributor, "RewardDistributor#RewardDistributor"],
    [args.insuranceFund, "InsuranceFund#InsuranceFund"],
  ].some(([given, future = ""]) => given !== undefined && given.toLowerCase() !== deployed.get(future)?.toLowerCase());
  if (recorded !== undefined && !others) return recorded;
  tell(
    "No record says in which block this deployment began: events are read from the chain's first. Or name it with --from-block",
  );
  return 0;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return async () => (value ??= read());
}

/** The name of an address, if this project gave it one, and else the address. */
export function nameOf({ names }: Deployment, address: string): string {
  return names.get(address) ?? address;
}

/** Unix time of the latest block, in seconds. */
export async function latestTime({ provider }: Deployment): Promise<bigint> {
  const block = await provider.getBlock("latest");
  if (block === null) throw new Error("The chain has no block");
  return BigInt(block.timestamp);
}
