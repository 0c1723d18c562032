import { formatMoment, formatRate, formatSpan } from "@termstake/sdk/units";

import { table } from "../../shared/table.ts";
import { command } from "../lib/command.ts";
import { latestTime, nameOf, withDeployment } from "../lib/deployment.ts";
import { parseAddress, writeAmount, type TokenInfo } from "../lib/inputs.ts";
import type { ReadingArguments } from "../lib/options.ts";
import { allPools, findPool, FLEXIBLE, rateOf, tokenOf } from "../lib/pools.ts";
import { openPositions } from "../lib/positions.ts";

interface Arguments extends ReadingArguments {
  account: string;
}

export default command<Arguments>(async (args, hre) =>
  withDeployment(hre, args, async (deployment) => {
    const account = parseAddress(args.account, "The account");
    const now = await latestTime(deployment);
    const views = (await allPools(deployment)).filter(({ failed }) => !failed);

    const flexible = views.filter(({ info }) => info.kind === FLEXIBLE);
    const stakes = await deployment.lens.stakes(
      flexible.map(({ info }) => info.pool),
      account,
    );
    const staked = flexible.flatMap((view, i) => {
      const stake = stakes[i];
      if (stake === undefined || stake.failed || (stake.staked === 0n && stake.earned === 0n)) return [];
      return [{ view, staked: stake.staked, earned: stake.earned, rate: rateOf(view, now) }];
    });

    const fixed = [];
    const owed = [];
    for (const view of views.filter(({ info }) => info.kind !== FLEXIBLE)) {
      const pool = await findPool(deployment, view.info.pool);
      if (pool.kind !== "fixed-term") continue;
      for (const position of await openPositions(deployment, pool, account)) fixed.push({ pool, position });
      const amount = await pool.contract.owed(account);
      if (amount !== 0n) owed.push({ pool, amount });
    }

    const stakeRows = staked.map(({ view, staked: amount, earned, rate }) => [
      nameOf(deployment, view.info.pool),
      writeAmount(amount, tokenOf(view.stakingToken)),
      rate === undefined ? "" : formatRate(rate),
      writeAmount(earned, tokenOf(view.rewardsToken)),
    ]);
    const positionRows = fixed.map(
      ({ pool: { name, view }, position: { positionId, state, principalOut, rewardOut, principalPenalty } }) => {
        const [staking, rewards] = [tokenOf(view.stakingToken), tokenOf(view.rewardsToken)];
        const term = view.fixedTerm.terms.find(({ termId }) => termId === state.termId)?.state;
        return [
          `${name} ${positionId}`,
          `${state.termId}${term === undefined ? "" : `: ${formatRate(term.terms.rate)}`}`,
          `${writeAmount(state.principal, staking)}\n+ ${writeAmount(state.reward, rewards)}`,
          state.maturity <= now
            ? "is mature"
            : `${formatMoment(state.maturity)},\nin ${formatSpan(state.maturity - now)}`,
          `${writeAmount(principalOut, staking)}\n+ ${writeAmount(rewardOut, rewards)}`,
          writeAmount(principalPenalty, staking),
          state.autoRenew ? "renews" : "",
        ];
      },
    );
    const totals = sumUp([
      ...staked.flatMap(({ view, staked: amount, earned }) => [
        { token: tokenOf(view.stakingToken), kind: "principal" as const, amount },
        { token: tokenOf(view.rewardsToken), kind: "rewards" as const, amount: earned },
      ]),
      ...fixed.flatMap(({ pool: { view }, position: { state } }) => [
        { token: tokenOf(view.stakingToken), kind: "principal" as const, amount: state.principal },
        { token: tokenOf(view.rewardsToken), kind: "rewards" as const, amount: state.reward },
      ]),
      ...owed.map(({ pool, amount }) => ({ token: tokenOf(pool.view.rewardsToken), kind: "rewards" as const, amount })),
    ]);
    const totalRows = totals.map(({ token, principal, rewards }) => [
      token.symbol,
      writeAmount(principal, token),
      writeAmount(rewards, token),
    ]);
    const parts = [
      ...(stakeRows.length === 0 ? [] : [table(["pool", "staked", "a year", "earned"], stakeRows)]),
      ...(positionRows.length === 0
        ? []
        : [table(["position", "term", "pays at maturity", "matures", "pays now", "penalty now", ""], positionRows)]),
      ...(owed.length === 0
        ? []
        : [
            table(
              ["pool", "owed since a transfer failed"],
              owed.map(({ pool, amount }) => [pool.name, writeAmount(amount, tokenOf(pool.view.rewardsToken))]),
            ),
          ]),
      ...(totals.length === 0 ? [] : [table(["in all", "principal", "rewards earned or promised"], totalRows)]),
    ];
    return {
      data: {
        account,
        totals,
        stakes: staked.map(({ view, staked: amount, earned, rate }) => ({
          pool: view.info.pool,
          name: nameOf(deployment, view.info.pool),
          stakingToken: tokenOf(view.stakingToken),
          rewardsToken: tokenOf(view.rewardsToken),
          staked: amount,
          earned,
          yearlyRate: rate ?? null,
        })),
        positions: fixed.map(({ pool, position }) => ({
          pool: pool.address,
          name: pool.name,
          stakingToken: tokenOf(pool.view.stakingToken),
          rewardsToken: tokenOf(pool.view.rewardsToken),
          position: position.positionId,
          term: position.state.termId,
          principal: position.state.principal,
          reward: position.state.reward,
          openedAt: Number(position.state.openedAt),
          maturity: Number(position.state.maturity),
          autoRenew: position.state.autoRenew,
          paysNow: {
            principal: position.principalOut,
            reward: position.rewardOut,
            principalPenalty: position.principalPenalty,
            forfeitedReward: position.forfeitedReward,
          },
        })),
        owed: owed.map(({ pool, amount }) => ({ pool: pool.address, name: pool.name, amount })),
      },
      text:
        parts.length === 0
          ? `${account} has nothing in any pool of ${await deployment.factory.getAddress()}`
          : parts.join("\n"),
    };
  }),
);

interface Part {
  readonly token: TokenInfo;
  readonly kind: "principal" | "rewards";
  readonly amount: bigint;
}

/** Principal and rewards by token. */
function sumUp(parts: readonly Part[]): { token: TokenInfo; principal: bigint; rewards: bigint }[] {
  const tokens = new Map(parts.map(({ token }) => [token.token, token]));
  return [...tokens.values()].map((token) => {
    const ofToken = parts.filter((part) => part.token.token === token.token);
    const sum = (kind: Part["kind"]) =>
      ofToken.filter((part) => part.kind === kind).reduce((total, { amount }) => total + amount, 0n);
    return { token, principal: sum("principal"), rewards: sum("rewards") };
  });
}
