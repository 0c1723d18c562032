import type { Runway } from "../runway.ts";
import type { CaseSummary } from "../summary.ts";

/** A runway as a sentence. */
export function describeRunway(runway: Runway | undefined): string {
  if (runway === undefined) return "";
  const { name, state, date } = runway;
  if (state === "ran dry") return `The money of ${name} runs out on ${date ?? "no date"}.`;
  if (state === "will run dry")
    return `Used as in its last days, the money of ${name} lasts until ${date ?? "no date"}.`;
  if (state === "ends as planned") return `${name} is paid for to its end on ${date ?? "no date"}.`;
  return `Nothing has used the budget of ${name} of late.`;
}

export interface Verdict {
  readonly good: boolean;
  readonly title: string;
  readonly text: string;
}

/** What a board asks first: whether the money lasts. */
export function verdictOf({ pools, schedules, turnedAway }: CaseSummary): Verdict {
  const inUse = pools.filter(({ promised, budget }) => promised > 0n || budget > 0n);
  const runways = [...inUse.flatMap(({ runway }) => runway ?? []), ...schedules];
  const dry = runways.filter(({ state }) => state === "ran dry");
  if (dry.length > 0) {
    const kept =
      "Every promise that was made is kept, since rewards are reserved at opening; what fails is new promises";
    return {
      good: false,
      title: "The budget runs out.",
      text: `${dry.map(describeRunway).join(" ")} ${kept}: ${turnedAway.toLocaleString("en")} stakers were turned away.`,
    };
  }
  return {
    good: true,
    title: "The budget lasts.",
    text: runways.length === 0 ? "" : runways.map(describeRunway).join(" "),
  };
}
