// Transactions on their way, by account and chain: kept in the browser, so that neither another page nor a reload forgets them.
import type { Sent } from "./follow.ts";
import type { StepName } from "./steps.ts";

export type PendingState = "sent" | "queued" | "confirmed" | "failed" | "replaced";

export interface Pending extends Sent {
  readonly step: StepName;
  /** Address of the pool that it is about. */
  readonly pool: string;
  /** What it moves, written out; empty where no amount is known before. */
  readonly amount: string;
  readonly state: PendingState;
}

const NONE: readonly Pending[] = [];
const PREFIX = "termstake.pending";
const STATES: ReadonlySet<unknown> = new Set<PendingState>(["sent", "queued", "confirmed", "failed", "replaced"]);

/** An external store of what is on its way on one chain. */
export class PendingStore {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly #chain: string;
  readonly #lists = new Map<string, readonly Pending[]>();
  readonly #listeners = new Set<() => void>();
  /** Hashes of what somebody on this page waits for, and shows. */
  readonly #shown = new Set<string>();

  /** `chain` names one chain of all that there have been: a local one begins anew with the same id. */
  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">, chain: string) {
    this.#storage = storage;
    this.#chain = chain;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The account's transactions, the newest last; the same array until they change. */
  list(account: string): readonly Pending[] {
    const known = this.#lists.get(account);
    if (known !== undefined) return known;
    const read = parse(this.#storage.getItem(this.#key(account)));
    this.#lists.set(account, read);
    return read;
  }

  /** Whether somebody on this page shows what becomes of a transaction. */
  isShown(hash: string): boolean {
    return this.#shown.has(hash);
  }

  show(hash: string, shown: boolean): void {
    if (shown === this.#shown.has(hash)) return;
    if (shown) this.#shown.add(hash);
    else this.#shown.delete(hash);
    for (const [account, list] of this.#lists) this.#lists.set(account, [...list]); // another array: it is read again
    this.#tell();
  }

  add(account: string, pending: Pending): void {
    this.#write(account, [...this.#fresh(account).filter(({ hash }) => hash !== pending.hash), pending]);
  }

  change(account: string, hash: string, change: Partial<Pick<Pending, "state" | "nonce">>): void {
    const list = this.#fresh(account);
    if (list.some((one) => one.hash === hash))
      this.#write(
        account,
        list.map((one) => (one.hash === hash ? { ...one, ...change } : one)),
      );
  }

  remove(account: string, hash: string): void {
    this.#write(
      account,
      this.#fresh(account).filter((one) => one.hash !== hash),
    );
  }

  /** Another tab may have written. */
  reload(): void {
    this.#lists.clear();
    this.#tell();
  }

  #fresh(account: string): readonly Pending[] {
    this.#lists.delete(account);
    return this.list(account);
  }

  #write(account: string, list: readonly Pending[]): void {
    this.#lists.set(account, list);
    try {
      if (list.length === 0) this.#storage.removeItem(this.#key(account));
      else this.#storage.setItem(this.#key(account), JSON.stringify(list));
    } catch {
      // A full or forbidden store: known as long as the page is open.
    }
    this.#tell();
  }

  #key(account: string): string {
    return `${PREFIX}.${this.#chain}.${account}`;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What a store holds may be of another version of the page, or anybody's. */
function parse(text: string | null): readonly Pending[] {
  if (text === null) return NONE;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isPending) : NONE;
  } catch {
    return NONE;
  }
}

function isPending(value: unknown): value is Pending {
  if (typeof value !== "object" || value === null) return false;
  const field = (name: string): unknown => Reflect.get(value, name);
  const nonce = field("nonce");
  return (
    ["hash", "from", "to", "data", "step", "pool", "amount"].every((name) => typeof field(name) === "string") &&
    Number.isSafeInteger(field("block")) &&
    (nonce === undefined || Number.isSafeInteger(nonce)) &&
    STATES.has(field("state"))
  );
}

/** Whether a transaction may still act. */
export function isOpen({ state }: Pick<Pending, "state">): boolean {
  return state === "sent" || state === "queued";
}
