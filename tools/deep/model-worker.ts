// One chunk of `npm run test:deep`'s histories; prints its tally as JSON, or why a history failed.
import { runHistories, setStage } from "../../test/helpers/model/histories.ts";
import { report } from "../../test/helpers/model/report.ts";

const { MODEL_SEED: seed, MODEL_ACTIONS: actions, MODEL_PATH: path, MODEL_REPLAY_PATH: replayPath } = process.env;

const { tally, failure } = await runHistories(await setStage(), {
  seed: Number(seed),
  actions: Number(actions),
  path,
  replayPath,
});
if (failure === undefined) {
  console.log(JSON.stringify(tally));
} else {
  console.log(report(failure));
  process.exitCode = 1;
}
