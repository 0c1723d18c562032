// What tasks have in common on the command line. Only this and the definitions are read when Hardhat starts: actions are loaded when
// they run.
import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

/** Options of every task. */
export interface ReadingArguments {
  json: boolean;
  factory: string | undefined;
  lens: string | undefined;
  distributor: string | undefined;
  insuranceFund: string | undefined;
  brake: string | undefined;
  fromBlock: string | undefined;
  patience: number;
}

/** Options of every task that sends transactions. */
export interface SendingArguments extends ReadingArguments {
  from: string | undefined;
  yes: boolean;
  dryRun: boolean;
  confirmations: number;
  timeout: number;
  journal: string | undefined;
  propose: string | undefined;
}

/** An option that has no default. */
export const optional = { type: ArgumentType.STRING_WITHOUT_DEFAULT, defaultValue: undefined } as const;

/** Begins the definition of a task that only reads. */
export function readingTask(id: string, description: string) {
  return task(id, description)
    .addFlag({
      name: "json",
      description: "Prints JSON; amounts are base units, as decimal strings, times Unix seconds",
    })
    .addOption({ name: "factory", description: "PoolFactory, unless this project deployed it", ...optional })
    .addOption({ name: "lens", description: "StakingLens, unless it stands where it does on every chain", ...optional })
    .addOption({ name: "distributor", description: "RewardDistributor, unless this project deployed it", ...optional })
    .addOption({ name: "insuranceFund", description: "InsuranceFund, unless this project deployed it", ...optional })
    .addOption({ name: "brake", description: "OperatorBrake, unless this project deployed it", ...optional })
    .addOption({
      name: "fromBlock",
      description: "Block from which events are read; by default the first of the deployment that this project made",
      ...optional,
    })
    .addOption({
      name: "patience",
      description: "Seconds for which a question is asked again that the node does not answer",
      type: ArgumentType.INT,
      defaultValue: 20,
    });
}

/** How everything that sends waits for its transactions, and where it keeps its journal. */
export const CONFIRMATIONS = {
  name: "confirmations",
  description: "Blocks to wait for, the transaction's own included",
  type: ArgumentType.INT,
  defaultValue: 1,
} as const;
export const TIMEOUT = {
  name: "timeout",
  description: "Seconds to wait for a transaction, or for a lost connection to come back",
  type: ArgumentType.INT,
  defaultValue: 600,
} as const;
export const JOURNAL = {
  name: "journal",
  description: "Folder of the journal; by default journal/",
  ...optional,
} as const;

/** Begins the definition of a task that sends transactions. */
export function sendingTask(id: string, description: string) {
  return readingTask(id, description)
    .addOption({ name: "from", description: "Account that acts; by default the network's first", ...optional })
    .addFlag({ name: "yes", description: "Does not ask before spending, for scripts" })
    .addFlag({ name: "dryRun", description: "Checks and simulates everything, and sends nothing" })
    .addOption(CONFIRMATIONS)
    .addOption(TIMEOUT)
    .addOption(JOURNAL)
    .addOption({
      name: "propose",
      description: "Writes a Safe transaction-builder batch for the Safe --from to this file, and sends nothing",
      ...optional,
    });
}
