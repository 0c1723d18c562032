import {
  BlocklistToken__factory,
  InsuranceFund__factory,
  RewardDistributor__factory,
} from "../../../../types/index.js";
import { Kind as KindNumber } from "../../distributor.ts";
import { FlexiblePool } from "../../../../model/flexible-pool.ts";
import { DEAD_ADDRESS } from "../../../../model/token.ts";
import { type Addresses, type Protocol, TOKENS, type TokenName } from "../protocol.ts";
import { type View, viewsOf } from "./view.ts";

const distributorAbi = RewardDistributor__factory.createInterface();
const fundAbi = InsuranceFund__factory.createInterface();
const tokenAbi = BlocklistToken__factory.createInterface();

/** Everybody who ever holds tokens. */
export function holders({ actors, governor, treasury, flexible, fixed, distributor, fund }: Addresses): string[] {
  const pools = [...Object.values(flexible), ...Object.values(fixed)];
  return [...actors, governor, treasury, DEAD_ADDRESS, ...pools, distributor, fund];
}

export function tokenViews(addresses: Addresses): View[] {
  return TOKENS.flatMap((name) => {
    const view = viewsOf(name, addresses.tokens[name], tokenAbi);
    return [
      view("totalSupply", [], ({ tokens }) => tokens[name].supply),
      ...holders(addresses).map((account) =>
        view("balanceOf", [account], ({ tokens }) => tokens[name].balanceOf(account), "rounded"),
      ),
    ];
  });
}

export function distributorViews(addresses: Addresses): View[] {
  const view = viewsOf("distributor", addresses.distributor, distributorAbi);
  return [
    view("insuranceShareBps", [], ({ distributor }) => distributor.insuranceShareBps, "constant"),
    view("scheduleCount", [], ({ distributor }) => distributor.scheduleCount),
    view("recipients", [], ({ distributor: { recipients } }) => [recipients.insurance, recipients.treasury]),
    ...TOKENS.flatMap((name) => [
      view("feesOwed", [addresses.tokens[name]], ({ distributor, tokens }) => {
        const { insurance, treasury } = distributor.feesOwed(tokens[name]);
        return [insurance, treasury];
      }),
      view("liabilities", [addresses.tokens[name]], ({ distributor, tokens }) => distributor.liabilities(tokens[name])),
    ]),
  ];
}

/** Of a schedule that pays `token`, to the pools that pay it on. */
export function scheduleViews(addresses: Addresses, id: bigint, token: string): View[] {
  const view = viewsOf("distributor", addresses.distributor, distributorAbi);
  const { flexible: streams, fixed: terms, tokens } = addresses;
  const pools = [
    { paid: tokens.reward, address: streams.two, of: ({ flexible }: Protocol) => flexible.two },
    { paid: tokens.reward, address: terms.two, of: ({ fixed }: Protocol) => fixed.two },
    { paid: tokens.stake, address: streams.one, of: ({ flexible }: Protocol) => flexible.one },
    { paid: tokens.coin, address: terms.one, of: ({ fixed }: Protocol) => fixed.one },
  ].filter(({ paid }) => paid === token);
  return [
    view("schedule", [id], ({ distributor }, now) => {
      const { terms: made, totalWeight, accruedEpochs, ...state } = distributor.schedule(id, now);
      const { token: paid, epoch, budget, start, epochs, feeBps } = made;
      const { uncoveredEpochs, balance, missing, nextEpoch, ended } = state;
      const written = [paid.address, epoch, budget, start, epochs, feeBps];
      return [...written, totalWeight, accruedEpochs, uncoveredEpochs, balance, missing, nextEpoch, ended];
    }),
    ...pools.flatMap(({ address, of }) => [
      view("pending", [id, address], (it, now) => it.distributor.pending(id, of(it), now), "rounded"),
      view("weightOf", [id, address], (it) => {
        const weight = it.distributor.weightOf(id, of(it));
        if (weight === undefined) return [KindNumber.none, 0n];
        return [of(it) instanceof FlexiblePool ? KindNumber.flexible : KindNumber.fixedTerm, weight];
      }),
    ]),
  ];
}

export function fundViews(addresses: Addresses): View[] {
  const view = viewsOf("fund", addresses.fund, fundAbi);
  const of = (name: TokenName): View[] => [
    view("reserved", [addresses.tokens[name]], ({ fund, tokens }) => fund.reserved(tokens[name])),
    view("available", [addresses.tokens[name]], ({ fund, tokens }) => fund.available(tokens[name])),
  ];
  return [
    view("minimumClaimDelay", [], ({ fund }) => fund.minimumDelay, "constant"),
    view("roundCount", [], ({ fund }) => BigInt(fund.rounds.length)),
    ...TOKENS.flatMap(of),
  ];
}

/** Of a published round with `claims` claims and a Merkle `root`. */
export function roundViews(addresses: Addresses, id: number, claims: number, root: string): View[] {
  const view = viewsOf("fund", addresses.fund, fundAbi);
  const roundOf = ({ fund }: Protocol) => {
    const round = fund.rounds[id];
    if (round === undefined) throw new RangeError(`There is no round ${id}`);
    return round;
  };
  return [
    view("rounds", [id], (it) => {
      const { token, total, claimed, opensAt, expiresAt, closed } = roundOf(it);
      return [token.address, root, total, claimed, opensAt, expiresAt, closed];
    }),
    ...Array.from({ length: claims + 1 }, (_, index) =>
      view("isClaimed", [id, index], (it) => roundOf(it).paid.has(BigInt(index))),
    ),
  ];
}
