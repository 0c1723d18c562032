import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { DAY, formatDuration, formatMoment, parseDuration } from "@termstake/sdk/units";
import { command } from "../lib/command.ts";
import { latestTime } from "../lib/deployment.ts";
import { parsed, writeAmount } from "../lib/inputs.ts";
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
  window: string | undefined;
  repeats: boolean;
  cancel: boolean;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      if (args.auto && args.cancel)
        throw new MendableError("--auto sets auto-renew and --cancel ends it: give one of them");
      if (args.window !== undefined && !args.auto) throw new MendableError("--window is for --auto");
      if (args.repeats && !args.auto) throw new MendableError("--repeats is for --auto");
      const pool = await findFixedTermPool(deployment, args.pool);
      const { contract, name, address } = pool;
      const window = windowOf(args.window);
      const mode = args.auto ? `auto ${window} ${args.repeats}` : args.cancel ? "cancel" : "now";

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
            : await findRenewable(pool, args.position, from, { term: args.term, now: await latestTime(deployment) });
          const step = (what: string, data: string) => ({ steps: [{ what, to: address, data }] });
          if (args.cancel) {
            if (!state.autoRenew) throw new NothingToDo(`Position ${id} of ${name} has no auto-renew`);
            return step(
              `Cancel auto-renew of position ${id}`,
              contract.interface.encodeFunctionData("cancelAutoRenew", [id]),
            );
          }
          const term = await findTerm(pool, wanted ?? String(state.termId));
          if (args.auto) {
            if (args.repeats && state.owner !== from) {
              throw new MendableError(`Only ${state.owner}, who owns position ${id}, may set an order that repeats`);
            }
            const until = formatMoment(state.maturity + window);
            const what = `Set auto-renew of position ${id} in term ${term.id}, until ${until}${args.repeats ? ", repeated" : ""}`;
            const data = contract.interface.encodeFunctionData("setAutoRenew", [id, term.id, window, args.repeats]);
            return { preview: aboutAutoRenew(id, state.maturity, window, args.repeats), ...step(what, data) };
          }
          if (state.maturity > (await latestTime(deployment))) {
            throw new MendableError(
              `Position ${id} matures on ${formatMoment(state.maturity)}, and can be renewed from then on; --auto sets auto-renew`,
            );
          }
          const same = pool.view.stakingToken.token === pool.view.rewardsToken.token;
          const { reward, maturity } = await checkOpening(pool, term, state.principal + (same ? state.reward : 0n));
          return {
            preview: `It pays ${writeAmount(reward, tokenOf(pool.view.rewardsToken))} on ${formatMoment(maturity)}`,
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

const [LEAST_WINDOW, MOST_WINDOW] = [3_600n, 30n * DAY];

/** How long after maturity strangers may renew, in seconds. */
function windowOf(text: string | undefined): bigint {
  const window = text === undefined ? 7n * DAY : parsed("--window", text, parseDuration);
  if (window >= LEAST_WINDOW && window <= MOST_WINDOW) return window;
  throw new MendableError(
    `--window is ${formatDuration(window)}; it must be between ${formatDuration(LEAST_WINDOW)} and ${formatDuration(MOST_WINDOW)}`,
  );
}

function aboutAutoRenew(id: bigint, maturity: bigint, window: bigint, repeats: boolean): string {
  return [
    `From ${formatMoment(maturity)} to ${formatMoment(maturity + window)} anybody may renew position ${id}; after that only you`,
    "It can be cancelled with certainty until maturity; after that only as long as nobody has renewed it",
    ...(repeats ? ["Each new position carries the order on, until you cancel it"] : []),
  ].join("\n");
}
