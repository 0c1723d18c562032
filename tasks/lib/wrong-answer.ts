import { isCallException, isError } from "ethers";

/** Whether a contract reverted, or answered something else, where ours never does; a node that is gone is none of it. */
export function isWrongAnswer(error: unknown): error is Error {
  return isCallException(error) || isError(error, "BAD_DATA") || isRevert(error);
}

/** Hardhat's providers tell of a revert in an error of their own. */
function isRevert(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return /revert|invalid opcode|out of gas|stack underflow/i.test(error.message) || isRevert(error.cause);
}
