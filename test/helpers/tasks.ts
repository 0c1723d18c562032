import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { network } from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HttpNetworkAccountsUserConfig } from "hardhat/types/config";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { TaskArguments } from "hardhat/types/tasks";
import { after } from "mocha";

import config from "../../hardhat.config.ts";
import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { deployProtocol, type Protocol } from "../../deploy/deploy-protocol.ts";
import { deploymentId, removeDeployment } from "../../deploy/records.ts";
import { fundProtocol } from "../../deploy/fund.ts";
import { optionalKey } from "../../deploy/optional-keys.ts";
import { freePort, startLocalNode, type LocalNode } from "../../scripts/lib/local-node.ts";
import { EXIT, exitWith, wantedExitCode } from "../../tasks/lib/exit-codes.ts";
import { startAnvil } from "./anvil.ts";

const MNEMONIC = "test test test test test test test test test test test junk";
const TOKENS_EACH = 100_000n;

/** What a task gave. */
export interface Ran {
  readonly ok: boolean;
  /** The code with which the process would have ended. */
  readonly exitCode: number;
  /** The answer, or the explanation of a refusal. */
  readonly value: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** A local node with the protocol on it, deployed and funded as `npm start` does. */
export interface TaskStage {
  readonly node: LocalNode;
  readonly connection: NetworkConnection;
  readonly protocol: Protocol;
  /** Ends with the tests. */
  readonly directory: string;
  readonly accounts: Readonly<Record<"ADMIN" | "OPERATOR" | "GUARDIAN" | "STAKER" | "OTHER", string>>;
  /** Runs a task in this process as the command line would; `url` is another way to the node. */
  readonly run: (name: string, args?: TaskArguments, url?: string) => Promise<Ran>;
  /** As `run`, on a network whose key is set nowhere. */
  readonly runWithoutKey: (name: string, args?: TaskArguments) => Promise<Ran>;
}

/** Nodes of different authors that a stage can stand on. */
export const CLIENTS = ["hardhat", "anvil"] as const;
export type Client = (typeof CLIENTS)[number];

const stages = new Map<Client, Promise<TaskStage>>();

/** The stage that all tests of tasks share; each takes back what it did. */
export async function taskStage(client: Client = "hardhat"): Promise<TaskStage> {
  const stage = stages.get(client) ?? start(client);
  stages.set(client, stage);
  return stage;
}

after(async () => {
  for (const stage of stages.values()) {
    const { node, connection, directory } = await stage;
    const journal = await deploymentId(connection.ethers.provider);
    await connection.close();
    await node.stop();
    await removeDeployment(journal);
    await rm(directory, { recursive: true });
  }
});

async function start(client: Client): Promise<TaskStage> {
  const node = await (client === "anvil" ? startAnvil() : startLocalNode(await freePort()));
  const connection = await network.create({ network: "localhost", override: { url: node.url } });
  await connection.ethers.provider.send("hardhat_setLoggingEnabled", [false]);
  const protocolConfig = await loadProtocolConfig(new URL("../../deploy/config/local.json5", import.meta.url));
  const protocol = await deployProtocol(connection, protocolConfig);
  await fundProtocol(protocol, protocolConfig, connection.networkHelpers);
  const signers = await connection.ethers.getSigners();
  const account = (i: number) => signers[i]?.address ?? "";
  const accounts = {
    ADMIN: account(1),
    OPERATOR: account(2),
    GUARDIAN: account(3),
    STAKER: account(5),
    OTHER: account(6),
  };
  for (const [name, token] of Object.entries(protocol.tokens)) {
    for (const who of [accounts.STAKER, accounts.OTHER, accounts.OPERATOR]) {
      await token.mint(who, TOKENS_EACH * 10n ** BigInt(protocolConfig.tokens[name]?.decimals ?? 0));
    }
  }
  const directory = await mkdtemp(path.join(tmpdir(), "termstake-tasks-"));
  const environments = new Map<string, Promise<HardhatRuntimeEnvironment>>();
  return {
    node,
    connection,
    protocol,
    directory,
    accounts,
    async run(name, args = {}, url = node.url) {
      const environment = environments.get(url) ?? environmentAt(url);
      environments.set(url, environment);
      const task = (await environment).tasks.getTask(name);
      const defaults = task.options.has("journal") ? { journal: path.join(directory, "journal") } : {};
      return captured(async () => task.run({ ...defaults, ...args }));
    },
    async runWithoutKey(name, args = {}) {
      const environment = await environmentAt(node.url, [optionalKey("NOBODY_SETS_THIS_KEY")]);
      return captured(async () => environment.tasks.getTask(name).run(args));
    },
  };
}

/** A Hardhat of its own whose network is at `url` and has the keys of the local accounts. */
async function environmentAt(
  url: string,
  accounts: HttpNetworkAccountsUserConfig = { mnemonic: MNEMONIC },
): Promise<HardhatRuntimeEnvironment> {
  const localhost = { type: "http", chainType: "l1", url, accounts } as const;
  const root = path.join(import.meta.dirname, "..", "..");
  return createHardhatRuntimeEnvironment(
    { ...config, networks: { ...config.networks, localhost } },
    { network: "localhost" },
    root,
  );
}

async function captured(run: () => Promise<unknown>): Promise<Ran> {
  const { log, error } = console;
  const [stdout, stderr]: [string[], string[]] = [[], []];
  console.log = (text: unknown) => stdout.push(String(text));
  console.error = (text: unknown) => stderr.push(String(text));
  try {
    exitWith(EXIT.done);
    const result = await run();
    const texts = { stdout: stdout.join("\n"), stderr: stderr.join("\n"), exitCode: wantedExitCode() };
    if (typeof result !== "object" || result === null || !("success" in result))
      throw new Error("The task gave no result");
    if (result.success === true && "value" in result) return { ok: true, value: result.value, ...texts };
    return { ok: false, value: "error" in result ? result.error : undefined, ...texts };
  } finally {
    console.log = log;
    console.error = error;
  }
}

/** Requires that a task did what it should, and gives its answer. */
export function answer(ran: Ran): unknown {
  expect(ran.ok, ran.stderr).to.equal(true);
  return ran.value;
}

/** Requires that a task refused with a sentence. */
export function expectRefusal(ran: Ran, sentence: string | RegExp): void {
  expect(ran.ok, ran.stdout).to.equal(false);
  expect(ran.stderr).to.match(
    typeof sentence === "string" ? new RegExp(sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")) : sentence,
  );
}
