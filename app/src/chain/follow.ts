// What became of a transaction that a wallet took: one look at the chain says it, whichever way the wallet went about it.
import { parseLog, type Log } from "@termstake/sdk/logs";
import { id, toQuantity } from "ethers";

import { newestBlock } from "./blocks.ts";
import { field } from "./node-answers.ts";
import type { Reader } from "./reader.ts";

/** A transaction as it was sent. */
export interface Sent {
  readonly hash: string;
  readonly from: string;
  readonly to: string;
  readonly data: string;
  /** Number of the newest block when it was sent. */
  readonly block: number;
  /** As soon as a node has told it; one that has forgotten a transaction since, as after it was replaced, tells it no more. */
  readonly nonce?: number;
}

export interface Receipt {
  readonly hash: string;
  readonly block: number;
  readonly succeeded: boolean;
  readonly logs: readonly Log[];
}

/** A transaction is queued where the account is a Safe whose other owners have to sign. */
export type Outcome =
  | { readonly state: "sent"; readonly nonce?: number }
  | { readonly state: "queued" | "replaced" }
  | { readonly state: "confirmed" | "failed"; readonly receipt: Receipt };

/** Code of an account that has delegated itself (EIP-7702): it sends its transactions itself. */
const DELEGATED = "0xef0100";
/** A Safe's own names of what it executed. */
const EXECUTED = id("ExecutionSuccess(bytes32,uint256)");
const EXECUTION_FAILED = id("ExecutionFailure(bytes32,uint256)");
/** Blocks that are searched for what took a transaction's place. */
const MOST_BLOCKS = 1_000;

/** Looks where a transaction is. One that was sped up counts as itself. */
export async function lookFor(reader: Reader, sent: Sent): Promise<Outcome> {
  const receipt = await readReceipt(reader, sent.hash);
  if (receipt !== undefined) return outcomeOf(receipt);
  const known = await reader.provider.send("eth_getTransactionByHash", [sent.hash]);
  const nonce = known === null ? sent.nonce : Number(field(known, "nonce"));
  if (nonce !== undefined) return lookForReplaced(reader, sent, nonce);
  return (await lookInSafe(reader, sent)) ?? { state: "sent" };
}

/** The wallet of a contract may answer with the name that the contract gives to what its owners sign, which no node knows. */
async function lookInSafe(reader: Reader, { hash, from, block }: Sent): Promise<Outcome | undefined> {
  const code = await reader.provider.getCode(from);
  if (code === "0x" || code.startsWith(DELEGATED)) return undefined;
  const filter = { address: [from], topics: [[EXECUTED, EXECUTION_FAILED]] };
  const logs = await reader.logs.read(filter, block, (await newestBlock(reader)).number);
  // Indexed since version 1.4, told with the data before.
  const log = logs.find(({ topics, data }) => topics[1] === hash || data.slice(0, hash.length) === hash);
  if (log === undefined) return { state: "queued" };
  const receipt = await readReceipt(reader, log.transactionHash);
  if (receipt === undefined) return { state: "queued" };
  return log.topics[0] === EXECUTED ? outcomeOf(receipt) : { state: "failed", receipt };
}

/** What has the place of a transaction that has none of its own: the same again for another price, or something else. */
async function lookForReplaced(reader: Reader, sent: Sent, nonce: number): Promise<Outcome> {
  const still: Outcome = { state: "sent", nonce };
  if (Number(await reader.provider.send("eth_getTransactionCount", [sent.from, "latest"])) <= nonce) return still;
  const { number: last } = await newestBlock(reader);
  for (let block = sent.block; block <= Math.min(last, sent.block + MOST_BLOCKS); block += 1) {
    const transactions = field(
      await reader.provider.send("eth_getBlockByNumber", [toQuantity(block), true]),
      "transactions",
    );
    const found: unknown = (Array.isArray(transactions) ? transactions : []).find(
      (one: unknown) => same(field(one, "from"), sent.from) && Number(field(one, "nonce")) === nonce,
    );
    if (found === undefined) continue;
    const receipt = await readReceipt(reader, String(field(found, "hash")));
    if (receipt === undefined) return still;
    const itself = same(field(found, "to"), sent.to) && same(field(found, "input"), sent.data);
    return itself ? outcomeOf(receipt) : { state: "replaced" };
  }
  return still;
}

async function readReceipt(reader: Reader, hash: string): Promise<Receipt | undefined> {
  const answer = await reader.provider.send("eth_getTransactionReceipt", [hash]);
  if (answer === null) return undefined;
  const logs = field(answer, "logs");
  return {
    hash: String(field(answer, "transactionHash")),
    block: Number(field(answer, "blockNumber")),
    succeeded: Number(field(answer, "status")) === 1,
    logs: Array.isArray(logs) ? logs.map(parseLog) : [],
  };
}

function outcomeOf(receipt: Receipt): Outcome {
  return { state: receipt.succeeded ? "confirmed" : "failed", receipt };
}

function same(a: unknown, b: string): boolean {
  return typeof a === "string" && a.toLowerCase() === b.toLowerCase();
}
