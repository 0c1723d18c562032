// What contracts refuse with, for people: `@termstake/sdk/errors`.
export {
  decodeError,
  decodeRevertData,
  explainFailure,
  explainRevert,
  refusalSentence,
  type CustomError,
  type DecodedError,
  type ErrorName,
} from "./errors/decode-error.ts";
export { findRevertTraces, type RevertTraces } from "./errors/find-revert-data.ts";
export { findRefusal, type Refusal } from "./errors/refusals.ts";
export { PLAIN_WRITING, type AmountOf, type Writing } from "./errors/writing.ts";
export type { ErrorArgs } from "./generated/errors.ts";
