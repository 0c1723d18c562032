import { z } from "zod";

import { runChunks } from "./chunks.ts";
import type { DeepOptions, Part } from "./part.ts";
import { MINIMA } from "../../test/helpers/model/actions/index.ts";
import { LEAST_ACCEPTANCE, PER } from "../../test/helpers/model/report.ts";
import { Tally } from "../../test/helpers/model/tally.ts";

/** Actions of one process, so that what its chain remembers stays small. */
const CHUNK = 5_000;

const counts = z.record(z.string(), z.number());
const record = z.object({
  accepted: counts,
  refused: counts,
  errors: counts,
  histories: z.number(),
  words: z.number(),
  promisesKept: z.number(),
  rounding: z.number(),
});

function worker(seed: number, { path, replayPath }: Pick<DeepOptions, "path" | "replayPath">) {
  return {
    command: "hardhat",
    args: ["run", "--no-compile", "tools/deep/model-worker.ts"],
    env: {
      MODEL_SEED: String(seed),
      MODEL_ACTIONS: String(CHUNK),
      ...(path === undefined ? {} : { MODEL_PATH: path }),
      ...(replayPath === undefined ? {} : { MODEL_REPLAY_PATH: replayPath }),
    },
  };
}

/** Random histories of model and contracts; each chunk has the run's seed and its own number added. */
export const model: Part = {
  name: "model",
  goal: 500_000,
  async run(options) {
    const again = options.path !== undefined;
    const chunks = again ? 1 : Math.ceil(options.amount / CHUNK);
    const { outputs, failure } = await runChunks(
      {
        name: again ? "model-replay" : "model",
        unit: "actions",
        chunks,
        chunkSize: CHUNK,
        workers: options.workers,
        command: (seed, chunk) => worker(seed + chunk, options),
      },
      { seed: options.seed, fresh: options.fresh || again },
    );
    if (failure !== undefined) {
      console.log(failure.stdout === "" ? failure.stderr : failure.stdout);
      return false;
    }
    const tally = new Tally();
    for (const output of outputs) tally.add(record.parse(JSON.parse(output)));
    return again || judged(tally);
  },
};

/** Prints what happened; returns whether enough of everything did. */
function judged(tally: Tally): boolean {
  const refusals = Object.keys(tally.errors).length;
  console.log(
    `${tally.actions} actions in ${tally.histories} histories, ${(tally.acceptance * 100).toFixed(1)} % accepted, ` +
      `${refusals} different refusals, ${tally.words} values compared, ${tally.promisesKept} promises kept`,
  );
  const missing = tally.missing(MINIMA, PER);
  if (tally.acceptance < LEAST_ACCEPTANCE) missing.push(`fewer than ${LEAST_ACCEPTANCE * 100} % were accepted`);
  for (const line of missing) console.log(line);
  return missing.length === 0;
}
