// What a command says that it made, beside whatever else its transaction did.
import { expect } from "chai";
import { ZeroHash } from "ethers";
import { z } from "zod";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { tellCreated } from "../../tasks/lib/created.ts";
import type { Deployment } from "../../tasks/lib/deployment.ts";
import type { Outcome } from "../../tasks/lib/sender.ts";
import { answer, taskStage, type TaskStage } from "../helpers/tasks.ts";

const scheduled = z.object({ scheduled: z.tuple([z.object({ id: z.string() })]) });
const opened = z.object({ position: z.bigint() });

describe("what a command made", () => {
  let stage: TaskStage;
  let takeBack: () => Promise<void>;

  before(async function () {
    stage = await taskStage();
  });

  beforeEach(async () => {
    const snapshot = await stage.connection.networkHelpers.takeSnapshot();
    takeBack = async () => snapshot.restore();
  });

  afterEach(async () => takeBack());

  it("is nothing where penalties are swept to the recipients of their time", async () => {
    const { run, accounts, protocol, connection } = stage;
    const pool = lookUp(protocol.fixedTermPools, "Fixed");
    const by = { from: accounts.STAKER, pool: "Fixed" };
    const { position } = opened.parse(answer(await run("open", { ...by, term: "1", amount: "100" })));
    answer(await run("exit", { ...by, position: String(position), yes: true }));
    expect((await pool.unsweptPenalties()).treasury).to.be.greaterThan(0n);
    const change = { pool: "Fixed", treasury: accounts.OTHER, from: accounts.OPERATOR };
    const [{ id: operation }] = scheduled.parse(answer(await run("penalty-split", change))).scheduled;
    await connection.networkHelpers.time.increase(86_400n);
    const made = answer(await run("execute", { operation, from: accounts.OPERATOR }));
    expect((await pool.unsweptPenalties()).treasury).to.equal(0n);
    expect((await pool.recipients()).treasury).to.equal(accounts.OTHER);
    expect(made).not.to.have.any.keys("term", "schedule", "round");
  });

  it("is the round that the fund says, not the one that a token says before it", async () => {
    const { insuranceFund } = stage.protocol;
    const event = insuranceFund.interface.getEvent("RoundPublished");
    const said = (address: string, round: bigint) => {
      const values = event.inputs.map(({ name, type }) =>
        name === "round" ? round : type === "address" ? address : type === "bytes32" ? ZeroHash : 0n,
      );
      return { address, ...insuranceFund.interface.encodeEventLog(event, values) };
    };
    const logs = [said(stage.accounts.OTHER, 7n), said(await insuranceFund.getAddress(), 1n)];
    const deployment = { insuranceFund: () => insuranceFund } as Deployment;
    expect(await tellCreated(deployment, { logs } as Outcome)).to.deep.include({ data: { round: 1n } });
  });
});
