// The page reads only what may have changed. Whatever happens on the chain, that has to be what reading all of it anew says.
import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { readOwed, readPositions, readStakes } from "../../app/src/chain/account.ts";
import { historyOf, readAccountLogs } from "../../app/src/chain/history.ts";
import type { Transport } from "../../app/src/chain/transport.ts";
import { directoryOf, readDirectory, readPools } from "../../app/src/chain/pools.ts";
import type { Reader } from "../../app/src/chain/reader.ts";
import { createFixedTermPool, createFlexiblePool } from "../helpers/factory.ts";
import { announce } from "../helpers/fixtures.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";
import { inProcess, pageReader } from "./page-reader.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const DAY = 86_400;

/** Passes requests to the simulated chain, notes them, and takes the times out of logs if `silent`, as older nodes do. */
function simulated({ asked = [], silent = false }: { asked?: string[]; silent?: boolean } = {}): Transport {
  return inProcess(connection.provider, async ({ method, params }) => {
    asked.push(method);
    const result: unknown = await connection.provider.request({ method, params });
    if (silent && method === "eth_getLogs")
      for (const log of result as object[]) Reflect.deleteProperty(log, "blockTimestamp");
    return result;
  });
}

async function readerOf({ factory, lens }: LensFixture, transport = simulated()): Promise<Reader> {
  return pageReader(transport, { PoolFactory: await factory.getAddress(), StakingLens: await lens.getAddress() });
}

/** Everything that the pages show of the chain, of one account. */
async function readAll(reader: Reader, account: string) {
  const pools = await readPools(reader);
  const directory = await readDirectory(reader);
  expect(directoryOf(pools)).to.deep.equal(directory);
  const readable = pools.filter((pool) => pool.kind !== "unreadable");
  return {
    pools,
    stakes: await readStakes(reader, directory.flexible, account),
    positions: await readPositions(reader, directory.fixed, account),
    owed: await readOwed(reader, directory.fixed, account),
    history: historyOf(await readAccountLogs(reader, directory, account), readable),
  };
}

/** What may happen; each picks among what there is by a number. */
const HAPPENINGS = {
  async open({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).open(n % 2, 10n ** 20n + BigInt(n), actors.alice, 0);
  },
  async openForAnother({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).open(n % 2, 10n ** 20n, actors.bob, 0);
  },
  async send({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).transferFrom(actors.alice, actors.bob, n);
  },
  async sendBack({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.bob).transferFrom(actors.bob, actors.alice, n);
  },
  async order({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).setAutoRenew(n, 1, 3_600, true);
  },
  async cancelOrder({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).cancelAutoRenew(n);
  },
  async leavePartly({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).withdrawEarly(n, 10n ** 19n, actors.alice, 0, 0);
  },
  async withdraw({ actors, fixedTermPool }, n) {
    await fixedTermPool.connect(actors.alice).withdraw(n, actors.alice);
  },
  async stake({ actors, flexiblePool }, n) {
    await flexiblePool.connect(actors.alice).stake(1_000 + n);
  },
  async unstake({ actors, flexiblePool }) {
    await flexiblePool.connect(actors.alice).exit();
  },
  async stream({ actors, flexiblePool, rewardsToken }, n) {
    await rewardsToken.mint(flexiblePool, 10n ** 12n);
    await flexiblePool.connect(actors.funder).notifyRewardAmount(10n ** 9n * BigInt(n));
  },
  async pause({ actors, flexiblePool, fixedTermPool }, n) {
    await (n % 2 === 0 ? flexiblePool : fixedTermPool).connect(actors.deployer).pause();
  },
  async unpause({ actors, flexiblePool, fixedTermPool }, n) {
    await (n % 2 === 0 ? flexiblePool : fixedTermPool).connect(actors.deployer).unpause();
  },
  async list({ access, actors, factory, flexiblePool }, n) {
    const target = await factory.getAddress();
    const data = factory.interface.encodeFunctionData("setListed", [await flexiblePool.getAddress(), n % 2 === 0]);
    await announce(connection, access, actors.governor, target, data);
    await access.connect(actors.governor).execute(target, data);
  },
  async create({ actors, factory, fixedTerm, flexible }, n) {
    const salt = `0x${n.toString(16).padStart(64, "0")}`;
    if (n % 2 === 0) await createFlexiblePool(ethers, factory, actors.bob, flexible, salt);
    else await createFixedTermPool(ethers, factory, actors.bob, fixedTerm, salt);
  },
  async pass(_, n) {
    await networkHelpers.time.increase(n * 8 * DAY);
  },
} satisfies Record<string, (fixture: LensFixture, n: number) => Promise<void>>;

type Happening = keyof typeof HAPPENINGS;

describe("app: reading the chain", () => {
  const fixture = () => deployLens(ethers);
  /** Where much can happen: four positions, a stake and a stream. */
  async function busyFixture(): Promise<LensFixture> {
    const stage = await fixture();
    for (const n of [1, 2, 3, 4]) await HAPPENINGS.open(stage, n);
    await HAPPENINGS.stake(stage, 1);
    await HAPPENINGS.stream(stage, 8);
    return stage;
  }

  it("tells of what changed the same as reading all of it anew", async () => {
    const names = Object.keys(HAPPENINGS) as Happening[];
    const steps = fc.array(fc.tuple(fc.constantFrom("undo" as const, ...names), fc.integer({ min: 1, max: 8 })), {
      minLength: 12,
      maxLength: 24,
    });
    const succeeded = new Set<string>();
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const stage = await networkHelpers.loadFixture(busyFixture);
        const reader = await readerOf(stage);
        const { address } = stage.actors.alice;
        let undo = await networkHelpers.takeSnapshot();
        for (const [name, n] of history) {
          if (name === "undo") {
            // As a reorganisation does: other blocks take the place of those that were read.
            await undo.restore();
            await networkHelpers.mine(n - 1);
            undo = await networkHelpers.takeSnapshot();
          } else {
            try {
              await HAPPENINGS[name](stage, n);
              succeeded.add(name);
            } catch {
              continue; // not everything can happen at any time
            }
          }
          expect(await readAll(reader, address)).to.deep.equal(await readAll(await readerOf(stage), address));
        }
      }),
      { numRuns: 8, seed: 20_260_401 },
    );
    expect([...succeeded].sort()).to.deep.equal([...names].sort());
  });

  it("finds the times of events also where the node does not tell them with the logs", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { address } = stage.actors.alice;
    await HAPPENINGS.open(stage, 1);
    await HAPPENINGS.stake(stage, 2);
    const told = await readAll(await readerOf(stage), address);
    expect(await readAll(await readerOf(stage, simulated({ silent: true })), address)).to.deep.equal(told);
    expect(told.history.map(({ kind }) => kind)).to.deep.equal(["staked", "opened"]);
    expect(told.history.every(({ time }) => time > 1_600_000_000)).to.equal(true);
  });

  it("asks for little where little happened", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const asked: string[] = [];
    const reader = await readerOf(stage, simulated({ asked }));
    const { address } = stage.actors.alice;
    for (let n = 1; n <= 5; n += 1) await HAPPENINGS.open(stage, n);
    await HAPPENINGS.stake(stage, 1);
    const before = await readAll(reader, address);
    asked.length = 0;
    await networkHelpers.mine();
    const after = await readAll(reader, address);
    expect(after.pools).to.equal(before.pools);
    expect(after.positions).to.equal(before.positions);
    // The directory, and the stakes, whose reward grows with time.
    expect(asked.filter((method) => method === "eth_call")).to.have.length(3);
  });
});
