// What there is to do for a keeper, as events and views say; whether it would succeed is asked apart.
import { renewalOf } from "@termstake/sdk/checks";
import { LogPager } from "@termstake/sdk/logs";
import { toTerm } from "@termstake/sdk/pools";
import { z } from "zod";

import { readEvents } from "../../deploy/events.ts";
import { FixedTermPool__factory } from "../../types/index.ts";
import { tell } from "../lib/command.ts";
import { nameOf, type Deployment } from "../lib/deployment.ts";
import { isWrongAnswer } from "../lib/wrong-answer.ts";
import { recall, remember } from "./memory.ts";

/** Something that anybody may do for others. */
export interface Chore {
  /** The same thing has the same key for every keeper. */
  readonly key: string;
  readonly what: string;
  readonly to: string;
  readonly data: string;
}

/** `PoolKind.FixedTerm`. */
const FIXED_TERM = 2n;
const PAGE = 200n;
/** Positions that the lens looks at in one call. */
const POSITIONS = 200;
/** Questions that are asked at the same time. */
const TOGETHER = 10;
/** Blocks that are read again: a reorganisation may bring other events. */
const OVERLAP = 64;
const pendingBlock = z.object({ timestamp: z.string() });

export interface ChoresOptions {
  readonly firstBlock: number;
  /** Pools that are served though they are not listed. */
  readonly others?: ReadonlySet<string>;
  /** Where what was read is kept across runs. */
  readonly memory?: { readonly file: string; readonly deployment: string };
}

/** Finds what is due. It remembers which events it has read, and reads only later ones. */
export class Chores {
  readonly #deployment: Deployment;
  readonly #logs: LogPager;
  readonly #options: ChoresOptions;
  #next: number;
  #recalled = false;
  /** Pools of a schedule, by both. */
  readonly #shares = new Map<string, { readonly schedule: bigint; readonly pool: string }>();
  /** Positions with auto-renew, by pool. */
  readonly #orders = new Map<string, Set<bigint>>();
  readonly #known = new Set<string>();
  /** What of a pool never changes and decides what a renewal makes of a position. */
  readonly #terms = new Map<string, RenewalTerms>();
  /** What was said to be left out, so that it is said once. */
  readonly #left = new Set<string>();

  constructor(deployment: Deployment, options: ChoresOptions) {
    this.#deployment = deployment;
    this.#logs = new LogPager(deployment.node);
    this.#options = options;
    this.#next = options.firstBlock;
  }

  /** Everything that looks due at the pending block. */
  async due(): Promise<Chore[]> {
    if (!this.#recalled) await this.#recall();
    this.#recalled = true;
    const served = await this.#served();
    await this.#readEvents(served);
    await this.#remember();
    return [...(await this.#payments()), ...(await this.#renewals(served))];
  }

  async #recall(): Promise<void> {
    const { memory, firstBlock } = this.#options;
    const known = memory === undefined ? undefined : await recall(memory.file, memory.deployment);
    if (known === undefined || known.next <= firstBlock) return;
    const before = await this.#deployment.provider.getBlock(known.next - 1);
    if (before?.hash !== known.hash) return; // another chain, or one that was reorganised deeply
    this.#next = known.next;
    for (const { schedule, pool } of known.shares) this.#addShare(BigInt(schedule), pool);
    for (const { pool, position } of known.orders) this.#addOrder(pool, BigInt(position));
    for (const pool of known.pools) this.#known.add(pool);
  }

  async #remember(): Promise<void> {
    const { memory } = this.#options;
    if (memory === undefined) return;
    const last = await this.#deployment.provider.getBlock(this.#next - 1);
    if (last?.hash == null) return;
    const orders = [...this.#orders].flatMap(([pool, ids]) => [...ids].map((id) => ({ pool, position: String(id) })));
    await remember(memory.file, {
      deployment: memory.deployment,
      next: this.#next,
      hash: last.hash,
      shares: [...this.#shares.values()].map(({ schedule, pool }) => ({ schedule: String(schedule), pool })),
      orders,
      pools: [...this.#known],
    });
  }

  #addShare(schedule: bigint, pool: string): void {
    this.#shares.set(`${schedule} ${pool}`, { schedule, pool });
  }

  #addOrder(pool: string, position: bigint): void {
    const ids = this.#orders.get(pool) ?? new Set();
    this.#orders.set(pool, ids.add(position));
  }

  /** A stranger's pool may hold a token that costs gas without end: it is served only if it is asked for. */
  async #served(): Promise<ReadonlySet<string>> {
    const { factory } = this.#deployment;
    const found = new Set<string>();
    for (let offset = 0n, count = await factory.poolCount(); offset < count; offset += PAGE) {
      for (const { pool, kind, listed } of await factory.pools(offset, PAGE)) {
        if (kind === FIXED_TERM && (listed || this.#options.others?.has(pool) === true)) found.add(pool);
      }
    }
    return found;
  }

  async #readEvents(served: ReadonlySet<string>): Promise<void> {
    const { provider } = this.#deployment;
    const { firstBlock } = this.#options;
    const distributor = this.#deployment.distributor();
    const head = await provider.getBlockNumber();
    const from = Math.max(this.#next - OVERLAP, firstBlock);
    const weights = await readEvents(this.#logs, distributor, distributor.filters.WeightSet(), from, head);
    for (const { args } of weights) this.#addShare(args.scheduleId, args.pool);

    for (const address of served) {
      const pool = FixedTermPool__factory.connect(address, provider);
      const since = this.#known.has(address) ? from : firstBlock;
      for (const { args } of await readEvents(this.#logs, pool, pool.filters.AutoRenewSet(), since, head))
        this.#addOrder(address, args.positionId);
      this.#known.add(address);
    }
    this.#next = head + 1;
  }

  async #payments(): Promise<Chore[]> {
    const distributor = this.#deployment.distributor();
    const to = await distributor.getAddress();
    const chores: Chore[] = [];
    for (const { schedule, pool } of this.#shares.values()) {
      const chore = await this.#unlessBad(`schedule ${schedule} to ${nameOf(this.#deployment, pool)}`, async () => {
        if ((await distributor.pending(schedule, pool, { blockTag: "pending" })) === 0n) return undefined;
        const { accruedEpochs } = await distributor.schedule(schedule, { blockTag: "pending" });
        return {
          key: `distribute/${schedule}/${pool}/${accruedEpochs}`,
          what: `Distribute schedule ${schedule} to ${nameOf(this.#deployment, pool)}, up to epoch ${accruedEpochs}`,
          to,
          data: distributor.interface.encodeFunctionData("distribute", [schedule, pool]),
        };
      });
      if (chore !== undefined) chores.push(chore);
    }
    return chores;
  }

  async #renewals(served: ReadonlySet<string>): Promise<Chore[]> {
    const { provider } = this.#deployment;
    // As it is: ethers does not take a block that has no number yet.
    const pending: unknown = await provider.send("eth_getBlockByNumber", ["pending", false]);
    const now = BigInt(pendingBlock.parse(pending).timestamp);
    const chores: Chore[] = [];
    for (const [address, ids] of this.#orders) {
      if (!served.has(address)) continue;
      const name = nameOf(this.#deployment, address);
      const mature = await this.#mature(address, ids, now);
      if (mature.length === 0) continue;
      for (let i = 0; i < mature.length; i += TOGETHER) {
        const found = mature.slice(i, i + TOGETHER).map(async (position) => {
          const what = `position ${position.id} of ${name}`;
          return this.#unlessBad(what, async () => this.#renewal(address, position, await this.#termsOf(address), now));
        });
        chores.push(...(await Promise.all(found)).filter((chore) => chore !== undefined));
      }
    }
    return chores;
  }

  async #termsOf(address: string): Promise<RenewalTerms> {
    const known = this.#terms.get(address);
    if (known !== undefined) return known;
    const pool = FixedTermPool__factory.connect(address, this.#deployment.provider);
    const [conversion, staking, rewards] = await Promise.all([
      pool.conversion(),
      pool.stakingToken(),
      pool.rewardsToken(),
    ]);
    const terms = { conversion, stakingToken: { address: staking }, rewardsToken: { address: rewards } };
    this.#terms.set(address, terms);
    return terms;
  }

  /** Those of a pool's positions with auto-renew that are mature, read in pages; what is gone is forgotten. */
  async #mature(address: string, ids: Set<bigint>, now: bigint): Promise<Mature[]> {
    const all = [...ids];
    const found: Mature[] = [];
    for (let i = 0; i < all.length; i += POSITIONS) {
      for (const { positionId: id, exists, state } of await this.#deployment.lens.positions(
        address,
        all.slice(i, i + POSITIONS),
      )) {
        // Closed, or cancelled; were that undone by a reorganisation, its event would be read again.
        if (!exists || !state.autoRenew) ids.delete(id);
        else if (state.maturity <= now) {
          const { maturity, principal, reward } = state;
          found.push({ id, termId: Number(state.termId), maturity, principal, reward });
        }
      }
    }
    return found;
  }

  async #renewal(address: string, position: Mature, terms: RenewalTerms, now: bigint): Promise<Chore | undefined> {
    const pool = FixedTermPool__factory.connect(address, this.#deployment.provider);
    const { id, maturity } = position;
    const { termId, window } = await pool.autoRenewOrder(id);
    if (now > maturity + window) {
      // Lapsed for good: only its owner may renew it now.
      this.#orders.get(address)?.delete(id);
      return undefined;
    }
    const { reward } = renewalOf(terms, toTerm({ termId, state: await pool.term(termId) }), position);
    return {
      key: `renew/${address}/${id}`,
      what: `Renew position ${id} of ${nameOf(this.#deployment, address)} in term ${termId}`,
      to: address,
      data: pool.interface.encodeFunctionData("renew", [id, termId, reward]),
    };
  }

  /** What a contract will not even answer about is left out, and said: it keeps nothing from the others. */
  async #unlessBad<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!isWrongAnswer(error)) throw error;
      if (!this.#left.has(what)) tell(`Left out: ${what}, which cannot be read: ${error.message}`);
      this.#left.add(what);
      return undefined;
    }
  }
}

type RenewalTerms = Parameters<typeof renewalOf>[0];

interface Mature {
  readonly id: bigint;
  readonly termId: number;
  readonly maturity: bigint;
  readonly principal: bigint;
  readonly reward: bigint;
}
