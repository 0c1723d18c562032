// The steps of each operation. Whatever a contract would refuse is asked of it before the wallet opens, so that its reason is shown
// instead of a wallet's.
import { FixedTermPool__factory, FlexiblePool__factory } from "@termstake/sdk/ethers";
import type { FixedTermPool, FlexiblePool, Pool, Term } from "@termstake/sdk/pools";
import { isError, toQuantity } from "ethers";

import type { ExitPreview, Order, Position } from "./account.ts";
import { isUnsupported, LessArrives } from "./explain.ts";
import type { Sent } from "./follow.ts";
import { chainTime, type Head } from "./head.ts";
import type { Reader } from "./reader.ts";
import type { Step, StepName } from "./steps.ts";
import {
  approval,
  needsReset,
  permitCounts,
  readAllowance,
  readPurse,
  signPermit,
  type SignedPermit,
} from "./tokens.ts";
import type { Signer } from "./wallets.ts";

export interface Actor {
  readonly reader: Reader;
  readonly signer: Signer;
  readonly head: Head;
}

/** Stakes in a flexible pool. */
export async function stakeSteps(actor: Actor, pool: FlexiblePool, amount: bigint): Promise<Step[]> {
  const contract = FlexiblePool__factory.connect(pool.address, actor.reader.provider);
  return depositSteps(actor, pool, amount, "stake", {
    plain: (asking) => checked(actor, asking, contract.stake, amount),
    withPermit: ({ deadline, v, r, s }, asking) =>
      checked(actor, asking, contract.stakeWithPermit, amount, deadline, v, r, s),
  });
}

/** Opens a position that earns at least `minReward`. Throws `LessArrives` where the token keeps so much that it would earn less. */
export async function openSteps(
  actor: Actor,
  pool: FixedTermPool,
  term: Term,
  amount: bigint,
  minReward: bigint,
): Promise<Step[]> {
  const contract = FixedTermPool__factory.connect(pool.address, actor.reader.provider);
  const owner = actor.signer.address;
  const arriving = async (sending: Promise<Sent>): Promise<Sent> =>
    sending.catch((error: unknown) => {
      const refused = isError(error, "CALL_EXCEPTION") ? contract.interface.parseError(error.data ?? "0x") : null;
      const reward: unknown = refused?.name === "PoolRewardBelowMinimum" ? refused.args["reward"] : undefined;
      throw typeof reward === "bigint" ? new LessArrives(reward) : error;
    });
  return depositSteps(actor, pool, amount, "open", {
    plain: (asking) => arriving(checked(actor, asking, contract.open, term.id, amount, owner, minReward)),
    withPermit: ({ deadline, v, r, s }, asking) =>
      arriving(checked(actor, asking, contract.openWithPermit, term.id, amount, owner, minReward, deadline, v, r, s)),
  });
}

/** Pays out what a flexible stake has earned. */
export function claimSteps(actor: Actor, pool: FlexiblePool): Step[] {
  const contract = FlexiblePool__factory.connect(pool.address, actor.reader.provider);
  return [{ name: "claim", run: (asking) => checked(actor, asking, contract.getReward) }];
}

/** Takes a part of a flexible stake out; all of it together with everything earned. */
export function withdrawSteps(actor: Actor, pool: FlexiblePool, amount: bigint, all: boolean): Step[] {
  const contract = FlexiblePool__factory.connect(pool.address, actor.reader.provider);
  return [
    all
      ? { name: "exit", run: (asking) => checked(actor, asking, contract.exit) }
      : { name: "withdraw", run: (asking) => checked(actor, asking, contract.withdraw, amount) },
  ];
}

/** Pays principal and reward of a mature position to its owner. */
export function maturitySteps(actor: Actor, position: Position): Step[] {
  const contract = positions(actor, position);
  return [
    { name: "withdraw", run: (asking) => checked(actor, asking, contract.withdraw, position.id, actor.signer.address) },
  ];
}

/** Leaves with `amount` of a position, for no less than its preview said: later it can only be more. */
export function leaveEarlySteps(actor: Actor, position: Position, amount: bigint, preview: ExitPreview): Step[] {
  const contract = positions(actor, position);
  const { principalOut, rewardOut } = preview;
  return [
    {
      name: "leaveEarly",
      run: (asking) =>
        checked(
          actor,
          asking,
          contract.withdrawEarly,
          position.id,
          amount,
          actor.signer.address,
          principalOut,
          rewardOut,
        ),
    },
  ];
}

/** Renews a mature position in a term, for at least `minReward`. */
export function renewSteps(actor: Actor, position: Position, term: Term, minReward: bigint): Step[] {
  const contract = positions(actor, position);
  return [{ name: "renew", run: (asking) => checked(actor, asking, contract.renew, position.id, term.id, minReward) }];
}

/** Asks that anybody renew the position in a term, within a window of seconds from maturity on; each time anew if it `repeats`. */
export function autoRenewSteps(actor: Actor, position: Position, term: Term, order: Omit<Order, "termId">): Step[] {
  const { window, repeats } = order;
  const contract = positions(actor, position);
  return [
    {
      name: "autoRenew",
      run: (asking) => checked(actor, asking, contract.setAutoRenew, position.id, term.id, window, repeats),
    },
  ];
}

/** Asks it no longer. */
export function cancelAutoRenewSteps(actor: Actor, position: Position): Step[] {
  const contract = positions(actor, position);
  return [{ name: "cancelAutoRenew", run: (asking) => checked(actor, asking, contract.cancelAutoRenew, position.id) }];
}

/** Gives a position, with everything that belongs to it, to another account; a contract has to say that it can have positions. */
export function sendSteps(actor: Actor, position: Position, receiver: string): Step[] {
  const transfer = positions(actor, position)["safeTransferFrom(address,address,uint256)"];
  const owner = actor.signer.address;
  return [{ name: "send", run: (asking) => checked(actor, asking, transfer, owner, receiver, position.id) }];
}

/** Pays rewards whose transfer once failed. */
export function claimOwedSteps(actor: Actor, pool: string): Step[] {
  const contract = FixedTermPool__factory.connect(pool, actor.reader.provider);
  return [{ name: "claimOwed", run: (asking) => checked(actor, asking, contract.claimOwed, actor.signer.address) }];
}

function positions({ reader }: Actor, position: Position) {
  return FixedTermPool__factory.connect(position.pool, reader.provider);
}

interface Deposit {
  readonly plain: (asking: () => void) => Promise<Sent>;
  readonly withPermit: (permit: SignedPermit, asking: () => void) => Promise<Sent>;
}

/** How often an allowance that seems too small is read: a node that is behind does not know of an approval yet. */
const LOOKS = 4;
const LOOK_MS = 500;

/**
 * A deposit: on an allowance that is there, else with a permit, else after an approval of exactly the amount. The approval also takes
 * the place of a permit that the wallet cannot sign, or that the token does not accept. What was allowed may be used up meanwhile, as
 * from another tab: it is looked at again before the wallet is asked, and asked for again if it is gone.
 */
async function depositSteps(
  actor: Actor,
  pool: Pool,
  amount: bigint,
  name: StepName,
  deposit: Deposit,
): Promise<Step[]> {
  const { reader, signer } = actor;
  const token = pool.stakingToken.address;
  const again = () => depositSteps(actor, pool, amount, name, deposit);
  const onAllowance: Step = {
    name,
    async run(asking) {
      for (let look = 1; (await readAllowance(reader, token, signer.address, pool.address)) < amount; look += 1) {
        if (look === LOOKS) return again();
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      return deposit.plain(asking);
    },
  };
  const purse = await readPurse(reader, token, signer.address, pool.address);
  if (purse.allowance >= amount) return [onAllowance];

  const approving = async (): Promise<Step[]> => {
    const reset = purse.allowance > 0n && (await needsReset(reader, token, signer.address, pool.address, amount));
    return [
      ...(reset ? [approveStep(actor, "resetApproval", token, pool.address, 0n)] : []),
      approveStep(actor, "approve", token, pool.address, amount),
      onAllowance,
    ];
  };
  const { permit: domain } = purse;
  if (domain === undefined) return approving();

  let signed: SignedPermit | undefined;
  const counts = (permit: SignedPermit) => permitCounts(reader, token, signer.address, pool.address, amount, permit);
  return [
    {
      name: "permit",
      async run(asking) {
        try {
          const permit = await signPermit(actor, domain, pool.address, amount, chainTime(actor.head), asking);
          if (!(await counts(permit))) return await approving();
          signed = permit;
          return undefined;
        } catch (error) {
          if (isUnsupported(error)) return await approving();
          throw error;
        }
      },
    },
    {
      name,
      async run(asking) {
        return signed === undefined || !(await counts(signed)) ? again() : deposit.withPermit(signed, asking);
      },
    },
  ];
}

function approveStep(actor: Actor, name: StepName, token: string, spender: string, amount: bigint): Step {
  return { name, run: (asking) => send(actor, asking, { to: token, data: approval(spender, amount) }) };
}

/** A contract's function, as far as it is needed to send a call of it. */
interface Method<A extends unknown[]> {
  populateTransaction(...values: A): Promise<{ to: string; data: string }>;
}

/** Sends a call after a dry run of it in the block to come, which throws the contract's own reason if it refuses. */
async function checked<A extends unknown[]>(
  actor: Actor,
  asking: () => void,
  method: Method<A>,
  ...values: A
): Promise<Sent> {
  const { to, data } = await method.populateTransaction(...values);
  await actor.reader.provider.call({ to, data, from: actor.signer.address, blockTag: "pending" });
  return send(actor, asking, { to, data });
}

/** Asks the wallet to send a call on this chain and no other; its gas and its price are the wallet's to find. */
async function send(
  { signer, head }: Actor,
  asking: () => void,
  { to, data }: { readonly to: string; readonly data: string },
): Promise<Sent> {
  const [from, chainId] = [signer.address.toLowerCase(), toQuantity(signer.chainId)];
  const request = { from, to: to.toLowerCase(), data, value: "0x0", chainId };
  const hash = await signer.request("eth_sendTransaction", [request], asking);
  if (typeof hash !== "string" || hash === "") throw new Error("The wallet does not say what it sent");
  return { hash, from: signer.address, to, data, block: head.number };
}
