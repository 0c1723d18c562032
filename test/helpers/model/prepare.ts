import { DAY, ONE } from "../fixtures.ts";
import { allowStep, notifyStep, stakeStep } from "./actions/closing.ts";
import { openStep } from "./actions/positions.ts";
import { createScheduleStep, fundScheduleStep } from "./actions/schedules.ts";
import { fundStep } from "./actions/terms.ts";
import { transferStep } from "./actions/tokens.ts";
import { KINDS, TOKENS } from "./protocol.ts";
import type { History, Step } from "./history.ts";

/** A protocol in use: budgets, streams, schedules and the insurance fund are filled, some are staked, some have positions. */
export function preparation(history: History): (() => Step)[] {
  const { actors, tokens, fund } = history.addresses;
  const [first = "", second = "", ...others] = actors;
  return [
    ...TOKENS.map((token) => () => transferStep(first, tokens[token], fund, 10n ** 6n * ONE)),
    ...TOKENS.flatMap((token, id) => [
      () =>
        createScheduleStep(history, token, { epoch: 7n * DAY, budget: 10n ** 4n * ONE, epochs: 52n, feeBps: 2_000n }),
      () => fundScheduleStep(history, second, BigInt(id), 2n * 10n ** 5n * ONE),
    ]),
    ...KINDS.flatMap((kind) => [
      () => fundStep(history, kind, first, 10n ** 9n * ONE),
      () => allowStep(history, kind, first),
      () =>
        transferStep(
          first,
          history.protocol.flexible[kind].rewardsToken.address,
          history.addresses.flexible[kind],
          ONE,
        ),
      () => notifyStep(history, kind, first, ONE),
      ...others.slice(0, 2).map((account) => () => stakeStep(history, kind, account, 10n ** 3n * ONE)),
      ...others
        .slice(1, 4)
        .map((account, term) => () => openStep(history, kind, account, BigInt(term), 10n ** 3n * ONE)),
    ]),
  ];
}
