import { expect } from "chai";

import { FixedTermPool } from "../../model/fixed-term-pool.ts";
import { FlexiblePool } from "../../model/flexible-pool.ts";
import { require } from "../../model/refusal.ts";
import type { Address } from "../../model/token.ts";
import { ACTIONS } from "../helpers/model/actions/index.ts";
import { type Failure, runHistories, setStage } from "../helpers/model/histories.ts";
import { type Parts, SOUND } from "../helpers/model/protocol.ts";
import { report } from "../helpers/model/report.ts";

const stage = await setStage();

/** Fault: what was earned is rounded up. */
class RoundsUp extends FlexiblePool {
  override earned(account: Address, now: bigint): bigint {
    return this.accrued(account, now).ceil();
  }
}

/** Fault: the pause holds those who want to leave. */
class HoldsExits extends FlexiblePool {
  override exit(account: Address, receiver: Address, now: bigint): void {
    require(!this.paused, "PoolPaused");
    super.exit(account, receiver, now);
  }
}

/** Fault: whom the old owner approved keeps the right after a transfer. */
class KeepsApproval extends FixedTermPool {
  override transfer(caller: Address, from: Address, to: Address, id: bigint): void {
    super.transfer(caller, from, to, id);
    this.approve(to, caller, id);
  }
}

interface Fault {
  readonly name: string;
  readonly parts: Parts;
  /** Kinds of action among which it has to be found. */
  readonly among: RegExp;
  /** Most actions of the history that shows it. */
  readonly shortest: number;
  /** What the history cannot do without. */
  readonly needs: readonly RegExp[];
}

const FAULTS: readonly Fault[] = [
  {
    name: "an earning rounded up",
    parts: { ...SOUND, flexible: (config) => new RoundsUp(config) },
    among: /^flexible\.two|^time/,
    shortest: 1,
    needs: [],
  },
  {
    name: "a pause that holds exits",
    parts: { ...SOUND, flexible: (config) => new HoldsExits(config) },
    among: /^flexible\.two\.(pause|exit|stake)$/,
    shortest: 1,
    needs: [/flexible\.two\.pause/], // at the end everybody exits
  },
  {
    name: "an approval that outlives a transfer",
    parts: { ...SOUND, fixed: (config) => new KeepsApproval(config) },
    among: /^fixed\.one\.(open|approve|transferFrom)$/,
    shortest: 1,
    needs: [/fixed\.one\.transferFrom/],
  },
];

async function failing({ parts, among }: Fault, seed: number, again?: Failure): Promise<Failure | undefined> {
  const kinds = ACTIONS.filter(({ name }) => among.test(name));
  const { failure } = await runHistories(stage, {
    seed,
    actions: 2_000,
    longest: 40,
    kinds,
    parts,
    path: again?.path,
    replayPath: again?.replayPath,
  });
  return failure;
}

describe("A fault", () => {
  for (const fault of FAULTS) {
    it(`such as ${fault.name} is found, and shrunk to what shows it`, async () => {
      const failure = await failing(fault, 7);
      if (failure === undefined) throw new Error("The fault was not found");
      const actions = failure.history.slice(0, -1);
      expect(actions.length, report(failure)).to.be.at.most(fault.shortest);
      for (const needed of fault.needs) expect(actions.join("\n")).to.match(needed);

      const again = await failing(fault, failure.seed, failure);
      expect(again?.history).to.deep.equal(failure.history);
      expect(again?.reason).to.equal(failure.reason);
    });
  }
});
