import { Distributor, type RecipientPool } from "../model/distributor.ts";
import { FixedTermPool } from "../model/fixed-term-pool.ts";
import { FlexiblePool } from "../model/flexible-pool.ts";
import { PUBLISHED } from "../model/precision.ts";
import { Token } from "../model/token.ts";
import { type ProtocolConfig, lookUp, mapValues, startTime } from "../deploy/config/protocol-config.ts";

/** Accounts that are nobody's wallet. */
export const INSURANCE = "insurance";
export const TREASURY = "treasury";
export const SPONSOR = "sponsor";
export const KEEPER = "keeper";

/** A protocol config as the reference model plays it, kept to the grains of the contracts; everything by its name. */
export interface Protocol {
  readonly protocolConfig: ProtocolConfig;
  readonly tokens: Readonly<Record<string, Token>>;
  readonly flexiblePools: Readonly<Record<string, FlexiblePool>>;
  readonly fixedTermPools: Readonly<Record<string, FixedTermPool>>;
  readonly distributor: Distributor;
  /** Ids in the distributor. */
  readonly schedules: Readonly<Record<string, bigint>>;
}

/** What `npm run deploy` makes of a protocol config at `now`, the time of the chain's first block. */
export function buildProtocol(protocolConfig: ProtocolConfig, now: bigint): Protocol {
  const tokens = mapValues(protocolConfig.tokens, (_, name) => new Token(name));
  const tokensOf = (entry: { stakingToken: string; rewardsToken: string }) => ({
    stakingToken: lookUp(tokens, entry.stakingToken),
    rewardsToken: lookUp(tokens, entry.rewardsToken),
  });
  const distributor = new Distributor({
    address: "distributor",
    insurance: INSURANCE,
    treasury: TREASURY,
    insuranceShareBps: protocolConfig.insuranceShareOfFeesBps,
    precision: PUBLISHED,
  });
  const flexiblePools = mapValues(protocolConfig.flexiblePools, (entry, name) => {
    const pool = new FlexiblePool({
      address: name,
      ...tokensOf(entry),
      duration: entry.rewardsDuration,
      minimum: entry.minimumStake,
      cap: entry.cap,
      precision: PUBLISHED,
    });
    pool.setFunder(distributor.address, true);
    return pool;
  });
  const fixedTermPools = mapValues(protocolConfig.fixedTermPools, (entry, name) => {
    const rewardsPool = entry.rewardsPool === undefined ? undefined : lookUp(flexiblePools, entry.rewardsPool);
    rewardsPool?.setFunder(name, true);
    return new FixedTermPool({
      address: name,
      ...tokensOf(entry),
      conversion: entry.conversion,
      ...(rewardsPool && { rewardsPool }),
      insurance: INSURANCE,
      treasury: TREASURY,
      split: entry.split,
      terms: entry.terms,
    });
  });
  const pools: Readonly<Record<string, RecipientPool>> = { ...flexiblePools, ...fixedTermPools };
  const schedules = mapValues(protocolConfig.schedules, (entry) =>
    distributor.createSchedule(
      { ...entry, token: lookUp(tokens, entry.token), start: startTime(entry.start, now) },
      new Map(Object.entries(entry.weights).map(([pool, weight]) => [lookUp(pools, pool), weight])),
      now,
    ),
  );
  return { protocolConfig, tokens, flexiblePools, fixedTermPools, distributor, schedules };
}
