import { formatMoment } from "@termstake/sdk/units";
import { AMOUNT_LIMIT } from "../../scripts/lib/catalogue.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { parseId, writeAmount } from "./inputs.ts";
import type { FixedTermFound } from "./pools.ts";
import { tokenOf } from "./pools.ts";
import { isWrongAnswer } from "./wrong-answer.ts";

/** A term by its number. Throws a `MendableError` if the pool has none such. */
export async function findTerm({ contract, view, name }: FixedTermFound, text: string) {
  const id = parseId(text, "The term");
  const { termCount } = view.fixedTerm;
  if (id >= termCount) throw new MendableError(`${name} has no term ${id}: the last is ${termCount - 1n}`);
  return { id, state: await contract.term(id) };
}

/**
 * Everything that opening a position of `amount` asks for, in the contract's order, and the reward that it gets. Throws a `MendableError`
 * that names value and limit.
 */
export async function checkOpening(
  pool: FixedTermFound,
  { id, state }: Awaited<ReturnType<typeof findTerm>>,
  amount: bigint,
): Promise<{ reward: bigint; maturity: bigint }> {
  const { fixedTerm, paused } = pool.view;
  const [staking, rewards] = [tokenOf(pool.view.stakingToken), tokenOf(pool.view.rewardsToken)];
  const { minimum, principalCap, rewardCap } = state.terms;
  if (paused) throw new MendableError(`${pool.name} is paused: nobody can open a position now`);
  if (state.closed) throw new MendableError(`Term ${id} of ${pool.name} is closed`);
  if (state.paused) throw new MendableError(`Term ${id} of ${pool.name} is paused`);
  if (amount < minimum)
    throw new MendableError(`${writeAmount(amount, staking)} is below the minimum of ${writeAmount(minimum, staking)}`);
  const principalLeft = (principalCap < AMOUNT_LIMIT ? principalCap : AMOUNT_LIMIT) - state.openPrincipal;
  if (amount > principalLeft) {
    throw new MendableError(
      `${writeAmount(amount, staking)} is above the ${writeAmount(principalLeft, staking)} that are left below the cap of term ${id}`,
    );
  }
  const { reward, maturity } = await pool.contract.previewOpen(id, amount);
  if (reward === 0n)
    throw new MendableError(`${writeAmount(amount, staking)} would earn less than one unit of ${rewards.symbol}`);
  const rewardLeft = rewardCap - state.reservedReward;
  if (reward > rewardLeft) {
    throw new MendableError(
      `The reward of ${writeAmount(reward, rewards)} is above the ${writeAmount(rewardLeft, rewards)} that are left below the reward cap of term ${id}`,
    );
  }
  if (reward > fixedTerm.availableBudget) {
    throw new MendableError(
      `The reward of ${writeAmount(reward, rewards)} is above the unreserved budget of ${writeAmount(fixedTerm.availableBudget, rewards)}: \`fund\` adds to it`,
    );
  }
  return { reward, maturity };
}

/** An open position that `account` may act on. Throws a `MendableError` otherwise. */
export async function findPosition(pool: FixedTermFound, text: string, account: string) {
  const position = await readPosition(pool, text, account);
  requireApproval(pool, position, account);
  return position;
}

/**
 * An open position that `account` may renew now: as its owner, approved, or by auto-renew, whose term it then is.
 * Throws a `MendableError` otherwise.
 */
export async function findRenewable(
  pool: FixedTermFound,
  text: string,
  account: string,
  { term, now }: { term: string | undefined; now: bigint },
) {
  const position = await readPosition(pool, text, account);
  const { id, state, approved } = position;
  if (approved) return { id, state, term: term ?? String(state.termId) };
  const { termId, window } = await pool.contract.autoRenewOrder(id);
  if (window === 0n) requireApproval(pool, position, account);
  const until = state.maturity + window;
  if (now > until) {
    throw new MendableError(
      `Auto-renew of position ${id} of ${pool.name} lapsed on ${formatMoment(until)}: only ${state.owner} may renew it now`,
    );
  }
  if (term !== undefined && term !== String(termId)) {
    throw new MendableError(`Auto-renew of position ${id} of ${pool.name} is for term ${termId}, not ${term}`);
  }
  return { id, state, term: String(termId) };
}

async function readPosition({ contract, name }: FixedTermFound, text: string, account: string) {
  const id = parseId(text, "The position");
  const count = await contract.positionCount();
  if (id === 0n || id > count) throw new MendableError(`${name} has no position ${id}: the last is ${count}`);
  const state = await contract.position(id).catch((error: unknown) => {
    if (!isWrongAnswer(error)) throw error;
    throw new MendableError(`Position ${id} of ${name} is closed`);
  });
  const approved =
    state.owner === account ||
    (await contract.getApproved(id)) === account ||
    (await contract.isApprovedForAll(state.owner, account));
  return { id, state, approved };
}

function requireApproval(
  { name }: FixedTermFound,
  { id, state, approved }: Awaited<ReturnType<typeof readPosition>>,
  account: string,
): void {
  if (!approved)
    throw new MendableError(`Position ${id} of ${name} belongs to ${state.owner}, who has not approved ${account}`);
}
