// The node that tests are rude with: each rule does what it says, and nothing else.
import { once } from "node:events";
import { createServer, type Server } from "node:http";

import { expect } from "chai";
import { z } from "zod";

import { RUDE, startRudeNode, type RpcRequest, type RudeRules } from "../helpers/rude-node.ts";

const HEAD = 100;
const rpcRequest: RpcRequest = { id: 7, method: "eth_call", params: [] };
const body = z.object({ method: z.string(), params: z.array(z.unknown()) });

/** A chain of 100 blocks with a transaction in its last; every other answer is the question. */
function answerOf({ method, params }: z.output<typeof body>): unknown {
  if (method === "eth_blockNumber") return `0x${HEAD.toString(16)}`;
  if (method === "eth_getTransactionByHash") return { hash: "0x01", blockNumber: `0x${HEAD.toString(16)}` };
  return { method, params };
}

describe("rude node", () => {
  let real: Server;
  let url: string;
  const got: string[] = [];

  before(async () => {
    real = createServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (part: string) => (text += part));
      request.on("end", () => {
        const asked = body.parse(JSON.parse(text));
        got.push(asked.method);
        response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: answerOf(asked) }));
      });
    }).listen(0, "127.0.0.1");
    await once(real, "listening");
    const address = real.address();
    url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  after(() => {
    real.closeAllConnections();
    real.close();
  });

  /** What a rude node says to a request or a batch; "cut" if it closes the connection, "silent" if nothing comes. */
  async function ask(rules: RudeRules, request: object | object[]): Promise<unknown> {
    const node = await startRudeNode(url, rules);
    got.length = 0;
    try {
      const rude = rules.script?.(rpcRequest);
      const waiting = rude === "silence" || rude === "hang" ? AbortSignal.timeout(1_000) : null;
      const response = await fetch(node.url, { method: "POST", body: JSON.stringify(request), signal: waiting });
      if (!response.ok) return response.status;
      return await response.json();
    } catch (error) {
      return error instanceof Error && error.name === "TimeoutError" ? "silent" : "cut";
    } finally {
      await node.close();
    }
  }

  const one = (method: string, ...params: unknown[]) => ({ jsonrpc: "2.0", id: 7, method, params });
  const answered = (result: unknown) => ({ jsonrpc: "2.0", id: 7, result });

  it("cuts, swallows, hangs and is silent, and the real node gets what it should", async () => {
    for (const [script, outcome, passed] of [
      ["cut", "cut", []],
      ["silence", "silent", []],
      ["swallow", "cut", ["eth_call"]],
      ["hang", "silent", ["eth_call"]],
    ] as const) {
      expect(await ask({ script: () => script }, one("eth_call")), script).to.equal(outcome);
      expect(got, script).to.deep.equal(passed);
    }
  });

  it("answers with errors, statuses, made-up and changed answers", async () => {
    expect(await ask({ script: () => RUDE.quota }, one("eth_call"))).to.deep.equal({
      jsonrpc: "2.0",
      id: 7,
      ...RUDE.quota,
    });
    await ask({ script: () => ({ ...RUDE.alreadyKnown, passedOn: true }) }, one("eth_sendRawTransaction"));
    expect(got).to.deep.equal(["eth_sendRawTransaction"]);
    expect(await ask({ script: () => RUDE.tooMany }, one("eth_call"))).to.equal(429);
    expect(await ask({ script: () => ({ result: "0x" }) }, one("eth_call"))).to.deep.equal(answered("0x"));
    expect(await ask({ script: () => ({ change: () => null }) }, one("eth_call"))).to.deep.equal(answered(null));
    expect(await ask({ chainId: 10 }, one("eth_chainId"))).to.deep.equal(answered("0xa"));
  });

  it("refuses the pending tag, large batches and wide ranges, and takes what is within", async () => {
    expect(await ask({ noPending: true }, one("eth_getBalance", "0x1", "pending"))).to.have.property("error");
    expect(await ask({ noPending: true }, one("eth_getBalance", "0x1", "latest"))).to.have.property("result");
    expect(await ask({ batchLimit: 2 }, [one("a"), one("b")])).to.have.length(2);
    expect(await ask({ batchLimit: 2 }, [one("a"), one("b"), one("c")])).to.have.property("error");
    expect(await ask({ batchLimit: 0, batchStatus: 400 }, [one("a")])).to.equal(400);
    expect(await ask({ batchLimit: 0, batchStatus: 400 }, one("a"))).to.have.property("result");
    const range = (from: string, to: string) => one("eth_getLogs", { fromBlock: from, toBlock: to });
    expect(await ask({ logRange: 4 }, range("0x1", "0x4"))).to.have.property("result");
    expect(await ask({ logRange: 4 }, range("0x1", "0x5"))).to.have.property("error");
  });

  it("has backends that are behind, and an index of logs that is", async () => {
    const rules = { backends: [3] };
    expect(await ask(rules, one("eth_blockNumber"))).to.deep.equal(answered("0x61"));
    expect(await ask(rules, one("eth_getTransactionByHash", "0x01"))).to.deep.equal(answered(null));
    expect(await ask(rules, one("eth_getBlockByNumber", "0x62", false))).to.deep.equal(answered(null));
    expect(await ask(rules, one("eth_call", {}, "latest"))).to.deep.equal(
      answered({ method: "eth_call", params: [{}, "0x61"] }),
    );
    expect(await ask(rules, one("eth_call", {}, "0x62"))).to.have.property("error");
    const logs = one("eth_getLogs", { fromBlock: "0x60", toBlock: "0x64" });
    expect(await ask({ logLag: 1 }, logs)).to.deep.equal(
      answered({ method: "eth_getLogs", params: [{ fromBlock: "0x60", toBlock: "0x63" }] }),
    );
    expect(await ask({ logLag: 5 }, logs)).to.deep.equal(answered([]));
  });
});
