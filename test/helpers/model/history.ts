import { EXACT, PUBLISHED } from "../../../model/precision.ts";
import { Rational } from "../../../model/rational.ts";
import { Refusal } from "../../../model/refusal.ts";
import type { InsuranceRound } from "../../../shared/insurance-round.ts";
import type { Chain } from "./chain.ts";
import { type Addresses, buildProtocol, type Kind, KINDS, type Parts, type Protocol } from "./protocol.ts";
import type { Tally } from "./tally.ts";
import { fixedViews, positionViews, termViews } from "./views/fixed.ts";
import { flexibleViews } from "./views/flexible.ts";
import { distributorViews, fundViews, roundViews, scheduleViews, tokenViews } from "./views/money.ts";
import { type View, wordOf } from "./views/view.ts";

/** Stored times end in 2106; the longest term that may be opened is four years. */
const LAST_TIME = 4_100_000_000n;

/** One transaction, and what it means to a model. */
export interface Step {
  readonly by: string;
  readonly to: string;
  readonly data: string;
  /** Throws a `Refusal` where the protocol refuses, and then changes nothing. */
  apply(protocol: Protocol): void;
  /** What a position was promised at opening, if this step has to pay it. */
  readonly promise?: { readonly kind: Kind; readonly id: bigint; readonly receiver: string; readonly owner: string };
}

interface Promised {
  readonly principal: bigint;
  readonly reward: bigint;
}

/** One history of the protocol: the models beside the contracts, and everything that is compared. */
export class History {
  /** With the published grains: pays what the contracts pay, to the unit. */
  readonly protocol: Protocol;
  /** Without any rounding, where it is measured. */
  readonly exact: Protocol | undefined;
  /** Merkle root and proofs of each round, and of one that was not published. */
  readonly rounds: Pick<InsuranceRound, "root" | "claims">[] = [];
  operations = 0n;
  readonly #promised = new Map<string, Promised>();
  readonly #fixedViews: readonly View[];
  readonly #grownViews = new Map<string, readonly View[]>();
  #seen = new Map<string, bigint>();

  constructor(
    readonly addresses: Addresses,
    private readonly chain: Chain,
    readonly tally: Tally,
    public now: bigint,
    options: { exact?: boolean; parts?: Parts | undefined } = {},
  ) {
    this.protocol = buildProtocol(addresses, PUBLISHED, options.parts);
    this.exact = options.exact === true ? buildProtocol(addresses, EXACT, options.parts) : undefined;
    this.#fixedViews = [
      ...KINDS.flatMap((kind) => [...flexibleViews(addresses, kind), ...fixedViews(addresses, kind)]),
      ...tokenViews(addresses),
      ...distributorViews(addresses),
      ...fundViews(addresses),
    ];
  }

  /** Compares every view, those that never change included. */
  async compareAll(): Promise<void> {
    await this.#compare("Every view", true);
  }

  /** What a view of one value said last. */
  read(label: string): bigint {
    const word = this.#seen.get(label);
    if (word === undefined) throw new RangeError(`${label} is not among the views`);
    return word;
  }

  /** Lets `seconds` pass and performs what is planned for then. */
  async act(name: string, seconds: bigint, plan: () => readonly Step[]): Promise<void> {
    if (this.now + seconds < LAST_TIME) this.now += seconds;
    const steps = plan();
    if (steps.length === 0) {
      await this.chain.mine(this.now);
      this.tally.count(name, undefined);
      await this.#compare(name, false);
    }
    for (const step of steps) await this.#perform(name, step);
  }

  /** Performs on the models what the contracts have done before. */
  assume(step: Step): void {
    for (const protocol of [this.protocol, this.exact]) if (protocol !== undefined) step.apply(protocol);
    for (const kind of KINDS) this.#noticePromises(kind);
  }

  /** What a position was promised when it was opened. */
  promised(kind: Kind, id: bigint): Promised {
    const promised = this.#promised.get(`${kind} ${id}`);
    if (promised === undefined) throw new RangeError(`Position ${id} was promised nothing`);
    return promised;
  }

  async #perform(name: string, step: Step): Promise<void> {
    const before = this.#seen;
    const refused = await this.chain.send(step.by, step.to, step.data, this.now);
    const expected = attempt(step, this.protocol);
    this.operations += 1n;
    if (refused?.message !== expected?.message) {
      const said = (refusal: Refusal | undefined): string => refusal?.message ?? "accepted";
      throw this.#disagreement(name, [`contracts: ${said(refused)}`, `model: ${said(expected)}`]);
    }
    if (this.exact !== undefined) {
      const exactly = attempt(step, this.exact);
      if (exactly?.error !== expected?.error) {
        throw this.#disagreement(name, [`exactly: ${exactly?.message ?? "accepted"}`]);
      }
    }
    this.tally.count(name, expected?.error);
    for (const kind of KINDS) this.#noticePromises(kind);
    await this.#compare(name, false);
    if (expected === undefined && step.promise !== undefined) this.#checkPayout(name, step.promise, before);
    if (this.exact !== undefined) this.#measure(name, this.exact);
  }

  /** Freezes what was promised to whom has just opened. */
  #noticePromises(kind: Kind): void {
    for (const { id, principal, reward } of this.protocol.fixed[kind].openPositions()) {
      const key = `${kind} ${id}`;
      if (!this.#promised.has(key)) this.#promised.set(key, { principal, reward });
    }
  }

  /** What reached receiver and owner on the chain is what was promised at opening. */
  #checkPayout(
    name: string,
    { kind, id, receiver, owner }: NonNullable<Step["promise"]>,
    before: ReadonlyMap<string, bigint>,
  ): void {
    const grown = (label: string): bigint => (this.#seen.get(label) ?? 0n) - (before.get(label) ?? 0n);
    const { principal, reward } = this.promised(kind, id);
    const paid =
      kind === "one"
        ? [grown(`coin.balanceOf(${receiver})`)]
        : [
            grown(`stake.balanceOf(${receiver})`),
            grown(`reward.balanceOf(${receiver})`) + grown(`fixed.two.owed(${owner})`),
          ];
    const due = kind === "one" ? [principal + reward] : [principal, reward];
    if (paid.join() !== due.join()) {
      throw this.#disagreement(name, [`promised at opening ${due.join(" and ")}, paid ${paid.join(" and ")}`]);
    }
    this.tally.promisesKept += 1;
  }

  #views(all: boolean): View[] {
    const { addresses, protocol } = this;
    const views = this.#fixedViews.filter(({ constant }) => all || !constant);
    const add = (key: string, make: () => readonly View[]): void => {
      const known = this.#grownViews.get(key) ?? make();
      this.#grownViews.set(key, known);
      views.push(...known);
    };
    for (const kind of KINDS) {
      for (const id of protocol.fixed[kind].terms.keys())
        add(`term ${kind} ${id}`, () => termViews(addresses, kind, id));
      for (const { id, principal } of protocol.fixed[kind].openPositions()) {
        add(`position ${kind} ${id}`, () => positionViews(addresses, kind, id, principal));
      }
    }
    for (let id = 0n; id < protocol.distributor.scheduleCount; ++id) {
      const { token } = protocol.distributor.schedule(id, this.now).terms;
      add(`schedule ${id}`, () => scheduleViews(addresses, id, token.address));
    }
    for (const [id, { root, claims }] of this.rounds.entries()) {
      if (id < protocol.fund.rounds.length) add(`round ${id}`, () => roundViews(addresses, id, claims.length, root));
    }
    return views;
  }

  /** Reads every view of every contract, and holds it against the models. */
  async #compare(name: string, all: boolean): Promise<void> {
    const views = this.#views(all);
    const words = await this.chain.read(views.map(({ call }) => call));
    const seen = new Map<string, bigint>();
    const wrong: string[] = [];
    let at = 0;
    for (const view of views) {
      const expected = view.words(this.protocol, this.now);
      const exactly = this.exact === undefined ? expected : view.words(this.exact, this.now);
      seen.set(view.label, words[at] ?? 0n);
      for (const [place, value] of expected.entries()) {
        const read = words[at++];
        if (read !== wordOf(value)) wrong.push(`${view.label}[${place}]: contracts ${read}, model ${value}`);
        const gap = wordOf(exactly[place] ?? 0n) - wordOf(value);
        const forgiven = view.rounded ? this.operations : 0n;
        if (gap > forgiven || -gap > forgiven) wrong.push(`${view.label}[${place}]: ${gap} units off without rounding`);
      }
    }
    if (at !== words.length) throw new Error(`The views returned ${words.length} words instead of ${at}`);
    this.#seen = seen;
    this.tally.words += at;
    if (wrong.length > 0) throw this.#disagreement(name, wrong);
  }

  /** What each account has been paid and has earned, beside what it would be without any rounding. */
  #measure(name: string, exact: Protocol): void {
    for (const kind of KINDS) {
      const [ideal, real] = [exact.flexible[kind], this.protocol.flexible[kind]];
      for (const account of this.addresses.actors) {
        const got = real.paidTo(account) + real.earned(account, this.now);
        const lost = Rational.of(ideal.paidTo(account) - got).plus(ideal.accrued(account, this.now));
        if (lost.numerator < 0n || lost.floor() > this.operations) {
          throw this.#disagreement(name, [
            `${account} got ${got} of flexible.${kind}, ${lost.floor()} less than exact`,
          ]);
        }
        this.tally.rounding = Math.max(this.tally.rounding, Number(lost.times(1_000_000n).ceil()));
      }
    }
  }

  #disagreement(name: string, lines: readonly string[]): Error {
    const shown = [`${name} at ${this.now}:`, ...lines.slice(0, 12)].join("\n  ");
    return new Error(this.#named(shown));
  }

  /** Puts names for addresses. */
  #named(text: string): string {
    const { actors, governor, treasury, tokens, flexible, fixed, distributor, fund } = this.addresses;
    const names: [string, string][] = [
      ...actors.map((address, place): [string, string] => [address, `actor${place}`]),
      ...Object.entries(tokens).map(([name, address]): [string, string] => [address, name]),
      ...Object.entries(flexible).map(([name, address]): [string, string] => [address, `flexible.${name}`]),
      ...Object.entries(fixed).map(([name, address]): [string, string] => [address, `fixed.${name}`]),
      [governor, "governor"],
      [treasury, "treasury"],
      [distributor, "distributor"],
      [fund, "fund"],
    ];
    return names.reduce((named, [address, name]) => named.replaceAll(address, name), text);
  }
}

function attempt(step: Step, protocol: Protocol): Refusal | undefined {
  try {
    step.apply(protocol);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
