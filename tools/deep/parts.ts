import { invariants } from "./invariants.ts";
import { model } from "./model.ts";
import type { Part } from "./part.ts";

/** In the order in which they run; a new part is a file beside this one and a place in this list. */
export const PARTS: readonly Part[] = [model, invariants];
