import { setTimeout as sleep } from "node:timers/promises";

import { formatUnits, keccak256, toUtf8Bytes } from "ethers";

import { tell } from "../lib/command.ts";
import type { Deployment } from "../lib/deployment.ts";
import { explain } from "../lib/explain.ts";
import { isWrongAnswer } from "../lib/wrong-answer.ts";
import type { Chore } from "./chores.ts";

/** What became of a chore. */
export interface Deed {
  readonly what: string;
  readonly status: "sent" | "would send" | "done by another" | "would fail" | "gas too dear";
  readonly hash?: string;
  readonly reason?: string;
}

/** How a keeper acts. */
export interface Hands {
  readonly deployment: Deployment;
  readonly from: string;
  /** Most wei for a unit of gas. */
  readonly maxGasPrice: bigint;
  readonly jitterMs: number;
  readonly dryRun: boolean;
  readonly stop: AbortSignal;
  /** Runs while no other keeper of this machine acts. */
  readonly alone: <T>(body: () => Promise<T>) => Promise<T | undefined>;
  /** Sends a chore, waits for it, and gives the transaction's hash. */
  readonly send: (chore: Chore) => Promise<string>;
}

/** Does one chore at the present price of gas, if it is still to be done once it is this keeper's turn. */
export async function attend(chore: Chore, price: bigint, hands: Hands): Promise<Deed | undefined> {
  const { deployment, from, maxGasPrice, dryRun, stop } = hands;
  const { what } = chore;
  if (price > maxGasPrice) {
    const reason = `gas costs ${formatUnits(price, "gwei")} gwei, more than the ${formatUnits(maxGasPrice, "gwei")} allowed`;
    return { what, status: "gas too dear", reason };
  }
  const refusal = await simulate(chore, deployment, from);
  if (refusal !== undefined) return { what, status: "would fail", reason: refusal };
  if (dryRun) return { what, status: "would send" };

  await sleep(delayOf(chore, from, hands.jitterMs), undefined, { signal: stop }).catch(() => undefined);
  if (stop.aborted) return undefined;
  return hands.alone(async (): Promise<Deed> => {
    // Another keeper may have been first: what it sent is part of the pending block, if not of the chain.
    const now = await simulate(chore, deployment, from);
    if (now !== undefined) return { what, status: "done by another", reason: now };
    return { what, status: "sent", hash: await hands.send(chore) };
  });
}

/** Each keeper waits for another while, the same one for the same chore, so that turns do not fall together by chance again and again. */
export function delayOf({ key }: Pick<Chore, "key">, from: string, jitterMs: number): number {
  const parts = 10_000n;
  return (Number(BigInt(keccak256(toUtf8Bytes(`${key} ${from}`))) % parts) * jitterMs) / Number(parts);
}

/** Why it would fail in the pending block; undefined if it would not. */
async function simulate({ to, data }: Chore, { provider }: Deployment, from: string): Promise<string | undefined> {
  try {
    await provider.call({ from, to, data, blockTag: "pending" });
    return undefined;
  } catch (error) {
    if (!isWrongAnswer(error)) throw error;
    return explain(error)?.sentence ?? error.message;
  }
}

/** Wei for a unit of gas in the next block, tip included. */
export async function gasPrice({ provider }: Deployment): Promise<bigint> {
  const { gasPrice: legacy, maxPriorityFeePerGas } = await provider.getFeeData();
  const { baseFeePerGas } = (await provider.getBlock("latest")) ?? { baseFeePerGas: null };
  return baseFeePerGas === null ? (legacy ?? 0n) : baseFeePerGas + (maxPriorityFeePerGas ?? 0n);
}

/** Tells a person of a deed. */
export function tellDeed({ what, status, hash, reason }: Deed): void {
  tell(`${status}: ${what}${hash === undefined ? "" : ` (${hash})`}${reason === undefined ? "" : `: ${reason}`}`);
}
