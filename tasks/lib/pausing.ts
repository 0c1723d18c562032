import type { Deployment } from "./deployment.ts";
import { NothingToDo } from "./exit-codes.ts";
import type { SendingArguments } from "./options.ts";
import { findFixedTermPool, findPool } from "./pools.ts";
import type { Order } from "./sender.ts";
import { findTerm } from "./terms.ts";

export interface PausingArguments extends SendingArguments {
  pool: string;
  term: string | undefined;
}

/** Pauses or unpauses deposits, openings and renewals of a pool or of one of its terms. */
export async function pausingOrder(deployment: Deployment, args: PausingArguments, pause: boolean): Promise<Order> {
  const verb = pause ? "Pause" : "Unpause";
  const state = pause ? "paused already" : "not paused";
  if (args.term === undefined) {
    const { contract, name, address, view } = await findPool(deployment, args.pool);
    return {
      intent: `${verb} ${address}`,
      prepare() {
        if (view.paused === pause) throw new NothingToDo(`${name} is ${state}`);
        const data = pause
          ? contract.interface.encodeFunctionData("pause")
          : contract.interface.encodeFunctionData("unpause");
        return Promise.resolve({ steps: [{ what: `${verb} ${name}`, to: address, data, governed: true }] });
      },
    };
  }
  const pool = await findFixedTermPool(deployment, args.pool);
  const term = await findTerm(pool, args.term);
  const { interface: coder } = pool.contract;
  return {
    intent: `${verb} ${pool.address} ${term.id}`,
    prepare() {
      if (term.paused === pause) throw new NothingToDo(`Term ${term.id} of ${pool.name} is ${state}`);
      const data = pause
        ? coder.encodeFunctionData("pauseTerm", [term.id])
        : coder.encodeFunctionData("unpauseTerm", [term.id]);
      const what = `${verb} term ${term.id} of ${pool.name}`;
      return Promise.resolve({ steps: [{ what, to: pool.address, data, governed: true }] });
    },
  };
}
