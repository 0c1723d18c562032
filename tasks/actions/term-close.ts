import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";
import { findTerm } from "../lib/terms.ts";

interface Arguments extends SendingArguments {
  pool: string;
  term: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => {
    const pool = await findFixedTermPool(deployment, args.pool);
    const { id, closed, openPrincipal } = await findTerm(pool, args.term);
    return {
      intent: `term:close ${pool.address} ${id}`,
      prepare() {
        if (closed) throw new UserError(`Term ${id} of ${pool.name} is closed already`);
        const open = writeAmount(openPrincipal, tokenOf(pool.view.stakingToken));
        const data = pool.contract.interface.encodeFunctionData("closeTerm", [id]);
        return Promise.resolve({
          preview: `Closing is for ever; the ${open} open in term ${id} stay as they are`,
          steps: [{ what: `Close term ${id} of ${pool.name}`, to: pool.address, data, governed: true }],
        });
      },
    };
  }),
);
