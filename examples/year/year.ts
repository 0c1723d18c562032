import { DAY } from "@termstake/sdk/units";

import { governanceChapters } from "./chapters/governance.ts";
import { insuranceChapters } from "./chapters/insurance.ts";
import { keeperChapters, moneyChapters } from "./chapters/money.ts";
import { fixedTermChapters, flexibleChapters } from "./chapters/stakers.ts";
import type { Chapter } from "./plan.ts";
import type { Stage } from "./stage.ts";

/** Plays the year; `told` is called with what happens when it does. */
export async function playYear(stage: Stage, told: (chapter: Chapter) => void): Promise<void> {
  const { time } = stage.connection.networkHelpers;
  const start = BigInt(await time.latest());
  // On one day governance comes first, and pools are funded before anybody uses them.
  const chapters = [
    ...(await governanceChapters(stage, start)),
    ...moneyChapters(stage),
    ...flexibleChapters(stage),
    ...fixedTermChapters(stage),
    ...(await insuranceChapters(stage)),
    ...keeperChapters(stage),
  ].sort((a, b) => a.day - b.day);
  for (const chapter of chapters) {
    const moment = start + BigInt(chapter.day) * DAY;
    if (BigInt(await time.latest()) < moment) await time.increaseTo(moment);
    told(chapter);
    await chapter.play();
  }
}
