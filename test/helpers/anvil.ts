import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { freePort, localUrl, type LocalNode } from "../../scripts/lib/local-node.ts";

const HOST = "127.0.0.1";

/** Starts anvil, another author's node, with the local node's chain id, fork and accounts, and waits until it answers. */
export async function startAnvil(): Promise<LocalNode> {
  const port = await freePort();
  const anvil = fileURLToPath(new URL("../../node_modules/.bin/anvil", import.meta.url));
  const args = [
    ...["--host", HOST, "--port", String(port), "--chain-id", "31337", "--hardfork", "osaka", "--quiet"],
    "--disable-default-create2-deployer", // Hardhat's node has none either: each deployment sends the same
  ];
  const child = spawn(anvil, args, { stdio: "ignore" });
  const endWithUs = () => child.kill("SIGTERM"); // the wrapper from npm passes nothing else on
  process.once("exit", endWithUs);
  const ended = once(child, "exit").then(() => {
    process.off("exit", endWithUs);
  });
  const url = localUrl(port);
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  const headers = { "content-type": "application/json" };
  while (!(await fetch(url, { method: "POST", headers, body }).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("anvil ended before it answered");
    await sleep(50);
  }
  return {
    port,
    url,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
