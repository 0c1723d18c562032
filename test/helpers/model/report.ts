import type { Failure } from "./histories.ts";

/** Minima of actions are stated for so many of all kinds together. */
export const PER = 5_000;

/** Share of random actions that has to be accepted: fewer would leave the contracts too much as they are. */
export const LEAST_ACCEPTANCE = 0.6;

/** A failing history for whoever has to find out why, and how to see it again. */
export function report({ seed, path, replayPath, history, reason }: Failure): string {
  return [
    reason,
    "",
    "The shortest history found that fails:",
    ...history.map((line) => `  ${line}`),
    "",
    "Again:",
    `  npm run test:deep -- --only model --seed ${seed} --path ${path} --replay-path ${replayPath}`,
  ].join("\n");
}
