/** What can happen to tokens at the protocol's border, and on which side of the books it counts. */
export const SIDE = {
  stake: "funded",
  open: "funded",
  fund: "funded",
  principal: "paid",
  reward: "paid",
  compensation: "paid",
  penalty: "forfeited",
  fee: "forfeited",
  burn: "forfeited",
  budget: "withdrawn",
  refund: "withdrawn",
} as const;

export type EntryKind = keyof typeof SIDE;
export type Side = (typeof SIDE)[EntryKind];

/** Base units of a token that crossed the protocol's border, as an event says; `who` gave or got them. */
export interface Entry {
  readonly kind: EntryKind;
  readonly who: string;
  readonly place: string;
  readonly token: string;
  readonly amount: bigint;
}

/** One token in one contract at the end: `parts` and `liabilities` as its views say, `held` as `balanceOf` says. */
export interface Holding {
  readonly place: string;
  readonly token: string;
  readonly parts: Readonly<Record<string, bigint>>;
  readonly liabilities: bigint;
  readonly held: bigint;
}

/** One token of one person, before and after, as `balanceOf` says. */
export interface Account {
  readonly who: string;
  readonly token: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** What somebody who left early got and what it cost, in base units. */
export interface EarlyExit {
  readonly who: string;
  readonly place: string;
  readonly stakingToken: string;
  readonly rewardsToken: string;
  readonly principalOut: bigint;
  readonly rewardOut: bigint;
  readonly principalPenalty: bigint;
  readonly forfeitedReward: bigint;
}

/** Where the swept penalties of a pool went, in base units of its staking token. */
export interface Sweep {
  readonly place: string;
  readonly token: string;
  readonly rewards: bigint;
  readonly insurance: bigint;
  readonly treasury: bigint;
  readonly burned: bigint;
}

export interface Books {
  readonly tokens: readonly string[];
  readonly entries: readonly Entry[];
  readonly holdings: readonly Holding[];
  readonly accounts: readonly Account[];
}

/** A token's books; balanced if funded = paid + forfeited + withdrawn + accounted. */
export interface TokenBalance extends Record<Side, bigint> {
  readonly token: string;
  readonly accounted: bigint;
  readonly held: bigint;
}

export interface Reconciliation {
  readonly balances: readonly TokenBalance[];
  /** Everything that does not fit, in words; empty if the books reconcile. */
  readonly problems: readonly string[];
}

/** Sum of the amounts of the entries that pass. */
export function total(entries: readonly Entry[], passes: (entry: Entry) => boolean): bigint {
  return sum(entries.filter(passes).map(({ amount }) => amount));
}

/**
 * Holds three independent records against each other, to the unit: the events (entries), the contracts' own views
 * (holdings) and the tokens' `balanceOf` (holdings and accounts). None is ever derived from another.
 */
export function reconcile({ tokens, entries, holdings, accounts }: Books): Reconciliation {
  const problems: string[] = [];
  const demand = (what: string, left: bigint, right: bigint) => {
    if (left !== right) problems.push(`${what}: ${left} is not ${right} (off by ${left - right})`);
  };

  for (const { place, token, parts, liabilities, held } of holdings) {
    demand(`${token} in ${place}, parts against liabilities`, sum(Object.values(parts)), liabilities);
    demand(`${token} in ${place}, liabilities against balanceOf`, liabilities, held);
  }
  for (const { who, token, before, after } of accounts) {
    const theirs = entries.filter((entry) => entry.who === who && entry.token === token);
    const gave = total(theirs, ({ kind }) => SIDE[kind] === "funded");
    const got = total(theirs, ({ kind }) => SIDE[kind] !== "funded");
    demand(`${token} of ${who}, events against balanceOf`, before - gave + got, after);
  }
  for (const { who, token } of entries) {
    if (accounts.some((account) => account.who === who && account.token === token)) continue;
    problems.push(`${token} of ${who}: moved, but its balance is not on record`);
  }

  const balances = tokens.map((token): TokenBalance => {
    const side = (name: Side) => total(entries, (entry) => entry.token === token && SIDE[entry.kind] === name);
    const here = holdings.filter((holding) => holding.token === token);
    return {
      token,
      funded: side("funded"),
      paid: side("paid"),
      forfeited: side("forfeited"),
      withdrawn: side("withdrawn"),
      accounted: sum(here.map(({ liabilities }) => liabilities)),
      held: sum(here.map(({ held }) => held)),
    };
  });
  for (const { token, funded, paid, forfeited, withdrawn, accounted } of balances) {
    const outAndIn = paid + forfeited + withdrawn + accounted;
    demand(`${token}, funded against paid + forfeited + withdrawn + accounted`, funded, outAndIn);
  }
  return { balances, problems: [...new Set(problems)] };
}

/** What the demonstration exits with: 1 as soon as anything does not fit. */
export function exitCode({ problems }: Reconciliation): 0 | 1 {
  return problems.length === 0 ? 0 : 1;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((left, right) => left + right, 0n);
}
