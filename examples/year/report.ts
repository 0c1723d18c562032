import { formatUnits } from "ethers";

import { table } from "../../shared/table.ts";
import type { Gathered } from "./gather.ts";
import { SIDE, total, type EntryKind, type Reconciliation } from "./ledger.ts";

/** Digits after the point, by token. */
export type Decimals = Readonly<Record<string, number>>;

/** The ledger for a person: who put in what and got what, what early exits cost and where it went, and the books. */
export function toText(books: Gathered, reconciliation: Reconciliation, decimals: Decimals): string {
  const show = (amount: bigint, token: string) => (amount === 0n ? "" : formatUnits(amount, decimals[token] ?? 0));
  const exact = (amount: bigint, token: string) => formatUnits(amount, decimals[token] ?? 0);
  const named = (amount: bigint, token: string) => `${exact(amount, token)} ${token}`;

  const people = books.accounts.flatMap(({ who, token, before, after }) => {
    const of = (...kinds: EntryKind[]) =>
      total(books.entries, (entry) => entry.who === who && entry.token === token && kinds.includes(entry.kind));
    const theirs = books.entries.some((entry) => entry.who === who && entry.token === token);
    if (!theirs) return [];
    const columns = [of("stake", "open", "fund"), of("principal"), of("reward"), of("compensation")];
    const others = of("penalty", "fee", "burn", "budget", "refund");
    return [[who, token, ...[...columns, others, after - before].map((amount) => show(amount, token))]];
  });
  const exits = books.earlyExits.map((exit) => [
    exit.who,
    exit.place,
    named(exit.principalOut, exit.stakingToken),
    named(exit.rewardOut, exit.rewardsToken),
    named(exit.principalPenalty, exit.stakingToken),
    named(exit.forfeitedReward, exit.rewardsToken),
  ]);
  const sweeps = books.sweeps
    .filter(({ rewards, insurance, treasury, burned }) => rewards + insurance + treasury + burned !== 0n)
    .map(({ place, token, ...shares }) => [
      place,
      ...[shares.rewards, shares.insurance, shares.treasury, shares.burned].map((share) => named(share, token)),
    ]);
  const holdings = books.holdings.map(({ place, token, parts, liabilities, held }) => [
    place,
    token,
    Object.entries(parts)
      .filter(([, amount]) => amount !== 0n)
      .map(([name, amount]) => `${name} ${exact(amount, token)}`)
      .join("\n"),
    exact(liabilities, token),
    exact(held, token),
  ]);
  const balances = reconciliation.balances.map(({ token, ...sides }) => [
    token,
    ...[sides.funded, sides.paid, sides.forfeited, sides.withdrawn, sides.accounted, sides.held].map((amount) =>
      exact(amount, token),
    ),
  ]);

  return [
    section("Who put in what and got what", [
      ["who", "token", "put in", "principal back", "reward", "compensation", "other receipts", "change of balanceOf"],
      ...people,
    ]),
    section("Early exits", [
      ["who", "pool", "principal", "reward", "penalty", "reward forfeited to the budget"],
      ...exits,
    ]),
    section("Where swept penalties went", [["pool", "rewards", "insurance", "treasury", "burned"], ...sweeps]),
    section("What the contracts hold, and for what", [
      ["contract", "token", "", "by its views", "balanceOf"],
      ...holdings,
    ]),
    section("Reconciliation: funded = paid + forfeited + withdrawn + accounted", [
      ["token", "funded", "paid", "forfeited", "withdrawn", "accounted", "balanceOf"],
      ...balances,
    ]),
    ...(reconciliation.problems.length === 0
      ? ["Everything reconciles, to the unit."]
      : ["The books do not reconcile:", ...reconciliation.problems.map((problem) => `  ${problem}`)]),
  ].join("\n");
}

/** The same for a program: amounts in base units, as decimal strings. */
export function toJson(books: Gathered, reconciliation: Reconciliation, decimals: Decimals): string {
  const entries = books.entries.map((entry) => ({ ...entry, side: SIDE[entry.kind] }));
  const reconciled = reconciliation.problems.length === 0;
  return JSON.stringify(
    { reconciled, decimals, ...books, entries, ...reconciliation },
    (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
    2,
  );
}

function section(title: string, [head = [], ...rows]: string[][]): string {
  return `${title}\n${table(head, rows)}\n`;
}
