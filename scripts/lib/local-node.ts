import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { UserError } from "../../shared/user-error.ts";

/** The one interface that local nodes listen on: nobody else on the network is to use them. */
const HOST = "127.0.0.1";
const DEFAULT_PORT = 8545;
const STOP_TIMEOUT_MS = 5_000;

/** A running local EVM node. */
export interface LocalNode {
  readonly port: number;
  readonly url: string;
  /** Settles when the node's process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends the node and waits until it has. */
  stop(): Promise<void>;
}

/** Port of the local node: 8545, or what the environment variable LOCAL_PORT says. */
export function localPort(): number {
  const text = process.env["LOCAL_PORT"] ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UserError(`LOCAL_PORT is "${text}", which is no port`);
  return port;
}

/** URL of a local node's JSON-RPC. */
export function localUrl(port: number): string {
  return `http://${HOST}:${port}`;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  return listenOnce(0);
}

/**
 * Starts a local EVM node on 127.0.0.1 and waits until it answers. It ends with this process at the latest.
 * Throws, and starts nothing, if the port is taken.
 */
export async function startLocalNode(port: number): Promise<LocalNode> {
  await requireFree(port);
  const root = new URL("../../", import.meta.url);
  // Not through npx, which would leave the node running when it is ended itself.
  const hardhat = fileURLToPath(new URL("node_modules/.bin/hardhat", root));
  const child = spawn(process.execPath, [hardhat, "node", "--hostname", HOST, "--port", String(port)], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints = (complaints + text).slice(-2_000)));
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  const ended = once(child, "exit").then(() => {
    process.off("exit", endWithUs);
  });

  const node: LocalNode = {
    port,
    url: localUrl(port),
    ended,
    async stop() {
      child.kill("SIGTERM");
      const gone = await Promise.race([ended.then(() => true), sleep(STOP_TIMEOUT_MS, false, { ref: false })]);
      if (!gone) child.kill("SIGKILL");
      await ended;
    },
  };
  // A busy machine takes its time; a node that cannot start ends by itself.
  while (!(await answers(node.url))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The local node ended:\n${complaints}`);
    await sleep(50);
  }
  return node;
}

async function requireFree(port: number): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") throw error;
    throw new UserError(
      `Port ${port} of ${HOST} is taken, perhaps by another node: end that program, or set LOCAL_PORT to another port`,
      { cause: error },
    );
  }
}

/** Listens for a moment and returns the port; 0 lets the system choose one. */
async function listenOnce(port: number): Promise<number> {
  const server = createServer();
  server.listen(port, HOST);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port");
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  try {
    return (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body })).ok;
  } catch {
    return false; // not listening yet
  }
}
