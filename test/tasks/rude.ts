// Commands beside nodes as they are met in the field: nothing is sent twice, no default stands for an answer, and what is wrong is said.
import { appendFile, mkdtemp, readdir } from "node:fs/promises";
import path from "node:path";

import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";
import { parseEther } from "ethers";
import { z } from "zod";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { EXIT } from "../../tasks/lib/exit-codes.ts";
import { FixedTermPool__factory, PlainToken__factory } from "../../types/index.ts";
import {
  RUDE,
  startRudeNode,
  type RpcRequest,
  type RudeNode,
  type Rudeness,
  type RudeRules,
} from "../helpers/rude-node.ts";
import { answer, expectRefusal, taskStage, type TaskStage } from "../helpers/tasks.ts";

const sent = z.object({ transactions: z.array(z.object({ found: z.boolean() })) });
const deedsOf = z.object({ deeds: z.array(z.object({ what: z.string(), status: z.string() })) });
const call = z.looseObject({ data: z.string() });

/** The data of a call, if a request is one. */
function dataOf({ method, params }: RpcRequest): string {
  return method === "eth_call" ? (call.safeParse(params[0]).data?.data ?? "") : "";
}

describe("commands beside a rude node", () => {
  let stage: TaskStage;
  let takeBack: () => Promise<void>;
  const nodes: RudeNode[] = [];

  before(async function () {
    stage = await taskStage();
  });
  beforeEach(async () => {
    const snapshot = await stage.connection.networkHelpers.takeSnapshot();
    takeBack = async () => snapshot.restore();
  });
  afterEach(async () => {
    for (const node of nodes.splice(0)) await node.close();
    await takeBack();
  });

  async function rude(rules: RudeRules): Promise<RudeNode> {
    const node = await startRudeNode(stage.node.url, rules);
    nodes.push(node);
    return node;
  }

  async function staked(): Promise<bigint> {
    return lookUp(stage.protocol.flexiblePools, "Flexible").balanceOf(stage.accounts.STAKER);
  }

  async function approve(amount = parseEther("100000")): Promise<void> {
    const staker = await stage.connection.ethers.getSigner(stage.accounts.STAKER);
    const pool = lookUp(stage.protocol.flexiblePools, "Flexible");
    await (await lookUp(stage.protocol.tokens, "TSK").connect(staker).approve(pool, amount)).wait();
  }

  for (const [what, second] of [
    ["already known", RUDE.alreadyKnown],
    ["nonce too low", RUDE.nonceTooLow],
    ["a quota", RUDE.quota],
    ["insufficient funds", { error: { code: -32000, message: "insufficient funds for gas * price + value" } }],
  ] as const) {
    it(`stakes once where the first answer is lost and the next backend, which knows nothing, says: ${what}`, async () => {
      await approve();
      let offers = 0;
      // The transaction waits in another backend's pool: this one shows neither it nor its nonce until it is mined.
      await stage.connection.ethers.provider.send("evm_setAutomine", [false]);
      const node = await rude({
        script: ({ method }): Rudeness | undefined => {
          if (method === "eth_getTransactionByHash" || method === "eth_getTransactionReceipt") return { result: null };
          if (method !== "eth_sendRawTransaction") return undefined;
          return offers++ === 0 ? "swallow" : second;
        },
      });
      const args = { pool: "Flexible", amount: "100", from: stage.accounts.STAKER };
      const first = await stage.run("stake", { ...args, timeout: 3 }, node.url);
      await stage.connection.ethers.provider.send("evm_setAutomine", [true]);
      expectRefusal(first, "It may yet be mined");
      expect(first.exitCode).to.equal(EXIT.unavailable);
      expect(offers).to.be.greaterThan(1);
      await stage.connection.networkHelpers.mine();
      expect(sent.parse(answer(await stage.run("stake", args))).transactions).to.deep.equal([{ found: true }]);
      expect(await staked()).to.equal(parseEther("100"));
    });
  }

  it("believes a first refusal, and says it", async () => {
    await approve();
    const refusal = { error: { code: -32000, message: "intrinsic gas too low" } };
    const node = await rude({ script: ({ method }) => (method === "eth_sendRawTransaction" ? refusal : undefined) });
    const journal = await mkdtemp(path.join(stage.directory, "refused-"));
    const args = { pool: "Flexible", amount: "100", from: stage.accounts.STAKER, journal };
    const refused = await stage.run("stake", args, node.url);
    expectRefusal(refused, "The node refused: Stake 100 TSK in Flexible. It says: intrinsic gas too low");
    expect(refused.exitCode).to.equal(EXIT.refused);
    answer(await stage.run("stake", args));
  });

  it("takes no transaction for replaced because a backend that is behind shows none", async () => {
    await approve();
    await stage.connection.networkHelpers.mine(); // both know of the approval
    const node = await rude({ backends: [0, 1] });
    const journal = await mkdtemp(path.join(stage.directory, "behind-"));
    const args = { pool: "Flexible", amount: "100", from: stage.accounts.STAKER, journal };
    const running = stage.run("stake", { ...args, timeout: 60 }, node.url);
    // The chain goes on, so that the one that is behind gets to the transaction.
    const mining = setInterval(() => void stage.connection.networkHelpers.mine(), 500);
    const ran = await running.finally(() => {
      clearInterval(mining);
    });
    expect(sent.parse(answer(ran)).transactions).to.deep.equal([{ found: false }]);
    expect(await staked()).to.equal(parseEther("100"));
  });

  it("approves the amount at once where a token refuses an approval of zero", async () => {
    const { connection, protocol, accounts } = stage;
    const token = await lookUp(protocol.tokens, "TSK").getAddress();
    await approve(1n);
    const strict = await connection.ethers.deployContract("ZeroApprovalRefusingToken");
    await connection.networkHelpers.setCode(token, await connection.ethers.provider.getCode(strict));
    answer(await stage.run("stake", { pool: "Flexible", amount: "100", from: accounts.STAKER }));
    expect(await staked()).to.equal(parseEther("100"));
  });

  for (const [name, args] of [
    ["compensate", { list: "deploy/examples/compensation.csv", token: "TSK" }],
    [
      "schedule:create",
      { token: "TSK", budget: "1000", start: "2100-01-01T00:00:00Z", weights: "Flexible=70,Fixed=30" },
    ],
  ] as const) {
    for (const [what, fault, sentence] of [
      ["the node", { error: { code: -32603, message: "internal error" } }, "The node refuses: internal error"],
      [
        "the token",
        { error: { code: 3, message: "execution reverted", data: "0x" } },
        "does not say how many decimals",
      ],
    ] as const) {
      it(`${name} reads no amounts if ${what} does not answer for decimals`, async () => {
        const selector = PlainToken__factory.createInterface().getFunction("decimals").selector;
        const token = (await lookUp(stage.protocol.tokens, "TSK").getAddress()).toLowerCase();
        const node = await rude({
          script: (request) =>
            dataOf(request) === selector && JSON.stringify(request.params).toLowerCase().includes(token)
              ? fault
              : undefined,
        });
        const claims = path.join(await mkdtemp(path.join(stage.directory, "claims-")), "claims.json");
        const more = name === "compensate" ? { claims } : {};
        expectRefusal(await stage.run(name, { ...args, ...more, from: stage.accounts.OPERATOR }, node.url), sentence);
      });
    }
  }

  for (const [what, fault, sentence] of [
    ["answers 500", RUDE.broken, "it answers 500"],
    ["answers 503", RUDE.unavailable, "it answers 503"],
    ["answers 401", RUDE.unauthorized, "it answers 401"],
    ["answers 429 for ever", RUDE.tooMany, "it answers 429"],
    ["has a quota", RUDE.quota, "rate limited"],
    ["hangs up", "cut", "The node is unavailable"],
    ["is silent", "silence", "no answer in 1 s"],
  ] as const) {
    it(`says in one sentence and in data that the node ${what}`, async () => {
      const node = await rude({ script: () => fault });
      const ran = await stage.run("pools", { json: true, patience: 1 }, node.url);
      expectRefusal(ran, sentence);
      expect(ran.exitCode).to.equal(EXIT.unavailable);
      expect(ran.stderr.split("\n")).to.have.length(1);
      expect(JSON.parse(ran.stdout)).to.deep.equal({
        error: { name: "NodeUnavailable", args: {}, sentence: ran.stderr },
      });
    });
  }

  it("asks again what a node answers the second time", async () => {
    let asked = 0;
    const faults = [RUDE.unavailable, RUDE.quota, "cut", RUDE.tooMany] as const;
    const node = await rude({ script: () => (asked++ % 2 === 0 ? faults[(asked >> 1) % faults.length] : undefined) });
    answer(await stage.run("pools", { patience: 60 }, node.url));
  });

  it("reads and sends on a node without a pending block", async () => {
    await approve();
    const node = await rude({ noPending: true });
    answer(await stage.run("stake", { pool: "Flexible", amount: "100", from: stage.accounts.STAKER }, node.url));
    answer(await stage.run("keeper", { once: true, dryRun: true }, node.url));
  });

  it("reads, rehearses and proposes without a private key", async () => {
    const { accounts, runWithoutKey } = stage;
    answer(await runWithoutKey("pools"));
    answer(await runWithoutKey("verify:deployment"));
    answer(await runWithoutKey("stake", { pool: "Flexible", amount: "100", from: accounts.STAKER, dryRun: true }));
    const database = path.join(await mkdtemp(path.join(stage.directory, "keyless-")), "watch.sqlite");
    answer(await runWithoutKey("watch", { once: true, database, output: `${database}.log` }));
    const propose = `${database}.json`;
    const proposed = await runWithoutKey("stake", { pool: "Flexible", amount: "1", from: accounts.STAKER, propose });
    expectRefusal(proposed, `${accounts.STAKER} is no Safe`); // asked of the chain, not of the keystore
    const keyed = await runWithoutKey("stake", { pool: "Flexible", amount: "1", from: accounts.STAKER });
    expectRefusal(keyed, `The network localhost has no key of ${accounts.STAKER}`);
    expect(keyed.exitCode).to.equal(EXIT.usage);
  });

  it("refuses a journal with a line that cannot be read, and names it", async () => {
    await approve();
    const journal = await mkdtemp(path.join(stage.directory, "journal-"));
    const args = { pool: "Flexible", amount: "100", from: stage.accounts.STAKER, journal };
    answer(await stage.run("stake", args));
    const [file = ""] = await readdir(journal);
    await appendFile(path.join(journal, file), '{"state":"signed","id":"0x01\n');
    expectRefusal(await stage.run("stake", args), /Line 5 of the journal .* cannot be read/);
    expect(await staked()).to.equal(parseEther("100"));
  });

  it("says the disk where a file cannot be written", async () => {
    await approve();
    const args = { pool: "Flexible", amount: "100", from: stage.accounts.STAKER, journal: "/dev/null/journal" };
    const ran = await stage.run("stake", args);
    expectRefusal(ran, "/dev/null/journal cannot be written: a part of the path is no folder");
    expect(ran.exitCode).to.equal(EXIT.storage);
    expect(await staked()).to.equal(0n);
  });

  it("tells whoever funds a pool of a withdrawal that is scheduled", async () => {
    const { accounts, connection, protocol } = stage;
    const operator = await connection.ethers.getSigner(accounts.OPERATOR);
    const pool = lookUp(protocol.fixedTermPools, "Fixed");
    const data = pool.interface.encodeFunctionData("withdrawBudget", [accounts.OTHER, 1n]);
    await protocol.access.connect(operator).schedule(pool, data, 0n);
    const ran = await stage.run("fund", { target: "Fixed", amount: "10", from: accounts.STAKER, dryRun: true });
    answer(ran);
    expect(ran.stderr).to.match(/WARNING: 0x\w+ has scheduled to take the budget, .* to 0x\w+: from 20/);
  });

  it("ends with codes that differ for done, usage, nothing to do, drift and refused", async () => {
    const { run, accounts } = stage;
    const code = async (name: string, args: Record<string, unknown>) => (await run(name, args)).exitCode;
    expect(await code("pools", {})).to.equal(EXIT.done);
    expect(await code("pool", { pool: "Nowhere" })).to.equal(EXIT.usage);
    expect(await code("distribute", { from: accounts.STAKER })).to.equal(EXIT.nothingToDo);
    expect(await code("stake", { pool: "Flexible", amount: "0.5", from: accounts.STAKER })).to.equal(EXIT.refused);
    const close = { pool: "Fixed", term: "0" };
    expect(await code("term:close", { ...close, from: accounts.GUARDIAN })).to.equal(EXIT.refused);
    expect(await code("term:close", { ...close, from: accounts.OPERATOR })).to.equal(EXIT.done);
    expect(await code("term:close", { ...close, from: accounts.OPERATOR })).to.equal(EXIT.nothingToDo);
    const verified = await run("verify:deployment");
    expect(verified.exitCode, verified.stdout).to.equal(EXIT.done);
    answer(await run("pause", { pool: "Fixed", from: accounts.GUARDIAN }));
    expect(await code("verify:deployment", {})).to.equal(EXIT.drift);
    expect(new Set(Object.values(EXIT)).size).to.equal(Object.keys(EXIT).length);
  });

  describe("keeper", () => {
    async function orders(count: number, amount = parseEther("10")): Promise<bigint[]> {
      const { connection, protocol, accounts } = stage;
      const owner = await connection.ethers.getSigner(accounts.STAKER);
      const pool = lookUp(protocol.fixedTermPools, "Fixed").connect(owner);
      await lookUp(protocol.tokens, "TSK").connect(owner).approve(pool, parseEther("100000"));
      const ids: bigint[] = [];
      for (let i = 0; i < count; i++) {
        await pool.open(0n, amount + BigInt(i), owner, 0n);
        const id = await pool.positionCount();
        await pool.setAutoRenew(id, 0n, DAY, false);
        ids.push(id);
      }
      return ids;
    }

    it("leaves out one order that cannot even be read, says so, and does all others", async () => {
      const ids = await orders(3);
      await stage.connection.networkHelpers.time.increase(30n * DAY);
      const { selector } = FixedTermPool__factory.createInterface().getFunction("autoRenewOrder");
      let bad = "";
      const node = await rude({
        script: (request) => {
          const data = dataOf(request);
          if (!data.startsWith(selector)) return undefined;
          if (bad === "") bad = data; // the first that is asked about
          return data === bad ? { error: { code: 3, message: "execution reverted", data: "0x" } } : undefined;
        },
      });
      const journal = await mkdtemp(path.join(stage.directory, "keeper-"));
      const ran = await stage.run("keeper", { once: true, dryRun: true, journal }, node.url);
      const { deeds } = deedsOf.parse(answer(ran));
      expect(deeds.filter(({ what }) => what.startsWith("Renew"))).to.have.length(ids.length - 1);
      expect(ran.stderr).to.match(/Left out: position \d+ of Fixed, which cannot be read/);
    });

    it("lets orders be whose window is over", async () => {
      await orders(1);
      await stage.connection.networkHelpers.time.increase(31n * DAY + 60n);
      const journal = await mkdtemp(path.join(stage.directory, "keeper-"));
      const { deeds } = deedsOf.parse(answer(await stage.run("keeper", { once: true, dryRun: true, journal })));
      expect(deeds.filter(({ what }) => what.startsWith("Renew"))).to.deep.equal([]);
    });

    it("asks few questions a round for 300 orders, and reads no event twice across runs", async () => {
      await orders(300);
      const node = await rude({});
      const journal = await mkdtemp(path.join(stage.directory, "keeper-"));
      const args = { once: true, dryRun: true, journal };
      answer(await stage.run("keeper", args, node.url));
      const [first, from] = [node.asked.length, node.asked.length];
      answer(await stage.run("keeper", args, node.url));
      expect(first).to.be.lessThan(60);
      expect(node.asked.length - from).to.be.lessThan(60);
      const ranges = node.asked.slice(from).filter(({ method }) => method === "eth_getLogs");
      const head = await stage.connection.ethers.provider.getBlockNumber();
      const range = z.looseObject({ fromBlock: z.string() });
      for (const { params } of ranges) expect(Number(range.parse(params[0]).fromBlock)).to.be.greaterThan(head - 100);
    });
  });
});
