import { checkFixedTermPool } from "../../scripts/lib/catalogue-check.ts";
import { AMOUNT_LIMIT, type TermEntry } from "../../scripts/lib/catalogue.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { BPS, formatDuration, parseBps, parseDuration, parseRate } from "../../scripts/lib/units.ts";
import { command } from "../lib/command.ts";
import { parseAmount, parsed, type TokenInfo } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf, type FixedTermFound } from "../lib/pools.ts";
import { eventsOf, wholeOf } from "../lib/receipts.ts";
import { sendingAnswer } from "../lib/send.ts";
import { writeRate } from "../lib/tables.ts";

interface Arguments extends SendingArguments {
  pool: string;
  duration: string;
  rate: string;
  minimum: string;
  principalCap: string;
  rewardCap: string;
  penaltyStart: string;
  penaltyEnd: string;
  forfeited: string;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const pool = await findFixedTermPool(deployment, args.pool);
      const [staking, rewards] = [tokenOf(pool.view.stakingToken), tokenOf(pool.view.rewardsToken)];
      const cap = (text: string, token: TokenInfo, what: string) =>
        text === "none" ? AMOUNT_LIMIT : parseAmount(text, token, what);
      const term: TermEntry = {
        duration: parsed("--duration", args.duration, parseDuration),
        rate: parsed("--rate", args.rate, parseRate),
        minimum: parseAmount(args.minimum, staking, "--minimum"),
        principalCap: cap(args.principalCap, staking, "--principal-cap"),
        rewardCap: cap(args.rewardCap, rewards, "--reward-cap"),
        penalty: {
          startBps: parsed("--penalty-start", args.penaltyStart, parseBps),
          endBps: parsed("--penalty-end", args.penaltyEnd, parseBps),
          forfeitedBps: parsed("--forfeited", args.forfeited, parseBps),
        },
      };
      const data = pool.contract.interface.encodeFunctionData("addTerm", [term]);
      return {
        intent: `term:add ${pool.address} ${data}`,
        prepare() {
          refuseUnsafe(pool, term);
          const what = `Add a term of ${formatDuration(term.duration)} at ${writeRate(term.rate)} to ${pool.name}`;
          return Promise.resolve({ steps: [{ what, to: pool.address, data, governed: true }] });
        },
      };
    },
    async (deployment, { logs }) => {
      const { contract } = await findFixedTermPool(deployment, args.pool);
      const [added] = eventsOf(contract, logs, "TermAdded");
      if (added === undefined) return {};
      const term = wholeOf(added.args, "termId");
      return { data: { term }, text: `It is term ${term}` };
    },
  ),
);

/** By the catalogue's own rules, beside the terms that are open: what was wrong with these before is not the new one's fault. */
function refuseUnsafe(pool: FixedTermFound, term: TermEntry): void {
  const { fixedTerm, stakingToken, rewardsToken } = pool.view;
  const [staking, rewards] = [tokenOf(stakingToken), tokenOf(rewardsToken)];
  const same = stakingToken.token === rewardsToken.token;
  const names = {
    staking: staking.symbol,
    rewards: same ? staking.symbol : `${rewards.symbol}${rewards.symbol === staking.symbol ? "'" : ""}`,
  };
  const open = fixedTerm.terms
    .filter(({ closed }) => !closed)
    .map(({ terms }): TermEntry => ({
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
  throw new MendableError([`The term cannot be added beside those of ${pool.name}, by duration:`, ...lines].join("\n"));
}
