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

/** Promises are made from budgets: without them nobody new gets one. */
function budgetsHurt(dry: readonly Runway[], turnedAway: number): string {
  const kept = "Every promise that was made is kept, since rewards are reserved at opening; what fails is new promises";
  const whom =
    turnedAway === 0
      ? "nobody wanted one since"
      : `${turnedAway.toLocaleString("en")} ${turnedAway === 1 ? "staker was" : "stakers were"} turned away`;
  return `${dry.map(describeRunway).join(" ")} ${kept}: ${whom}.`;
}

/** Streams promise nothing: whoever is staked earns less. */
function streamsHurt(dry: readonly Runway[]): string {
  const whom =
    "Nobody is turned away and no promise is broken; who is staked in the pools that it pays earns less from then on";
  return `${dry.map(describeRunway).join(" ")} ${dry.length === 1 ? whom : whom.replace("it pays", "they pay")}.`;
}

/** What a board asks first: whether the money lasts. */
export function verdictOf({ pools, schedules, turnedAway }: CaseSummary): Verdict {
  const inUse = pools.filter(({ promised, budget }) => promised > 0n || budget > 0n);
  const budgets = inUse.flatMap(({ runway }) => runway ?? []);
  const runways = [...budgets, ...schedules];
  const isDry = ({ state }: Runway) => state === "ran dry";
  const [dryBudgets, dryStreams] = [budgets.filter(isDry), schedules.filter(isDry)];
  if (dryBudgets.length + dryStreams.length > 0) {
    const texts = [
      ...(dryBudgets.length === 0 ? [] : [budgetsHurt(dryBudgets, turnedAway)]),
      ...(dryStreams.length === 0 ? [] : [streamsHurt(dryStreams)]),
    ];
    const what = dryBudgets.length === 0 ? "A reward stream" : "A budget";
    return { good: false, title: `${what} runs out.`, text: texts.join(" ") };
  }
  return {
    good: true,
    title: "The budget lasts.",
    text: runways.length === 0 ? "" : runways.map(describeRunway).join(" "),
  };
}
