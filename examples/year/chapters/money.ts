import { parseEther, parseUnits } from "ethers";

import { distribute, sweep, type Payment } from "../keeper.ts";
import { DAILY, KEEPER_AWAY, LAST_DAY, MONTHLY, SCHEDULE, type Chapter } from "../plan.ts";
import type { Stage } from "../stage.ts";

/** What chapters of daily business are called, of which there are too many to tell each. */
export const ROUTINE = "The keeper distributes what has accrued";

/** What the sponsor pays in, and what does not go as planned. */
export function moneyChapters(stage: Stage): Chapter[] {
  const { people, flexible, fixed } = stage;
  const distributor = stage.protocol.distributor.connect(people.Sponsor);
  return [
    {
      day: 0,
      what: "The sponsor funds the weekly schedule and the fixed-term budgets",
      play: async () => {
        const { terms } = await distributor.schedule(SCHEDULE.weekly);
        await (await distributor.fund(SCHEDULE.weekly, terms.budget * terms.epochs)).wait();
        await (await fixed.Fixed.connect(people.Sponsor).fund(parseEther("500000"))).wait();
        await (await fixed.FixedForDollars.connect(people.Sponsor).fund(parseUnits("50000", 6))).wait();
        await (await fixed.EtherFixed.connect(people.Sponsor).fund(parseEther("20"))).wait();
      },
    },
    {
      day: 1,
      what: "The sponsor funds the daily schedule, and the monthly one for three months only",
      play: async () => {
        await (await distributor.fund(SCHEDULE.daily, DAILY.budget * DAILY.epochs)).wait();
        await (await distributor.fund(SCHEDULE.monthly, MONTHLY.budget * MONTHLY.funded)).wait();
      },
    },
    { day: 65, what: "Penalties and fees are swept", play: () => sweep(stage) },
    {
      day: KEEPER_AWAY.to,
      what: "The keeper comes back after five weeks: a late distribution pays them all",
      play: async () => {
        for (const pool of [flexible.Flexible, fixed.Fixed]) {
          if (await distribute(stage, { scheduleId: SCHEDULE.weekly, pool })) continue;
          throw new Error("The late distribution paid nothing");
        }
      },
    },
    {
      day: 120,
      what: "A monthly epoch is underfunded: nothing is paid, and the schedule says how much is missing",
      play: async () => {
        const { missing, uncoveredEpochs } = await distributor.schedule(SCHEDULE.monthly);
        if (uncoveredEpochs !== 0n && missing === uncoveredEpochs * MONTHLY.budget) return;
        throw new Error(`${uncoveredEpochs} epochs are uncovered, and ${missing} is said to be missing`);
      },
    },
    {
      day: 125,
      what: "The sponsor funds the rest of the monthly schedule, and what was due is paid",
      play: async () => {
        const { budget, epochs, funded } = MONTHLY;
        await (await distributor.fund(SCHEDULE.monthly, budget * (epochs - funded))).wait();
        if (await distribute(stage, { scheduleId: SCHEDULE.monthly, pool: flexible.Ether })) return;
        throw new Error("The epoch that was due stayed unpaid");
      },
    },
    { day: 155, what: "Penalties and fees are swept", play: () => sweep(stage) },
    { day: LAST_DAY, what: "Penalties and fees are swept for the last time", play: () => sweep(stage) },
  ];
}

/** The keeper's visits: each week; for the daily schedule each day at first, later seven epochs at once. */
export function keeperChapters(stage: Stage): Chapter[] {
  const { flexible, fixed } = stage;
  const weekly: Payment[] = [flexible.Flexible, fixed.Fixed].map((pool) => ({ scheduleId: SCHEDULE.weekly, pool }));
  const daily: Payment = { scheduleId: SCHEDULE.daily, pool: flexible.Liquidity };
  const monthly: Payment = { scheduleId: SCHEDULE.monthly, pool: flexible.Ether };
  const chapters: Chapter[] = [];
  for (let day = 4; day <= LAST_DAY; day++) {
    const sameWeekday = day % 7 === 4;
    const away = day >= KEEPER_AWAY.from && day <= KEEPER_AWAY.to;
    const due = [
      ...(sameWeekday && !away ? weekly : []),
      ...(sameWeekday || day < 18 ? [daily] : []),
      ...(day % 30 === 4 ? [monthly] : []),
    ];
    const play = async () => {
      for (const payment of due) await distribute(stage, payment);
    };
    if (due.length !== 0) chapters.push({ day, what: ROUTINE, play });
  }
  return chapters;
}
