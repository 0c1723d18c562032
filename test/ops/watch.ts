// `watch` in processes of its own, against a node that really rolls back, goes away and refuses.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import type { Protocol } from "../../deploy/deploy-protocol.ts";
import { freePort } from "../../scripts/lib/local-node.ts";
import { ROLE } from "../../deploy/roles.ts";
import { EXIT } from "../../tasks/lib/exit-codes.ts";
import type { NumberedLine } from "../../tasks/watch/lines.ts";
import { RebasingToken__factory } from "../../types/index.ts";
import { startRudeNode } from "../helpers/rude-node.ts";
import { startTask, until, type TaskProcess } from "../helpers/task-process.ts";
import { CLIENTS, taskStage, type Client, type TaskStage } from "../helpers/tasks.ts";

interface Files {
  readonly database: string;
  readonly output: string;
}

async function files({ directory }: TaskStage): Promise<Files> {
  const own = await mkdtemp(path.join(directory, "watch-"));
  return { database: path.join(own, "watch.sqlite"), output: path.join(own, "events.jsonl") };
}

function startWatch(port: number, { database, output }: Files, ...args: readonly string[]): TaskProcess {
  return startTask(port, "watch", "--json", "--interval", "0.05", "--database", database, "--output", output, ...args);
}

/** Whole lines of a file of JSON lines. */
function read({ output }: Files): NumberedLine[] {
  if (!existsSync(output)) return [];
  const whole = readFileSync(output, "utf8").split("\n").slice(0, -1);
  return whole.map((line) => JSON.parse(line) as NumberedLine);
}

/** Events as the chain has them, read another way than the watch reads. */
async function chainEvents({ ethers }: NetworkConnection, protocol: Protocol): Promise<string[]> {
  const contracts = [
    protocol.access,
    protocol.factory,
    protocol.distributor,
    protocol.insuranceFund,
    protocol.brake,
    ...Object.values(protocol.flexiblePools),
    ...Object.values(protocol.fixedTermPools),
  ];
  const addresses = await Promise.all(contracts.map(async (contract) => contract.getAddress()));
  const listings = await protocol.factory.queryFilter(protocol.factory.filters.ListedSet());
  const listedAt = new Map(listings.map((log) => [log.args.pool, [log.blockNumber, log.index] as const]));
  const logs = await ethers.provider.getLogs({ fromBlock: 0, toBlock: "latest" });
  return logs
    .filter(({ address, blockNumber, index }) => {
      if (!addresses.includes(address)) return false;
      const [block, at] = listedAt.get(address) ?? [0, 0]; // pools are told from their listing on
      return blockNumber > block || (blockNumber === block && index > at);
    })
    .map(({ blockHash, index }) => `${blockHash}/${index}`);
}

/** Events that were told and not retracted, in order; fails if a line is missing, told twice or retracted wrongly. */
function standing(lines: readonly NumberedLine[]): string[] {
  expect(lines.map(({ seq }) => seq)).to.deep.equal(lines.map((_, i) => i + 1));
  const events = new Map<number, string>();
  for (const line of lines) {
    if (line.kind === "event") events.set(line.seq, `${line.blockHash}/${line.logIndex}`);
    if (line.kind !== "retracted" || line.line.kind !== "event") continue;
    expect(events.get(line.of), `line ${line.seq} retracts ${line.of}`).to.equal(
      `${line.line.blockHash}/${line.line.logIndex}`,
    );
    events.delete(line.of);
  }
  return [...events.values()];
}

/** What was told of events, without the times and hashes in which two chains differ. */
function courseOf(lines: readonly NumberedLine[]): unknown[] {
  const told = lines.filter((line) => (line.kind === "retracted" ? line.line : line).kind === "event");
  const number = new Map(told.map(({ seq }, i) => [seq, i]));
  return told.map((line) => {
    if (line.kind === "retracted") return ["retracted", number.get(line.of)];
    if (line.kind !== "event") return undefined;
    const amounts = ["amount", "user"].map((name) => line.args[name] ?? null);
    return [line.contract, line.address, line.event, ...amounts];
  });
}

/** Waits until a transaction is mined: anvil says that it has it before that. */
async function mined(sending: Promise<ContractTransactionResponse>): Promise<void> {
  await (await sending).wait();
}

async function staker({ connection, accounts, protocol }: TaskStage) {
  const signer = await connection.ethers.getSigner(accounts.STAKER);
  const pool = lookUp(protocol.flexiblePools, "Flexible").connect(signer);
  await lookUp(protocol.tokens, "TSK")
    .connect(signer)
    .approve(pool, 10n ** 30n);
  return pool;
}

async function end(process: TaskProcess): Promise<void> {
  process.signal("SIGTERM");
  expect(await process.exitCode, process.stderr()).to.equal(0);
}

/** Takes back what a test did. */
async function onStage(body: (stage: TaskStage) => Promise<void>, client?: Client): Promise<void> {
  const stage = await taskStage(client);
  const snapshot = await stage.connection.networkHelpers.takeSnapshot();
  try {
    await body(stage);
  } finally {
    await snapshot.restore();
  }
}

describe("watch", () => {
  it("tells each event once, however often it is killed", async () => {
    await onStage(async (stage) => {
      const { node, connection, protocol } = stage;
      const pool = await staker(stage);
      const where = await files(stage);
      let kills = 0;
      for (const [i, milliseconds] of [0, 3, 10, 25, 60, 120, 5, 40].entries()) {
        const watching = startWatch(node.port, where, "--chunk", "3");
        const before = read(where).length;
        await until(() => read(where).length > before);
        for (let j = 0; j < 3; j++) await pool.stake(10n ** 18n + BigInt(i * 10 + j));
        await sleep(milliseconds);
        watching.signal("SIGKILL");
        expect(await watching.exitCode).to.equal(null);
        kills++;
        await pool.withdraw(5n + BigInt(i)); // while nobody watches
      }
      const last = startWatch(node.port, where, "--once");
      expect(await last.exitCode, last.stderr()).to.equal(0);
      expect(kills).to.equal(8);
      expect(standing(read(where))).to.deep.equal(await chainEvents(connection, protocol));
      const text = readFileSync(where.output, "utf8");
      const again = startWatch(node.port, where, "--once");
      expect(await again.exitCode).to.equal(0);
      expect(readFileSync(where.output, "utf8")).to.equal(text);
      expect(again.stderr()).not.to.include("ExperimentalWarning");
    });
  });

  const outcomes = new Map<Client, readonly unknown[]>();

  for (const client of CLIENTS) {
    it(`retracts what a reorganisation undid, also one during which it did not run: ${client}`, async () => {
      await onStage(async (stage) => {
        const { node, connection, protocol } = stage;
        const { provider } = connection.ethers;
        const pool = await staker(stage);
        const where = await files(stage);
        const watching = startWatch(node.port, where);
        await mined(pool.stake(10n ** 18n));
        const id: unknown = await provider.send("evm_snapshot", []);
        await mined(pool.stake(2n * 10n ** 18n));
        await mined(pool.withdraw(3n));
        const undone = (await chainEvents(connection, protocol)).slice(-2);
        await until(() => standing(read(where)).includes(undone[1] ?? ""));

        await provider.send("evm_revert", [id]);
        for (let i = 0; i < 4; i++) await mined(pool.stake(3n * 10n ** 18n + BigInt(i)));
        const expected = await chainEvents(connection, protocol);
        await until(() => standing(read(where)).at(-1) === expected.at(-1));
        const retracted = read(where).flatMap((line) =>
          line.kind === "retracted" && line.line.kind === "event"
            ? [`${line.line.blockHash}/${line.line.logIndex}`]
            : [],
        );
        expect(retracted).to.deep.equal([...undone].reverse()); // and nothing else
        expect(standing(read(where))).to.deep.equal(expected);
        await end(watching);

        const second: unknown = await provider.send("evm_snapshot", []);
        await mined(pool.stake(7n * 10n ** 18n));
        expect(await startWatch(node.port, where, "--once").exitCode).to.equal(0);
        await provider.send("evm_revert", [second]);
        await mined(pool.stake(8n * 10n ** 18n));
        await mined(pool.stake(9n * 10n ** 18n));
        expect(await startWatch(node.port, where, "--once").exitCode).to.equal(0);
        expect(standing(read(where))).to.deep.equal(await chainEvents(connection, protocol));
        expect(read(where).filter(({ kind }) => kind === "retracted")).to.have.length(3);
        outcomes.set(client, courseOf(read(where)));
      }, client);
    });
  }

  it("tells the same of the same course on both clients", () => {
    const [first, second] = CLIENTS.map((client) => outcomes.get(client));
    expect(first).to.have.length.greaterThan(10);
    expect(second).to.deep.equal(first);
  });

  it("follows blocks of the same heights that took the place of others: anvil", async () => {
    await onStage(async (stage) => {
      const { node, connection, protocol } = stage;
      const { provider } = connection.ethers;
      const pool = await staker(stage);
      const where = await files(stage);
      const watching = startWatch(node.port, where);
      for (let i = 1n; i <= 5n; i++) await mined(pool.stake(i * 10n ** 18n));
      const before = await chainEvents(connection, protocol);
      await until(() => standing(read(where)).at(-1) === before.at(-1));
      const head = await provider.getBlockNumber();
      await provider.send("anvil_reorg", [2, []]);
      expect(await provider.getBlockNumber()).to.equal(head);
      const after = await chainEvents(connection, protocol);
      expect(after).to.deep.equal(before.slice(0, -2));
      await until(() => standing(read(where)).length === after.length);
      expect(standing(read(where))).to.deep.equal(after);
      await mined(pool.stake(10n ** 18n));
      const last = await chainEvents(connection, protocol);
      await until(() => standing(read(where)).at(-1) === last.at(-1));
      expect(standing(read(where))).to.deep.equal(last);
      await end(watching);
    }, "anvil");
  });

  it("asks for less when a node refuses a range, and goes on when the node comes back", async () => {
    await onStage(async (stage) => {
      const { node, connection, protocol } = stage;
      const pool = await staker(stage);
      const where = await files(stage);
      let away = false;
      const rude = await startRudeNode(node.url, { logRange: 4, script: () => (away ? "cut" : undefined) });
      const watching = startWatch(rude.port, where);
      try {
        await until(async () => standing(read(where)).length === (await chainEvents(connection, protocol)).length);
        away = true;
        await pool.stake(10n ** 18n);
        await until(() => watching.stderr().includes("The node does not answer as it should"));
        await pool.stake(10n ** 18n);
        away = false;
        await until(async () => standing(read(where)).length === (await chainEvents(connection, protocol)).length);
        expect(standing(read(where))).to.deep.equal(await chainEvents(connection, protocol));
        await until(() => watching.stderr().includes("The trouble with the node is over"));
      } finally {
        watching.signal("SIGTERM");
        await watching.exitCode;
        await rude.close();
      }
    });
  });

  it("tells an event later that the index of logs shows later than its block", async () => {
    await onStage(async (stage) => {
      const { node, connection, protocol } = stage;
      const pool = await staker(stage);
      const where = await files(stage);
      const rude = await startRudeNode(node.url, { logLag: 1 });
      const watching = startWatch(rude.port, where);
      try {
        await pool.stake(10n ** 18n);
        const event = (await chainEvents(connection, protocol)).at(-1) ?? "";
        const head = await connection.ethers.provider.getBlockNumber();
        // Several looks at a head whose logs are not there yet.
        const looks = () =>
          rude.asked.filter(
            ({ method, params }) =>
              method === "eth_getLogs" && JSON.stringify(params).includes(`"toBlock":"0x${head.toString(16)}"`),
          ).length;
        await until(() => looks() > 6);
        expect(standing(read(where))).not.to.include(event);
        rude.rules.logLag = 0;
        await until(() => standing(read(where)).includes(event));
        expect(standing(read(where)).toSorted()).to.deep.equal((await chainEvents(connection, protocol)).toSorted());
        await end(watching);
      } finally {
        watching.signal("SIGKILL");
        await rude.close();
      }
    });
  });

  it("reads 100,000 empty blocks in few questions, and ends", async () => {
    await onStage(async (stage) => {
      const { node, connection } = stage;
      await connection.ethers.provider.send("hardhat_mine", ["0x186a0", "0x1"]);
      const where = await files(stage);
      const rude = await startRudeNode(node.url, {});
      try {
        const watching = startWatch(rude.port, where, "--once");
        expect(await watching.exitCode, watching.stderr()).to.equal(0);
        expect(rude.asked.length).to.be.lessThan(400);
      } finally {
        await rude.close();
      }
    });
  });

  it("says that a node is silent, shows it in the metrics, and ends at once when it is told to", async () => {
    await onStage(async (stage) => {
      const where = await files(stage);
      const rude = await startRudeNode(stage.node.url, {});
      const port = await freePort();
      const options = ["--metrics-port", String(port), "--patience", "2", "--dead", "1 second"];
      const watching = startWatch(rude.port, where, ...options);
      const up = async () => {
        const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
          async (response) => response.text(),
          () => "",
        );
        return /^termstake_node_up (\d)$/m.exec(text)?.[1];
      };
      try {
        await until(async () => (await up()) === "1");
        rude.rules.script = () => "silence";
        await until(async () => (await up()) === "0");
        await until(() => read(where).some((line) => line.kind === "alert" && line.alert === "dead node"));
        expect(watching.stderr()).to.match(/no answer in [12] s/);
        const asked = rude.asked.length;
        await until(() => rude.asked.length > asked); // it waits for an answer now
        await end(watching);
      } finally {
        watching.signal("SIGKILL");
        await rude.close();
      }
    });
  });

  it("tells the webhook of what a leaked operator key schedules, before it can act", async () => {
    await onStage(async (stage) => {
      const { node, connection, protocol, accounts } = stage;
      const operator = await connection.ethers.getSigner(accounts.OPERATOR);
      const where = await files(stage);
      const posted: string[] = [];
      const receiver = createServer((request, response) => {
        void bodyOf(request).then((body) => {
          posted.push(body);
          response.writeHead(200).end();
        });
      }).listen(0, "127.0.0.1");
      await once(receiver, "listening");
      const address = receiver.address();
      const webhook = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
      const watching = startWatch(node.port, where, "--webhook", webhook);
      try {
        await until(async () => standing(read(where)).length === (await chainEvents(connection, protocol)).length);
        const pool = lookUp(protocol.fixedTermPools, "Fixed");
        for (const data of [
          pool.interface.encodeFunctionData("setRecipients", [accounts.OTHER, accounts.OTHER]),
          pool.interface.encodeFunctionData("closeTerm", [0n]),
          pool.interface.encodeFunctionData("withdrawBudget", [accounts.OTHER, 1n]),
        ])
          await protocol.access.connect(operator).schedule(pool, data, 0n);
        const told = (call: string) =>
          posted.some((body) => body.includes("scheduled operation") && body.includes(call));
        const [who, other] = [accounts.OPERATOR, accounts.OTHER];
        await until(() => told(`${who} schedules Fixed.setRecipients(${other}, ${other}): it may run from`));
        await until(() => told(`${who} schedules Fixed.closeTerm(0): it may run from`));
        await until(() => told(`${who} schedules Fixed.withdrawBudget(${other}, 1): it may run from`));
        await end(watching);
      } finally {
        watching.signal("SIGKILL");
        receiver.closeAllConnections();
        receiver.close();
      }
    });
  });

  it("raises each alert, posts them until they are accepted, and shows metrics", async () => {
    await onStage(async (stage) => {
      const { node, connection, protocol, accounts } = stage;
      const { ethers, networkHelpers } = connection;
      const pool = await staker(stage);
      await pool.stake(10n ** 20n);
      const where = await files(stage);
      const posts: { key: string; accepted: boolean; body: NumberedLine }[] = [];
      const receiver = createServer((request, response) => {
        void bodyOf(request).then((body) => {
          const key = String(request.headers["idempotency-key"]);
          const accepted = posts.filter((post) => post.key === key).length !== 0; // each only the second time
          posts.push({ key, accepted, body: JSON.parse(body) as NumberedLine });
          response.writeHead(accepted ? 200 : 503).end();
        });
      }).listen(0, "127.0.0.1");
      await once(receiver, "listening");
      const address = receiver.address();
      const webhook = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/secret`;
      const port = await freePort();
      const watching = startWatch(node.port, where, "--webhook", webhook, "--metrics-port", String(port));
      const alerts = (kind: "alert" | "resolved") =>
        read(where).flatMap((line) => (line.kind === kind ? [`${line.alert}: ${line.place}`] : []));
      try {
        await until(async () => standing(read(where)).length === (await chainEvents(connection, protocol)).length);
        expect(alerts("alert").filter((alert) => !alert.startsWith("low budget"))).to.deep.equal([]); // history is no alarm

        const guardian = await ethers.getSigner(accounts.GUARDIAN);
        await lookUp(protocol.fixedTermPools, "Fixed").connect(guardian).pause();
        await until(() => alerts("alert").includes("paused: Fixed"));
        await pool.withdraw(10n ** 18n); // one hundredth is no large exit
        await pool.withdraw(10n ** 19n);
        await until(() => alerts("alert").includes("large exit: Flexible"));
        expect(alerts("alert").filter((alert) => alert.startsWith("large exit"))).to.have.length(1);

        const admin = await ethers.getSigner(accounts.ADMIN);
        const grant = protocol.access.interface.encodeFunctionData("grantRole", [ROLE.guardian, accounts.OTHER, 0]);
        await protocol.access.connect(admin).schedule(protocol.access, grant, 0);
        await networkHelpers.time.increase(2n * DAY);
        await protocol.access.connect(admin).execute(protocol.access, grant);
        await until(() => alerts("alert").includes("role change: AccessManager"));

        const token = await lookUp(protocol.tokens, "TSK").getAddress();
        const rebasing = await ethers.deployContract("RebasingToken");
        await ethers.provider.send("hardhat_setCode", [token, await ethers.provider.getCode(rebasing)]);
        const shrinking = RebasingToken__factory.connect(token, admin);
        await shrinking.rebase(pool, 5_000n);
        await until(() => alerts("alert").some((alert) => alert.startsWith("solvency: Flexible, ")));
        const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
        expect(metrics).to.match(/^termstake_node_up 1$/m);
        expect(metrics).to.match(/^termstake_events_total\{contract="Flexible",event="Staked"\} [1-9]/m);
        expect(metrics).to.match(/^termstake_pool_paused\{pool="Fixed"\} 1$/m);
        expect(metrics).to.match(/^termstake_pool_paused\{pool="Flexible"\} 0$/m);
        expect(metrics).to.match(/^termstake_runway_seconds\{place="schedule 0"\} /m);
        await until(async () => {
          const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
          return /^termstake_alerts_active\{alert="solvency"\} [1-9]/m.test(text);
        });
        await shrinking.rebase(pool, 20_000n);
        await until(() => alerts("resolved").some((alert) => alert.startsWith("solvency: Flexible, ")));

        const told = read(where).filter(({ kind }) => kind === "alert" || kind === "resolved");
        await until(() => posts.filter(({ accepted }) => accepted).length >= told.length);
        const accepted = posts.filter((post) => post.accepted).map(({ body }) => body.seq);
        expect(accepted).to.deep.equal(read(where).flatMap(({ kind, seq }) => (kind === "event" ? [] : [seq])));
        expect(watching.stderr()).to.include("answered 503").and.not.to.include("secret");

        const second = startWatch(node.port, where);
        expect(await second.exitCode).to.equal(EXIT.usage);
        expect(second.stderr()).to.include("Another process uses");
      } finally {
        watching.signal("SIGTERM");
        await watching.exitCode;
        receiver.closeAllConnections();
        receiver.close();
      }
    });
  });

  it("says what is wrong with its options", async () => {
    const { node } = await taskStage();
    const where = await files(await taskStage());
    for (const [args, sentence] of [
      [["--runway", "soon"], '--runway: "soon" is no duration such as "30 days"'],
      [["--large-exit", "0 %"], "--large-exit is 0 %; the least is 0.01 %"],
      [["--metrics-port", "70000"], "--metrics-port is 70000; the highest is 65535"],
      [["--webhook", "nowhere"], "The webhook is no URL that begins with https:// or http://"],
      [["--chunk", "0"], "--chunk is 0; the least is 1"],
    ] as const) {
      const wrong = startWatch(node.port, where, ...args);
      expect(await wrong.exitCode, args.join(" ")).to.equal(EXIT.usage);
      expect(wrong.stderr()).to.include(sentence);
    }
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(request, "end");
  return Buffer.concat(chunks).toString("utf8");
}
