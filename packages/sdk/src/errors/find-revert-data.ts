// Where wallets, nodes and libraries put what a contract reverted with. No two agree: an error of MetaMask around an error of a
// node around an error of the chain is usual, and some pass on nothing but a text.

/** Properties that hold the error that another one was made of, or its data. Never `transaction`: its data is what was sent. */
const WITHIN = [
  "data",
  "error",
  "originalError",
  "cause",
  "info",
  "raw",
  "revertData",
  "returnData",
  "return",
  "result",
  "body",
  "errors",
  "value",
];

/** Properties that hold text for people, in which data may stand. */
const TEXTS = ["message", "reason", "details", "shortMessage", "metaMessages", "stderr"];

/** Ganache keeps results by the hash of the transaction. */
const HASH = /^0x[0-9a-f]{64}$/i;
const HEX = /^0x(?:[0-9a-f]{2})+$/i;
const HEX_WITHIN_TEXT = /0x(?:[0-9a-f]{2}){4,}/gi;

/** Errors that are nested deeper than this are cycles of getters, not anybody's. */
const LIMIT = 1_000;

export interface RevertTraces {
  /** Hexadecimal data, the most trustworthy first: what stands alone before what stands in a text. */
  readonly data: readonly `0x${string}`[];
  /** Texts, the outermost first. */
  readonly texts: readonly string[];
}

/** Collects what a thrown value, or anything nested in it, says of a revert. */
export function findRevertTraces(error: unknown): RevertTraces {
  const data: `0x${string}`[] = [];
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  for (let next = 0; next < queue.length && next < LIMIT; next++) {
    const entry = queue[next];
    if (typeof entry === "string") {
      if (isHex(entry)) data.push(entry);
      else texts.push(entry);
      const parsed = parseJson(entry);
      if (parsed !== undefined) queue.push(parsed);
    } else if (entry instanceof Uint8Array) {
      data.push(toHex(entry));
    } else if (typeof entry === "object" && entry !== null && !seen.has(entry)) {
      seen.add(entry);
      queue.push(...within(entry));
    }
  }
  const embedded = texts.flatMap((text) => text.match(HEX_WITHIN_TEXT) ?? []).filter(isHex);
  return { data: [...data, ...embedded], texts };
}

function within(entry: object): unknown[] {
  if (Array.isArray(entry)) return entry;
  const hashes = Object.keys(entry).filter((key) => HASH.test(key));
  return [...WITHIN, ...hashes, ...TEXTS].map((key) => read(entry, key)).filter((value) => value !== undefined);
}

/** A property; undefined if its getter throws, as those of an ethers `Result` do. */
function read(entry: object, key: string): unknown {
  try {
    return Reflect.get(entry, key);
  } catch {
    return undefined;
  }
}

/** A text that is an object of JSON, or ends with one, as in `Internal JSON-RPC error. { "code": 3 }`. */
function parseJson(text: string): unknown {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}

function isHex(text: string): text is `0x${string}` {
  return HEX.test(text);
}

function toHex(bytes: Uint8Array): `0x${string}` {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
