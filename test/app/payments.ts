// When a pool is paid next is said as the distributor has it, and nothing is said of what is not known or not scheduled.
import { expect } from "chai";
import { network } from "hardhat";

import { nextPayment, readDue, readPayments, type Payments } from "../../app/src/chain/payments.ts";
import type { Reader } from "../../app/src/chain/reader.ts";
import { createSchedule, deploySchedule, Kind, receivingPool, WEEK } from "../helpers/distributor.ts";
import { DAY } from "../helpers/fixtures.ts";
import { inProcess, pageReader } from "./page-reader.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const BUDGET = 1_000n;

/** The distributor of `deploySchedule` as the page reads it; its schedule 0 pays 10 % of fees and holds nothing. */
async function fixture() {
  const stage = await deploySchedule(ethers);
  const RewardDistributor = await stage.distributor.getAddress();
  const reader = pageReader(inProcess(connection.provider), { RewardDistributor });
  const fund = async (id: bigint, amount: bigint) => stage.distributor.connect(stage.actors.funder).fund(id, amount);
  return { ...stage, reader, fund, address: await stage.flexible.getAddress() };
}

/** When `pool` is paid next, at the newest block's time. */
async function next(reader: Reader, pool: string) {
  const payments = await readPayments(reader);
  const due = await readDue(reader, pool, payments[pool]?.schedules ?? []);
  return nextPayment(payments, pool, due, await networkHelpers.time.latest());
}

describe("app: the next payment of a pool", () => {
  it("is the next epoch of its schedule, which may not be funded yet", async () => {
    const { reader, address, start, fund } = await networkHelpers.loadFixture(fixture);
    expect(await next(reader, address)).to.deep.equal({ kind: "unfunded", at: Number(start) });
    await fund(0n, 2n * BUDGET);
    expect(await next(reader, address)).to.deep.equal({ kind: "funded", at: Number(start) });
  });

  it("can be had at once when its epoch has begun, until it is sent; then it is the one after", async () => {
    const { reader, distributor, flexible, address, start, fund } = await networkHelpers.loadFixture(fixture);
    await fund(0n, 2n * BUDGET);
    await networkHelpers.time.increaseTo(start);
    expect(await next(reader, address)).to.deep.equal({ kind: "now" });
    await distributor.distribute(0n, flexible);
    expect(await next(reader, address)).to.deep.equal({ kind: "funded", at: Number(start + WEEK) });
    await networkHelpers.time.increaseTo(start + WEEK);
    await distributor.distribute(0n, flexible);
    expect(await next(reader, address)).to.deep.equal({ kind: "unfunded", at: Number(start + 2n * WEEK) });
  });

  it("is the soonest of several schedules", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, address, token, flexible, start, fund } = stage;
    const sooner = start - DAY / 2n;
    const terms = { token, epoch: DAY, budget: BUDGET, start: sooner, epochs: 1n, feeBps: 2_000n };
    const id = await createSchedule(stage, terms, [{ pool: flexible, weight: 1n }]);
    await fund(id, BUDGET);
    expect(await next(reader, address)).to.deep.equal({ kind: "funded", at: Number(sooner) });
    expect((await readPayments(reader))[address]?.feeBps).to.equal(2_000);
    await networkHelpers.time.increaseTo(sooner);
    await stage.distributor.distribute(id, flexible);
    expect(await next(reader, address)).to.deep.equal({ kind: "unfunded", at: Number(start) });
  });

  it("is none where no schedule pays the pool: it was never named, is named no longer, or the schedule has ended", async () => {
    const { reader, distributor, actors, token, flexible, fixedTerm, address } =
      await networkHelpers.loadFixture(fixture);
    const stranger = await (await receivingPool(ethers, token, Kind.flexible)).getAddress();
    expect(await next(reader, stranger)).to.deep.equal({ kind: "none" });
    await distributor.connect(actors.governor).setWeights(0n, [{ pool: flexible, weight: 0n }]);
    expect(await next(reader, address)).to.deep.equal({ kind: "none" });
    expect((await readPayments(reader))[address]?.feeBps).to.equal(0);
    const other = await fixedTerm.getAddress();
    expect((await next(reader, other)).kind).to.equal("unfunded");
    await distributor.connect(actors.governor).endSchedule(0n, actors.governor);
    expect(await next(reader, other)).to.deep.equal({ kind: "none" });
  });

  it("is none after the last epoch, once all that has accrued was sent", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, distributor, flexible, address, start, fund } = stage;
    await fund(0n, 10n * BUDGET);
    for (const later of [9n, 10n, 20n]) {
      await networkHelpers.time.increaseTo(start + later * WEEK);
      if (later === 9n) {
        expect(await next(reader, address)).to.deep.equal({ kind: "now" });
        await distributor.distribute(0n, flexible);
      }
      expect(await next(reader, address), later.toString()).to.deep.equal({ kind: "none" });
    }
  });

  it("is what an ended schedule still owes", async () => {
    const { reader, distributor, actors, address, start, fund } = await networkHelpers.loadFixture(fixture);
    await fund(0n, BUDGET);
    await networkHelpers.time.increaseTo(start);
    await distributor.connect(actors.governor).endSchedule(0n, actors.governor);
    expect(await next(reader, address)).to.deep.equal({ kind: "now" });
  });

  it("is not known, rather than none, until the schedules are read", () => {
    expect(nextPayment(undefined, "0x", 0n, 0)).to.deep.equal({ kind: "unknown" });
  });

  it("is due from its second on, also where no block has come since", () => {
    const payments: Payments = { "0x": { feeBps: 0, next: { at: 100, funded: true }, schedules: ["0"] } };
    expect(nextPayment(payments, "0x", 0n, 99.9)).to.deep.equal({ kind: "funded", at: 100 });
    expect(nextPayment(payments, "0x", 0n, 100)).to.deep.equal({ kind: "now" });
  });
});
