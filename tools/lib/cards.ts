// Pictures of positions as PositionRenderer draws them, for the snapshots in snapshots/cards/: every part of the card, and
// each of its ways to differ.
import { readFile, writeFile } from "node:fs/promises";

import { DAY } from "@termstake/sdk/units";
import { parseUnits } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { z } from "zod";

import type { PositionRenderer } from "../../types/index.ts";

type Card = Parameters<PositionRenderer["tokenURI"]>[0];

/** What a sample differs in from a position that is a third through its term. */
interface Sample {
  readonly card?: Partial<Card>;
  /** Symbols of the staking and the rewards token. */
  readonly symbols?: readonly [string, string];
}

/** When the cards are drawn: 2030-01-01 12:00:00 UTC. */
const MOMENT = 1_893_499_200n;
const POOL = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

const SAMPLES: Readonly<Record<string, Sample>> = {
  opened: { card: { positionId: 1n, openedAt: MOMENT, maturity: MOMENT + 365n * DAY, forfeitedReward: 0n } },
  locked: {},
  "last-hour": { card: { positionId: 4_096n, openedAt: MOMENT - 90n * DAY, maturity: MOMENT + 3_599n } },
  mature: { card: { positionId: 12n, openedAt: MOMENT - 30n * DAY, maturity: MOMENT, rate: parseUnits("0.2", 18) } },
  "markup-in-symbols": { card: { positionId: 99n }, symbols: [`<&>"'`, `"'<b>&`] },
  "long-symbols": { card: { positionId: 3n }, symbols: ["TENLETTERS", "ELEVENCHARS"] },
};

const metadata = z.object({ image: z.string() });

function decode(uri: string): string {
  return Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64").toString("utf8");
}

/** The picture of each sample, by name, drawn on a chain of its own. */
export async function drawCards({ network }: Pick<HardhatRuntimeEnvironment, "network">): Promise<Map<string, string>> {
  // The chain's clock is its own, so that the pictures stay the same in any year.
  const { ethers, networkHelpers } = await network.create({ override: { initialDate: "2030-01-01T00:00:00Z" } });
  const renderer = await ethers.deployContract("PositionRenderer");
  const token = async (symbol: string): Promise<string> =>
    (await ethers.deployContract("PlainToken", ["Token", symbol, 18])).getAddress();
  const usual = {
    pool: POOL,
    positionId: 7n,
    principal: parseUnits("1000", 18),
    reward: parseUnits("12.3", 18),
    rate: parseUnits("0.125", 18),
    openedAt: MOMENT - 30n * DAY,
    maturity: MOMENT + 60n * DAY,
    principalPenalty: parseUnits("35", 18) + 1n,
    forfeitedReward: parseUnits("0.5", 18),
  };
  const cards = new Map<string, Card>();
  for (const [name, { card = {}, symbols: [staking, rewards] = ["TSK", "USDX"] }] of Object.entries(SAMPLES)) {
    const tokens = { stakingToken: await token(staking), rewardsToken: await token(rewards) };
    cards.set(name, { ...usual, ...tokens, ...card });
  }

  await networkHelpers.time.increaseTo(MOMENT);
  const pictures = new Map<string, string>();
  for (const [name, card] of cards) {
    const { image } = metadata.parse(JSON.parse(decode(await renderer.tokenURI(card))));
    pictures.set(name, decode(image));
  }
  return pictures;
}

function fileOf(name: string): URL {
  return new URL(`../../snapshots/cards/${name}.svg`, import.meta.url);
}

export async function readCard(name: string): Promise<string> {
  return (await readFile(fileOf(name), "utf8")).trimEnd();
}

export async function writeCard(name: string, picture: string): Promise<void> {
  await writeFile(fileOf(name), `${picture}\n`);
}
