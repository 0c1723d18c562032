import { decodeError } from "@termstake/sdk/errors";

/** Why something was refused. */
export interface Explanation {
  /** Of the contract's error, or of the class. */
  readonly name: string;
  readonly args: unknown;
  readonly sentence: string;
}

/** What a contract reverted with, found in whatever was thrown; undefined if no contract did. */
export function explain(error: unknown): Explanation | undefined {
  const decoded = decodeError(error);
  return decoded === undefined ? undefined : { name: decoded.name, args: decoded.args, sentence: decoded.sentence };
}
