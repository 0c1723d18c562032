import type { Caller, KnownPosition } from "@termstake/sdk/checks";
import { toTerm, type Term } from "@termstake/sdk/pools";

import { UserError } from "../../shared/user-error.ts";
import { parseId } from "./inputs.ts";
import type { FixedTermFound } from "./pools.ts";
import { isWrongAnswer } from "./wrong-answer.ts";

/** A term by its number. Throws a `UserError` if the pool has none such. */
export async function findTerm({ contract, view, name }: FixedTermFound, text: string): Promise<Term> {
  const termId = parseId(text, "The term");
  const { termCount } = view.fixedTerm;
  if (termId >= termCount) throw new UserError(`${name} has no term ${termId}: the last is ${termCount - 1n}`);
  return toTerm({ termId, state: await contract.term(termId) });
}

/** An open position, and an account with what it may do with it. */
export interface FoundPosition {
  readonly position: KnownPosition & { readonly autoRenew: boolean };
  readonly caller: Caller;
}

/** An open position by its number. Throws a `UserError` if there is none, or none any more. */
export async function findPosition(
  { contract, name }: FixedTermFound,
  text: string,
  account: string,
): Promise<FoundPosition> {
  const id = parseId(text, "The position");
  const count = await contract.positionCount();
  if (id === 0n || id > count) throw new UserError(`${name} has no position ${id}: the last is ${count}`);
  const state = await contract.position(id).catch((error: unknown) => {
    if (!isWrongAnswer(error)) throw error;
    throw new UserError(`Position ${id} of ${name} is closed`);
  });
  const approved =
    state.owner !== account &&
    ((await contract.getApproved(id)) === account || (await contract.isApprovedForAll(state.owner, account)));
  const { owner, principal, reward, maturity, autoRenew } = state;
  const position = { id, owner, termId: Number(state.termId), principal, reward, maturity, autoRenew };
  return { position, caller: { account, approved } };
}
