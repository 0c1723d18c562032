// `npm run test:deep`: the long tests, part by part, each far beyond what `npm test` has time for.
//   --only PART      one part: model, …
//   --seed S         a whole number; without it, the seed of a stopped run, or one of this second
//   --amount N       actions or calls of each part, instead of its own goal
//   --workers N      processes, as many as there are cores unless given
//   --fresh          forgets a stopped run
//   --path, --replay-path  with --only model and --seed: one failing history again, as its report prints them
// Progress goes to stderr; what was run, and every failure, to stdout. Fails if any part does. Stopped, it goes on where it was.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

import { PARTS } from "./deep/parts.ts";
import { UserError, runScript } from "../shared/user-error.ts";

function wholeNumber(option: string, written: string): number {
  if (!/^\d{1,10}$/.test(written)) throw new UserError(`--${option} takes a whole number, not "${written}"`);
  return Number(written);
}

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      seed: { type: "string" },
      amount: { type: "string" },
      workers: { type: "string" },
      fresh: { type: "boolean", default: false },
      path: { type: "string" },
      "replay-path": { type: "string" },
    },
  });
  const names = PARTS.map(({ name }) => name).join(", ");
  const parts = PARTS.filter(({ name }) => values.only === undefined || name === values.only);
  if (parts.length === 0) throw new UserError(`--only takes one of ${names}, not "${values.only ?? ""}"`);
  if (values.path !== undefined && (values.only !== "model" || values.seed === undefined)) {
    throw new UserError("--path goes with --only model and --seed");
  }

  for (const part of parts) {
    const ok = await part.run({
      seed: values.seed === undefined ? undefined : wholeNumber("seed", values.seed),
      amount: values.amount === undefined ? part.goal : wholeNumber("amount", values.amount),
      workers: values.workers === undefined ? availableParallelism() : wholeNumber("workers", values.workers),
      fresh: values.fresh,
      path: values.path,
      replayPath: values["replay-path"],
    });
    console.log(`${ok ? "ok  " : "FAIL"} ${part.name}`);
    if (!ok) process.exitCode = 1;
  }
});
