import { BPS, formatDuration, formatRate, parseBps, parseDuration, parseRate } from "@termstake/sdk/units";

import { checkFixedTermPool, warnOfTerm } from "../../deploy/config/validation.ts";
import { AMOUNT_LIMIT, type TermEntry } from "../../deploy/config/protocol-config.ts";
import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { tellCreated } from "../lib/created.ts";
import { parseAmount, parsed, required, type TokenInfo } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf, type FixedTermFound } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  pool: string;
  duration: string | undefined;
  rate: string | undefined;
  minimum: string | undefined;
  principalCap: string;
  rewardCap: string;
  penaltyStart: string | undefined;
  penaltyEnd: string | undefined;
  forfeited: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const pool = await findFixedTermPool(deployment, args.pool);
      const [staking, rewards] = [tokenOf(pool.view.stakingToken), tokenOf(pool.view.rewardsToken)];
      const read = <T>(option: string, text: string | undefined, what: string, parse: (text: string) => T) =>
        parsed(option, required(option, text, what), parse);
      const cap = (text: string, token: TokenInfo, what: string) =>
        text === "none" ? AMOUNT_LIMIT : parseAmount(text, token, what);
      const term: TermEntry = {
        duration: read("--duration", args.duration, 'the time to maturity, such as "90 days"', parseDuration),
        rate: read("--rate", args.rate, 'the yearly rate, such as "6 %"', parseRate),
        minimum: parseAmount(
          required("--minimum", args.minimum, "the least principal, in whole tokens"),
          staking,
          "--minimum",
        ),
        principalCap: cap(args.principalCap, staking, "--principal-cap"),
        rewardCap: cap(args.rewardCap, rewards, "--reward-cap"),
        penalty: {
          startBps: read("--penalty-start", args.penaltyStart, 'what leaving at once costs, such as "3 %"', parseBps),
          endBps: read("--penalty-end", args.penaltyEnd, 'what leaving at the end costs, such as "1 %"', parseBps),
          forfeitedBps: read("--forfeited", args.forfeited, 'the share of accrued reward, such as "50 %"', parseBps),
        },
      };
      const data = pool.contract.interface.encodeFunctionData("addTerm", [term]);
      return {
        intent: `term:add ${pool.address} ${data}`,
        prepare() {
          refuseUnsafe(pool, term);
          const what = `Add a term of ${formatDuration(term.duration)} at ${formatRate(term.rate)} to ${pool.name}`;
          const [warning] = warnOfTerm("The term", term);
          const steps = [{ what, to: pool.address, data, governed: true }];
          return Promise.resolve(
            warning === undefined ? { steps } : { preview: `Mind: the term ${warning.message}`, steps },
          );
        },
      };
    },
    tellCreated,
  ),
);

/** By the protocol config's own rules, beside the terms that are open: what was wrong with these before is not the new one's fault. */
function refuseUnsafe(pool: FixedTermFound, term: TermEntry): void {
  const { fixedTerm, stakingToken, rewardsToken } = pool.view;
  const [staking, rewards] = [tokenOf(stakingToken), tokenOf(rewardsToken)];
  const same = stakingToken.token === rewardsToken.token;
  const names = {
    staking: staking.symbol,
    rewards: same ? staking.symbol : `${rewards.symbol}${rewards.symbol === staking.symbol ? "'" : ""}`,
  };
  const open = fixedTerm.terms
    .filter(({ state }) => !state.closed)
    .map(({ state: { terms } }): TermEntry => ({
      duration: terms.duration,
      rate: terms.rate,
      minimum: terms.minimum,
      principalCap: terms.principalCap,
      rewardCap: terms.rewardCap,
      penalty: {
        startBps: terms.penalty.startBps,
        endBps: terms.penalty.endBps,
        forfeitedBps: terms.penalty.forfeitedBps,
      },
    }));
  const check = (terms: TermEntry[]) =>
    checkFixedTermPool(
      "pool",
      {
        stakingToken: names.staking,
        rewardsToken: names.rewards,
        conversion: fixedTerm.conversion,
        rewardsPool: undefined,
        // The pool's own split stands since its creation.
        split: { rewardsBps: 0n, insuranceBps: 0n, treasuryBps: 0n, burnBps: BPS },
        terms: terms.toSorted((a, b) => Number(a.duration - b.duration)),
      },
      {
        tokens: {
          [names.rewards]: { address: rewards.token, decimals: Number(rewards.decimals) },
          [names.staking]: { address: staking.token, decimals: Number(staking.decimals) },
        },
        flexiblePools: {},
      },
    );
  const before = new Set(check(open).map(({ message }) => message));
  const problems = check([...open, term]).filter(({ message }) => !before.has(message));
  if (problems.length === 0) return;
  const lines = problems.map(({ place, message }) => `  ${place.slice(place.lastIndexOf(".terms") + 1)}: ${message}`);
  throw new UserError([`The term cannot be added beside those of ${pool.name}, by duration:`, ...lines].join("\n"));
}
