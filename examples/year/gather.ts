import type { FixedTermPool, FlexiblePool } from "../../types/index.ts";
import { readHoldings } from "./holdings.ts";
import type { Account, Books, EarlyExit, Entry, EntryKind, Sweep } from "./ledger.ts";
import { DEAD, STAKERS, type Stage } from "./stage.ts";

/** Names of people and tokens by address. */
interface Names {
  person(address: string): string;
  token(address: string): string;
}

export interface Gathered extends Books {
  readonly earlyExits: readonly EarlyExit[];
  readonly sweeps: readonly Sweep[];
}

/** What everybody holds of every token now. */
export type Balances = ReadonlyMap<string, bigint>;

export async function readBalances(stage: Stage): Promise<Balances> {
  const owners = accountHolders(stage);
  const read = owners.flatMap(([who, address]) =>
    Object.entries(stage.tokens).map(async ([name, token]): Promise<[string, bigint]> => [
      `${who} ${name}`,
      await token.balanceOf(address),
    ]),
  );
  return new Map(await Promise.all(read));
}

/** Gathers the books of everything that happened since `before` was read: events, views and balances. */
export async function gather(stage: Stage, before: Balances): Promise<Gathered> {
  const names = await namesOf(stage);
  const after = await readBalances(stage);
  const accounts = accountHolders(stage).flatMap(([who]) =>
    Object.keys(stage.tokens).map((token): Account => {
      const key = `${who} ${token}`;
      return { who, token, before: before.get(key) ?? 0n, after: after.get(key) ?? 0n };
    }),
  );
  const fixed = await Promise.all(
    Object.entries(stage.fixed).map(([place, pool]) => fixedTermEvents(stage, names, place, pool)),
  );
  const entries = await Promise.all([
    ...Object.entries(stage.flexible).map(([place, pool]) => flexibleEntries(names, place, pool)),
    distributorEntries(stage, names),
    insuranceEntries(stage, names),
  ]);
  return {
    tokens: Object.keys(stage.tokens),
    entries: [...entries.flat(), ...fixed.flatMap((pool) => pool.entries)],
    holdings: await readHoldings(stage),
    accounts,
    earlyExits: fixed.flatMap((pool) => pool.earlyExits),
    sweeps: fixed.flatMap((pool) => pool.sweeps),
  };
}

function accountHolders({ people }: Stage): [who: string, address: string][] {
  const { Sponsor, Treasury } = people;
  return [
    ...STAKERS.map((name): [string, string] => [name, people[name].address]),
    ["Sponsor", Sponsor.address],
    ["Treasury", Treasury.address],
    ["nobody", DEAD],
  ];
}

async function namesOf(stage: Stage): Promise<Names> {
  const people = new Map(accountHolders(stage).map(([who, address]) => [address, who]));
  const tokens = new Map<string, string>();
  for (const [name, token] of Object.entries(stage.tokens)) tokens.set(await token.getAddress(), name);
  return {
    person: (address) => people.get(address) ?? address,
    token: (address) => tokens.get(address) ?? address,
  };
}

async function flexibleEntries(names: Names, place: string, pool: FlexiblePool): Promise<Entry[]> {
  const staking = names.token(await pool.stakingToken());
  const rewards = names.token(await pool.rewardsToken());
  const entry = (kind: EntryKind, user: string, token: string, amount: bigint): Entry => ({
    kind,
    who: names.person(user),
    place,
    token,
    amount,
  });
  const { filters } = pool;
  return [
    ...(await pool.queryFilter(filters.Staked())).map(({ args }) => entry("stake", args.user, staking, args.amount)),
    ...(await pool.queryFilter(filters.Withdrawn())).map(({ args }) =>
      entry("principal", args.user, staking, args.amount),
    ),
    ...(await pool.queryFilter(filters.RewardPaid())).map(({ args }) =>
      entry("reward", args.user, rewards, args.reward),
    ),
  ];
}

async function fixedTermEvents(
  { protocol }: Stage,
  names: Names,
  place: string,
  pool: FixedTermPool,
): Promise<{ entries: Entry[]; earlyExits: EarlyExit[]; sweeps: Sweep[] }> {
  const staking = names.token(await pool.stakingToken());
  const rewards = names.token(await pool.rewardsToken());
  const distributor = await protocol.distributor.getAddress();
  const { treasury } = await pool.recipients();
  const { filters } = pool;
  const [opened, renewed, left, leftEarly, funded, budgets, swept] = await Promise.all([
    pool.queryFilter(filters.Opened()),
    pool.queryFilter(filters.Renewed()),
    pool.queryFilter(filters.Withdrawn()),
    pool.queryFilter(filters.WithdrawnEarly()),
    pool.queryFilter(filters.Funded()),
    pool.queryFilter(filters.BudgetWithdrawn()),
    pool.queryFilter(filters.PenaltiesSwept()),
  ]);
  const entry = (kind: EntryKind, who: string, token: string, amount: bigint): Entry => ({
    kind,
    who: names.person(who),
    place,
    token,
    amount,
  });

  // Renewals and partial exits open positions too, with what is there already.
  const inside = new Set([
    ...renewed.map(({ args }) => args.newPositionId),
    ...leftEarly.map(({ args }) => args.remainderId),
  ]);
  const owners = new Map(opened.map(({ args }) => [args.positionId, args.owner]));
  const entries = [
    ...opened
      .filter(({ args }) => !inside.has(args.positionId))
      .map(({ args }) => entry("open", args.owner, staking, args.principal)),
    ...left.flatMap(({ args }) => [
      entry("principal", args.receiver, staking, args.principal),
      entry("reward", args.receiver, rewards, args.reward),
    ]),
    ...leftEarly.flatMap(({ args }) => [
      entry("principal", args.receiver, staking, args.principalOut),
      entry("reward", args.receiver, rewards, args.rewardOut),
    ]),
    // Where the tokens differ a renewal pays the reward out; else it becomes principal.
    ...(staking === rewards ? [] : renewed).map(({ args }) =>
      entry("reward", owners.get(args.newPositionId) ?? "?", rewards, args.reward),
    ),
    ...funded
      .filter(({ args }) => args.funder !== distributor)
      .map(({ args }) => entry("fund", args.funder, rewards, args.amount)),
    ...budgets.map(({ args }) => entry("budget", args.to, rewards, args.amount)),
    ...swept.flatMap(({ args }) => [
      entry("penalty", treasury, staking, args.treasury),
      entry("burn", DEAD, staking, args.burned),
    ]),
  ];
  const earlyExits = leftEarly.map(({ args }): EarlyExit => ({
    who: names.person(args.receiver),
    place,
    stakingToken: staking,
    rewardsToken: rewards,
    principalOut: args.principalOut,
    rewardOut: args.rewardOut,
    principalPenalty: args.principalPenalty,
    forfeitedReward: args.forfeitedReward,
  }));
  const sweeps = swept.map(({ args }): Sweep => ({
    place,
    token: staking,
    rewards: args.rewards,
    insurance: args.insurance,
    treasury: args.treasury,
    burned: args.burned,
  }));
  return { entries: entries.filter(({ amount }) => amount !== 0n), earlyExits, sweeps };
}

async function distributorEntries({ protocol }: Stage, names: Names): Promise<Entry[]> {
  const { distributor } = protocol;
  const place = "Distributor";
  const { treasury } = await distributor.recipients();
  const tokens: string[] = [];
  for (let id = 0n; id < (await distributor.scheduleCount()); id++) {
    tokens.push(names.token((await distributor.schedule(id)).terms.token));
  }
  const tokenOf = (scheduleId: bigint) => tokens[Number(scheduleId)] ?? "?";
  const { filters } = distributor;
  const entries = [
    ...(await distributor.queryFilter(filters.Funded())).map(({ args }): Entry => ({
      kind: "fund",
      who: names.person(args.funder),
      place,
      token: tokenOf(args.scheduleId),
      amount: args.amount,
    })),
    ...(await distributor.queryFilter(filters.ScheduleEnded())).map(({ args }): Entry => ({
      kind: "refund",
      who: names.person(args.to),
      place,
      token: tokenOf(args.scheduleId),
      amount: args.refund,
    })),
    ...(await distributor.queryFilter(filters.FeesSwept())).map(({ args }): Entry => ({
      kind: "fee",
      who: names.person(treasury),
      place,
      token: names.token(args.token),
      amount: args.treasury,
    })),
  ];
  return entries.filter(({ amount }) => amount !== 0n);
}

async function insuranceEntries({ protocol: { insuranceFund } }: Stage, names: Names): Promise<Entry[]> {
  const claims = await insuranceFund.queryFilter(insuranceFund.filters.Claimed());
  return Promise.all(
    claims.map(async ({ args }): Promise<Entry> => ({
      kind: "compensation",
      who: names.person(args.account),
      place: "Insurance",
      token: names.token((await insuranceFund.rounds(args.round)).token),
      amount: args.amount,
    })),
  );
}
