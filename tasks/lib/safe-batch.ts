import { id } from "ethers";

/** One call of a batch. */
export interface BatchCall {
  readonly to: string;
  readonly data: string;
}

/** The file that Safe's transaction builder imports. */
export interface SafeBatch {
  readonly version: "1.0";
  readonly chainId: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly meta: {
    readonly name: string;
    readonly description: string;
    readonly txBuilderVersion: string;
    readonly createdFromSafeAddress: string;
    readonly createdFromOwnerAddress: string;
    readonly checksum?: string;
  };
  readonly transactions: readonly object[];
}

/** Version of the transaction builder whose format this is. */
const TX_BUILDER_VERSION = "1.18.2";

/** A batch with its checksum, by which the Safe app tells whether somebody changed the file. */
export function buildSafeBatch(
  chainId: bigint,
  safe: string,
  description: string,
  calls: readonly BatchCall[],
  createdAt = Date.now(),
): SafeBatch {
  const batch: SafeBatch = {
    version: "1.0",
    chainId: String(chainId),
    createdAt,
    meta: {
      name: "Termstake",
      description,
      txBuilderVersion: TX_BUILDER_VERSION,
      createdFromSafeAddress: safe,
      createdFromOwnerAddress: "",
    },
    transactions: calls.map(({ to, data }) => ({
      to,
      value: "0",
      data,
      contractMethod: null,
      contractInputsValues: null,
    })),
  };
  return { ...batch, meta: { ...batch.meta, checksum: safeChecksum(batch) } };
}

/** The checksum that the Safe app computes: the batch's name, which a person may change, does not count, nor does a checksum. */
export function safeChecksum(batch: SafeBatch): string {
  const meta: Record<string, unknown> = { ...batch.meta, name: null };
  delete meta["checksum"];
  return id(serialize({ ...batch, meta }));
}

/** Of an object its sorted keys and then their values, each followed by a comma; of an array its elements. */
function serialize(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialize).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${JSON.stringify(entries.map(([key]) => key))}${entries.map(([, entry]) => `${serialize(entry)},`).join("")}}`;
}
