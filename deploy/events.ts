// Events of contracts over long ranges, with the types that TypeChain has for them.
import { LogPager, type Log } from "@termstake/sdk/logs";
import type { BaseContract, Provider } from "ethers";

import type { TypedContractEvent, TypedDeferredTopicFilter, TypedEventLog } from "../types/common.ts";

/** A connection of ethers that takes any question. */
export interface RpcProvider extends Provider {
  send(method: string, params: unknown[]): Promise<unknown>;
}

/** Reads logs through a connection of ethers. */
export function pagerOf(provider: RpcProvider): LogPager {
  return new LogPager(async (filter) => provider.send("eth_getLogs", [filter]));
}

/** An event where it stands in the chain. */
export interface ReadEvent<Event extends TypedContractEvent> extends Log {
  readonly args: TypedEventLog<Event>["args"];
}

/** Reads all events of a contract's filter in a range of blocks, both included, in order. */
export async function readEvents<Event extends TypedContractEvent>(
  pager: LogPager,
  contract: BaseContract,
  filter: TypedDeferredTopicFilter<Event>,
  from: number,
  to: number,
): Promise<ReadEvent<Event>[]> {
  const wanted = { address: await contract.getAddress(), topics: await filter.getTopicFilter() };
  const logs = await pager.read(wanted, from, to);
  return logs.map((log) => {
    const args: unknown = contract.interface.decodeEventLog(filter.fragment, log.data, log.topics);
    // TypeChain's types are made from the same ABI as the one that is decoded by.
    return { ...log, args: args as ReadEvent<Event>["args"] };
  });
}
