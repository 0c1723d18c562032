// A testnet out of a client: a block comes every `INTERVAL_MS`, whatever was sent, twelve seconds after the last by the chain's clock.
// A block with transactions comes at the next whole `SLOT`, and the chain rests a few blocks later until something is sent: how quick
// the machine is then changes no time that a contract sees, so that two clients can be held equal.
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { localUrl } from "../../scripts/lib/local-node.ts";
import type { Client } from "./clients.ts";

/** Seconds between a block and the next, as on the testnet. */
export const BLOCK_TIME = 12n;
/** Our milliseconds between them. */
const INTERVAL_MS = 200;
/** Blocks after the last one with a transaction: one more than a deployment waits for. */
const BLOCKS_BEFORE_REST = 6n;
/** Seconds from one block with transactions to the next, at least. */
const SLOT = BLOCK_TIME * (BLOCKS_BEFORE_REST + 4n);

const quantity = z.string().transform(BigInt);
const block = z.object({
  number: quantity,
  timestamp: quantity,
  gasUsed: quantity,
  baseFeePerGas: quantity,
  transactions: z.array(z.unknown()),
});
const method = z.object({ method: z.string() });
const accepted = z.object({ result: z.string() });

/** What a chain shows of itself. */
export interface Character {
  readonly chainId: bigint;
  /** Wei for a unit of gas in the first block that the client was asked for. */
  readonly firstBaseFee: bigint;
  readonly leastBaseFee: bigint;
  /** Blocks since the testnet began that do not keep its times. */
  readonly irregularBlocks: number;
}

export interface Testnet {
  readonly name: string;
  readonly url: string;
  /** Lets time pass on the chain. */
  pass(seconds: bigint): Promise<void>;
  /** Brings the chain to a time, in Unix seconds. */
  passTo(time: bigint): Promise<void>;
  /** Resolves once no block comes until something is sent. */
  rested(): Promise<void>;
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
  /** Time of the last block that had transactions, or to which time was brought. */
  let clock = start;
  let [waiting, resting] = [false, false];
  let queue: Promise<unknown> = Promise.resolve();
  /** One after the other, so that no block comes between a transaction and its answer. */
  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    const turn = queue.then(act);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const mineNext = async (): Promise<void> => {
    const next = (await now()) + BLOCK_TIME;
    if (waiting) clock += SLOT;
    resting = !waiting && next > clock + BLOCK_TIME * BLOCKS_BEFORE_REST;
    if (!resting) await mineAt(waiting ? clock : next);
    waiting = false;
  };
  const broadcast = async (body: string): Promise<string> => {
    const answer = await rpc.pass(body);
    if (accepted.safeParse(JSON.parse(answer)).success) [waiting, resting] = [true, false];
    return answer;
  };
  const passTo = async (time: bigint): Promise<void> =>
    inTurn(async () => {
      if (waiting || time < clock + SLOT)
        throw new Error("Time is brought on while nothing is sent, and by a slot or more");
      await mineAt(time);
      [clock, resting] = [time, false];
    });
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const sends = method.safeParse(JSON.parse(body)).data?.method === "eth_sendRawTransaction";
      (sends ? inTurn(async () => broadcast(body)) : rpc.pass(body)).then(
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
  const ending = new AbortController();
  const mining = mineUntil(ending.signal, async () => inTurn(mineNext));
  return {
    name: client.name,
    url: localUrl(address.port),
    now,
    pass: async (seconds) => passTo(clock + seconds),
    passTo,
    async rested() {
      while (!resting) await Promise.race([sleep(INTERVAL_MS / 4), mining]);
    },
    async gasSince(time) {
      let sum = 0n;
      for (let each = await blockAt("latest"); each.timestamp > time; each = await blockAt(each.number - 1n))
        sum += each.gasUsed;
      return sum;
    },
    async character() {
      const [first, last] = [await blockAt(1n), await blockAt("latest")];
      let [least, before, irregularBlocks] = [first.baseFeePerGas, first, 0];
      for (let number = 2n; number <= last.number; number++) {
        const each = await blockAt(number);
        if (each.baseFeePerGas < least) least = each.baseFeePerGas;
        // What creates the deployment proxy belongs to the testnet's past.
        const time = each.timestamp - before.timestamp;
        if (before.timestamp >= start && (time < BLOCK_TIME || time % BLOCK_TIME !== 0n)) irregularBlocks += 1;
        before = each;
      }
      const chainId = quantity.parse(await rpc.send("eth_chainId"));
      return { chainId, firstBaseFee: first.baseFeePerGas, leastBaseFee: least, irregularBlocks };
    },
    async give(account, wei) {
      await rpc.send("hardhat_setBalance", [account, `0x${wei.toString(16)}`]);
    },
    async stop() {
      ending.abort();
      await mining;
      server.close();
      server.closeAllConnections();
      await client.stop();
    },
  };
}

async function mineUntil(end: AbortSignal, mine: () => Promise<void>): Promise<void> {
  while (!end.aborted) {
    await sleep(INTERVAL_MS);
    await mine();
  }
}
