import type { ErrorArgs } from "../../generated/errors.ts";
import type { Writing } from "../writing.ts";

/** The sentence of each error. */
export type Sentences = {
  readonly [Name in keyof ErrorArgs]: (args: ErrorArgs[Name], write: Writing) => string;
};
