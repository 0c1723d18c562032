// `npm run deploy -- --network localhost|sepolia|…`: deploys, or completes, the protocol and its pools on that network, once whoever
// pays has agreed. The environment variable PARAMETERS names another file than the network's in `deploy/parameters`, as --parameters does.
import { existsSync } from "node:fs";
import path from "node:path";

import { formatEther } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { requireAgreement } from "../../tasks/lib/agreement.ts";
import { command, tell, type Answer } from "../../tasks/lib/command.ts";
import { catalogueWarnings } from "../lib/catalogue-check.ts";
import { loadCatalogue, type Catalogue } from "../lib/catalogue.ts";
import { checkedTarget, deployTo, type Protocol, type Target } from "../lib/deploy-protocol.ts";
import { LOCAL_CHAIN } from "../lib/deployment-files.ts";
import { MendableError } from "../lib/mendable-error.ts";
import { parametersPath } from "../lib/parameters-path.ts";
import { addressesOf, addressTable, poolTable, roleTable } from "../lib/tables.ts";
import { describePlan, planDeployment, type Plan } from "./plan.ts";

interface Arguments {
  json: boolean;
  yes: boolean;
  dryRun: boolean;
  confirmations: number;
  parameters: string | undefined;
}

export default command(async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Answer> => {
  if (args.confirmations < 1) throw new MendableError(`--confirmations is ${args.confirmations}; the least is 1`);
  const connection = await hre.network.create();
  try {
    const catalogue = await readCatalogue(connection.networkName, args.parameters);
    for (const { place, message } of catalogueWarnings(catalogue)) tell(`Mind ${place}: ${message}`);
    const target = await checkedTarget(connection, catalogue, { dry: args.dryRun });
    const plan = await planDeployment(target, catalogue);
    if (args.dryRun) return { data: plan, text: describePlan(plan, target) };

    tell(describePlan(plan, target));
    requireBalance(plan, target);
    if (plan.transactions > 0) await agree(args, target, connection.networkName);
    const protocol = await deployTo(connection, target, catalogue, { confirmations: args.confirmations, tell });
    return { data: await addressesOf(protocol), text: await describe(protocol, catalogue) };
  } finally {
    await connection.close();
  }
});

async function readCatalogue(networkName: string, file: string | undefined): Promise<Catalogue> {
  if (file !== undefined && !existsSync(file))
    throw new MendableError(`There are no parameters in ${path.resolve(file)}: name another file with --parameters`);
  return loadCatalogue(file === undefined ? parametersPath(networkName) : path.resolve(file));
}

function requireBalance({ gas, gasPrice, balance }: Plan, { deployer }: Target): void {
  const missing = gas * gasPrice - balance;
  if (missing <= 0n) return;
  throw new MendableError(
    `Nothing was sent: ${deployer.address} holds ${formatEther(missing)} ETH less than the deployment costs at today's price`,
  );
}

/** Nobody is asked on a local node, whose money is nobody's. */
async function agree({ yes }: Arguments, { chainId }: Target, networkName: string): Promise<void> {
  if (yes || chainId === LOCAL_CHAIN) return;
  const terminal = { input: process.stdin, output: process.stderr };
  await requireAgreement(`Deploy on ${networkName} (chain id ${chainId})?`, terminal);
}

async function describe(protocol: Protocol, catalogue: Catalogue): Promise<string> {
  const roles = "The roles on chain are as above; the deployer holds none.";
  return [await addressTable(protocol), roleTable(catalogue), roles, await poolTable(protocol)].join("\n");
}
