// What is read has to be all of it, each log once and in order, whatever a node's limits are and in whichever words it says them.
import { asksTooMuch, LogPager, parseLog, type LogPagerOptions, type RpcLogFilter } from "@termstake/sdk/logs";
import { expect } from "chai";
import { getAddress, JsonRpcProvider, makeError, toBeHex, zeroPadValue } from "ethers";
import { BaseError, HttpRequestError, LimitExceededRpcError, RpcRequestError, TimeoutError } from "viem";

const [A, B, C] = ["0xa1", "0xb2", "0xc3"].map((byte) => getAddress(zeroPadValue(byte, 20))) as [
  string,
  string,
  string,
];
const word = (n: number) => toBeHex(n, 32);
const [first, second, third] = [word(1), word(2), word(3)];
const hex = (n: number) => `0x${n.toString(16)}`;

/** A log as nodes write it, of a block for each number; `index` tells those of a block apart. */
function rpcLog(block: number, index = 0, address = A, topics: readonly string[] = [first]) {
  return {
    address: address.toLowerCase(),
    topics,
    data: "0x",
    blockNumber: hex(block),
    blockHash: word(block + 1),
    transactionHash: word(block * 100 + index),
    transactionIndex: "0x0",
    logIndex: hex(index),
    removed: false,
  };
}
type RpcLog = ReturnType<typeof rpcLog>;

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly blocks: number;
  readonly addresses: number;
  readonly words: number;
  readonly logs: RpcLog[];
}

/** A node with such logs, one in each block unless given; `refuse` throws what it refuses with. */
function node(refuse: (asked: Asked) => void = () => undefined, all?: readonly RpcLog[]) {
  const counts = { answers: 0, refusals: 0 };
  const [asked, answered]: [Asked[], Asked[]] = [[], []];
  const list = (value: string | readonly string[] | null | undefined) =>
    typeof value === "string" ? [value] : (value ?? undefined);
  const ask = async ({ address, topics = [], fromBlock, toBlock }: RpcLogFilter): Promise<unknown> => {
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    const fits = (log: RpcLog) =>
      Number(log.blockNumber) >= from &&
      Number(log.blockNumber) <= to &&
      (list(address)?.includes(log.address) ?? true) &&
      topics.every((words, i) => list(words)?.includes(log.topics[i] ?? "") ?? true);
    const addresses = list(address)?.length ?? 0;
    const words = Math.max(0, ...topics.map((topic) => list(topic)?.length ?? 0));
    const logs = all?.filter(fits) ?? [];
    const question = { from, to, blocks: to - from + 1, addresses, words, logs };
    asked.push(question);
    try {
      refuse(question);
    } catch (error) {
      counts.refusals++;
      throw error;
    }
    if (all === undefined) for (let block = from; block <= to; block++) logs.push(rpcLog(block));
    answered.push(question);
    counts.answers++;
    return Promise.resolve(logs);
  };
  return { asked, answered, counts, ask };
}

/** Providers of EIP-1193 throw plain objects. */
function refuseWith(error: unknown): never {
  throw error;
}

/** Refuses more than so many blocks. */
const atMost =
  (blocks: number, refusal: (asked: Asked) => unknown = () => new Error("block range is too wide")) =>
  (asked: Asked) => {
    if (asked.blocks > blocks) throw refusal(asked);
  };

const numbers = (logs: readonly { blockNumber: number }[]) => logs.map(({ blockNumber }) => blockNumber);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const thrownBy = async (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => expect.fail("It was read"),
    (error: unknown) => error,
  );
const rpc = (code: number, message: string, data?: unknown) => ({ code, message, ...(data !== undefined && { data }) });

describe("sdk: logs, of a node that limits blocks", () => {
  for (const limit of [1, 7, 10, 500, 10_000, 50_000, 10_000_000]) {
    it(`to ${limit}: every block once, at few refusals`, async () => {
      const last = Math.min(limit * 300, 500_000);
      const { counts, answered, ask } = node(atMost(limit), []);
      await new LogPager(ask).read({}, 3, last);
      expect(answered.map(({ from }) => from)).to.deep.equal([3, ...answered.slice(0, -1).map(({ to }) => to + 1)]);
      expect(answered.at(-1)?.to).to.equal(last);
      expect(counts.answers).to.be.at.most(Math.ceil((2 * last) / limit) + 20);
      // First it is halved until it fits; then every twentieth question tries for more.
      expect(counts.refusals).to.be.at.most(15 + Math.ceil(counts.answers / 20));
    });
  }

  it("asks for more again after a busy time", async () => {
    const busy = ({ from, blocks }: Asked) => {
      if (from < 1_000 && blocks > 10) throw new Error("query returned more than 10000 results");
    };
    const { counts, ask } = node(busy, []);
    await new LogPager(ask).read({}, 0, 1_000_000);
    expect(counts.answers).to.be.at.most(500);
  });

  it("remembers for the next reading, and is asked for no more than its options say", async () => {
    const { counts, asked, ask } = node(atMost(625), []);
    const pager = new LogPager(ask);
    await pager.read({}, 0, 5_000);
    const { refusals } = counts;
    expect(refusals).to.be.greaterThan(0);
    await pager.read({}, 0, 5_000);
    expect(counts.refusals).to.equal(refusals);

    asked.length = 0;
    await new LogPager(ask, { firstBlocks: 100, mostBlocks: 300 }).read({}, 0, 2_000);
    expect(asked.slice(0, 4).map(({ blocks }) => blocks)).to.deep.equal([100, 200, 300, 300]);
  });

  it("takes no short range for a sign that more is answered", async () => {
    const { counts, ask } = node(atMost(625), []);
    const pager = new LogPager(ask);
    await pager.read({}, 0, 5_000);
    const { refusals } = counts;
    for (let i = 0; i < 100; i++) await pager.read({}, i, i);
    await pager.read({}, 0, 1_000);
    expect(counts.refusals).to.equal(refusals);
  });

  it("reads everything at once where that is asked for", async () => {
    const { asked, ask } = node(undefined, []);
    await new LogPager(ask, { firstBlocks: Infinity, mostBlocks: Infinity }).read({}, 5, 30_000_000);
    expect(asked.map(({ from, to }) => [from, to])).to.deep.equal([[5, 30_000_000]]);
  });

  it("tells piece by piece how far it is", async () => {
    const { ask } = node(atMost(40));
    const ends: number[] = [];
    let next = 10;
    for await (const { from, to, logs } of new LogPager(ask).pieces({}, 10n, 99n)) {
      expect(from).to.equal(next);
      expect(numbers(logs)).to.deep.equal(range(from, to));
      next = to + 1;
      ends.push(to);
    }
    expect(ends.length).to.be.greaterThan(2);
    expect(ends.at(-1)).to.equal(99);
  });
});

/** What providers say to a range, or an answer, that is too large for them, with their codes. */
const WORDS = [
  [
    "Alchemy, of blocks",
    -32600,
    "Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range.",
  ],
  ["Alchemy, of bytes", -32602, "Log response size exceeded. Please reduce query block range."],
  ["Alchemy, of time", -32000, "Query timeout exceeded. Consider reducing your block range"],
  ["Infura, of blocks", -32602, "range 1000000 exceeds limit of 10000"],
  ["Infura, of results", -32005, "query returned more than 10000 results"],
  ["Infura, of time", -32005, "query timeout exceeded"],
  ["QuickNode", -32614, "eth_getLogs is limited to a 10,000 range"],
  ["QuickNode, before", -32616, "eth_getLogs is limited to a 5 range"],
  ["Ankr", -32602, "maximum [from, to] blocks distance: 10000"],
  ["Ankr, before", -32600, "block range is too wide"],
  ["Cloudflare", -32047, "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800"],
  ["publicnode", -32000, "exceed maximum block range: 50000"],
  ["Erigon, of blocks", -32602, "query block range exceeds server limit, narrow your filter: 1000"],
  ["Erigon, of results", -32000, "query returns too many logs, narrow your filter: 20000"],
  ["Nethermind", -32005, "Too many logs requested. Max logs per response is 20000."],
  ["Reth", -32602, "query exceeds max block range 100000"],
  ["drpc", 35, "ranges over 10000 blocks are not supported on free plan"],
  ["drpc, of time", 30, "Request timeout on the free tier, please upgrade your tier to paid one"],
  ["BlastAPI", -32602, "query exceeds max results 20000"],
  ["zkSync", -32602, "Query returned more than 10000 results. Try smaller range of blocks"],
  ["Base", -32020, "backend response too large"],
  ["Arbitrum", -32000, "logs matched by query exceeds limit of 10000"],
  ["1RPC", -32602, "eth_getLogs is limited to 0 - 50 blocks range"],
  ["Coinbase", -32005, "please limit the query to at most 1000 blocks"],
  ["Moonbeam", -32603, "block range is too wide (maximum 1024)"],
  ["Scroll", -32000, "block range is bigger than maxBlockRange"],
  ["who advises much", -32000, "response is too large: narrow it by address or topics, or shorten the block range"],
  ["Tenderly", -32602, "invalid params", { payload: "range 9009594 is bigger than range limit 2000" }],
  ["BNB Chain", -32005, "limit exceeded"],
] as const;

describe("sdk: logs, of a node that says it in the words of", () => {
  for (const [name, code, message, data] of WORDS)
    it(name, async () => {
      const error = rpc(code, message, data);
      expect(asksTooMuch(error)).to.equal(true);
      const { counts, ask } = node(atMost(50, () => error));
      expect(numbers(await new LogPager(ask).read({}, 0, 299))).to.deep.equal(range(0, 299));
      expect(counts.refusals).to.be.at.most(15);
    });

  it("nobody who is known: whether it was the range is tried in few questions", async () => {
    const limited = node(atMost(50, () => rpc(-32000, "no")));
    expect(numbers(await new LogPager(limited.ask).read({}, 0, 299))).to.deep.equal(range(0, 299));
    const broken = node(() => {
      throw Object.assign(new Error("no"), { code: -32000 });
    });
    const pager = new LogPager(broken.ask);
    expect(await thrownBy(pager.read({ address: [A, B] }, 0, 9_999))).to.have.property("message", "no");
    expect(broken.counts.refusals).to.be.at.most(5);
    await thrownBy(pager.read({}, 0, 9_999));
    expect(broken.asked.at(5)?.blocks).to.equal(10_000); // nothing was learned of it
  });
});

describe("sdk: logs, of a node that says which range would do", () => {
  const suggesting = (say: (from: number, to: number) => unknown, blocks = 40) =>
    node(atMost(blocks, ({ from }) => say(from, from + blocks - 1)));
  for (const [name, say] of [
    [
      "in hexadecimal",
      (from, to) => rpc(-32600, `Based on your parameters, this block range should work: [${hex(from)}, ${hex(to)}]`),
    ],
    [
      "to try",
      (from, to) =>
        rpc(-32005, `query returned more than 10000 results. Try with this block range [${hex(from)}, ${hex(to)}].`),
    ],
    ["in decimal", (from, to) => rpc(-32602, `query exceeds max results 20000, retry with the range ${from}-${to}`)],
    [
      "as data",
      (from, to) =>
        rpc(-32005, "query returned more than 10000 results", { from: hex(from), to: hex(to), limit: 10000 }),
    ],
  ] as [string, (from: number, to: number) => unknown][])
    it(`${name}: it is taken at its word`, async () => {
      const { counts, ask } = suggesting(say);
      expect(numbers(await new LogPager(ask).read({}, 100, 899))).to.deep.equal(range(100, 899));
      expect(counts.refusals).to.be.at.most(2);
    });

  for (const [name, say] of [
    ["the same again", (from) => [from, from + 999]],
    ["a wider one", (from) => [from, from + 99_999]],
    ["one that skips blocks", (from) => [from + 10, from + 20]],
    ["one that begins before", (from) => [from - 10, from + 5]],
    ["one that ends before it begins", (from) => [from, from - 1]],
  ] as [string, (from: number) => [number, number]][])
    it(`${name}: it is halved as without one`, async () => {
      const { asked, counts, ask } = node(
        atMost(40, ({ from }) => rpc(-32602, `this block range should work: [${say(from).map(hex).join(", ")}]`)),
      );
      expect(numbers(await new LogPager(ask).read({}, 1_000, 1_999))).to.deep.equal(range(1_000, 1_999));
      expect(asked[1]?.blocks).to.equal(500);
      expect(counts.refusals).to.be.at.most(20);
    });
});

describe("sdk: logs, of a node that limits", () => {
  it("results: dense blocks are asked for a few at a time, sparse ones together", async () => {
    const logs = range(0, 99).flatMap((block) => (block < 10 ? range(0, 5) : [0]).map((index) => rpcLog(block, index)));
    const { ask } = node(({ logs: told }) => {
      if (told.length > 20) refuseWith(rpc(-32005, "query returned more than 20 results"));
    }, logs);
    expect(await new LogPager(ask).read({}, 0, 99)).to.have.lengthOf(150);
  });

  for (const [name, message] of [
    ["addresses, as publicnode", "Please, specify less number of addresses"],
    ["addresses, in other words", "Too many addresses in query, the maximum is 3"],
    ["addresses or topics, as Geth", "exceed max addresses or topics per search position"],
    ["all of a filter, as Infura", "This query contains 40 filters. The current limit is 3."],
  ] as const)
    it(`${name}: it is asked for fewer, in the chain's order, and for as few the next time`, async () => {
      const many = range(1, 40).map((n) => zeroPadValue(toBeHex(n), 20));
      const logs = range(0, 99).map((block) => rpcLog(block, 0, many[block % 40]));
      const { counts, asked, ask } = node(({ addresses }) => {
        if (addresses > 3) refuseWith(rpc(-32602, message));
      }, logs);
      const pager = new LogPager(ask);
      const read = await pager.read({ address: many }, 0, 99);
      expect(numbers(read)).to.deep.equal(range(0, 99));
      expect(asked.every(({ blocks }) => blocks === 100)).to.equal(true); // the range was not to blame
      const { refusals } = counts;
      await pager.read({ address: many }, 0, 99);
      expect(counts.refusals).to.equal(refusals);
    });

  it("words for a topic: it is asked for fewer, and for no fewer addresses", async () => {
    const words = range(1, 30).map(word);
    const logs = range(0, 29).map((block) => rpcLog(block, 0, [A, B][block % 2], [first, words[block] ?? ""]));
    const { asked, ask } = node((question) => {
      if (question.words > 4) refuseWith(rpc(-32000, "exceed max topics"));
    }, logs);
    const read = await new LogPager(ask).read({ address: [A, B], topics: [[first, second], words] }, 0, 29);
    expect(numbers(read)).to.deep.equal(range(0, 29));
    expect(asked.every(({ addresses }) => addresses === 2)).to.equal(true);
  });

  it("nothing that it says: no question names more than 100 addresses", async () => {
    const many = range(1, 250).map((n) => zeroPadValue(toBeHex(n), 20));
    const { asked, ask } = node(undefined, []);
    await new LogPager(ask).read({ address: many }, 0, 9);
    expect(asked.map(({ addresses }) => addresses)).to.deep.equal([100, 100, 50]);
  });

  it("a block that is too much by itself: its logs are asked for by address and topic", async () => {
    const logs = [A, B, C].flatMap((address, i) =>
      [first, second].map((topic, j) => rpcLog(7, i * 2 + j, address, [topic])),
    );
    const { ask } = node(({ logs: told }) => {
      if (told.length > 1) refuseWith(rpc(-32005, "query returned more than 1 results"));
    }, logs);
    const read = await new LogPager(ask).read({ address: [A, B, C], topics: [[first, second]] }, 0, 20);
    expect(read.map(({ logIndex }) => logIndex)).to.deep.equal(range(0, 5));
  });

  it("a block of one address that is too much: what it says is passed on", async () => {
    const refusal = rpc(-32005, "query returned more than 0 results");
    const { ask } = node(({ blocks, from }) => {
      if (blocks > 1 || from === 7) refuseWith(refusal);
    });
    expect(await thrownBy(new LogPager(ask).read({ address: A, topics: [first] }, 0, 20))).to.equal(refusal);
  });
});

describe("sdk: logs, of a node that", () => {
  for (const [name, error] of [
    ["is silent about much", new Error("The node is unavailable: no answer in 10 s")],
    ["is behind a proxy with less patience", Object.assign(new Error("The node answered 504"), { status: 504 })],
    [
      "times out in ethers",
      makeError("request timeout", "TIMEOUT", {
        operation: "request.send",
        reason: "timeout",
        request: undefined as never,
      }),
    ],
    ["times out in viem", new TimeoutError({ body: {}, url: "http://node" })],
    ["times out in fetch", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
  ] as const)
    it(`${name} is asked for less`, async () => {
      const { counts, ask } = node(
        atMost(3_000, () => error),
        [],
      );
      await new LogPager(ask).read({}, 0, 50_000);
      expect(counts.refusals).to.be.at.most(3);
    });

  it("is silent about anything is given up soon", async () => {
    const error = new Error("no answer in 10 s");
    const { counts, ask } = node(atMost(0, () => error));
    const pager = new LogPager(ask, { firstBlocks: Infinity, mostBlocks: Infinity });
    expect(await thrownBy(pager.read({ address: [A, B] }, 0, 20_000_000))).to.equal(error);
    expect(counts.refusals).to.equal(4);
  });

  for (const [name, error] of [
    ["is asked too often", rpc(-32005, "daily request count exceeded, request rate limited")],
    ["is asked too often a second", rpc(429, "Your app has exceeded its compute units per second capacity")],
    ["is asked too often, in HTTP", Object.assign(new Error("HTTP request failed."), { status: 429 })],
    ["counts credits", rpc(-32000, "monthly quota of credits is exceeded")],
    ["has a limit for requests", rpc(-32007, "50/second request limit reached")],
    ["does not have the last block yet", rpc(-32602, "block range extends beyond current head block")],
    ["does not have the last block yet, in other words", rpc(-32000, "header not found")],
    ["has not imported it", rpc(-32014, "block not yet imported")],
    ["knows no logs", rpc(-32601, "the method eth_getLogs does not exist/is not available")],
    ["is not there", Object.assign(new Error("fetch failed"), { cause: { code: "ECONNREFUSED" } })],
    ["wants a key", rpc(-32600, "Must be authenticated!")],
    ["lost its owner's patience", rpc(4001, "User rejected the request.")],
  ] as const)
    it(`${name} is asked once, and what it says is passed on`, async () => {
      const { counts, ask } = node(atMost(0, () => error));
      expect(asksTooMuch(error)).to.equal(false);
      expect(await thrownBy(new LogPager(ask).read({ address: [A, B] }, 0, 9_999))).to.equal(error);
      expect(counts.refusals).to.equal(1);
    });

  it("lacks the last blocks and does not say so is believed", async () => {
    const { ask } = node(
      undefined,
      range(0, 5).map((block) => rpcLog(block)),
    );
    expect(numbers(await new LogPager(ask).read({}, 0, 9))).to.deep.equal(range(0, 5));
  });
});

describe("sdk: logs, of a refusal inside", () => {
  const refusal = rpc(-32602, "query exceeds max block range 50");
  const limited = rpc(-32005, "request rate limited");
  const question = { method: "eth_getLogs", params: [{ address: [A, B], topics: [first] }] };
  const body = (error: object) => JSON.stringify({ jsonrpc: "2.0", id: 1, error });
  const ethersError = (error: object) =>
    // What JsonRpcApiProvider throws of an answer with an error.
    new JsonRpcProvider("http://nowhere.invalid", 1, { staticNetwork: true }).getRpcError(
      { id: 1, jsonrpc: "2.0", ...question },
      { id: 1, error: error as { code: number; message: string } },
    );
  for (const [name, wrap] of [
    ["a cause", (error: object) => new Error("The request failed", { cause: new Error("twice", { cause: error }) })],
    ["ethers' error", ethersError],
    [
      "ethers' HTTP error",
      (error: object) =>
        makeError("server response 413", "SERVER_ERROR", {
          request: undefined as never,
          info: { responseBody: body(error) } as never,
        }),
    ],
    [
      "ethers 5's error",
      (error: object) =>
        Object.assign(new Error(`processing response error (requestBody="${JSON.stringify(question)}")`), {
          reason: "processing response error",
          code: "SERVER_ERROR",
          body: body(error),
        }),
    ],
    [
      "viem's error",
      (error: object) =>
        new RpcRequestError({ body: question, error: error as { code: number; message: string }, url: "http://node" }),
    ],
    [
      "viem's error for its code",
      (error: object) =>
        new LimitExceededRpcError(
          new RpcRequestError({
            body: question,
            error: error as { code: number; message: string },
            url: "http://node",
          }),
        ),
    ],
    [
      "viem's HTTP error",
      (error: object) =>
        new HttpRequestError({ body: question, details: JSON.stringify(error), status: 400, url: "http://node" }),
    ],
    [
      "viem's wrapper",
      (error: object) =>
        new BaseError("Failed", {
          cause: new RpcRequestError({
            body: question,
            error: error as { code: number; message: string },
            url: "http://node",
          }),
        }),
    ],
    ["a wallet's error", (error: object) => ({ code: -32603, message: "Internal JSON-RPC error.", data: error })],
    ["a text", (error: object) => body(error)],
  ] as [string, (error: object) => unknown][])
    it(name, async () => {
      const { ask } = node(atMost(50, () => wrap(refusal)));
      expect(numbers(await new LogPager(ask).read({}, 0, 199))).to.deep.equal(range(0, 199));
      // Nor are the names of the request's fields taken for the node's words.
      const unclear = node(atMost(50, () => wrap(rpc(-32000, "no"))));
      expect(numbers(await new LogPager(unclear.ask).read({}, 0, 199))).to.deep.equal(range(0, 199));
      const often = node(atMost(0, () => wrap(limited)));
      await thrownBy(new LogPager(often.ask).read({}, 0, 199));
      expect(often.counts.refusals).to.equal(1);
    });

  it("a proxy's page, or an HTTP status alone", () => {
    const page = "<html><head><title>504 Gateway Time-out</title></head><body>maximum</body></html>";
    expect(asksTooMuch(new HttpRequestError({ details: page, url: "http://node" }))).to.equal(true);
    expect(asksTooMuch(Object.assign(new Error("failed"), { status: 413 }))).to.equal(true);
    expect(asksTooMuch("<html><title>Bad Gateway</title><body style='max-width: 3em'></body></html>")).to.equal(false);
  });

  it("itself, however it is nested", () => {
    const error = Object.assign(new Error("odd"), { data: refusal });
    error.cause = error;
    expect(asksTooMuch(error)).to.equal(true);
    for (const nothing of [undefined, null, 7, "", {}, []]) expect(asksTooMuch(nothing)).to.equal(false);
  });
});

describe("sdk: logs, of an answer", () => {
  const answering = (...logs: unknown[]) => new LogPager(async () => Promise.resolve(logs));

  it("are plain values in the chain's order, each once, and without those that were taken back", async () => {
    const told = {
      ...rpcLog(12, 3, B, [third.toUpperCase().replace("0X", "0x")]),
      data: "0x01",
      blockTimestamp: "0x65",
    };
    const logs = [rpcLog(12, 20), told, rpcLog(9, 1), rpcLog(12, 3, B, [third]), { ...rpcLog(10), removed: true }];
    const read = await answering(...logs).read({}, 9, 12);
    expect(read.map(({ blockNumber, logIndex }) => [blockNumber, logIndex])).to.deep.equal([
      [9, 1],
      [12, 3],
      [12, 20],
    ]);
    expect(parseLog(told)).to.deep.equal({
      address: B,
      topics: [third],
      data: "0x01",
      blockNumber: 12,
      blockHash: word(13),
      transactionHash: word(1_203),
      logIndex: 3,
      blockTimestamp: 101,
    });
    expect(read[0]?.blockTimestamp).to.equal(undefined);
  });

  for (const [name, answer, message] of [
    ["no list", { logs: [] }, 'The node\'s answer to eth_getLogs is no list: {"logs":[]}'],
    ["nothing", null, "The node's answer to eth_getLogs is no list: null"],
    ["no log", [7], "The node's log is none: 7"],
    ["a log of an earlier block", [rpcLog(9)], "The node told a log of block 9; asked for were 10 to 20"],
    ["a log of a later block", [rpcLog(21)], "The node told a log of block 21; asked for were 10 to 20"],
    [
      "another contract's log",
      [rpcLog(10, 2, C)],
      `The node told a log that was not asked for: 2 of block 10, of ${C}`,
    ],
    [
      "another event",
      [rpcLog(10, 2, A, [second])],
      `The node told a log that was not asked for: 2 of block 10, of ${A}`,
    ],
    ["a log without a block", [{ ...rpcLog(10), blockNumber: null }], "The node's log has the blockNumber null"],
    ["a log with a malformed place", [{ ...rpcLog(10), logIndex: "first" }], "The node's log has the logIndex first"],
    [
      "a log of a block without a number",
      [{ ...rpcLog(10), blockNumber: "0xffffffffffffffff" }],
      "The node's log has the blockNumber 0xffffffffffffffff",
    ],
    ["a log with short topics", [{ ...rpcLog(10), topics: ["0x01"] }], "The node's log has the topic 0x01"],
    [
      "a log without topics",
      [{ ...rpcLog(10), topics: undefined }],
      "The node's log has the topics undefined; they are a list of at most 4",
    ],
    ["a log with half a byte", [{ ...rpcLog(10), data: "0x0" }], "The node's log has data that ends within a byte"],
    ["a log of no address", [{ ...rpcLog(10), address: "0x01" }], "The node's log has the address 0x01"],
  ] as const)
    it(`that is ${name} are refused, by name`, async () => {
      const pager = new LogPager(async () => Promise.resolve(answer));
      const thrown = await thrownBy(pager.read({ address: [A, B], topics: [first] }, 10, 20));
      expect(thrown).to.be.instanceOf(Error).and.to.include({ name: "LogAnswerError", message });
    });

  it("that is wrong is not asked for in parts, whatever stands in it", async () => {
    let asked = 0;
    const pager = new LogPager(async () => Promise.resolve(`${++asked}: block range limit exceeded`));
    const thrown = await thrownBy(pager.read({}, 0, 99));
    expect(thrown).to.have.property(
      "message",
      "The node's answer to eth_getLogs is no list: 1: block range limit exceeded",
    );
  });

  it("are asked for as nodes write it, of a provider of EIP-1193 too", async () => {
    const asked: unknown[] = [];
    const request = async (question: object) => {
      asked.push(question);
      return Promise.resolve([]);
    };
    const pager = new LogPager({ request });
    expect(await pager.read({ address: A, topics: [null, [first, second], [third]] }, 1, 255n)).to.deep.equal([]);
    await pager.read({ address: [A, B.toLowerCase(), B] }, 0, 0);
    expect(asked).to.deep.equal([
      {
        method: "eth_getLogs",
        params: [
          { address: A.toLowerCase(), topics: [null, [first, second], third], fromBlock: "0x1", toBlock: "0xff" },
        ],
      },
      {
        method: "eth_getLogs",
        params: [{ address: [A.toLowerCase(), B.toLowerCase()], fromBlock: "0x0", toBlock: "0x0" }],
      },
    ]);
  });

  it("are not asked for where nothing is wanted", async () => {
    const { asked, ask } = node();
    const pager = new LogPager(ask);
    for (const filter of [{ address: [] }, { topics: [null, []] }])
      expect(await pager.read(filter, 0, 9)).to.deep.equal([]);
    expect(await pager.read({}, 5, 4)).to.deep.equal([]);
    const pieces: unknown[] = [];
    for await (const piece of pager.pieces({ address: [] }, 1, 30_000_000)) pieces.push(piece);
    expect(pieces).to.deep.equal([{ from: 1, to: 30_000_000, logs: [] }]);
    expect(asked).to.deep.equal([]);
  });

  it("name what is malformed of a filter, a range or an option", async () => {
    const pager = answering();
    const messages: unknown[] = [];
    for (const reading of [
      pager.read({ address: "0x12" }, 0, 1),
      pager.read({ topics: [["0x12"]] }, 0, 1),
      pager.read({ topics: [null, null, null, null, null] }, 0, 1),
      pager.read({}, -1, 1),
      pager.read({}, 0, 1.5),
      pager.read({}, 0, 2n ** 60n),
    ])
      messages.push(((await thrownBy(reading)) as Error).message);
    expect(messages).to.deep.equal([
      '"0x12" is no address, which has 0x and 40 digits',
      '"0x12" is no topic, which has 0x and 64 digits',
      "A filter has 5 topics; a log has at most 4",
      "from is -1; a block's number is from 0 to 9007199254740991",
      "to is 1.5; a block's number is from 0 to 9007199254740991",
      "to is 1152921504606846976; a block's number is from 0 to 9007199254740991",
    ]);
    for (const options of [
      { firstBlocks: 0 },
      { mostBlocks: 1.5 },
      { mostAddresses: NaN },
      { mostWords: -1 },
    ] as LogPagerOptions[]) {
      const [[name, value] = []] = Object.entries(options);
      expect(() => new LogPager({ request: async () => Promise.resolve([]) }, options)).to.throw(
        RangeError,
        `${name} is ${value}; it is a whole number from 1 on`,
      );
    }
  });
});
