import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Result } from "hardhat/types/utils";
import { errorResult, successfulResult } from "hardhat/utils/result";

import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { explain, type Explanation } from "./explain.ts";

/** What a task answers: as data for programs, as text for people. */
export interface Answer {
  readonly data: unknown;
  readonly text: string;
}

/**
 * Makes a task's action of its body. The answer goes to standard output and nothing else does; whatever can be mended, or is a contract's
 * refusal, is told in a sentence on standard error, and the process then exits with 1.
 */
export function command<Arguments extends { json: boolean }>(
  body: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<Answer>,
) {
  return async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Result<unknown, Explanation>> => {
    try {
      const { data, text } = await body(args, hre);
      console.log(args.json ? toJson(data) : text);
      return successfulResult(data);
    } catch (error) {
      const explanation = explanationOf(error);
      if (explanation === undefined) throw error;
      if (args.json) console.log(toJson({ error: explanation }));
      console.error(explanation.sentence);
      return errorResult(explanation);
    }
  };
}

function explanationOf(error: unknown): Explanation | undefined {
  if (error instanceof MendableError) return { name: error.name, args: {}, sentence: error.message };
  return explain(error);
}

/** JSON in which whole numbers of any size are decimal strings. */
export function toJson(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value), 2);
}

/** Tells a person how far it is; never on standard output, which belongs to the answer. */
export function tell(text: string): void {
  console.error(text);
}
