import { formatDay, formatDuration, formatMoment, parseBps, parseDuration } from "@termstake/sdk/units";

import { checkSchedule } from "../../deploy/config/validation.ts";
import type { FixedTermPoolEntry, FlexiblePoolEntry, ScheduleEntry } from "../../deploy/config/protocol-config.ts";
import { UserError } from "../../shared/user-error.ts";
import { parseStart } from "../../deploy/config/schema.ts";
import { namedAddress } from "../lib/protocol-config.ts";
import { command } from "../lib/command.ts";
import { tellCreated } from "../lib/created.ts";
import { latestTime } from "../lib/deployment.ts";
import { parseAmount, parsed, parseId, required, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findPool, type FoundPool } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";
import { lookUpToken } from "../lib/tokens.ts";

interface Arguments extends SendingArguments {
  token: string | undefined;
  epoch: string;
  budget: string | undefined;
  start: string | undefined;
  epochs: number;
  fee: string;
  weights: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const distributor = deployment.distributor();
      const to = await distributor.getAddress();
      const named = required("--token", args.token, "which token it pays");
      const moment = required("--start", args.start, 'when the first epoch starts, such as "2030-01-31T12:00:00Z"');
      const weights = required("--weights", args.weights, 'which pools it pays, such as "Flexible=70,Fixed=30"');
      const perEpoch = required("--budget", args.budget, "how many whole tokens it pays an epoch");
      const token = await lookUpToken(deployment, namedAddress(deployment, named, "token"));
      const start = parsed("--start", moment, parseStart);
      if (!("at" in start)) throw new UserError(`--start "${moment}" is no moment such as "2030-01-31T12:00:00Z"`);
      const recipients: { pool: FoundPool; weight: bigint }[] = [];
      for (const entry of weights.split(",")) {
        const [, name, weight] = /^\s*(\w+)\s*=\s*(\d+)\s*$/.exec(entry) ?? [];
        if (name === undefined || weight === undefined) {
          throw new UserError(`--weights "${entry}" is no weight such as "Flexible=70"`);
        }
        const pool = await findPool(deployment, name);
        if (recipients.some((other) => other.pool.address === pool.address))
          throw new UserError(`--weights names ${pool.name} twice: give each pool one weight`);
        recipients.push({ pool, weight: parseId(weight, "The weight") });
      }
      const schedule: ScheduleEntry = {
        token: token.token,
        epoch: parsed("--epoch", args.epoch, parseDuration),
        budget: parseAmount(perEpoch, token, "--budget"),
        start,
        epochs: BigInt(args.epochs),
        feeBps: parsed("--fee", args.fee, parseBps),
        weights: Object.fromEntries(recipients.map(({ pool, weight }) => [pool.name, weight])),
      };
      refuseWrong(
        schedule,
        token.decimals,
        recipients.map(({ pool }) => pool),
      );
      const { epoch, budget, epochs, feeBps } = schedule;
      const data = distributor.interface.encodeFunctionData("createSchedule", [
        { token: token.token, epoch, budget, start: start.at, epochs, feeBps },
        recipients.map(({ pool, weight }) => ({ pool: pool.address, weight })),
      ]);
      return {
        intent: `schedule:create ${data}`,
        async prepare(from) {
          const [, delay] = await deployment.access.canCall(from, to, data.slice(0, 10));
          const earliest = (await latestTime(deployment)) + delay;
          if (start.at <= earliest) {
            const why =
              delay === 0n ? "" : `, since it can only be created after the delay of ${formatDuration(delay)}`;
            throw new UserError(`--start ${formatMoment(start.at)} has to lie after ${formatMoment(earliest)}${why}`);
          }
          const what = `Create a schedule of ${writeAmount(budget, token)} every ${formatDuration(epoch)}, ${epochs} times`;
          return {
            preview: [
              `The first epoch starts on ${formatDay(start.at)}, the last on ${formatDay(start.at + (epochs - 1n) * epoch)}`,
              `In all it takes ${writeAmount(budget * epochs, token)}, to be given by \`fund\``,
            ].join("\n"),
            steps: [{ what, to, data, governed: true }],
          };
        },
      };
    },
    tellCreated,
  ),
);

/** By the protocol config's own rules. */
function refuseWrong(schedule: ScheduleEntry, decimals: bigint, pools: readonly FoundPool[]): void {
  const flexiblePools: Record<string, FlexiblePoolEntry> = {};
  const fixedTermPools: Record<string, Pick<FixedTermPoolEntry, "rewardsToken">> = {};
  for (const { name, kind, view } of pools) {
    const rewardsToken = view.rewardsToken.token;
    if (kind === "fixed-term") fixedTermPools[name] = { rewardsToken };
    else {
      const { rewardsDuration, minimumStake, cap } = view.flexible;
      flexiblePools[name] = { stakingToken: view.stakingToken.token, rewardsToken, rewardsDuration, minimumStake, cap };
    }
  }
  const tokens = { [schedule.token]: { address: schedule.token, decimals: Number(decimals) } };
  const problems = checkSchedule("schedule", schedule, { tokens, flexiblePools, fixedTermPools });
  if (problems.length === 0) return;
  const lines = problems.map(({ place, message }) => `  ${place.replace("schedules.schedule.", "")}: ${message}`);
  throw new UserError(["The schedule cannot be created:", ...lines].join("\n"));
}
