// Which offers are shown, and in which order: plain functions over plain data.
import type { Offer } from "@termstake/sdk/rates";

export type SortKey = "rate" | "term" | "minimum" | "room" | "exit" | "staked" | "budget";

export interface Selection {
  readonly kind: "all" | "flexible" | "fixed";
  /** Address of the staking token, or all. */
  readonly token: string;
  readonly listedOnly: boolean;
  readonly openOnly: boolean;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const FIRST_SELECTION: Selection = {
  kind: "all",
  token: "all",
  listedOnly: true,
  openOnly: true,
  sort: "rate",
  descending: true,
};

/** The offers that a selection lets through, in its order. What cannot be told comes last, whatever the direction. */
export function select(
  offers: readonly Offer[],
  { kind, token, listedOnly, openOnly, sort, descending }: Selection,
): Offer[] {
  return offers
    .filter(
      ({ pool, state }) =>
        (kind === "all" || pool.kind === kind) &&
        (token === "all" || pool.stakingToken.address === token) &&
        (!listedOnly || pool.listed) &&
        (!openOnly || state === "open"),
    )
    .map((offer) => ({ offer, value: sortValue(offer, sort) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return descending ? b.value - a.value : a.value - b.value;
    })
    .map(({ offer }) => offer);
}

/** What an offer is sorted by: whole tokens, so that tokens of different decimals compare. */
function sortValue(
  { pool, term, apr, minimum, capLeft, staked, budget, penalty }: Offer,
  sort: SortKey,
): number | undefined {
  const units = (amount: bigint, decimals: number) => Number(amount) / 10 ** decimals;
  switch (sort) {
    case "rate":
      return apr;
    case "term":
      return Number(term?.duration ?? 0n);
    case "minimum":
      return units(minimum, pool.stakingToken.decimals);
    case "room":
      return capLeft === undefined ? Infinity : units(capLeft, pool.stakingToken.decimals);
    case "exit":
      return Number(penalty?.startBps ?? 0n);
    case "staked":
      return units(staked, pool.stakingToken.decimals);
    case "budget":
      return units(budget, pool.rewardsToken.decimals);
  }
}
