import { checkAutoRenew, checkRenewal, renewalOf } from "@termstake/sdk/checks";
import { DAY, formatDuration, formatMoment, parseDuration } from "@termstake/sdk/units";

import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { latestTime } from "../lib/deployment.ts";
import { NothingToDo } from "../lib/exit-codes.ts";
import { parsed, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf } from "../lib/pools.ts";
import { eventsOf, wholeOf } from "../lib/receipts.ts";
import { refuseFor } from "../lib/refuse.ts";
import { sendingAnswer } from "../lib/send.ts";
import type { Prepared } from "../lib/sender.ts";
import { findPosition, findTerm } from "../lib/terms.ts";

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
        throw new UserError("--auto sets auto-renew and --cancel ends it: give one of them");
      if (args.window !== undefined && !args.auto) throw new UserError("--window is for --auto");
      if (args.repeats && !args.auto) throw new UserError("--repeats is for --auto");
      const pool = await findFixedTermPool(deployment, args.pool);
      const { contract, name, address } = pool;
      const window = windowOf(args.window);
      const mode = args.auto ? `auto ${window} ${args.repeats}` : args.cancel ? "cancel" : "now";

      return {
        intent: `renew ${address} ${args.position} ${args.term ?? "same"} ${mode}`,
        async prepare(from): Promise<Prepared> {
          const { position, caller } = await findPosition(pool, args.position, from);
          const { id, owner, maturity, termId } = position;
          const now = await latestTime(deployment);
          const step = (what: string, data: string) => ({ steps: [{ what, to: address, data }] });
          if (args.cancel) {
            if (!position.autoRenew) throw new NothingToDo(`Position ${id} of ${name} has no auto-renew`);
            return step(
              `Cancel auto-renew of position ${id}`,
              contract.interface.encodeFunctionData("cancelAutoRenew", [id]),
            );
          }
          if (args.auto) {
            const term = await findTerm(pool, args.term ?? String(termId));
            refuseFor(pool, checkAutoRenew(term, position, caller, { now, window, repeats: args.repeats }));
            const until = formatMoment(BigInt(maturity) + window);
            const what = `Set auto-renew of position ${id} in term ${term.id}, until ${until}${args.repeats ? ", repeated" : ""}`;
            const data = contract.interface.encodeFunctionData("setAutoRenew", [id, term.id, window, args.repeats]);
            return { preview: aboutAutoRenew(id, BigInt(maturity), window, args.repeats), ...step(what, data) };
          }
          // Whom its owner has not approved, auto-renew lets act: in its own term.
          const acts = caller.approved === true || from === owner;
          const [orderTerm, orderWindow] = acts ? [BigInt(termId), 0n] : await contract.autoRenewOrder(id);
          const term = await findTerm(pool, args.term ?? String(acts ? termId : orderTerm));
          const order = { termId: Number(orderTerm), window: orderWindow };
          refuseFor(pool, checkRenewal(pool.state, term, position, caller, { now, order }));
          const { principal, reward, paid, owed } = renewalOf(pool.state, term, position);
          const [staking, rewards] = [tokenOf(pool.view.stakingToken), tokenOf(pool.view.rewardsToken)];
          return {
            preview: [
              `${writeAmount(principal, staking)} start anew and earn ${writeAmount(reward, rewards)}, on ${formatMoment(now + term.duration)}`,
              ...(paid > 0n ? [`The reward of ${writeAmount(paid, rewards)} is paid to ${owner}`] : []),
              ...(owed > 0n
                ? [
                    `The reward of ${writeAmount(owed, rewards)} does not fit below the term's caps: ${owner} may \`claim\` it`,
                  ]
                : []),
            ].join("\n"),
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
  throw new UserError(
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
