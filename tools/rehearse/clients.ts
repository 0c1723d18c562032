// The two clients that a rehearsal runs on, each a process of its own and each as the testnet: its chain id and its base fee.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { Transaction } from "ethers";

import { freePort, localUrl } from "../../scripts/lib/local-node.ts";
import { DEPLOYMENT_PROXY, PROXY_CREATION } from "../../deploy/singletons.ts";
import { JsonRpc } from "./json-rpc.ts";

export const SEPOLIA = 11_155_111;
const HOST = "127.0.0.1";
/** Wei for a unit of gas in the first block. */
export const BASE_FEE = 1_000_000_000n;

export interface Client {
  readonly name: string;
  readonly url: string;
  readonly rpc: JsonRpc;
  stop(): Promise<void>;
}

/** Rules of the chain: those that the compiler targets, and those of the testnets today. */
export const HARDFORKS = ["cancun", "osaka"] as const;
export type Hardfork = (typeof HARDFORKS)[number];

export interface ClientKind {
  readonly name: string;
  readonly program: string;
  readonly args: (port: number, hardfork: Hardfork) => string[];
  /** Brings a client that has just started to where both begin; it mines by itself every `seconds`, or whenever it is told to. */
  readonly prepare: (rpc: JsonRpc, seconds: number | undefined) => Promise<void>;
}

/** Hardhat's EVM and Foundry's: two implementations of the node, by different authors. */
export const CLIENTS: readonly ClientKind[] = [
  {
    name: "hardhat",
    program: "hardhat",
    args: (port, hardfork) => [
      ...["node", "--network", hardfork === "osaka" ? "default" : hardfork],
      ...["--hostname", HOST, "--port", String(port), "--chain-id", String(SEPOLIA)],
    ],
    async prepare(rpc, seconds) {
      await rpc.send("evm_setAutomine", [false]);
      await rpc.send("hardhat_setNextBlockBaseFeePerGas", [`0x${BASE_FEE.toString(16)}`]);
      if (seconds !== undefined) await rpc.send("evm_setIntervalMining", [seconds * 1_000]);
    },
  },
  {
    name: "anvil",
    program: "anvil",
    args: (port, hardfork) => [
      ...["--host", HOST, "--port", String(port), "--chain-id", String(SEPOLIA), "--hardfork", hardfork],
      ...["--disable-default-create2-deployer", "--no-mining", "--block-base-fee-per-gas", String(BASE_FEE), "--quiet"],
    ],
    async prepare(rpc, seconds) {
      if (seconds !== undefined) await rpc.send("evm_setIntervalMining", [seconds]);
    },
  },
];

export interface ClientOptions {
  readonly hardfork: Hardfork;
  /** Seconds between blocks, which come by themselves; without it, whoever starts the client has to mine. */
  readonly blockSeconds?: number;
}

/** Starts a client on a free port of 127.0.0.1 and waits until it answers. It ends with this process at the latest. */
export async function startClient(kind: ClientKind, { hardfork, blockSeconds }: ClientOptions): Promise<Client> {
  const root = new URL("../../", import.meta.url);
  const port = await freePort();
  const program = fileURLToPath(new URL(`node_modules/.bin/${kind.program}`, root));
  const child = spawn(program, kind.args(port, hardfork), { cwd: root, stdio: "ignore" });
  const end = () => child.kill("SIGTERM"); // what npm starts anvil by passes on no other signal
  process.once("exit", end);
  const ended = once(child, "exit").then(() => process.off("exit", end));
  const client = {
    name: kind.name,
    url: localUrl(port),
    rpc: new JsonRpc(localUrl(port)),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
  // A busy machine takes its time; a client that cannot start ends by itself.
  while (!(await client.rpc.answers())) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${kind.name} ended before it answered`);
    await sleep(50);
  }
  await kind.prepare(client.rpc, blockSeconds);
  await createDeploymentProxy(client.rpc, blockSeconds === undefined);
  return client;
}

/** Every testnet has it, in its past. */
async function createDeploymentProxy(rpc: JsonRpc, mine: boolean): Promise<void> {
  const { from } = Transaction.from(PROXY_CREATION);
  await rpc.send("hardhat_setBalance", [from, "0xde0b6b3a7640000"]);
  await rpc.send("eth_sendRawTransaction", [PROXY_CREATION]);
  if (mine) await rpc.send("evm_mine");
  while ((await rpc.send("eth_getCode", [DEPLOYMENT_PROXY, "latest"])) === "0x") {
    if (mine) throw new Error("The deployment proxy was not created");
    await sleep(50);
  }
}
