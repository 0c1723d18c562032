import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Result } from "hardhat/types/utils";
import { errorResult, successfulResult } from "hardhat/utils/result";

import { UserError } from "../../shared/user-error.ts";
import {
  EXIT,
  exitCodeOf,
  exitWith,
  NodeUnavailable,
  PoolRefusal,
  storageProblem,
  type ExitCode,
} from "./exit-codes.ts";
import { explain, type Explanation } from "./explain.ts";
import { RpcError } from "./node.ts";

/** What a task answers: as data for programs, as text for people. */
export interface Answer {
  readonly data: unknown;
  readonly text: string;
  /** For an answer that is complete, and yet not what was hoped for. */
  readonly exitCode?: ExitCode;
}

/**
 * Makes a task's action of its body. The answer goes to standard output and nothing else does; whatever can be mended, or is a contract's
 * refusal, is told in a sentence on standard error, and the process then exits with a code of `EXIT`.
 */
export function command<Arguments extends { json: boolean }>(
  body: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<Answer>,
) {
  return async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Result<unknown, unknown>> => {
    try {
      const { data, text, exitCode = EXIT.done } = await body(args, hre);
      console.log(args.json ? toJson(data) : text);
      if (exitCode === EXIT.done) return successfulResult(data);
      exitWith(exitCode);
      return errorResult(data);
    } catch (error) {
      return tellFailure(error, args.json);
    }
  };
}

/** Tells why a command ends early, and with which code. Throws the error again if it is a defect, whose stack helps. */
export function tellFailure(error: unknown, json: boolean): Result<never, Explanation> {
  const decoded = error instanceof UserError ? undefined : explain(error);
  const known = decoded === undefined ? errorOf(error) : undefined;
  const { name, args } = known instanceof PoolRefusal ? known.refusal : { name: known?.name ?? "", args: {} };
  const explanation = decoded ?? (known && { name, args, sentence: known.message });
  if (explanation === undefined) throw error;
  if (json) console.log(toJson({ error: explanation }));
  console.error(explanation.sentence);
  exitWith(decoded === undefined ? exitCodeOf(known) : EXIT.refused);
  return errorResult(explanation);
}

/** The error that says in a sentence what to do; undefined if there is none. */
function errorOf(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error;
  // Of Hardhat's own, such as a configuration variable that is not set: a code and sentences in several lines.
  if (error instanceof Error && error.name === "HardhatError")
    return new UserError(error.message.replace(/\s+/g, " "), { cause: error });
  if (error instanceof RpcError) return new NodeUnavailable(`The node refuses: ${error.message}`, { cause: error });
  return storageProblem(error);
}

/** JSON in which whole numbers of any size are decimal strings. */
export function toJson(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value), 2);
}

/** Tells a person how far it is; never on standard output, which belongs to the answer. */
export function tell(text: string): void {
  console.error(text);
}
