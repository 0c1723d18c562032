// `keeper` in processes of its own: two of them beside one node pay once, and neither sends what does nothing.
import { mkdtemp } from "node:fs/promises";
import path from "node:path";

import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { delayOf } from "../../tasks/keeper/keeper.ts";
import { startTask, until, type TaskProcess } from "../helpers/task-process.ts";
import { taskStage, type TaskStage } from "../helpers/tasks.ts";

const WEEK = 7n * DAY;

interface Tally {
  readonly transactions: number;
  readonly failed: number;
  readonly paid: ReadonlyMap<string, number>;
}

/** What two accounts sent since a block, and how often each pool was paid. */
async function tally({ connection, protocol }: TaskStage, senders: readonly string[], since: number): Promise<Tally> {
  const { provider } = connection.ethers;
  let [transactions, failed] = [0, 0];
  for (let number = since + 1; number <= (await provider.getBlockNumber()); number++) {
    const block = await provider.getBlock(number, true);
    for (const { from, hash } of block?.prefetchedTransactions ?? []) {
      if (!senders.includes(from)) continue;
      transactions++;
      if ((await provider.getTransactionReceipt(hash))?.status !== 1) failed++;
    }
  }
  const paid = new Map<string, number>();
  const { distributor } = protocol;
  for (const { args } of await distributor.queryFilter(distributor.filters.Distributed(), since + 1)) {
    paid.set(args.pool, (paid.get(args.pool) ?? 0) + 1);
  }
  return { transactions, failed, paid };
}

async function onStage(body: (stage: TaskStage, journal: () => Promise<string>) => Promise<void>): Promise<void> {
  const stage = await taskStage();
  const snapshot = await stage.connection.networkHelpers.takeSnapshot();
  try {
    await body(stage, async () => mkdtemp(path.join(stage.directory, "keeper-")));
  } finally {
    await snapshot.restore();
  }
}

function startKeeper({ node }: TaskStage, from: string, journal: string, ...args: readonly string[]): TaskProcess {
  return startTask(node.port, "keeper", "--from", from, "--journal", journal, ...args);
}

async function end(...keepers: readonly TaskProcess[]): Promise<void> {
  for (const keeper of keepers) keeper.signal("SIGTERM");
  for (const keeper of keepers) expect(await keeper.exitCode, keeper.stderr()).to.equal(0);
}

describe("keeper", () => {
  it("pays each epoch once where two keepers share a machine, and neither sends for nothing", async () => {
    await onStage(async (stage, journal) => {
      const { connection, protocol, accounts } = stage;
      const { time } = connection.networkHelpers;
      const senders = [accounts.STAKER, accounts.OTHER];
      const directory = await journal();
      const loop = ["--interval", "0.05", "--jitter", "0"];
      const keepers = senders.map((from) => startKeeper(stage, from, directory, ...loop));
      const since = await connection.ethers.provider.getBlockNumber();
      for (let epoch = 1; epoch <= 3; epoch++) {
        await time.increase(WEEK);
        await until(async () => {
          const counts = [...(await tally(stage, senders, since)).paid.values()];
          return counts.length === 2 && counts.every((count) => count === epoch);
        });
      }
      await end(...keepers);
      const { transactions, failed, paid } = await tally(stage, senders, since);
      expect(failed).to.equal(0);
      expect(transactions).to.equal(6); // two pools, three epochs
      expect([...paid.values()]).to.deep.equal([3, 3]);
      expect(await protocol.distributor.pending(0n, lookUp(protocol.flexiblePools, "Flexible"))).to.equal(0n);
    });
  });

  it("pays each epoch once where two keepers know nothing of each other", async () => {
    await onStage(async (stage, journal) => {
      const { connection, accounts } = stage;
      const senders = [accounts.STAKER, accounts.OTHER];
      const since = await connection.ethers.provider.getBlockNumber();
      await connection.networkHelpers.time.increase(WEEK);
      const keepers = await Promise.all(
        senders.map(async (from) => startKeeper(stage, from, await journal(), "--once", "--jitter", "20")),
      );
      for (const keeper of keepers) expect(await keeper.exitCode, keeper.stderr()).to.equal(0);
      const { failed, paid } = await tally(stage, senders, since);
      expect([...paid.values()]).to.deep.equal([1, 1]);
      expect(failed).to.equal(0);
    });
  });

  it("renews what owners asked for, once, and leaves alone what they did not", async () => {
    await onStage(async (stage, journal) => {
      const { connection, protocol, accounts } = stage;
      const owner = await connection.ethers.getSigner(accounts.STAKER);
      const pool = lookUp(protocol.fixedTermPools, "Fixed").connect(owner);
      await lookUp(protocol.tokens, "TSK")
        .connect(owner)
        .approve(pool, 10n ** 24n);
      for (let i = 0; i < 3; i++) await pool.open(0n, 10n ** 20n, owner, 0n);
      const last = await pool.positionCount();
      const [asked, cancelled, silent] = [last - 2n, last - 1n, last];
      for (const id of [asked, cancelled]) await pool.setAutoRenew(id, 1n, 7n * DAY, false);
      await pool.cancelAutoRenew(cancelled);
      const early = startKeeper(stage, accounts.OTHER, await journal(), "--once", "--jitter", "0");
      expect(await early.exitCode, early.stderr()).to.equal(0);
      expect(await pool.positionCount()).to.equal(last);

      await connection.networkHelpers.time.increase(30n * DAY);
      const keeper = startKeeper(stage, accounts.OTHER, await journal(), "--once", "--jitter", "0", "--json");
      expect(await keeper.exitCode, keeper.stderr()).to.equal(0);
      expect(keeper.stdout()).to.include(`Renew position ${asked} of Fixed in term 1`);
      expect(await pool.positionCount()).to.equal(last + 1n);
      const renewed = await pool.position(last + 1n);
      expect([renewed.owner, renewed.termId, renewed.autoRenew]).to.deep.equal([owner.address, 1n, false]);
      for (const id of [cancelled, silent]) expect(await pool.ownerOf(id)).to.equal(owner.address);
    });
  });

  it("renews in a pool that nobody lists only if it is asked to", async () => {
    await onStage(async (stage, journal) => {
      const { connection, protocol, accounts } = stage;
      const { time } = connection.networkHelpers;
      const owner = await connection.ethers.getSigner(accounts.STAKER);
      const operator = await connection.ethers.getSigner(accounts.OPERATOR);
      const pool = lookUp(protocol.fixedTermPools, "Fixed").connect(owner);
      await lookUp(protocol.tokens, "TSK")
        .connect(owner)
        .approve(pool, 10n ** 24n);
      await pool.open(0n, 10n ** 20n, owner, 0n);
      const asked = await pool.positionCount();
      await pool.setAutoRenew(asked, 0n, 7n * DAY, false);
      const unlist = protocol.factory.interface.encodeFunctionData("setListed", [await pool.getAddress(), false]);
      const access = protocol.access.connect(operator);
      await time.increase(30n * DAY);
      await access.schedule(protocol.factory, unlist, 0n);
      await time.increase(DAY);
      await access.execute(protocol.factory, unlist);

      const once = ["--once", "--jitter", "0"];
      const usual = startKeeper(stage, accounts.OTHER, await journal(), ...once);
      expect(await usual.exitCode, usual.stderr()).to.equal(0);
      expect(await pool.positionCount()).to.equal(asked);
      const told = startKeeper(stage, accounts.OTHER, await journal(), ...once, "--pools", "Fixed");
      expect(await told.exitCode, told.stderr()).to.equal(0);
      expect(await pool.positionCount()).to.equal(asked + 1n);
    });
  });

  it("sends nothing above its gas price, nothing that would fail, and nothing on a dry run", async () => {
    await onStage(async (stage, journal) => {
      const { connection, protocol, accounts } = stage;
      const { provider } = connection.ethers;
      await connection.networkHelpers.time.increase(WEEK);
      const block = await provider.getBlockNumber();
      const dear = startKeeper(stage, accounts.OTHER, await journal(), "--once", "--max-gas-price", "0.000000001");
      expect(await dear.exitCode, dear.stderr()).to.equal(0);
      expect(dear.stderr()).to.match(/gas too dear: Distribute schedule 0 to Flexible, up to epoch 2: gas costs/);
      const dry = startKeeper(stage, accounts.OTHER, await journal(), "--dry-run");
      expect(await dry.exitCode, dry.stderr()).to.equal(0);
      expect(dry.stderr()).to.include("would send: Distribute schedule 0 to Fixed");
      expect(await provider.getBlockNumber()).to.equal(block);

      // A pool that takes nothing any more: its payment would fail, the other's goes through.
      const broken = await lookUp(protocol.flexiblePools, "Flexible").getAddress();
      await provider.send("hardhat_setCode", [broken, "0xfe"]);
      const keeper = startKeeper(stage, accounts.OTHER, await journal(), "--once", "--jitter", "0");
      expect(await keeper.exitCode, keeper.stderr()).to.equal(0);
      expect(keeper.stderr()).to.include("would fail: Distribute schedule 0 to Flexible");
      const { transactions, failed, paid } = await tally(stage, [accounts.OTHER], block);
      expect([transactions, failed]).to.deep.equal([1, 0]);
      expect([...paid.keys()]).to.deep.equal([await lookUp(protocol.fixedTermPools, "Fixed").getAddress()]);
    });
  });

  it("waits a while of its own for each chore, within the jitter", () => {
    const accounts = ["0xA", "0xB", "0xC"];
    const delays = accounts.map((from) => delayOf({ key: "distribute/0/0x1/2" }, from, 1_000));
    expect(new Set(delays).size).to.equal(3);
    for (const delay of delays) expect(delay).to.be.within(0, 1_000);
    expect(delayOf({ key: "a" }, "0xA", 0)).to.equal(0);
  });
});
