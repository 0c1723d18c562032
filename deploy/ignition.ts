import {
  errorDeploymentResultToExceptionMessage,
  HardhatArtifactResolver,
} from "@nomicfoundation/hardhat-ignition/helpers";
import {
  deploy,
  DeploymentResultType,
  ExecutionEventResultType,
  type DeployConfig,
  type ExecutionEventListener,
  type ExecutionEventResult,
  type IgnitionModule,
  type IgnitionModuleResult,
} from "@nomicfoundation/ignition-core";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { deploymentFolder } from "./records.ts";
import { UserError } from "../shared/user-error.ts";

export interface IgnitionOptions {
  readonly deploymentId: string;
  /** Address of the account that sends. */
  readonly deployer: string;
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string | bigint>>>>;
  readonly config: Partial<DeployConfig>;
  /** Told each step in a line, when it is done. */
  readonly tell: (line: string) => void;
}

/**
 * Deploys a module, or completes its deployment, and returns the addresses of its results by name.
 * Ignition's own helper does the same with a display that repaints itself, of which a log without a terminal keeps hundreds of lines.
 */
export async function deployModule(
  connection: NetworkConnection,
  module: IgnitionModule<string, string, IgnitionModuleResult<string>>,
  { deploymentId, deployer, parameters, config, tell }: IgnitionOptions,
): Promise<Record<string, string>> {
  const result = await deploy({
    config,
    provider: connection.provider,
    ...(connection.networkConfig.type === "http" && { deploymentDir: deploymentFolder(deploymentId) }),
    executionEventListener: listener(tell),
    artifactResolver: new HardhatArtifactResolver(hre.artifacts),
    ignitionModule: module,
    deploymentParameters: parameters,
    accounts: [deployer],
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT)
    throw new UserError(errorDeploymentResultToExceptionMessage(result));
  return Object.fromEntries(
    Object.entries(module.results).map(([name, { id }]) => {
      const address = result.contracts[id]?.address;
      if (address === undefined) throw new Error(`Ignition gave no address of ${id}`);
      return [name, address];
    }),
  );
}

const nothing = (): Promise<void> => Promise.resolve();

/** One line for each step that sends something, when it is done. */
function listener(tell: (line: string) => void): ExecutionEventListener {
  const completed = ({ futureId, result }: { futureId: string; result: ExecutionEventResult }): Promise<void> => {
    if (result.type === ExecutionEventResultType.SUCCESS) tell(`${futureId}: ${result.result ?? "done"}`);
    else tell(`${futureId}: ${"error" in result ? result.error : result.type}`);
    return Promise.resolve();
  };
  const bumped = ({ futureId }: { futureId: string }): Promise<void> => {
    tell(`${futureId}: sent again with higher fees`);
    return Promise.resolve();
  };
  return {
    deploymentExecutionStateComplete: completed,
    callExecutionStateComplete: completed,
    onchainInteractionBumpFees: bumped,
    batchInitialize: nothing,
    beginNextBatch: nothing,
    callExecutionStateInitialize: nothing,
    contractAtExecutionStateInitialize: nothing,
    deploymentComplete: nothing,
    deploymentExecutionStateInitialize: nothing,
    deploymentInitialize: nothing,
    deploymentStart: nothing,
    encodeFunctionCallExecutionStateInitialize: nothing,
    networkInteractionRequest: nothing,
    onchainInteractionDropped: nothing,
    onchainInteractionReplacedByUser: nothing,
    onchainInteractionTimeout: nothing,
    readEventArgumentExecutionStateInitialize: nothing,
    reconciliationWarnings: nothing,
    runStart: nothing,
    sendDataExecutionStateComplete: nothing,
    sendDataExecutionStateInitialize: nothing,
    setModuleId: nothing,
    setStrategy: nothing,
    staticCallComplete: nothing,
    staticCallExecutionStateComplete: nothing,
    staticCallExecutionStateInitialize: nothing,
    transactionConfirm: nothing,
    transactionPrepareSend: nothing,
    transactionSend: nothing,
    wipeApply: nothing,
  };
}
