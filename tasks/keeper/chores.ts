// What there is to do for a keeper, as events and views say; whether it would succeed is asked apart.
import { z } from "zod";

import { FixedTermPool__factory } from "../../types/index.ts";
import { nameOf, type Deployment } from "../lib/deployment.ts";
import { RangeReader } from "../../scripts/lib/range-reader.ts";

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
const pendingBlock = z.object({ timestamp: z.string() });

/** Finds what is due. It remembers which events it has read, and reads only later ones. */
export class Chores {
  readonly #deployment: Deployment;
  readonly #reader = new RangeReader();
  readonly #firstBlock: number;
  readonly #others: ReadonlySet<string>;
  #next: number;
  /** Pools of a schedule, by its id. */
  readonly #shares = new Map<string, { readonly id: bigint; readonly pool: string }>();
  /** Standing orders, by pool and position. */
  readonly #orders = new Map<string, { readonly pool: string; readonly position: bigint }>();

  /** `others` are pools that are served though they are not listed. */
  constructor(deployment: Deployment, firstBlock: number, others: ReadonlySet<string> = new Set()) {
    this.#deployment = deployment;
    this.#firstBlock = firstBlock;
    this.#others = others;
    this.#next = firstBlock;
  }

  /** Everything that looks due at the pending block. */
  async due(): Promise<Chore[]> {
    await this.#readEvents();
    return [...(await this.#payments()), ...(await this.#renewals())];
  }

  async #readEvents(): Promise<void> {
    const { provider, factory } = this.#deployment;
    const distributor = this.#deployment.distributor();
    const head = await provider.getBlockNumber();
    // A reorganisation may bring other events: the last blocks are read again. What is gone is seen by the views.
    const from = Math.max(this.#next - 64, this.#firstBlock);
    const weights = await this.#reader.events(distributor, distributor.filters.WeightSet(), from, head);
    for (const { args } of weights)
      this.#shares.set(`${args.scheduleId} ${args.pool}`, { id: args.scheduleId, pool: args.pool });

    for (let offset = 0n, count = await factory.poolCount(); offset < count; offset += PAGE) {
      for (const { pool: address, kind, listed } of await factory.pools(offset, PAGE)) {
        // A stranger's pool may hold a token that costs gas without end: it is served only if it is asked for.
        if (kind !== FIXED_TERM || !(listed || this.#others.has(address))) continue;
        const pool = FixedTermPool__factory.connect(address, provider);
        const since = this.#known.has(address) ? from : this.#firstBlock;
        const orders = await this.#reader.events(pool, pool.filters.AutoRenewSet(), since, head);
        for (const { args } of orders) {
          this.#orders.set(`${address} ${args.positionId}`, { pool: address, position: args.positionId });
        }
        this.#known.add(address);
      }
    }
    this.#next = head + 1;
  }

  readonly #known = new Set<string>();

  async #payments(): Promise<Chore[]> {
    const distributor = this.#deployment.distributor();
    const to = await distributor.getAddress();
    const chores: Chore[] = [];
    for (const { id, pool } of this.#shares.values()) {
      if ((await distributor.pending(id, pool, { blockTag: "pending" })) === 0n) continue;
      const { accruedEpochs } = await distributor.schedule(id, { blockTag: "pending" });
      chores.push({
        key: `distribute/${id}/${pool}/${accruedEpochs}`,
        what: `Distribute schedule ${id} to ${nameOf(this.#deployment, pool)}, up to epoch ${accruedEpochs}`,
        to,
        data: distributor.interface.encodeFunctionData("distribute", [id, pool]),
      });
    }
    return chores;
  }

  async #renewals(): Promise<Chore[]> {
    const { provider } = this.#deployment;
    // As it is: ethers does not take a block that has no number yet.
    const pending: unknown = await provider.send("eth_getBlockByNumber", ["pending", false]);
    const now = BigInt(pendingBlock.parse(pending).timestamp);
    const chores: Chore[] = [];
    for (const [key, { pool: address, position }] of this.#orders) {
      const pool = FixedTermPool__factory.connect(address, provider);
      const [view] = await this.#deployment.lens.positions(address, [position]);
      if (view?.exists !== true) {
        this.#orders.delete(key); // closed for good; were that undone by a reorganisation, its event would be read again
        continue;
      }
      const { maturity, autoRenew, principal, reward } = view.state;
      if (!autoRenew || maturity > now) continue;
      const { termId } = await pool.autoRenewOrder(position);
      const same = (await pool.stakingToken()) === (await pool.rewardsToken());
      const { reward: promised } = await pool.previewOpen(termId, same ? principal + reward : principal);
      chores.push({
        key: `renew/${address}/${position}`,
        what: `Renew position ${position} of ${nameOf(this.#deployment, address)} in term ${termId}`,
        to: address,
        data: pool.interface.encodeFunctionData("renew", [position, termId, promised]),
      });
    }
    return chores;
  }
}
