import { mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";

import type { Provider } from "ethers";
import { z } from "zod";

import { UserError } from "../../shared/user-error.ts";
import { onDisk } from "./exit-codes.ts";

const whole = z.string().regex(/^\d+$/).transform(BigInt);

/** Written before a transaction leaves: with it whoever comes later finds the transaction, or sends the same one again. */
const signed = z.object({
  state: z.literal("signed"),
  id: z.string(),
  time: z.string(),
  /** What a person asked for; the same words mean the same wish. */
  intent: z.string(),
  what: z.string(),
  /** Whether the wish is fulfilled with it. */
  last: z.boolean(),
  from: z.string(),
  nonce: whole,
  to: z.string(),
  data: z.string(),
  gas: whole,
  /** Highest block when it was signed. */
  block: whole,
  /** Signed transaction and its hash; none where the node keeps the key, which then is given the same nonce again. */
  raw: z.string().optional(),
  hash: z.string().optional(),
});
/** What became of it. */
const ended = z.object({
  state: z.enum(["mined", "reverted", "replaced", "refused"]),
  id: z.string(),
  time: z.string(),
  hash: z.string().optional(),
  block: whole.optional(),
});
const line = z.discriminatedUnion("state", [signed, ended]);

export type SignedEntry = z.output<typeof signed>;
export type EndedEntry = z.output<typeof ended>;

/** A record of what was sent on one chain, in JSON lines; a line is on disk before the transaction is on its way. */
export class Journal {
  readonly file: string;

  private constructor(file: string) {
    this.file = file;
  }

  /** The journal of the provider's chain; its first block tells it from others of the same id. */
  static async open(directory: string, provider: Provider): Promise<Journal> {
    const { chainId } = await provider.getNetwork();
    const first = await provider.getBlock(0);
    if (first?.hash == null) throw new Error("The chain has no first block");
    await onDisk(directory, async () => mkdir(directory, { recursive: true }));
    return new Journal(path.join(directory, `chain-${chainId}-${first.hash.slice(2, 14)}.jsonl`));
  }

  /** What an account signed and whose end is not known, in order. */
  async unfinished(from: string): Promise<SignedEntry[]> {
    const open = new Map<string, SignedEntry>();
    for (const entry of await this.#read()) {
      if (entry.state !== "signed") open.delete(entry.id);
      else if (entry.from === from) open.set(entry.id, entry);
    }
    return [...open.values()];
  }

  async write(entry: SignedEntry | EndedEntry): Promise<void> {
    const text = JSON.stringify(entry, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
    await onDisk(this.file, async () => {
      // Nobody else needs to read what is about to be sent.
      const file = await open(this.file, "a", 0o600);
      try {
        // The last line may have been cut off: this one stays whole. All of it, or an error that keeps the transaction here.
        await file.appendFile(`\n${text}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    });
  }

  async #read(): Promise<z.output<typeof line>[]> {
    const text = await onDisk(this.file, async () =>
      readFile(this.file, "utf8").catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return ""; // the first run
        throw error;
      }),
    );
    return text.split("\n").flatMap((content, i) => {
      if (content === "") return [];
      const parsed = line.safeParse(readJson(content));
      if (parsed.success) return [parsed.data];
      // Whatever stood there may be a transaction that is on its way: skipping it would forget that.
      throw new UserError(
        `Line ${i + 1} of the journal ${this.file} cannot be read, and a transaction may be on its way that it tells of: ` +
          "mend the line, or remove it once you know that nothing of it is pending",
      );
    });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
