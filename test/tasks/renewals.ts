// A renewal whose reward does not fit below its term's caps: the principal starts anew, and the reward stays owed.
import { DAY } from "@termstake/sdk/units";
import { expect } from "chai";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { answer, taskStage, type TaskStage } from "../helpers/tasks.ts";

/** Terms of the pool `Fixed`, by the local config. */
const TERM = 0n;

/** Opens two positions that fill the term: the room that one of them leaves takes its principal again, and no more. */
async function openLarge({ connection, protocol, accounts }: TaskStage) {
  const [owner, other] = [
    await connection.ethers.getSigner(accounts.STAKER),
    await connection.ethers.getSigner(accounts.OTHER),
  ];
  const pool = lookUp(protocol.fixedTermPools, "Fixed").connect(owner);
  const token = lookUp(protocol.tokens, "TSK");
  const { terms } = await pool.term(TERM);
  const principal = terms.principalCap / 2n;
  const [reward] = await pool.previewOpen(TERM, principal);
  for (const [signer, amount] of [
    [owner, principal],
    [other, terms.principalCap - principal],
  ] as const) {
    await token.mint(signer, amount);
    await token.connect(signer).approve(pool, amount);
    await pool.connect(signer).open(TERM, amount, signer, 0n);
  }
  return { pool, id: (await pool.positionCount()) - 1n, principal, reward };
}

describe("a renewal whose reward does not fit", () => {
  let takeBack: () => Promise<void>;

  beforeEach(async () => {
    const snapshot = await (await taskStage()).connection.networkHelpers.takeSnapshot();
    takeBack = async () => snapshot.restore();
  });
  afterEach(async () => takeBack());

  it("is previewed and made by `renew`, which says what stays owed", async () => {
    const stage = await taskStage();
    const { pool, id, principal, reward } = await openLarge(stage);
    await stage.connection.networkHelpers.time.increase(30n * DAY);
    const ran = await stage.run("renew", { pool: "Fixed", position: String(id), from: stage.accounts.STAKER });
    answer(ran);
    expect(ran.stdout + ran.stderr).to.match(/The reward of 12328\.\d+ TSK does not fit below the term's caps/);
    expect((await pool.position(await pool.positionCount())).principal).to.equal(principal);
    expect(await pool.owed(stage.accounts.STAKER)).to.equal(reward);
  });

  it("is made by `keeper`, for no less than the contract promises", async () => {
    const stage = await taskStage();
    const { pool, id, principal, reward } = await openLarge(stage);
    await pool.setAutoRenew(id, TERM, 7n * DAY, false);
    await stage.connection.networkHelpers.time.increase(30n * DAY);
    const ran = await stage.run("keeper", { once: true, jitter: 0, from: stage.accounts.OPERATOR });
    answer(ran);
    const last = await pool.positionCount();
    expect(last, ran.stdout + ran.stderr).to.equal(id + 2n);
    expect((await pool.position(last)).principal).to.equal(principal);
    expect(await pool.owed(stage.accounts.STAKER)).to.equal(reward);
  });
});
