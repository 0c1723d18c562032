import type { Stage } from "./stage.ts";

/** A call that governance is to make. */
export interface GovernedCall {
  readonly target: string;
  readonly data: string;
}

/** Calls of the operator: announced first, for everybody to see, and made when their delay is over. */
export function governs({ protocol: { access }, people }: Stage, calls: readonly GovernedCall[]) {
  const operator = access.connect(people.Operator);
  return {
    announce: async () => {
      for (const { target, data } of calls) await (await operator.schedule(target, data, 0)).wait();
    },
    carryOut: async () => {
      for (const { target, data } of calls) await (await operator.execute(target, data)).wait();
    },
  };
}
