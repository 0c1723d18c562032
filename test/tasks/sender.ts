// What makes sending safe: nothing leaves that would be refused, and nothing leaves twice.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";

import { expect } from "chai";
import { Interface, parseEther } from "ethers";
import { z } from "zod";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { AccessManager__factory } from "../../types/index.ts";
import { requireAgreement } from "../../tasks/lib/agreement.ts";
import { EXIT, exitCodeOf } from "../../tasks/lib/exit-codes.ts";
import { safeChecksum, type SafeBatch } from "../../tasks/lib/safe-batch.ts";
import { standAsSafe } from "../helpers/safe.ts";
import { startRudeNode, type RpcRequest, type Rudeness } from "../helpers/rude-node.ts";
import { answer, expectRefusal, taskStage, type TaskStage } from "../helpers/tasks.ts";

const sentAnswer = z.object({ transactions: z.array(z.object({ found: z.boolean(), hash: z.string() })) });

async function stakeOf({ protocol, accounts }: TaskStage): Promise<bigint> {
  return lookUp(protocol.flexiblePools, "Flexible").balanceOf(accounts.STAKER);
}

const batchTransaction = z.object({
  to: z.string(),
  data: z.null(),
  contractMethod: z.object({
    name: z.string(),
    payable: z.literal(false),
    inputs: z.array(z.object({ internalType: z.string(), name: z.string(), type: z.string() })),
  }),
  contractInputsValues: z.record(z.string(), z.string()),
});

/** A batch's transaction as the Safe app encodes it: from the function and the values that it shows. */
function encoded(transaction: unknown): { to: string; data: string } {
  const { to, contractMethod, contractInputsValues } = batchTransaction.parse(transaction);
  const { name, inputs } = contractMethod;
  const coder = new Interface([`function ${name}(${inputs.map((input) => `${input.type} ${input.name}`).join(", ")})`]);
  return {
    to,
    data: coder.encodeFunctionData(
      name,
      inputs.map((input) => contractInputsValues[input.name]),
    ),
  };
}

/** Lets the pool take enough, so that a stake is one transaction. */
async function approve({ protocol, connection, accounts }: TaskStage): Promise<void> {
  const staker = await connection.ethers.getSigner(accounts.STAKER);
  const pool = lookUp(protocol.flexiblePools, "Flexible");
  await (await lookUp(protocol.tokens, "TSK").connect(staker).approve(pool, parseEther("100000"))).wait();
}

describe("sending", () => {
  let stage: TaskStage;
  let takeBack: () => Promise<void>;

  before(async () => {
    stage = await taskStage();
  });
  beforeEach(async () => {
    const snapshot = await stage.connection.networkHelpers.takeSnapshot();
    takeBack = async () => snapshot.restore();
  });
  afterEach(async () => takeBack());

  for (const [what, sendFate] of [
    ["the answer is lost", "swallow"],
    ["it never arrived", "cut"],
  ] as const) {
    it(`finds its transaction in the next run when the connection breaks as it is sent and ${what}`, async () => {
      const { run, accounts, node } = stage;
      await approve(stage);
      let broken = false;
      const script = ({ method }: RpcRequest): Rudeness | undefined => {
        if (broken) return "cut";
        if (method !== "eth_sendRawTransaction") return undefined;
        broken = true;
        return sendFate;
      };
      const proxy = await startRudeNode(node.url, { script });
      const args = { pool: "Flexible", amount: "100", from: accounts.STAKER };
      try {
        expectRefusal(await run("stake", { ...args, timeout: 1 }, proxy.url), "Run the same command again");
      } finally {
        await proxy.close();
      }
      expect(await stakeOf(stage)).to.equal(sendFate === "swallow" ? parseEther("100") : 0n);

      const { transactions } = sentAnswer.parse(answer(await run("stake", args)));
      expect(transactions.map(({ found }) => found)).to.deep.equal([true]);
      expect(await stakeOf(stage)).to.equal(parseEther("100"));

      const again = sentAnswer.parse(answer(await run("stake", args)));
      expect(again.transactions.map(({ found }) => found)).to.deep.equal([false]);
      expect(await stakeOf(stage)).to.equal(parseEther("200"));
    });
  }

  it("goes on by itself when the connection comes back", async () => {
    const { run, accounts, node } = stage;
    await approve(stage);
    let cuts = 0;
    const script = ({ method }: RpcRequest): Rudeness | undefined => {
      if (method === "eth_sendRawTransaction") return "swallow";
      return method === "eth_getTransactionByHash" && cuts++ < 3 ? "cut" : undefined;
    };
    const proxy = await startRudeNode(node.url, { script });
    try {
      answer(await run("stake", { pool: "Flexible", amount: "100", from: accounts.STAKER }, proxy.url));
    } finally {
      await proxy.close();
    }
    expect(await stakeOf(stage)).to.equal(parseEther("100"));
  });

  it("finds in the next run what a killed process had sent, also where the node keeps the key", async () => {
    const { accounts, node, directory } = stage;
    await approve(stage);
    let sent: () => void = () => undefined;
    const sending = new Promise<void>((resolve) => (sent = resolve));
    const script = ({ method }: RpcRequest): Rudeness | undefined => {
      if (method !== "eth_sendTransaction") return undefined;
      sent();
      return "hang";
    };
    const proxy = await startRudeNode(node.url, { script });
    const words = [
      "stake",
      "Flexible",
      "100",
      "--from",
      accounts.STAKER,
      "--journal",
      path.join(directory, "killed"),
      "--json",
    ];
    const start = (port: number) =>
      spawn(process.execPath, ["node_modules/.bin/hardhat", "--network", "localhost", ...words], {
        env: { ...process.env, LOCAL_PORT: String(port) },
        stdio: ["ignore", "pipe", "ignore"],
      });
    try {
      const killed = start(proxy.port);
      await sending;
      while ((await stakeOf(stage)) === 0n); // passed on, and mined
      killed.kill("SIGKILL");
      await once(killed, "close");
    } finally {
      await proxy.close();
    }
    const second = start(node.port);
    let output = "";
    second.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    await once(second, "close");
    expect(second.exitCode).to.equal(0);
    expect(sentAnswer.parse(JSON.parse(output)).transactions.map(({ found }) => found)).to.deep.equal([true]);
    expect(await stakeOf(stage)).to.equal(parseEther("100"));
  });

  it("asks on a network that is not local, and sends nothing if nobody can answer", async () => {
    const { run, accounts, node, protocol, connection } = stage;
    const blocks = await connection.ethers.provider.getBlockNumber();
    const proxy = await startRudeNode(node.url, { chainId: 11_155_111 });
    const elsewhere = { factory: await protocol.factory.getAddress(), lens: await protocol.lens.getAddress() };
    const [pool] = await protocol.factory.pools(0, 1);
    try {
      const args = { ...elsewhere, pool: pool?.pool, amount: "100", from: accounts.STAKER };
      expectRefusal(await run("stake", args, proxy.url), "Pass --yes to agree beforehand");
    } finally {
      await proxy.close();
    }
    expect(await connection.ethers.provider.getBlockNumber()).to.equal(blocks);
  });

  for (const [key, code] of [
    ["y", EXIT.done],
    ["n", EXIT.refused],
  ] as const) {
    it(`${code === EXIT.refused ? "does not send" : "sends"} when a person answers ${key}`, async () => {
      const input = Object.assign(new PassThrough(), { isTTY: true });
      const output = new PassThrough();
      output.resume();
      const asking = requireAgreement("Send?", { input, output }).then(() => EXIT.done, exitCodeOf);
      setImmediate(() => input.write(`${key}\n`));
      expect(await asking).to.equal(code);
    });
  }

  it("proposes to a Safe with a delay that it schedules, and later that it executes", async () => {
    const { run, accounts, directory, protocol, connection } = stage;
    const file = path.join(directory, "batch.json");
    const [from, propose] = [accounts.OPERATOR, file];
    const close = { pool: "Fixed", term: "0", from, propose };
    const asSafe = await standAsSafe(connection, from);
    answer(await run("term:close", close));
    expectRefusal(await run("term:close", close), `${file} exists already`);
    await asSafe.putBack();
    const access = AccessManager__factory.createInterface();
    // The file is what this test is about; a wrong shape fails below.
    const batch = JSON.parse(await readFile(file, "utf8")) as SafeBatch;
    expect(batch.meta.checksum).to.equal(safeChecksum(batch));
    expect(batch.meta.description).to.include("Close term 0 of Fixed").and.to.include("Fixed, closeTerm(0), 0)");
    const call = encoded(batch.transactions[0]);
    expect(call.to).to.equal(await protocol.access.getAddress());
    expect(access.parseTransaction(call)?.name).to.equal("schedule");

    const safe = await connection.ethers.getSigner(from);
    await (await safe.sendTransaction(call)).wait();
    await connection.networkHelpers.time.increase(86_400);
    const operations = z.array(z.object({ id: z.string(), state: z.string() })).parse(answer(await run("operations")));
    expect(operations.map(({ state }) => state)).to.deep.equal(["ready"]);
    const asSafeAgain = await standAsSafe(connection, from);
    const later = path.join(directory, "execution.json");
    answer(await run("execute", { operation: operations[0]?.id ?? "", from, propose: later }));
    await asSafeAgain.putBack();
    const second = JSON.parse(await readFile(later, "utf8")) as SafeBatch;
    const execution = encoded(second.transactions[0]);
    await (await safe.sendTransaction(execution)).wait();
    expect((await lookUp(protocol.fixedTermPools, "Fixed").term(0)).closed).to.equal(true);
  });

  it("shows what waits of an account without its role as revoked, executes none of it, and warns no funder of it", async () => {
    const { run, accounts, protocol, connection } = stage;
    const from = accounts.OPERATOR;
    const account = await connection.ethers.getSigner(from);
    const pool = lookUp(protocol.fixedTermPools, "Fixed");
    const call = pool.interface.encodeFunctionData("withdrawBudget", [from, 1n]);
    await (await protocol.access.connect(account).schedule(await pool.getAddress(), call, 0n)).wait();
    const told = z.array(z.object({ id: z.string(), state: z.string() }));
    const states = async () => told.parse(answer(await run("operations"))).map(({ state }) => state);
    const funding = async () => run("fund", { target: "Fixed", amount: "1", from: accounts.STAKER, dryRun: true });
    expect(await states()).to.deep.equal(["waiting"]);
    expect((await funding()).stderr).to.include("has scheduled to take the budget");

    const guardian = await connection.ethers.getSigner(accounts.GUARDIAN);
    await (await protocol.brake.connect(guardian).removeOperator(from)).wait();
    await connection.networkHelpers.time.increase(86_400);
    expect(await states()).to.deep.equal(["revoked"]);
    const [operation] = told.parse(answer(await run("operations")));
    expectRefusal(await run("execute", { operation: operation?.id ?? "", from }), "has lost the role for it");
    expect((await funding()).stderr).not.to.include("has scheduled to take");
  });
});
