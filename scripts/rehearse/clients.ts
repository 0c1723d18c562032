// The two clients that a rehearsal runs on, each a process of its own and each as the testnet: its chain id and its base fee.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { Transaction } from "ethers";

import { freePort, localUrl } from "../lib/local-node.ts";
import { DEPLOYMENT_PROXY, PROXY_CREATION } from "../lib/singletons.ts";
import { JsonRpc } from "./json-rpc.ts";

export const SEPOLIA = 11_155_111;
const HOST = "127.0.0.1";
/** Wei for a unit of gas in the first block. */
export const BASE_FEE = 1_000_000_000n;
const START_TIMEOUT_MS = 60_000;

export interface Client {
  readonly name: string;
  readonly url: string;
  readonly rpc: JsonRpc;
  stop(): Promise<void>;
}

interface ClientKind {
  readonly name: string;
  readonly program: string;
  readonly args: (port: number) => string[];
  /** Brings a client that has just started to where both begin. */
  readonly prepare: (rpc: JsonRpc) => Promise<void>;
}

/** Hardhat's EVM and Foundry's: two implementations of the node, by different authors. Neither mines by itself. */
export const CLIENTS: readonly ClientKind[] = [
  {
    name: "hardhat",
    program: "hardhat",
    args: (port) => ["node", "--hostname", HOST, "--port", String(port), "--chain-id", String(SEPOLIA)],
    async prepare(rpc) {
      await rpc.send("evm_setAutomine", [false]);
      await rpc.send("hardhat_setNextBlockBaseFeePerGas", [`0x${BASE_FEE.toString(16)}`]);
    },
  },
  {
    name: "anvil",
    program: "anvil",
    args: (port) => [
      ...["--host", HOST, "--port", String(port), "--chain-id", String(SEPOLIA), "--hardfork", "osaka"],
      ...["--disable-default-create2-deployer", "--no-mining", "--block-base-fee-per-gas", String(BASE_FEE), "--quiet"],
    ],
    async prepare() {
      // All of it is said when it starts.
    },
  },
];

/** Starts a client on a free port of 127.0.0.1 and waits until it answers. It ends with this process at the latest. */
export async function startClient({ name, program, args, prepare }: ClientKind): Promise<Client> {
  const root = new URL("../../", import.meta.url);
  const port = await freePort();
  const child = spawn(fileURLToPath(new URL(`node_modules/.bin/${program}`, root)), args(port), {
    cwd: root,
    stdio: "ignore",
  });
  const end = () => child.kill("SIGTERM"); // what npm starts anvil by passes on no other signal
  process.once("exit", end);
  const ended = once(child, "exit").then(() => process.off("exit", end));
  const client = {
    name,
    url: localUrl(port),
    rpc: new JsonRpc(localUrl(port)),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await client.rpc.answers())) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} ended before it answered`);
    if (Date.now() > deadline) throw new Error(`${name} did not answer within ${START_TIMEOUT_MS / 1_000} s`);
    await sleep(50);
  }
  await prepare(client.rpc);
  await createDeploymentProxy(client.rpc);
  return client;
}

/** Every testnet has it. */
async function createDeploymentProxy(rpc: JsonRpc): Promise<void> {
  const { from } = Transaction.from(PROXY_CREATION);
  await rpc.send("hardhat_setBalance", [from, "0xde0b6b3a7640000"]);
  await rpc.send("eth_sendRawTransaction", [PROXY_CREATION]);
  await rpc.send("evm_mine");
  if ((await rpc.send("eth_getCode", [DEPLOYMENT_PROXY, "latest"])) === "0x")
    throw new Error("The deployment proxy was not created");
}
