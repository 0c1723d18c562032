import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { Overrides } from "ethers";

import { buildInsuranceRound, type Compensation, type InsuranceRound } from "../../shared/insurance-round.ts";
import type { AccessManager, InsuranceFund, PlainToken } from "../../types/index.js";
import { DAY, deployAccess, deployToken, namedActors, Role, type Actors } from "./fixtures.ts";

/** Role of the governor in these fixtures, without a delay: delays are tested where roles are. */
const OPERATOR = 3n;

/** The fund's least delay, longer than the least of all. */
export const CLAIM_DELAY = 3n * DAY;
export const CLAIM_WINDOW = 30n * DAY;

export interface InsuranceFixture {
  actors: Actors;
  access: AccessManager;
  fund: InsuranceFund;
  token: PlainToken;
  /** Who gets how much in `round`: alice 100, bob 250, carol 650. */
  compensations: Compensation[];
  /** Built for number 0, not published. */
  round: InsuranceRound;
}

/** A fund that holds 1,500 units and whose governance is the governor, at once. */
export async function deployInsuranceFund(
  ethers: HardhatEthers,
  options: { token?: PlainToken } = {},
): Promise<InsuranceFixture> {
  const actors = await namedActors(ethers);
  const access = await deployAccess(ethers, actors);
  const fund = await ethers.deployContract("InsuranceFund", [await access.getAddress(), CLAIM_DELAY]);
  await access.grantRole(OPERATOR, actors.governor, 0n);
  for (const [name, role] of [
    ["publishRound", OPERATOR],
    ["cancelRound", Role.guardian],
  ] as const) {
    await access.setTargetFunctionRole(fund, [fund.interface.getFunction(name).selector], role);
  }

  const token = options.token ?? (await deployToken(ethers, "COVER"));
  await token.mint(fund, 1_500n);
  const compensations = [
    { account: actors.alice.address, amount: 100n },
    { account: actors.bob.address, amount: 250n },
    { account: actors.carol.address, amount: 650n },
  ];
  const round = await roundOf({ ethers, fund, token }, 0n, compensations);
  return { actors, access, fund, token, compensations, round };
}

/** Builds a round for the fund on this chain. */
export async function roundOf(
  { ethers, fund, token }: { ethers: HardhatEthers; fund: InsuranceFund; token: PlainToken },
  round: bigint,
  compensations: Compensation[],
): Promise<InsuranceRound> {
  const { chainId } = await ethers.provider.getNetwork();
  const addresses = { fund: await fund.getAddress(), token: await token.getAddress() };
  return buildInsuranceRound({ chainId, round, ...addresses }, compensations);
}

/** Publishes a round with the shortest delay and window, or with another total. */
export async function publish(
  { fund, actors }: Pick<InsuranceFixture, "fund" | "actors">,
  { round, token, root, total }: InsuranceRound,
) {
  return fund.connect(actors.governor).publishRound(round, token, root, total, CLAIM_DELAY, CLAIM_WINDOW);
}

/** Claims by the proof at `place`, from any account. */
export async function claim(fund: InsuranceFund, round: InsuranceRound, place: number, overrides: Overrides = {}) {
  const entry = round.claims[place];
  if (!entry) throw new Error(`The round has no claim ${place}`);
  return fund.claim(round.round, entry.index, entry.account, entry.amount, [...entry.proof], overrides);
}
