// A log as nodes write it, taken apart and checked.
import { toAddress } from "../shared/abi-decoder.ts";

/** A log of a contract, in plain values. */
export interface Log {
  /** The contract, in EIP-55's case. */
  readonly address: `0x${string}`;
  /** None to four words of 32 bytes, in lower case; the first one is the event's, unless that is anonymous. */
  readonly topics: readonly `0x${string}`[];
  readonly data: `0x${string}`;
  readonly blockNumber: number;
  readonly blockHash: `0x${string}`;
  readonly transactionHash: `0x${string}`;
  /** Its place in the block, from 0 on. */
  readonly logIndex: number;
  /** Unix time of the block in seconds; undefined where the node does not tell it with the log. */
  readonly blockTimestamp: number | undefined;
}

/** Thrown when a node's answer is not a list of logs, or not of the logs asked for. The message names what is wrong. */
export class LogAnswerError extends Error {
  override readonly name = "LogAnswerError";
}

const MOST_TOPICS = 4;
const WORD = /^0x[0-9a-f]{64}$/i;
const ADDRESS = /^0x[0-9a-f]{40}$/i;
const QUANTITY = /^0x[0-9a-f]+$/i;
const BYTES = /^0x[0-9a-f]*$/i;

/** Takes a log apart as nodes write it, also in a receipt. Throws a `LogAnswerError` that names the field that is missing or malformed. */
export function parseLog(answer: unknown): Log {
  if (typeof answer !== "object" || answer === null)
    throw new LogAnswerError(`The node's log is none: ${show(answer)}`);
  const field = (name: string): unknown => Reflect.get(answer, name);
  const hex = (name: string, shape: RegExp): `0x${string}` => toHex(field(name), name, shape);
  const whole = (name: string, value = field(name)): number => {
    const number = Number(toHex(value, name, QUANTITY));
    if (!Number.isSafeInteger(number)) throw new LogAnswerError(`The node's log has the ${name} ${show(value)}`);
    return number;
  };
  const topics = field("topics");
  if (!Array.isArray(topics) || topics.length > MOST_TOPICS)
    throw new LogAnswerError(
      `The node's log has the topics ${show(topics)}; they are a list of at most ${MOST_TOPICS}`,
    );
  const data = hex("data", BYTES);
  if (data.length % 2 === 1) throw new LogAnswerError("The node's log has data that ends within a byte");
  const time = field("blockTimestamp");
  return {
    address: toAddress(hex("address", ADDRESS).slice(2)),
    topics: topics.map((topic: unknown) => lower(toHex(topic, "topic", WORD))),
    data,
    blockNumber: whole("blockNumber"),
    blockHash: hex("blockHash", WORD),
    transactionHash: hex("transactionHash", WORD),
    logIndex: whole("logIndex"),
    blockTimestamp: time === undefined || time === null ? undefined : whole("blockTimestamp", time),
  };
}

/** Whether a log was taken back by a reorganisation: some nodes tell it once more. */
export function isRemoved(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && Reflect.get(answer, "removed") === true;
}

/** A value as a message shows it. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? value : ((JSON.stringify(value) as string | undefined) ?? "undefined");
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function toHex(value: unknown, name: string, shape: RegExp): `0x${string}` {
  if (typeof value === "string" && shape.test(value)) return value as `0x${string}`;
  throw new LogAnswerError(`The node's log has the ${name} ${show(value)}`);
}

export function lower(hex: `0x${string}`): `0x${string}` {
  return hex.toLowerCase() as `0x${string}`;
}
