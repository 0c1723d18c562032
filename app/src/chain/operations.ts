// The steps of each operation. Whatever a contract would refuse is asked of it before the wallet opens, so that its reason is shown
// instead of a wallet's.
import type { JsonRpcSigner, TransactionResponse } from "ethers";

import { FixedTermPool__factory, FlexiblePool__factory } from "@termstake/bindings/ethers";

import type { ExitPreview, Position } from "./account.ts";
import { isUnsupported } from "./explain.ts";
import type { Step, StepName } from "./flow.ts";
import { chainTime, type Head } from "./head.ts";
import type { FixedTermPool, FlexiblePool, Pool, Term } from "./pools.ts";
import type { Reader } from "./reader.ts";
import { approve, needsReset, permitCounts, readPurse, signPermit, type SignedPermit } from "./tokens.ts";

export interface Actor {
  readonly reader: Reader;
  readonly signer: JsonRpcSigner;
  readonly head: Head;
}

/** Stakes in a flexible pool. */
export async function stakeSteps(actor: Actor, pool: FlexiblePool, amount: bigint): Promise<Step[]> {
  const contract = FlexiblePool__factory.connect(pool.address, actor.signer);
  return depositSteps(actor, pool, amount, "stake", {
    plain: () => checked(actor, contract.stake, amount),
    withPermit: ({ deadline, v, r, s }) => checked(actor, contract.stakeWithPermit, amount, deadline, v, r, s),
  });
}

/** Opens a position that earns at least `minReward`. */
export async function openSteps(
  actor: Actor,
  pool: FixedTermPool,
  term: Term,
  amount: bigint,
  minReward: bigint,
): Promise<Step[]> {
  const contract = FixedTermPool__factory.connect(pool.address, actor.signer);
  const owner = actor.signer.address;
  return depositSteps(actor, pool, amount, "open", {
    plain: () => checked(actor, contract.open, term.id, amount, owner, minReward),
    withPermit: ({ deadline, v, r, s }) =>
      checked(actor, contract.openWithPermit, term.id, amount, owner, minReward, deadline, v, r, s),
  });
}

/** Pays out what a flexible stake has earned. */
export function claimSteps(actor: Actor, pool: FlexiblePool): Step[] {
  const contract = FlexiblePool__factory.connect(pool.address, actor.signer);
  return [{ name: "claim", run: () => checked(actor, contract.getReward) }];
}

/** Takes a part of a flexible stake out; all of it together with everything earned. */
export function withdrawSteps(actor: Actor, pool: FlexiblePool, amount: bigint, all: boolean): Step[] {
  const contract = FlexiblePool__factory.connect(pool.address, actor.signer);
  return [
    all
      ? { name: "exit", run: () => checked(actor, contract.exit) }
      : { name: "withdraw", run: () => checked(actor, contract.withdraw, amount) },
  ];
}

/** Pays principal and reward of a mature position to its owner. */
export function maturitySteps(actor: Actor, position: Position): Step[] {
  const contract = positions(actor, position);
  return [{ name: "withdraw", run: () => checked(actor, contract.withdraw, position.id, actor.signer.address) }];
}

/** Leaves with `amount` of a position, for no less than its preview said: later it can only be more. */
export function leaveEarlySteps(actor: Actor, position: Position, amount: bigint, preview: ExitPreview): Step[] {
  const contract = positions(actor, position);
  const { principalOut, rewardOut } = preview;
  return [
    {
      name: "leaveEarly",
      run: () =>
        checked(actor, contract.withdrawEarly, position.id, amount, actor.signer.address, principalOut, rewardOut),
    },
  ];
}

/** Renews a mature position in a term, for at least `minReward`. */
export function renewSteps(actor: Actor, position: Position, term: Term, minReward: bigint): Step[] {
  const contract = positions(actor, position);
  return [{ name: "renew", run: () => checked(actor, contract.renew, position.id, term.id, minReward) }];
}

/** Asks that anybody renew the position at maturity, in a term at no lower rate than it has now. */
export function autoRenewSteps(actor: Actor, position: Position, term: Term): Step[] {
  const contract = positions(actor, position);
  return [{ name: "autoRenew", run: () => checked(actor, contract.setAutoRenew, position.id, term.id, term.rate) }];
}

/** Asks it no longer. */
export function cancelAutoRenewSteps(actor: Actor, position: Position): Step[] {
  const contract = positions(actor, position);
  return [{ name: "cancelAutoRenew", run: () => checked(actor, contract.cancelAutoRenew, position.id) }];
}

/** Gives a position, with everything that belongs to it, to another account. */
export function sendSteps(actor: Actor, position: Position, receiver: string): Step[] {
  const contract = positions(actor, position);
  const owner = actor.signer.address;
  return [{ name: "send", run: () => checked(actor, contract.transferFrom, owner, receiver, position.id) }];
}

/** Pays rewards whose transfer once failed. */
export function claimOwedSteps(actor: Actor, pool: string): Step[] {
  const contract = FixedTermPool__factory.connect(pool, actor.signer);
  return [{ name: "claimOwed", run: () => checked(actor, contract.claimOwed, actor.signer.address) }];
}

function positions({ signer }: Actor, position: Position) {
  return FixedTermPool__factory.connect(position.pool, signer);
}

/**
 * A deposit: on an allowance that is there, else with a permit, else after an approval of exactly the amount. The approval also takes
 * the place of a permit that the wallet cannot sign, or that the token does not accept.
 */
async function depositSteps(
  { reader, signer, head }: Actor,
  pool: Pool,
  amount: bigint,
  name: StepName,
  deposit: {
    plain: () => Promise<TransactionResponse>;
    withPermit: (permit: SignedPermit) => Promise<TransactionResponse>;
  },
): Promise<Step[]> {
  const token = pool.stakingToken.address;
  const purse = await readPurse(reader, token, signer.address, pool.address);
  if (purse.allowance >= amount) return [{ name, run: deposit.plain }];

  const approving = async (): Promise<Step[]> => {
    const steps: Step[] = [
      { name: "approve", run: () => approve(signer, token, pool.address, amount) },
      { name, run: deposit.plain },
    ];
    const reset = purse.allowance > 0n && (await needsReset(reader, token, signer.address, pool.address, amount));
    return reset ? [{ name: "resetApproval", run: () => approve(signer, token, pool.address, 0n) }, ...steps] : steps;
  };
  const { permit: domain } = purse;
  if (domain === undefined) return approving();

  let signed: SignedPermit | undefined;
  return [
    {
      name: "permit",
      async run() {
        try {
          const permit = await signPermit(reader, signer, domain, pool.address, amount, chainTime(head));
          if (!(await permitCounts(reader, token, signer.address, pool.address, amount, permit)))
            return await approving();
          signed = permit;
          return undefined;
        } catch (error) {
          if (isUnsupported(error)) return await approving();
          throw error;
        }
      },
    },
    { name, run: () => (signed === undefined ? deposit.plain() : deposit.withPermit(signed)) },
  ];
}

/** A contract's function, as far as it is needed to send a call of it. */
interface Method<A extends unknown[]> {
  populateTransaction(...values: A): Promise<{ to: string; data: string }>;
}

/** Sends a call after a dry run of it in the block to come, which throws the contract's own reason if it refuses. */
async function checked<A extends unknown[]>(
  { reader, signer }: Actor,
  method: Method<A>,
  ...values: A
): Promise<TransactionResponse> {
  const { to, data } = await method.populateTransaction(...values);
  await reader.provider.call({ to, data, from: signer.address, blockTag: "pending" });
  return signer.sendTransaction({ to, data });
}
