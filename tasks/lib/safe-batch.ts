import { id, type ParamType } from "ethers";

import { parseCall } from "./interfaces.ts";

/** One call of a batch. */
export interface BatchCall {
  readonly to: string;
  readonly data: string;
}

/** An input of a function, as the Safe app describes it. */
interface BatchInput {
  readonly internalType: string;
  readonly name: string;
  readonly type: string;
  readonly components?: readonly BatchInput[];
}

/** One transaction of a batch: a function and its values, which the Safe app shows and encodes, or data that it does not know. */
interface BatchTransaction extends Readonly<Record<string, unknown>> {
  readonly to: string;
  readonly value: "0";
  readonly data: string | null;
  readonly contractMethod: {
    readonly inputs: readonly BatchInput[];
    readonly name: string;
    readonly payable: false;
  } | null;
  readonly contractInputsValues: Readonly<Record<string, string>> | null;
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
    transactions: calls.map(transactionOf),
  };
  return { ...batch, meta: { ...batch.meta, checksum: safeChecksum(batch) } };
}

function transactionOf({ to, data }: BatchCall): BatchTransaction {
  const call = parseCall(data);
  if (call === undefined) return { to, value: "0", data, contractMethod: null, contractInputsValues: null };
  const { inputs } = call.fragment;
  const values = inputs.map((input, i) => [input.name, writeValue(call.args[i])] as const);
  return {
    to,
    value: "0",
    data: null, // the Safe app encodes it anew, so that what is signed is what is shown
    contractMethod: { inputs: inputs.map(inputOf), name: call.name, payable: false },
    contractInputsValues: Object.fromEntries(values),
  };
}

function inputOf(input: ParamType): BatchInput {
  const components = input.arrayChildren === null ? input.components : input.arrayChildren.components;
  const type = input.type.replace(/^tuple\(.*\)/, "tuple").replace(/^\(.*\)/, "tuple");
  return {
    internalType: input.type.startsWith("tuple") ? `struct${input.type.endsWith("[]") ? "[]" : ""}` : input.type,
    name: input.name,
    type,
    ...(components === null ? {} : { components: components.map(inputOf) }),
  };
}

/** Values as a person types them into the Safe app: arrays and tuples as JSON. */
function writeValue(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(plain(value)) : String(value);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, plain);
  return typeof value === "boolean" ? value : String(value);
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
