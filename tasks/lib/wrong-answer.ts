import { isCallException, isError } from "ethers";

import { NodeUnavailable } from "./exit-codes.ts";
import { isRevert, RpcError } from "./node.ts";

/** Whether a contract reverted, or answered something else, where ours never does; a node that is gone or refuses is none of it. */
export function isWrongAnswer(error: unknown): error is Error {
  if (error instanceof RpcError) return isRevert(error);
  return isCallException(error) || isError(error, "BAD_DATA") || isHardhatsRevert(error);
}

/** Hardhat's providers tell of a revert in an error of their own. */
function isHardhatsRevert(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof NodeUnavailable) return false;
  return /revert|invalid opcode|out of gas|stack underflow/i.test(error.message) || isHardhatsRevert(error.cause);
}
