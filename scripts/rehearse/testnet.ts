// A testnet out of a client: blocks come twelve seconds apart by the chain's clock, and as soon as they are wanted by ours. What a
// block holds then follows from what was sent alone, so that two clients can be held equal.
import { once } from "node:events";
import { createServer } from "node:http";

import { z } from "zod";

import { localUrl } from "../lib/local-node.ts";
import type { Client } from "./clients.ts";

/** Seconds between a block and the next, as on the testnet. */
export const BLOCK_TIME = 12n;
/** Blocks after the one of a transaction: as many as a deployment waits for. */
const CONFIRMATIONS = 5;

const quantity = z.string().transform(BigInt);
const block = z.object({
  number: quantity,
  timestamp: quantity,
  gasUsed: quantity,
  baseFeePerGas: quantity,
  transactions: z.array(z.unknown()),
});
const method = z.object({ method: z.string() });

/** What a chain shows of itself. */
export interface Character {
  readonly chainId: bigint;
  /** Wei for a unit of gas in the first block that the client was asked for. */
  readonly firstBaseFee: bigint;
  readonly leastBaseFee: bigint;
  /** Seconds from the block before to each block with a transaction. */
  readonly blockTimes: readonly bigint[];
}

export interface Testnet {
  readonly name: string;
  readonly url: string;
  /** Lets time pass on the chain. */
  pass(seconds: bigint): Promise<void>;
  /** Unix seconds of the latest block. */
  now(): Promise<bigint>;
  /** Gas of all transactions since the time, in Unix seconds. */
  gasSince(time: bigint): Promise<bigint>;
  /** What makes it the testnet, read from the blocks that it has. */
  character(): Promise<Character>;
  /** Gives an account ether, which on a testnet a faucet does. */
  give(account: string, wei: bigint): Promise<void>;
  stop(): Promise<void>;
}

/** Serves a client as a testnet whose first block is of `start`, in Unix seconds. */
export async function serveTestnet(client: Client, start: bigint): Promise<Testnet> {
  const { rpc } = client;
  const blockAt = async (number: bigint | "latest") => {
    const tag = number === "latest" ? number : `0x${number.toString(16)}`;
    return block.parse(await rpc.send("eth_getBlockByNumber", [tag, false]));
  };
  const now = async () => (await blockAt("latest")).timestamp;
  const mineAt = async (time: bigint) => {
    await rpc.send("evm_setNextBlockTimestamp", [Number(time)]);
    await rpc.send("evm_mine");
  };
  let queue = Promise.resolve("");
  /** One after the other: each transaction has a block of its own. */
  const broadcast = async (body: string): Promise<string> => {
    queue = queue.then(async () => {
      const answer = await rpc.pass(body);
      for (let i = 0; i <= CONFIRMATIONS; i += 1) await mineAt((await now()) + BLOCK_TIME);
      return answer;
    });
    return queue;
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const sends = method.safeParse(JSON.parse(body)).data?.method === "eth_sendRawTransaction";
      (sends ? broadcast(body) : rpc.pass(body)).then(
        (answer) => response.writeHead(200, { "content-type": "application/json" }).end(answer),
        () => response.writeHead(502).end(),
      );
    });
  });
  server.keepAliveTimeout = 0; // a command that takes its time must not find its connection closed
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port");
  await mineAt(start);
  return {
    name: client.name,
    url: localUrl(address.port),
    now,
    pass: async (seconds) => mineAt((await now()) + seconds),
    async gasSince(time) {
      let sum = 0n;
      for (let each = await blockAt("latest"); each.timestamp > time; each = await blockAt(each.number - 1n))
        sum += each.gasUsed;
      return sum;
    },
    async character() {
      const blockTimes: bigint[] = [];
      const last = await blockAt("latest");
      let before = await blockAt(0n);
      const first = await blockAt(1n);
      let least = first.baseFeePerGas;
      for (let number = 1n; number <= last.number; number++) {
        const each = await blockAt(number);
        if (each.baseFeePerGas < least) least = each.baseFeePerGas;
        // What creates the deployment proxy belongs to the testnet's past.
        if (each.transactions.length > 0 && before.timestamp >= start)
          blockTimes.push(each.timestamp - before.timestamp);
        before = each;
      }
      const chainId = quantity.parse(await rpc.send("eth_chainId"));
      return { chainId, firstBaseFee: first.baseFeePerGas, leastBaseFee: least, blockTimes };
    },
    async give(account, wei) {
      await rpc.send("hardhat_setBalance", [account, `0x${wei.toString(16)}`]);
      await mineAt((await now()) + BLOCK_TIME);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await client.stop();
    },
  };
}
