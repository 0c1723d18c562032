import type { Refusal } from "../checks/refusal.ts";
import { ERRORS, type ErrorArgs, type ErrorShape } from "../generated/errors.ts";
import { decodeBuiltIn, type BuiltInError } from "./built-in.ts";
import { findNamedError, findReason, findSelectedError } from "./decode-text.ts";
import { decodeValues, type ErrorValue } from "./decode-values.ts";
import { findRevertTraces } from "./find-revert-data.ts";
import { findRefusal } from "./refusals.ts";
import { SENTENCES } from "./sentences.ts";
import { unwrap } from "./wrapped.ts";
import { PLAIN_WRITING, type Writing } from "./writing.ts";

/** The name of an error that a contract declares. */
export type ErrorName = keyof ErrorArgs;

/** An error that a contract declares, with its values under their names and what it means. */
export type CustomError = {
  readonly [Name in ErrorName]: { readonly name: Name; readonly args: ErrorArgs[Name]; readonly sentence: string };
}[ErrorName];

/** What a contract reverted with; `name` tells the type of `args`. */
export type DecodedError = CustomError | BuiltInError;

/**
 * Finds what a contract reverted with in anything that was thrown, however a wallet, a node, a library or another contract nested it; undefined
 * if no contract that this package knows, and nothing in words, is behind it. Values are bigints, addresses in EIP-55's case, or texts.
 */
export function decodeError(error: unknown, writing: Partial<Writing> = {}): DecodedError | undefined {
  const { data, texts } = findRevertTraces(error);
  for (const candidate of data) {
    const decoded = decodeRevertData(candidate, writing);
    if (decoded !== undefined) return decoded;
  }
  const named = findNamedError(texts) ?? findSelectedError(texts);
  if (named !== undefined) return toDecoded(named.shape, named.values, writing);
  return findReason(texts);
}

/** Decodes revert data itself, also where another contract wrapped it; undefined if it is of no error that is known here. */
export function decodeRevertData(data: string, writing: Partial<Writing> = {}): DecodedError | undefined {
  const inner = unwrap(data);
  if (inner !== undefined) return decodeRevertData(inner, writing);
  const selector = data.slice(2, 10).toLowerCase();
  const shape = ERRORS[`0x${selector}`];
  const digits = data.slice(10);
  if (shape === undefined) return decodeBuiltIn(selector, digits);
  const values = decodeValues(
    shape.inputs.map(([, type]) => type),
    digits,
  );
  return values === undefined ? undefined : toDecoded(shape, values, writing);
}

/** What was thrown, in one sentence for people; undefined as in `decodeError`. */
export function explainRevert(error: unknown, writing: Partial<Writing> = {}): string | undefined {
  return decodeError(error, writing)?.sentence;
}

/**
 * The same, or else what stood in the way before any contract was asked: the person declined, the balance or the network is wrong, or
 * nothing answers at the address. Undefined if nothing tells.
 */
export function explainFailure(error: unknown, writing: Partial<Writing> = {}): string | undefined {
  return explainRevert(error, writing) ?? findRefusal(error)?.sentence;
}

/** What a contract would refuse for, as `@termstake/sdk/checks` tells it, in one sentence for people. */
export function refusalSentence(refusal: Refusal, writing: Partial<Writing> = {}): string {
  return sentenceOf(refusal, { ...PLAIN_WRITING, ...writing });
}

function toDecoded(shape: ErrorShape, values: readonly ErrorValue[], writing: Partial<Writing>): CustomError {
  const args = Object.fromEntries(shape.inputs.map(([name], i) => [name, values[i]]));
  // The table that the name comes from and the types of its values are generated from the same fragments.
  const decoded = { name: shape.name, args } as CustomError;
  return { ...decoded, sentence: sentenceOf(decoded, { ...PLAIN_WRITING, ...writing }) };
}

function sentenceOf<Name extends ErrorName>(
  error: { readonly name: Name; readonly args: ErrorArgs[Name] },
  writing: Writing,
): string {
  return SENTENCES[error.name](error.args, writing);
}
