import type { Writing } from "@termstake/sdk/errors";
import type { Pool } from "@termstake/sdk/pools";

import { useText } from "../i18n/index.ts";
import { writingFor } from "./writing.ts";

/** How the values of what this pool's contract refuses are written for the person who reads. */
export function useWriting(pool: Pool): Writing {
  const { locale } = useText();
  return writingFor(pool, locale);
}
