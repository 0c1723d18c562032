import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { mapValues, type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { connectProtocol } from "../../deploy/deploy-protocol.ts";
import { deployedAddresses, deployedWithArguments, deploymentId } from "../../deploy/records.ts";
import { UserError } from "../../shared/user-error.ts";
import { singletonAddress } from "../../deploy/singletons.ts";
import { readProtocolConfig } from "../lib/protocol-config.ts";
import { command, type Answer } from "../lib/command.ts";
import { EXIT } from "../lib/exit-codes.ts";
import { parseAddress } from "../lib/inputs.ts";
import type { ReadingArguments } from "../lib/options.ts";
import type { Subject } from "../verify/subject.ts";
import { verifyDeployment, type Verification } from "../verify/verify-deployment.ts";
import { withDeployment, type Deployment } from "../lib/deployment.ts";

interface Arguments extends ReadingArguments {
  protocolConfig: string | undefined;
}

export default command(async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Answer> =>
  withDeployment(hre, args, async (deployment) => {
    const protocolConfig = await readProtocolConfig(deployment, "--protocol-config", args.protocolConfig);
    const verification = await verifyDeployment(await subjectOf(deployment, args, protocolConfig));
    // The answer is complete; that something differs is told to scripts by the exit code.
    const exitCode = verification.findings.length === 0 ? EXIT.done : EXIT.drift;
    return { data: verification, text: write(deployment, verification), exitCode };
  }),
);

async function subjectOf(deployment: Deployment, args: Arguments, protocolConfig: ProtocolConfig): Promise<Subject> {
  const { provider, networkName, chainId } = deployment;
  const id = await deploymentId(provider);
  const deployed = await deployedAddresses(id);
  const at = (future: string, given?: string): string => {
    const address = given ?? deployed.get(future);
    if (address !== undefined) return address;
    throw new UserError(
      `The deployment's journal for the network ${networkName} (chain id ${chainId}) has no ${future}: it is another protocol config's, or ` +
        "incomplete. Name the right one with --protocol-config, or complete it with `npm run deploy`",
    );
  };
  const given = (address: string | undefined, option: string) =>
    address === undefined ? undefined : parseAddress(address, `--${option}`);
  const madeUp = Object.entries(protocolConfig.tokens).filter(([, token]) => token.address === undefined);
  const pools = { ...protocolConfig.flexiblePools, ...protocolConfig.fixedTermPools };
  const addresses = {
    access: at("Access#AccessManager"),
    factory: at("Factory#PoolFactory", given(args.factory, "factory")),
    distributor: at("RewardDistributor#RewardDistributor", given(args.distributor, "distributor")),
    insuranceFund: at("InsuranceFund#InsuranceFund", given(args.insuranceFund, "insurance-fund")),
    brake: at("OperatorBrake#OperatorBrake", given(args.brake, "brake")),
    lens: singletonAddress("StakingLens"),
    renderer: singletonAddress("PositionRenderer"),
    ...Object.fromEntries(madeUp.map(([name]) => [`token_${name}`, at(`DevTokens#${name}`)])),
    ...Object.fromEntries(Object.keys(pools).map((name) => [`pool_${name}`, at(`Pools#${name}`)])),
  };
  const access = (await deployedWithArguments(id)).find(({ future }) => future === "Access#AccessManager");
  const deployer = access?.constructorArguments[0];
  if (typeof deployer !== "string") throw new UserError(`The deployment's journal ${id} does not say who deployed`);
  return {
    provider,
    contracts: connectProtocol(provider, protocolConfig, mapValues(addresses, String)),
    protocolConfig,
    deployer: parseAddress(deployer, "The deployer"),
    firstBlock: await deployment.firstBlock(),
    block: await provider.getBlockNumber(),
  };
}

function write({ networkName, chainId }: Deployment, { block, contracts, holdings, findings }: Verification): string {
  const looked =
    `Looked at ${contracts} contracts and ${holdings} balances on the network ${networkName} (chain id ${chainId}), block ${block}: ` +
    "code, immutables, roles and delays, listing, config, terms, funders, recipients, schedules, solvency.";
  if (findings.length === 0) return `${looked}\nEverything is as build and protocol config say.`;
  const lines = findings.map(
    ({ check, place, expected, found }) => `  ${check}: ${place}\n    expected: ${expected}\n    found:    ${found}`,
  );
  return [looked, `${findings.length} ${findings.length === 1 ? "thing differs" : "things differ"}:`, ...lines].join(
    "\n",
  );
}
