// The two errors that Solidity itself raises: a reason in words, and a defect in the contract or the numbers given to it.
import { decodeValues } from "./decode-values.ts";

const REASON = "08c379a0";
const PANIC = "4e487b71";

const PANICS: Readonly<Record<string, string>> = {
  "1": "an assertion does not hold",
  "17": "a number leaves its range",
  "18": "something is divided by zero",
  "33": "a number is none of an enumeration's values",
  "34": "stored data is damaged",
  "49": "something is taken from an empty list",
  "50": "a list has no entry of this number",
  "65": "too much memory is asked for",
  "81": "a function is called that was never set",
};

/** `Error(string)` and `Panic(uint256)`. */
export type BuiltInError =
  | { readonly name: "Error"; readonly args: { readonly message: string }; readonly sentence: string }
  | { readonly name: "Panic"; readonly args: { readonly code: bigint }; readonly sentence: string };

/** Decodes one of Solidity's own errors, given its selector and what follows, in hexadecimal digits. */
export function decodeBuiltIn(selector: string, digits: string): BuiltInError | undefined {
  if (selector === REASON) {
    const [message] = decodeValues(["string"], digits) ?? [];
    return typeof message === "string" ? reasonError(message) : undefined;
  }
  if (selector === PANIC) {
    const [code] = decodeValues(["uint256"], digits) ?? [];
    return typeof code === "bigint" ? panicError(code) : undefined;
  }
  return undefined;
}

/** What a contract, usually a token, refuses with words of its own. */
export function reasonError(message: string): BuiltInError {
  const sentence = message === "" ? "The contract refused without a reason." : `The contract refused: “${message}”.`;
  return { name: "Error", args: { message }, sentence };
}

function panicError(code: bigint): BuiltInError {
  const what = PANICS[code.toString()] ?? "something impossible happened";
  return {
    name: "Panic",
    args: { code },
    sentence: `The contract stopped because ${what} (panic 0x${code.toString(16).padStart(2, "0")}).`,
  };
}
