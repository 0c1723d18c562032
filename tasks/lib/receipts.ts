import type { BaseContract, LogDescription, Result } from "ethers";

import type { Receipt } from "./rpc.ts";

/** The events of a name that a contract raised in a transaction. */
export function eventsOf(contract: BaseContract, logs: Receipt["logs"], name: string): LogDescription[] {
  const { target } = contract;
  const address = typeof target === "string" ? target.toLowerCase() : "";
  return logs
    .filter((log) => log.address.toLowerCase() === address)
    .flatMap((log) => {
      const event = contract.interface.parseLog(log);
      return event?.name === name ? [event] : [];
    });
}

/** A whole number among an event's values. */
export function wholeOf(args: Result, name: string): bigint {
  const value: unknown = args.getValue(name);
  if (typeof value !== "bigint") throw new Error(`The event has no number "${name}"`);
  return value;
}
