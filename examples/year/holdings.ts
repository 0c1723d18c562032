import type { FixedTermPool, FlexiblePool, PlainToken } from "../../types/index.ts";
import type { Holding } from "./ledger.ts";
import type { Stage } from "./stage.ts";

type Parts = Record<string, bigint>;

/** What each contract says that it holds, and for what, beside what the token says that it holds. */
export async function readHoldings({ protocol, tokens, flexible, fixed }: Stage): Promise<Holding[]> {
  const { distributor, insuranceFund } = protocol;
  const holdings: Holding[] = [];
  const add = (place: string, token: string, parts: Parts, liabilities: bigint, held: bigint) => {
    if (liabilities !== 0n || held !== 0n) holdings.push({ place, token, parts, liabilities, held });
  };
  for (const [name, token] of Object.entries(tokens)) {
    for (const [place, pool] of Object.entries(flexible)) {
      add(place, name, await flexibleParts(pool, token), await pool.liabilities(token), await token.balanceOf(pool));
    }
    for (const [place, pool] of Object.entries(fixed)) {
      add(place, name, await fixedTermParts(pool, token), await pool.liabilities(token), await token.balanceOf(pool));
    }
    const inSchedules = await distributor.liabilities(token);
    add("Distributor", name, { "schedules and fees": inSchedules }, inSchedules, await token.balanceOf(distributor));
    // The fund owes nobody by name: what is reserved for rounds and what is free is all that it has.
    const [reserved, available] = [await insuranceFund.reserved(token), await insuranceFund.available(token)];
    add("Insurance", name, { reserved, available }, reserved + available, await token.balanceOf(insuranceFund));
  }
  return holdings;
}

async function flexibleParts(pool: FlexiblePool, token: PlainToken): Promise<Parts> {
  const address = await token.getAddress();
  return {
    ...((await pool.stakingToken()) === address && { staked: await pool.totalSupply() }),
    ...((await pool.rewardsToken()) === address && { "rewards owed": await pool.rewardsOwed() }),
  };
}

async function fixedTermParts(pool: FixedTermPool, token: PlainToken): Promise<Parts> {
  const address = await token.getAddress();
  const { rewards, insurance, treasury, burned } = await pool.unsweptPenalties();
  return {
    ...((await pool.stakingToken()) === address && {
      principal: await pool.totalPrincipal(),
      "unswept penalties": rewards + insurance + treasury + burned,
    }),
    ...((await pool.rewardsToken()) === address && {
      budget: await pool.availableBudget(),
      "reserved rewards": await pool.reservedRewards(),
      "owed rewards": await pool.totalOwed(),
    }),
  };
}
