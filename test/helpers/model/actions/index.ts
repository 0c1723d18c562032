import { type ActionKind } from "../action.ts";
import { KINDS } from "../protocol.ts";
import { flexibleActions } from "./flexible.ts";
import { leavingActions } from "./leaving.ts";
import { rescueAction } from "./pools.ts";
import { openingActions, rightsActions } from "./positions.ts";
import { roundActions } from "./rounds.ts";
import { scheduleActions } from "./schedules.ts";
import { budgetActions, termActions } from "./terms.ts";
import { tokenActions } from "./tokens.ts";

/** Every kind of action that the protocol knows. */
export const ACTIONS: readonly ActionKind[] = [
  ...KINDS.flatMap((kind) => [
    ...flexibleActions(kind),
    rescueAction("flexible", kind),
    ...openingActions(kind),
    ...leavingActions(kind),
    ...rightsActions(kind),
    ...termActions(kind),
    ...budgetActions(kind),
    rescueAction("fixed", kind),
  ]),
  ...scheduleActions,
  ...roundActions,
  ...tokenActions,
];

/** How often each kind has to be accepted in 5,000 actions, at least. */
export const MINIMA: Readonly<Record<string, number>> = Object.fromEntries(
  ACTIONS.map(({ name, minimum }) => [name, minimum]),
);
