import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import { VoidSigner, Wallet, type ContractRunner, type Signer } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import { protocolModule } from "./modules/Protocol.ts";
import {
  AccessManager__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  OperatorBrake__factory,
  PlainToken__factory,
  PoolFactory__factory,
  PositionRenderer__factory,
  RewardDistributor__factory,
  StakingLens__factory,
} from "../types/index.ts";
import { assertProtocolConfig } from "./config/load.ts";
import {
  ProtocolConfigError,
  mapValues,
  startTime,
  type ProtocolConfig,
  type Problem,
} from "./config/protocol-config.ts";
import type { ProtocolContracts } from "./contracts.ts";
import { attainableConfirmations, awaitConfirmed, USUAL_CONFIRMATIONS } from "./confirmations.ts";
import { deployedAddress, deploymentId, LOCAL_CHAIN } from "./records.ts";
import { deployModule } from "./ignition.ts";
import { recoverLostTransactions } from "./lost-transactions.ts";
import { UserError } from "../shared/user-error.ts";
import { deploySingletons, missingSingletons } from "./singletons.ts";
import { verifyRoles } from "./verify-roles.ts";

/** Who sends a deployment. */
export type Deployer = Signer & { readonly address: string };

/** A deployed protocol, whose contracts act for the deployer, who holds no role. */
export interface Protocol extends ProtocolContracts {
  readonly deployer: Deployer;
}

export interface DeployOptions {
  /** Blocks to wait for, the transaction's own included, where blocks come by themselves. */
  readonly confirmations?: number;
  /** Told how far it is, a line a step. */
  readonly tell?: (line: string) => void;
}

/** Where a deployment goes, and who sends it. */
export interface Target {
  readonly provider: HardhatEthersProvider;
  readonly deployer: Deployer;
  readonly chainId: bigint;
  /** Unix time of the chain's first block, in seconds. */
  readonly firstBlock: bigint;
  /** Name of Ignition's journal. */
  readonly deploymentId: string;
}

/**
 * Deploys the protocol with the pools and schedules of a protocol config, hands it over to the roles, and checks on chain that
 * these hold exactly what they should. What is there stays as it is: run again, it sends nothing; run after an
 * interruption, it goes on where it stopped. The connection's first account deploys.
 *
 * Throws, before anything is sent, `ProtocolConfigError` if the protocol config cannot be deployed to this chain, and `UserError` if
 * the deployer has nothing to pay with.
 */
export async function deployProtocol(
  connection: NetworkConnection,
  protocolConfig: ProtocolConfig,
  options: DeployOptions = {},
): Promise<Protocol> {
  return deployTo(connection, await checkedTarget(connection, protocolConfig), protocolConfig, options);
}

/** Where a deployment of the protocol config goes. Throws, as `deployProtocol` does, if it cannot; a dry one needs neither key nor ether. */
export async function checkedTarget(
  connection: NetworkConnection,
  protocolConfig: ProtocolConfig,
  { dry = false }: { readonly dry?: boolean } = {},
): Promise<Target> {
  const target = await targetOf(connection, dry);
  assertProtocolConfig(protocolConfig);
  refuse(await checkTarget(target, protocolConfig));
  return target;
}

/** Deploys to a target that is known to be good. */
export async function deployTo(
  connection: NetworkConnection,
  { deployer, provider, firstBlock, deploymentId }: Target,
  protocolConfig: ProtocolConfig,
  { confirmations: wanted = USUAL_CONFIRMATIONS, tell = () => undefined }: DeployOptions,
): Promise<Protocol> {
  const confirmations = await attainableConfirmations(provider, wanted);
  const settle = async (pending: boolean) => awaitConfirmed(provider, deployer.address, confirmations, { pending });
  const begun = (await deployedAddress(deploymentId, "Access#AccessManager")) !== undefined;
  if (begun) await recoverLostTransactions(deploymentId, deployer.address, provider, connection.provider);
  else await settle(true);
  const missing = await missingSingletons(provider);
  if (missing.length > 0) tell(`The same on every chain, and missing here: ${missing.join(", ")}`);
  await deploySingletons(deployer, provider);
  await settle(!begun);

  const addresses = await deployModule(connection, protocolModule(protocolConfig, firstBlock), {
    parameters: {
      InsuranceFund: { minimumClaimDelay: protocolConfig.minimumClaimDelay },
      RewardDistributor: {
        treasury: protocolConfig.treasury,
        insuranceShareBps: protocolConfig.insuranceShareOfFeesBps,
      },
    },
    config: {
      requiredConfirmations: confirmations,
      // Where mining is at once, waiting a second after each batch would be most of the time.
      ...(confirmations === 1 && { blockPollingInterval: 20 }),
    },
    deploymentId,
    deployer: deployer.address,
    tell,
  });
  const protocol = { deployer, ...connectProtocol(deployer, protocolConfig, addresses) };
  refuse(await verifyRoles(protocol, protocolConfig, deployer.address));
  return protocol;
}

async function targetOf(connection: NetworkConnection, dry: boolean): Promise<Target> {
  const { provider } = connection.ethers;
  const [signer] = await connection.ethers.getSigners();
  const deployer = signer ?? (dry ? new VoidSigner(Wallet.createRandom().address, provider) : undefined);
  if (deployer === undefined) {
    throw new UserError(
      `The network ${connection.networkName} has no key to deploy with: put it into the keystore, or into the environment`,
    );
  }
  if (!dry && (await provider.getBalance(deployer.address)) === 0n) {
    throw new UserError(
      `${deployer.address}, which is to deploy, holds no ether on the network ${connection.networkName}: send it some`,
    );
  }
  const first = await provider.getBlock(0);
  if (first === null) throw new Error(`The network ${connection.networkName} has no first block`);
  return {
    provider,
    deployer,
    chainId: (await provider.getNetwork()).chainId,
    firstBlock: BigInt(first.timestamp),
    deploymentId: await deploymentId(provider),
  };
}

/** What only the chain can tell: that the tokens are as the protocol config says, and that nothing starts in the past. */
async function checkTarget(target: Target, protocolConfig: ProtocolConfig): Promise<Problem[]> {
  const { provider, deployer } = target;
  const problems: Problem[] = [];
  for (const [name, { account }] of Object.entries(protocolConfig.roles)) {
    if (account !== deployer.address) continue;
    problems.push({ place: `roles.${name}.account`, message: `${account} deploys, and holds no role in the end` });
  }
  for (const [name, { address, decimals }] of Object.entries(protocolConfig.tokens)) {
    const place = `tokens.${name}`;
    if (address === undefined) {
      if (target.chainId === LOCAL_CHAIN) continue;
      problems.push({
        place: `${place}.address`,
        message: `is missing; tokens are made up on chain ${LOCAL_CHAIN} only`,
      });
    } else if ((await provider.getCode(address)) === "0x") {
      problems.push({ place: `${place}.address`, message: `${address} has no code` });
    } else {
      const actual = await PlainToken__factory.connect(address, provider).decimals();
      if (actual === BigInt(decimals)) continue;
      problems.push({ place: `${place}.decimals`, message: `${decimals}, but the token says ${actual}` });
    }
  }
  const now = BigInt((await provider.getBlock("latest"))?.timestamp ?? 0);
  const created = await createdSchedules(target);
  for (const [name, schedule] of Object.entries(protocolConfig.schedules).slice(created)) {
    const start = startTime(schedule.start, target.firstBlock);
    if (start > now) continue;
    const moment = new Date(Number(start) * 1_000).toISOString();
    problems.push({
      place: `schedules.${name}.start`,
      message: `${moment} has passed; a schedule starts in the future`,
    });
  }
  return problems;
}

/** How many of the protocol config's schedules an earlier run created; a schedule's start only matters before. */
async function createdSchedules({ provider, deploymentId }: Target): Promise<number> {
  const address = await deployedAddress(deploymentId, "RewardDistributor#RewardDistributor");
  if (address === undefined) return 0;
  return Number(await RewardDistributor__factory.connect(address, provider).scheduleCount());
}

/**
 * Connects the contracts of a deployment of a protocol config. Addresses go by the names that the contracts have in `Protocol`, those of
 * made-up tokens by `token_NAME`, those of pools by `pool_NAME`.
 */
export function connectProtocol(
  runner: ContractRunner,
  protocolConfig: ProtocolConfig,
  addresses: Readonly<Record<string, string>>,
): ProtocolContracts {
  const at = (key: string): string => {
    const address = addresses[key];
    if (address === undefined) throw new Error(`The deployment has no "${key}"`);
    return address;
  };
  return {
    access: AccessManager__factory.connect(at("access"), runner),
    brake: OperatorBrake__factory.connect(at("brake"), runner),
    factory: PoolFactory__factory.connect(at("factory"), runner),
    distributor: RewardDistributor__factory.connect(at("distributor"), runner),
    insuranceFund: InsuranceFund__factory.connect(at("insuranceFund"), runner),
    lens: StakingLens__factory.connect(at("lens"), runner),
    renderer: PositionRenderer__factory.connect(at("renderer"), runner),
    tokens: mapValues(protocolConfig.tokens, ({ address }, name) =>
      PlainToken__factory.connect(address ?? at(`token_${name}`), runner),
    ),
    flexiblePools: mapValues(protocolConfig.flexiblePools, (_, name) =>
      FlexiblePool__factory.connect(at(`pool_${name}`), runner),
    ),
    fixedTermPools: mapValues(protocolConfig.fixedTermPools, (_, name) =>
      FixedTermPool__factory.connect(at(`pool_${name}`), runner),
    ),
    schedules: Object.fromEntries(Object.keys(protocolConfig.schedules).map((name, i) => [name, BigInt(i)])),
  };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length !== 0) throw new ProtocolConfigError(problems);
}
