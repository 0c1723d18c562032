// A flexible pool's state from its storage, whose layout no deployed pool can change.
import { FLEXIBLE_POOL_SLOTS } from "../generated/storage.ts";
import { keccak256 } from "../shared/keccak256.ts";
import { accumulatorDigits, type FlexiblePoolState, type StakerState } from "./flexible.ts";
import type { Whole } from "./units.ts";

/** Reads a word of the pool's storage, all words of the same block; as `provider.getStorage` of ethers and `getStorageAt` of viem do. */
export type ReadStorage = (slot: `0x${string}`) => Promise<string | undefined>;

/** What a pool's rewards depend on and its storage does not hold: its `rewardsDuration` and its `cap`. */
export interface FlexiblePoolLimits {
  readonly duration: Whole;
  readonly cap: bigint;
}

/** Reads what a pool's rewards depend on. */
export async function readFlexiblePool(read: ReadStorage, limits: FlexiblePoolLimits): Promise<FlexiblePoolState> {
  const { checkpoint, period, ledger } = FLEXIBLE_POOL_SLOTS;
  const [packed, times, owed] = await Promise.all(
    [checkpoint, period, ledger].map((slot) => readWord(read, toSlot(slot))),
  );
  return unpackFlexiblePool({ checkpoint: packed ?? 0n, period: times ?? 0n, ledger: owed ?? 0n }, limits);
}

/** Reads what a pool keeps of an account. */
export async function readStaker(read: ReadStorage, account: string): Promise<StakerState> {
  const word = await readWord(read, stakerSlot(account));
  return { stake: word >> 160n, debt: BigInt.asUintN(160, word) };
}

/** The slot of an account: of a mapping's entry, as Solidity lays it out. */
export function stakerSlot(account: string): `0x${string}` {
  const key = account.slice(2).toLowerCase().padStart(64, "0");
  return keccak256(`0x${key}${FLEXIBLE_POOL_SLOTS.stakers.toString(16).padStart(64, "0")}`);
}

/** Unpacks a pool's three words, as `contracts/types/Checkpoint.sol` and `Period.sol` lay them out. */
export function unpackFlexiblePool(
  { checkpoint, period, ledger }: { checkpoint: bigint; period: bigint; ledger: bigint },
  { duration, cap }: FlexiblePoolLimits,
): FlexiblePoolState {
  const wide = ((period >> 8n) & 1n) !== 0n;
  const high = wide ? BigInt.asUintN(96, ledger >> 128n) : 0n;
  return {
    totalStaked: checkpoint >> 160n,
    accumulator: (high << 128n) | BigInt.asUintN(128, checkpoint),
    digits: accumulatorDigits(cap),
    lastUpdate: BigInt.asUintN(32, checkpoint >> 128n),
    periodReward: period >> 128n,
    periodEnd: BigInt.asUintN(32, period >> 96n),
    duration,
  };
}

async function readWord(read: ReadStorage, slot: `0x${string}`): Promise<bigint> {
  return BigInt((await read(slot)) ?? 0);
}

function toSlot(number: number): `0x${string}` {
  return `0x${number.toString(16).padStart(64, "0")}`;
}
