import fc from "fast-check";

import { Pool__factory } from "../../../../types/index.js";
import { action, type ActionKind, part, partOf, receiver, receiverOf, ruled, ruler } from "../action.ts";
import { type Kind, TOKENS } from "../protocol.ts";

const abi = Pool__factory.createInterface();

/** What both kinds of pool let governance take: what belongs to nobody. */
export function rescueAction(family: "flexible" | "fixed", kind: Kind): ActionKind {
  return action({
    name: `${family}.${kind}.rescue`,
    weight: 2,
    minimum: 6,
    input: fc.record({ by: ruler, token: fc.constantFrom(...TOKENS), to: receiver, taken: part }),
    plan(history, { by, token: name, to, taken }) {
      const { addresses, protocol } = history;
      const pool = addresses[family][kind];
      const token = protocol.tokens[name];
      const target = receiverOf(history, to, pool);
      const amount = partOf(token.balanceOf(pool) - protocol[family][kind].liabilities(token), taken);
      const data = abi.encodeFunctionData("rescue", [token.address, target, amount]);
      return [
        ruled(history, by, {
          to: pool,
          data,
          apply: (followed) => {
            followed[family][kind].rescue(followed.tokens[name], target, amount);
          },
        }),
      ];
    },
  });
}
