// `npm run deploy -- --network localhost|sepolia|…`: deploys, or completes, the protocol and its pools on that network, once whoever
// pays has agreed. The environment variable PROTOCOL_CONFIG names another file than the network's in `deploy/config`, as --protocol-config does.
import { existsSync } from "node:fs";
import path from "node:path";

import { formatEther } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { requireAgreement } from "../../tasks/lib/agreement.ts";
import { command, tell, type Answer } from "../../tasks/lib/command.ts";
import { protocolConfigWarnings } from "../../deploy/config/validation.ts";
import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { checkedTarget, deployTo, type Protocol, type Target } from "../../deploy/deploy-protocol.ts";
import { LOCAL_CHAIN } from "../../deploy/records.ts";
import { UserError } from "../../shared/user-error.ts";
import { configPath } from "../../deploy/config/config-path.ts";
import { addressesOf, addressTable, poolTable, roleTable } from "../../deploy/tables.ts";
import { describePlan, planDeployment, type Plan } from "./plan.ts";

interface Arguments {
  json: boolean;
  yes: boolean;
  dryRun: boolean;
  confirmations: number;
  protocolConfig: string | undefined;
}

export default command(async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Answer> => {
  if (args.confirmations < 1) throw new UserError(`--confirmations is ${args.confirmations}; the least is 1`);
  const connection = await hre.network.create();
  try {
    const protocolConfig = await readProtocolConfig(connection.networkName, args.protocolConfig);
    for (const { place, message } of protocolConfigWarnings(protocolConfig)) tell(`Mind ${place}: ${message}`);
    const target = await checkedTarget(connection, protocolConfig, { dry: args.dryRun });
    const plan = await planDeployment(target, protocolConfig);
    if (args.dryRun) return { data: plan, text: describePlan(plan, target) };

    tell(describePlan(plan, target));
    requireBalance(plan, target);
    if (plan.transactions > 0) await agree(args, target, connection.networkName);
    const protocol = await deployTo(connection, target, protocolConfig, { confirmations: args.confirmations, tell });
    return { data: await addressesOf(protocol), text: await describe(protocol, protocolConfig) };
  } finally {
    await connection.close();
  }
});

async function readProtocolConfig(networkName: string, file: string | undefined): Promise<ProtocolConfig> {
  if (file !== undefined && !existsSync(file))
    throw new UserError(
      `There is no protocol config in ${path.resolve(file)}: name another file with --protocol-config`,
    );
  return loadProtocolConfig(file === undefined ? configPath(networkName) : path.resolve(file));
}

function requireBalance({ gas, gasPrice, balance }: Plan, { deployer }: Target): void {
  const missing = gas * gasPrice - balance;
  if (missing <= 0n) return;
  throw new UserError(
    `Nothing was sent: ${deployer.address} holds ${formatEther(missing)} ETH less than the deployment costs at today's price`,
  );
}

/** Nobody is asked on a local node, whose money is nobody's. */
async function agree({ yes }: Arguments, { chainId }: Target, networkName: string): Promise<void> {
  if (yes || chainId === LOCAL_CHAIN) return;
  const terminal = { input: process.stdin, output: process.stderr };
  await requireAgreement(`Deploy on ${networkName} (chain id ${chainId})?`, terminal);
}

async function describe(protocol: Protocol, protocolConfig: ProtocolConfig): Promise<string> {
  const roles = "The roles on chain are as above; the deployer holds none.";
  return [await addressTable(protocol), roleTable(protocolConfig), roles, await poolTable(protocol)].join("\n");
}
