// What nodes mean that refuse `eth_getLogs`: no two say it in the same words, nor in the same place of an error.

/** What an error means for who asked for logs. */
export type Refusal =
  /** Fewer blocks may be answered; some nodes say for which they would. */
  | { readonly kind: "too much"; readonly suggested?: readonly [from: number, to: number] }
  /** Fewer addresses, or fewer words for a topic, may be answered. */
  | { readonly kind: "too many"; readonly of: "addresses" | "words" | undefined }
  /** The node says that it took too long. */
  | { readonly kind: "slow" }
  /** Nobody said anything in time. */
  | { readonly kind: "silent" }
  /** The node refused in words that are not known: it may have meant the range. */
  | { readonly kind: "unclear" }
  /** Asking for less does not help. */
  | { readonly kind: "other" };

/** Rate limits: only asking less often helps. */
const TOO_OFTEN =
  /rate.?limit|too many requests?\b|requests? (?:count|limit|per)|per (?:second|minute|hour|day|month)|\/(?:second|sec|s|minute|min)\b|\brps\b|throttl|quota|credits|compute units|capacity|daily|monthly|usage limit|(?:retry|try again) (?:later|in\b)/i;
/** The node does not have the blocks, or not yet. */
const BEHIND =
  /header not found|unknown block|block (?:is )?(?:not (?:yet )?(?:found|available|imported)|out of range)|beyond (?:the )?(?:current )?(?:head|latest)|invalid block range params|missing trie node/i;
/** It took too long, as nodes, proxies and libraries say. */
const TOO_SLOW = /time(?:d)?[ -]?out|deadline|took too long|no answer in|execution time/i;
/** What is about a filter's lists … */
const LISTS = /address|\btopics?\b|\bfilters\b|search position|array is too/i;
const FEWER = /less|fewer/i;
/** … and what is about blocks or results, whatever else it names. */
const BLOCKS = /block|range|results?\b|\blogs\b|response/i;
const TOO_MUCH =
  /range|too (?:large|wide|big|many|long|high|much)|larger than|longer than|bigger than|more than|limit|exceed|max(?:imum)?\b|at most|up to|distance|response size|narrow your/i;
/** What no smaller question mends. */
const NOT_AT_ALL =
  /authenticat|unauthori[sz]ed|forbidden|api.?key|method|not (?:available|supported|enabled|allowed|whitelisted)|disabled|pruned|archive|revert/i;

/** Codes for "too much", of EIP-1474 and of providers: of blocks, results, or bytes. */
const TOO_MUCH_CODES = [-32_005, -32_008, -32_012, -32_020, -32_047, -32_614, -32_616, 35];
/** Codes for "too often", of providers. */
const TOO_OFTEN_CODES = [429, -32_016, -32_029, -32_097];
const [TOO_OFTEN_STATUS, TOO_LARGE_STATUS] = [429, 413];
const TOO_SLOW_STATUS = [408, 504, 524];
const TOO_SLOW_NAMES = ["TimeoutError", "TIMEOUT", "ETIMEDOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"];
/** JSON-RPC codes that carry no information: any refusal may have them. */
const [INVALID_REQUEST, INVALID_PARAMS, INTERNAL] = [-32_600, -32_602, -32_603];
/** drpc's code of a time-out. */
const DRPC_TIMEOUT = 30;
/** Whether a code is a node's own word, and not a library's. */
const isNodes = (code: number) => code <= -32_000 || code === DRPC_TIMEOUT;
const isServerError = (code: number) => code <= -32_000 && code >= -32_099;

/**
 * Whether `eth_getLogs` was refused, or not answered in time, because of how much it asked for: for fewer blocks, addresses or topics there
 * may be an answer, and asking the same again is of no use. False for who asked too often, and where the node is behind or not there. Knows
 * the words of providers wherever ethers, viem, EIP-1193's providers or HTTP put them.
 */
export function asksTooMuch(error: unknown): boolean {
  return ["too much", "too many", "slow", "silent"].includes(readRefusal(error).kind);
}

export function readRefusal(error: unknown): Refusal {
  const { texts, codes, statuses, names, ranges } = listen(error);
  const says = (words: RegExp) => texts.some((text) => words.test(text));
  const has = (of: readonly number[]) => of.some((code) => codes.has(code));
  const [suggested] = [...ranges, ...texts.flatMap(suggestionIn)];
  if (suggested !== undefined) return { kind: "too much", suggested };
  if (has(TOO_OFTEN_CODES) || statuses.has(TOO_OFTEN_STATUS) || says(TOO_OFTEN)) return { kind: "other" };
  if (says(BEHIND)) return { kind: "other" };
  if (says(TOO_SLOW) || TOO_SLOW_NAMES.some((name) => names.has(name)) || TOO_SLOW_STATUS.some((s) => statuses.has(s)))
    return { kind: [...codes].some(isNodes) ? "slow" : "silent" };
  const listed = texts.find(
    (text) => LISTS.test(text) && (TOO_MUCH.test(text) || FEWER.test(text)) && !BLOCKS.test(text),
  );
  if (listed !== undefined) return { kind: "too many", of: listNamedIn(listed) };
  if (has(TOO_MUCH_CODES) || statuses.has(TOO_LARGE_STATUS) || says(TOO_MUCH)) return { kind: "too much" };
  if (says(NOT_AT_ALL)) return { kind: "other" };
  const vague = [...codes].some(isServerError) || has([INVALID_REQUEST, INVALID_PARAMS, INTERNAL]);
  return { kind: vague ? "unclear" : "other" };
}

function listNamedIn(text: string): "addresses" | "words" | undefined {
  const [addresses, topics] = [/address/i.test(text), /topic/i.test(text)];
  if (addresses === topics) return undefined;
  return addresses ? "addresses" : "words";
}

/** "this block range should work: [0x1, 0x2]", "Try with this block range [0x1, 0x2]", "retry with the range 1-2". */
function suggestionIn(text: string): [number, number][] {
  const [, from, to] =
    /\[\s*(0x[0-9a-f]{1,13})\s*,\s*(0x[0-9a-f]{1,13})\s*\]/i.exec(text) ??
    /with the range (\d{1,15})\s*-\s*(\d{1,15})/i.exec(text) ??
    [];
  return from === undefined || to === undefined ? [] : [[Number(from), Number(to)]];
}

/** Everything that an error and what is nested in it say. */
interface Said {
  readonly texts: string[];
  /** Of JSON-RPC, and of wallets. */
  readonly codes: Set<number>;
  /** Of HTTP. */
  readonly statuses: Set<number>;
  readonly names: Set<string>;
  /** Ranges that stand as fields of their own. */
  readonly ranges: [number, number][];
}

/** Where libraries and nodes nest what they were told. viem's `body` and ethers' `payload` are the request: only texts count there. */
const NESTED = ["cause", "error", "info", "data", "details", "responseBody"];
const NESTED_TEXTS = ["body", "payload"];
/** How deep is looked, and how much of a text is read: it comes from a stranger. */
const [DEEPEST, LONGEST] = [8, 4_000];

function listen(error: unknown): Said {
  const said: Said = { texts: [], codes: new Set(), statuses: new Set(), names: new Set(), ranges: [] };
  const seen = new Set<object>();
  const hear = (layer: unknown, depth: number): void => {
    if (depth > DEEPEST) return;
    if (typeof layer === "string") {
      const inner = parseJson(layer);
      if (inner !== undefined) hear(inner, depth + 1);
      else if (!layer.startsWith("0x")) said.texts.push(plain(layer).slice(0, LONGEST));
      return;
    }
    if (typeof layer !== "object" || layer === null || seen.has(layer)) return;
    seen.add(layer);
    const field = (name: string): unknown => Reflect.get(layer, name);
    // ethers' and viem's whole messages repeat the request, whose names of fields would be taken for the node's words.
    hear(field("shortMessage") ?? field("reason") ?? field("message"), depth + 1);
    for (const value of [field("code"), field("name")]) {
      if (typeof value === "number") said.codes.add(value);
      else if (typeof value === "string") said.names.add(value);
    }
    for (const value of [field("status"), field("statusCode"), field("responseStatus")]) {
      const status = typeof value === "string" ? parseInt(value, 10) : value;
      if (typeof status === "number") said.statuses.add(status);
    }
    const [from, to] = [field("from"), field("to")];
    if (isShortHex(from) && isShortHex(to)) said.ranges.push([Number(from), Number(to)]);
    for (const name of NESTED) hear(field(name), depth + 1);
    for (const name of NESTED_TEXTS) if (typeof field(name) === "string") hear(field(name), depth + 1);
  };
  hear(error, 0);
  return said;
}

function isShortHex(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-f]{1,13}$/i.test(value);
}

/** A proxy's page says it in its title; the rest of it is about fonts. */
function plain(text: string): string {
  return text.trimStart().startsWith("<") ? (/<title>([^<]*)/i.exec(text)?.[1] ?? "") : text;
}

function parseJson(text: string): object | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
