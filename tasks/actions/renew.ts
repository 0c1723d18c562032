import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { formatPercentage, ONE, parseRate } from "../../scripts/lib/units.ts";
import { command } from "../lib/command.ts";
import { latestTime } from "../lib/deployment.ts";
import { parsed, writeAmount, writeMoment } from "../lib/inputs.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf } from "../lib/pools.ts";
import { eventsOf, wholeOf } from "../lib/receipts.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Prepared } from "../lib/sender.ts";
import { checkOpening, findPosition, findRenewable, findTerm } from "../lib/terms.ts";

interface Arguments extends SendingArguments {
  pool: string;
  position: string;
  term: string | undefined;
  auto: boolean;
  minRate: string | undefined;
  cancel: boolean;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      if (args.auto && args.cancel)
        throw new MendableError("--auto leaves a standing order and --cancel ends it: give one of them");
      if (args.minRate !== undefined && !args.auto) throw new MendableError("--min-rate is for --auto");
      const pool = await findFixedTermPool(deployment, args.pool);
      const { contract, name, address } = pool;
      const minRate = args.minRate === undefined ? undefined : parsed("--min-rate", args.minRate, parseRate);
      const mode = args.auto ? `auto ${minRate ?? "as now"}` : args.cancel ? "cancel" : "now";

      return {
        intent: `renew ${address} ${args.position} ${args.term ?? "same"} ${mode}`,
        async prepare(from): Promise<Prepared> {
          const ordering = args.auto || args.cancel;
          const {
            id,
            state,
            term: wanted,
          } = ordering
            ? { ...(await findPosition(pool, args.position, from)), term: args.term }
            : await findRenewable(pool, args.position, from, args.term);
          const step = (what: string, data: string) => ({ steps: [{ what, to: address, data }] });
          if (args.cancel) {
            if (!state.autoRenew) throw new NothingToDo(`Position ${id} of ${name} has no standing order`);
            return step(
              `Cancel the standing order of position ${id}`,
              contract.interface.encodeFunctionData("cancelAutoRenew", [id]),
            );
          }
          const term = await findTerm(pool, wanted ?? String(state.termId));
          if (args.auto) {
            const { rate } = term.state.terms;
            const least = minRate ?? rate;
            if (least > rate) {
              throw new MendableError(
                `--min-rate ${formatPercentage(least, ONE)} is above the ${formatPercentage(rate, ONE)} of term ${term.id}`,
              );
            }
            const what = `Let anybody renew position ${id} at maturity in term ${term.id}, at no less than ${formatPercentage(least, ONE)}`;
            return step(what, contract.interface.encodeFunctionData("setAutoRenew", [id, term.id, least]));
          }
          if (state.maturity > (await latestTime(deployment))) {
            throw new MendableError(
              `Position ${id} matures on ${writeMoment(state.maturity)}, and can be renewed from then on; --auto leaves an order`,
            );
          }
          const same = pool.view.stakingToken.token === pool.view.rewardsToken.token;
          const { reward, maturity } = await checkOpening(pool, term, state.principal + (same ? state.reward : 0n));
          return {
            preview: `It pays ${writeAmount(reward, tokenOf(pool.view.rewardsToken))} on ${writeMoment(maturity)}`,
            ...step(
              `Renew position ${id} of ${name} in term ${term.id}`,
              contract.interface.encodeFunctionData("renew", [id, term.id, reward]),
            ),
          };
        },
      };
    },
    async (deployment, { logs }) => {
      const { contract } = await findFixedTermPool(deployment, args.pool);
      const [renewed] = eventsOf(contract, logs, "Renewed");
      if (renewed === undefined) return {};
      const position = wholeOf(renewed.args, "newPositionId");
      return { data: { position }, text: `It is position ${position} now` };
    },
  ),
);
