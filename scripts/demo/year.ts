import { parseEther, parseUnits } from "ethers";

import { buildInsuranceRound, type InsuranceRound } from "../lib/insurance-round.ts";
import { DAY } from "../lib/units.ts";
import { announce, carryOut, type GovernedCall } from "./governance.ts";
import { distribute, sweep, type Payment } from "./keeper.ts";
import { moves } from "./moves.ts";
import type { Stage } from "./stage.ts";

/** Something that happens on a day of the year; days come in order. */
interface Chapter {
  readonly day: number;
  readonly what: string;
  readonly play: () => Promise<unknown>;
}

const FLEXIBLE = 1n;
const TSK = parseEther;
const WETH = parseEther;
const USDX = (text: string) => parseUnits(text, 6);

/** The catalogue's schedule, and the two that governance adds. */
const WEEKLY = 0n;
const DAILY = 1n;
const MONTHLY = 2n;

const TERM = { days30: 0n, days90: 1n, days180: 2n, days365: 3n } as const;
const DOLLARS = { days90: 0n, days365: 1n } as const;
const ETHER = 0n;

const DAILY_BUDGET = TSK("500");
const MONTHLY_BUDGET = USDX("1000");
const MONTHS = 12n;
const MONTHS_FUNDED = 3n;
/** From here to there nobody calls `distribute` on the weekly schedule. */
const KEEPER_AWAY = { from: 70, to: 105 } as const;
const LAST_DAY = 365;

/** Plays the year; `told` is called with what happens when it does. */
export async function playYear(stage: Stage, told: (day: number, what: string) => void): Promise<void> {
  const { time } = stage.connection.networkHelpers;
  const start = BigInt(await time.latest());
  const chapters = [...(await story(stage, start)), ...keeperVisits(stage)].sort((a, b) => a.day - b.day);
  for (const { day, what, play } of chapters) {
    const moment = start + BigInt(day) * DAY;
    if (BigInt(await time.latest()) < moment) await time.increaseTo(moment);
    told(day, what);
    await play();
  }
}

function keeperVisits(stage: Stage): Chapter[] {
  const { flexible, fixed } = stage;
  const weekly: Payment[] = [
    { scheduleId: WEEKLY, pool: flexible.Flexible },
    { scheduleId: WEEKLY, pool: fixed.Fixed },
  ];
  const daily: Payment = { scheduleId: DAILY, pool: flexible.Liquidity };
  const monthly: Payment = { scheduleId: MONTHLY, pool: flexible.Ether };
  const chapters: Chapter[] = [];
  for (let day = 4; day <= LAST_DAY; day++) {
    const due = [
      ...(day % 7 === 4 && (day < KEEPER_AWAY.from || day > KEEPER_AWAY.to) ? weekly : []),
      // Every day at first, then each week, which pays seven epochs at once.
      ...(day < 18 || day % 7 === 4 ? [daily] : []),
      ...(day % 30 === 4 ? [monthly] : []),
    ];
    if (due.length === 0) continue;
    const play = async () => {
      for (const payment of due) await distribute(stage, payment);
    };
    chapters.push({ day, what: "The keeper distributes what has accrued", play });
  }
  return chapters;
}

/** What people do. Chapters that need a position find it where the chapter that made it left it. */
async function story(stage: Stage, start: bigint): Promise<Chapter[]> {
  const { protocol, people, tokens, flexible, fixed } = stage;
  const { access, distributor, insuranceFund } = protocol;
  const player = moves(stage);
  const positions = new Map<string, bigint>();
  const position = (name: string): bigint => {
    const id = positions.get(name);
    if (id === undefined) throw new Error(`Nobody has opened "${name}"`);
    return id;
  };
  const keep = async (name: string, id: Promise<bigint>) => positions.set(name, await id);
  const governs = (calls: GovernedCall[]) => ({
    announce: () => announce(access, people.Operator, calls),
    carryOut: () => carryOut(access, people.Operator, calls),
  });

  const newSchedules = governs(await extensionCalls(stage, start));
  const withdrawal = governs([
    {
      target: await fixed.Fixed.getAddress(),
      data: fixed.Fixed.interface.encodeFunctionData("withdrawBudget", [people.Treasury.address, TSK("250000")]),
    },
    {
      target: await distributor.getAddress(),
      data: distributor.interface.encodeFunctionData("endSchedule", [DAILY, people.Sponsor.address]),
    },
  ]);
  let round: InsuranceRound;
  let publication: ReturnType<typeof governs>;
  const fundBy = people.Sponsor;

  return [
    { day: 0, what: "The operator announces two schedules and a listing", play: newSchedules.announce },
    {
      day: 0,
      what: "The sponsor funds schedules and budgets",
      play: async () => {
        const { terms } = await distributor.schedule(WEEKLY);
        await (await distributor.connect(fundBy).fund(WEEKLY, terms.budget * terms.epochs)).wait();
        await (await fixed.Fixed.connect(fundBy).fund(TSK("500000"))).wait();
        await (await fixed.FixedForDollars.connect(fundBy).fund(USDX("50000"))).wait();
        await (await fixed.EtherFixed.connect(fundBy).fund(WETH("20"))).wait();
      },
    },
    { day: 1, what: "A day later the operator carries it out", play: newSchedules.carryOut },
    {
      day: 1,
      what: "The sponsor funds the daily schedule, and the monthly one for three months only",
      play: async () => {
        await (await distributor.connect(fundBy).fund(DAILY, DAILY_BUDGET * 365n)).wait();
        await (await distributor.connect(fundBy).fund(MONTHLY, MONTHLY_BUDGET * MONTHS_FUNDED)).wait();
      },
    },
    {
      day: 2,
      what: "Stakes in the flexible pools: TSK, LP tokens of the Uniswap pair, wrapped ether",
      play: async () => {
        const lp = await tokens.LP.balanceOf(people.Ada);
        await Promise.all([
          player.stake("Ada", "Liquidity", lp),
          player.stake("Ben", "Liquidity", lp / 2n),
          player.stake("Cleo", "Liquidity", lp / 3n),
          player.stake("Dan", "Ether", WETH("20")),
          player.stake("Eve", "Ether", WETH("12.345678901234567891")),
          player.stake("Finn", "Flexible", TSK("20000")),
          player.stake("Gus", "Flexible", TSK("7777.777777777777777777")),
          player.stake("Hana", "Flexible", 1_000_000_000_000_000_007n),
        ]);
      },
    },
    {
      day: 3,
      what: "Fixed terms are opened, in three pools",
      play: async () => {
        await keep("Gus, a year", player.open("Gus", "Fixed", TERM.days365, TSK("10000")));
        await keep("Hana, a month", player.open("Hana", "Fixed", TERM.days30, TSK("8000.000000000000000001")));
        await keep("Ivo, half a year", player.open("Ivo", "Fixed", TERM.days180, TSK("12000")));
        await keep("Eve, month by month", player.open("Eve", "Fixed", TERM.days30, TSK("6000")));
        await keep("Jun, dollars", player.open("Jun", "FixedForDollars", DOLLARS.days90, TSK("9000")));
        await keep("Cleo, dollars", player.open("Cleo", "FixedForDollars", DOLLARS.days365, TSK("15000")));
        await keep("Finn, ether", player.open("Finn", "EtherFixed", ETHER, WETH("30")));
        await keep("Dan, ether", player.open("Dan", "EtherFixed", ETHER, WETH("10.000000000000000003")));
        await player.orderRenewal("Eve", "Fixed", position("Eve, month by month"), TERM.days30, parseEther("0.03"));
        await player.orderRenewal(
          "Jun",
          "FixedForDollars",
          position("Jun, dollars"),
          DOLLARS.days90,
          parseEther("0.05"),
        );
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
        await keep("Eve, month by month", player.renewForOwner("Fixed", position("Eve, month by month")));
      },
    },
    {
      day: 63,
      what: "Finn takes a third of his ether out early; Ada claims, Ben unstakes a part",
      play: async () => {
        await keep("Finn, ether", player.leaveEarly("Finn", "EtherFixed", position("Finn, ether"), WETH("10")));
        await player.claim("Ada", "Liquidity");
        await player.unstake("Ben", "Liquidity", parseEther("1"));
      },
    },
    {
      day: 65,
      what: "Eve orders no more; penalties and fees are swept",
      play: async () => {
        await sweep(stage);
        await player.withdraw("Eve", "Fixed", position("Eve, month by month"));
      },
    },
    {
      day: 94,
      what: "Ivo takes half of his term out at its middle and gives the rest to Jun; the keeper renews for Jun",
      play: async () => {
        await keep("the rest", player.leaveEarly("Ivo", "Fixed", position("Ivo, half a year"), TSK("6000")));
        await player.give("Ivo", "Jun", "Fixed", position("the rest"));
        await keep("Jun, dollars", player.renewForOwner("FixedForDollars", position("Jun, dollars")));
      },
    },
    {
      day: KEEPER_AWAY.to,
      what: "The keeper comes back after five weeks: a late distribution pays them all",
      play: async () => {
        await distribute(stage, { scheduleId: WEEKLY, pool: flexible.Flexible });
        await distribute(stage, { scheduleId: WEEKLY, pool: fixed.Fixed });
      },
    },
    {
      day: 120,
      what: "The monthly epoch is underfunded: nothing is paid, and the schedule says how much is missing",
      play: async () => {
        const { missing, uncoveredEpochs } = await distributor.schedule(MONTHLY);
        if (uncoveredEpochs === 0n || missing !== uncoveredEpochs * MONTHLY_BUDGET) {
          throw new Error(`${uncoveredEpochs} epochs are uncovered, and ${missing} is said to be missing`);
        }
      },
    },
    {
      day: 125,
      what: "The sponsor funds the rest of the monthly schedule; Hana withdraws at maturity",
      play: async () => {
        await (await distributor.connect(fundBy).fund(MONTHLY, MONTHLY_BUDGET * (MONTHS - MONTHS_FUNDED))).wait();
        await distribute(stage, { scheduleId: MONTHLY, pool: flexible.Ether });
        await player.withdraw("Hana", "Fixed", position("Hana, a quarter"));
      },
    },
    {
      day: 150,
      what: "Dan leaves the flexible pool and, a month early, the fixed one; Jun leaves the renewed term",
      play: async () => {
        await player.exit("Dan", "Ether");
        await player.leaveEarly("Dan", "EtherFixed", position("Dan, ether"));
        await player.leaveEarly("Jun", "FixedForDollars", position("Jun, dollars"));
      },
    },
    {
      day: 155,
      what: "Penalties and fees are swept",
      play: () => sweep(stage),
    },
    {
      day: 184,
      what: "Finn and Jun withdraw at maturity; Ben leaves the flexible pool",
      play: async () => {
        await player.withdraw("Finn", "EtherFixed", position("Finn, ether"));
        await player.withdraw("Jun", "Fixed", position("the rest"));
        await player.exit("Ben", "Liquidity");
      },
    },
    {
      day: 200,
      what: "The operator announces a round of compensation for four stakers",
      play: async () => {
        round = await compensation(stage);
        publication = governs([
          {
            target: round.fund,
            data: insuranceFund.interface.encodeFunctionData("publishRound", [
              round.round,
              round.token,
              round.root,
              round.total,
              3n * DAY,
              60n * DAY,
            ]),
          },
        ]);
        await publication.announce();
      },
    },
    { day: 201, what: "The round is published; claims open after three days", play: () => publication.carryOut() },
    {
      day: 205,
      what: "Three of the four are paid their compensation",
      play: async () => {
        for (const { index, account, amount, proof } of round.claims.slice(0, 3)) {
          await (await insuranceFund.claim(round.round, index, account, amount, [...proof])).wait();
        }
      },
    },
    {
      day: 250,
      what: "Ivo opens a quarter and leaves it two days before maturity; Finn leaves the flexible pool",
      play: async () => {
        await keep("Ivo, a quarter", player.open("Ivo", "Fixed", TERM.days90, TSK("5000")));
        await player.exit("Finn", "Flexible");
      },
    },
    {
      day: 270,
      what: "The round has expired: what nobody claimed is the fund's again",
      play: async () => (await insuranceFund.closeRound(round.round)).wait(),
    },
    {
      day: 338,
      what: "Ivo leaves two days before maturity",
      play: () => player.leaveEarly("Ivo", "Fixed", position("Ivo, a quarter")),
    },
    {
      day: 360,
      what: "The operator announces to withdraw unreserved budget and to end the daily schedule",
      play: withdrawal.announce,
    },
    { day: 361, what: "A day later both are done", play: withdrawal.carryOut },
    {
      day: LAST_DAY,
      what: "The year ends; some claim, and some stay",
      play: async () => {
        await sweep(stage);
        await Promise.all([
          player.claim("Ada", "Liquidity"),
          player.claim("Eve", "Ether"),
          player.exit("Gus", "Flexible"),
        ]);
      },
    },
  ];
}

/** The daily schedule for liquidity, the monthly one for ether, and the mark that governance knows these pools. */
async function extensionCalls({ protocol, tokens, flexible }: Stage, start: bigint): Promise<GovernedCall[]> {
  const { distributor, factory } = protocol;
  const schedule = async (token: string, epoch: bigint, budget: bigint, epochs: bigint, pool: string) => ({
    target: await distributor.getAddress(),
    data: distributor.interface.encodeFunctionData("createSchedule", [
      { token, epoch, budget, start: start + 3n * DAY, epochs, feeBps: 1_000n },
      [{ pool, kind: FLEXIBLE, weight: 1n }],
    ]),
  });
  const [liquidity, ether] = [await flexible.Liquidity.getAddress(), await flexible.Ether.getAddress()];
  return [
    await schedule(await tokens.TSK.getAddress(), DAY, DAILY_BUDGET, 365n, liquidity),
    await schedule(await tokens.USDX.getAddress(), 30n * DAY, MONTHLY_BUDGET, MONTHS, ether),
    {
      target: await factory.getAddress(),
      data: factory.interface.encodeFunctionData("setListed", [liquidity, true]),
    },
  ];
}

async function compensation({ connection, protocol, people, tokens }: Stage): Promise<InsuranceRound> {
  const { insuranceFund } = protocol;
  const binding = {
    chainId: (await connection.ethers.provider.getNetwork()).chainId,
    fund: await insuranceFund.getAddress(),
    round: await insuranceFund.roundCount(),
    token: await tokens.TSK.getAddress(),
  };
  return buildInsuranceRound(binding, [
    { account: people.Ada.address, amount: TSK("125.5") },
    { account: people.Dan.address, amount: TSK("300.000000000000000001") },
    { account: people.Hana.address, amount: TSK("74.25") },
    { account: people.Jun.address, amount: TSK("50") },
  ]);
}
