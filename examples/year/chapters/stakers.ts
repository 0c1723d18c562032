import { DAY } from "@termstake/sdk/units";
import { parseEther } from "ethers";

import { moves } from "../moves.ts";
import { DOLLAR_TERM, ETHER_TERM, LAST_DAY, TERM, type Chapter } from "../plan.ts";
import type { Stage } from "../stage.ts";

/** How long after maturity anybody may renew for them, in seconds. */
const WEEK = 7n * DAY;

/** What the ten stakers do in the flexible pools. */
export function flexibleChapters(stage: Stage): Chapter[] {
  const { people, tokens } = stage;
  const player = moves(stage);
  return [
    {
      day: 2,
      what: "Stakes in the flexible pools: TSK, LP tokens of the Uniswap pair, wrapped ether",
      play: async () => {
        const lp = await tokens.LP.balanceOf(people.Ada);
        await Promise.all([
          player.stake("Ada", "Liquidity", lp),
          player.stake("Ben", "Liquidity", lp / 2n),
          player.stake("Cleo", "Liquidity", lp / 3n),
          player.stake("Dan", "Ether", parseEther("20")),
          player.stake("Eve", "Ether", parseEther("12.345678901234567891")),
          player.stake("Finn", "Flexible", parseEther("20000")),
          player.stake("Gus", "Flexible", parseEther("7777.777777777777777777")),
          player.stake("Hana", "Flexible", parseEther("1.000000000000000007")),
        ]);
      },
    },
    {
      day: 63,
      what: "Ada claims, Ben unstakes a part",
      play: () => Promise.all([player.claim("Ada", "Liquidity"), player.unstake("Ben", "Liquidity", parseEther("1"))]),
    },
    { day: 150, what: "Dan leaves the flexible pool", play: () => player.exit("Dan", "Ether") },
    { day: 184, what: "Ben leaves the flexible pool", play: () => player.exit("Ben", "Liquidity") },
    { day: 250, what: "Finn leaves the flexible pool", play: () => player.exit("Finn", "Flexible") },
    {
      day: LAST_DAY,
      what: "The year ends; some claim, some leave, and some stay",
      play: () =>
        Promise.all([player.claim("Ada", "Liquidity"), player.claim("Eve", "Ether"), player.exit("Gus", "Flexible")]),
    },
  ];
}

/** What they do with fixed terms: opened, left, given away, renewed. */
export function fixedTermChapters(stage: Stage): Chapter[] {
  const player = moves(stage);
  const positions = new Map<string, bigint>();
  const keep = async (name: string, id: Promise<bigint>) => positions.set(name, await id);
  const position = (name: string): bigint => {
    const id = positions.get(name);
    if (id === undefined) throw new Error(`Nobody has opened "${name}"`);
    return id;
  };
  return [
    {
      day: 3,
      what: "Fixed terms are opened, in three pools; Eve and Jun order renewals",
      play: async () => {
        await keep("Gus, a year", player.open("Gus", "Fixed", TERM.days365, parseEther("10000")));
        await keep("Hana, a month", player.open("Hana", "Fixed", TERM.days30, parseEther("8000.000000000000000001")));
        await keep("Ivo, half a year", player.open("Ivo", "Fixed", TERM.days180, parseEther("12000")));
        await keep("Eve, monthly", player.open("Eve", "Fixed", TERM.days30, parseEther("6000")));
        await keep("Jun, dollars", player.open("Jun", "FixedForDollars", DOLLAR_TERM.days90, parseEther("9000")));
        await keep("Cleo, dollars", player.open("Cleo", "FixedForDollars", DOLLAR_TERM.days365, parseEther("15000")));
        await keep("Finn, ether", player.open("Finn", "EtherFixed", ETHER_TERM, parseEther("30")));
        await keep("Dan, ether", player.open("Dan", "EtherFixed", ETHER_TERM, parseEther("10.000000000000000003")));
        const [eve, jun] = [position("Eve, monthly"), position("Jun, dollars")];
        await player.setAutoRenew("Eve", "Fixed", eve, TERM.days30, WEEK, false);
        await player.setAutoRenew("Jun", "FixedForDollars", jun, DOLLAR_TERM.days90, WEEK, false);
      },
    },
    {
      day: 5,
      what: "Gus leaves his year after two days",
      play: () => player.leaveEarly("Gus", "Fixed", position("Gus, a year")),
    },
    {
      day: 34,
      what: "Hana renews by hand, for 90 days; the keeper renews for Eve",
      play: async () => {
        await keep("Hana, a quarter", player.renew("Hana", "Fixed", position("Hana, a month"), TERM.days90));
        await keep("Eve, monthly", player.renewForOwner("Fixed", position("Eve, monthly")));
      },
    },
    {
      day: 63,
      what: "Finn takes a third of his ether out early",
      play: () =>
        keep("Finn, ether", player.leaveEarly("Finn", "EtherFixed", position("Finn, ether"), parseEther("10"))),
    },
    {
      day: 65,
      what: "Eve withdraws at maturity, before anybody renews again",
      play: () => player.withdraw("Eve", "Fixed", position("Eve, monthly")),
    },
    {
      day: 94,
      what: "Ivo takes half out in the middle of his term and gives the rest to Jun; the keeper renews for Jun",
      play: async () => {
        const half = parseEther("6000");
        await keep("the rest", player.leaveEarly("Ivo", "Fixed", position("Ivo, half a year"), half));
        await player.give("Ivo", "Jun", "Fixed", position("the rest"));
        await keep("Jun, dollars", player.renewForOwner("FixedForDollars", position("Jun, dollars")));
      },
    },
    {
      day: 125,
      what: "Hana withdraws at maturity",
      play: () => player.withdraw("Hana", "Fixed", position("Hana, a quarter")),
    },
    {
      day: 150,
      what: "Dan leaves a month early; Jun leaves the renewed term",
      play: async () => {
        await player.leaveEarly("Dan", "EtherFixed", position("Dan, ether"));
        await player.leaveEarly("Jun", "FixedForDollars", position("Jun, dollars"));
      },
    },
    {
      day: 184,
      what: "Finn withdraws at maturity what he had left, and Jun what Ivo gave",
      play: async () => {
        await player.withdraw("Finn", "EtherFixed", position("Finn, ether"));
        await player.withdraw("Jun", "Fixed", position("the rest"));
      },
    },
    {
      day: 250,
      what: "Ivo opens a quarter",
      play: () => keep("Ivo, a quarter", player.open("Ivo", "Fixed", TERM.days90, parseEther("5000"))),
    },
    {
      day: 338,
      what: "Ivo leaves two days before maturity",
      play: () => player.leaveEarly("Ivo", "Fixed", position("Ivo, a quarter")),
    },
  ];
}
