import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { ONE } from "@termstake/sdk/units";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import type { Protocol } from "../../deploy/deploy-protocol.ts";
import { earlyPayout } from "../../deploy/config/term-safety.ts";
import { fundProtocol } from "../../deploy/fund.ts";
import type { FixedTermPool, FlexiblePool, PlainToken } from "../../types/index.ts";
import { deployLocalProtocol } from "./local-protocol.ts";

/** Base units that divisions may leave in a pool in a year: fewer than a notification's each. */
const MOST_LEFT = 20n;

/** A position and what was promised when it was opened. */
interface Saving {
  readonly owner: HardhatEthersSigner;
  readonly pool: FixedTermPool;
  readonly rewardsToken: PlainToken;
  readonly id: bigint;
  readonly principal: bigint;
  readonly reward: bigint;
  readonly openedAt: bigint;
}

/** People who save in the protocol as it is deployed, with what the rules give each of them whatever anybody else does. */
export interface Savers {
  readonly connection: NetworkConnection;
  readonly protocol: Protocol;
  readonly flexible: FlexiblePool;
  readonly stakingToken: PlainToken;
  /** Stakes in the flexible pool, alone. */
  readonly staker: HardhatEthersSigner;
  readonly stake: bigint;
  /** Base units that were being streamed to the staker when the attack began, after this block. */
  readonly streamed: bigint;
  readonly begunAfter: number;
  /** Stay until maturity. */
  readonly patient: readonly Saving[];
  /** Leaves in the middle of the term. */
  readonly impatient: Saving;
}

/** Deploys and funds the local protocol config, and lets five people save in it. */
export async function openSavings(connection: NetworkConnection): Promise<Savers> {
  const { ethers, networkHelpers } = connection;
  const { protocolConfig, protocol } = await deployLocalProtocol(connection);
  await fundProtocol(protocol, protocolConfig, networkHelpers);

  const [staker, ann, ben, cid, impatient] = (await ethers.getSigners()).slice(-5);
  if (!staker || !ann || !ben || !cid || !impatient) throw new Error("the network has too few accounts");
  const stakingToken = lookUp(protocol.tokens, "TSK");
  const dollars = lookUp(protocol.tokens, "USDX");
  const flexible = lookUp(protocol.flexiblePools, "Flexible");
  const fixed = lookUp(protocol.fixedTermPools, "Fixed");
  const forDollars = lookUp(protocol.fixedTermPools, "FixedForDollars");

  const stake = 1_000n * ONE + 7n;
  await stakingToken.mint(staker, stake);
  await stakingToken.connect(staker).approve(flexible, stake);
  await flexible.connect(staker).stake(stake);

  const open = async (
    owner: HardhatEthersSigner,
    pool: FixedTermPool,
    rewardsToken: PlainToken,
    termId: bigint,
    principal: bigint,
  ): Promise<Saving> => {
    await stakingToken.mint(owner, principal);
    await stakingToken.connect(owner).approve(pool, principal);
    await pool.connect(owner).open(termId, principal, owner, 0);
    const id = await pool.positionCount();
    const { reward } = await pool.position(id);
    return { owner, pool, rewardsToken, id, principal, reward, openedAt: BigInt(await networkHelpers.time.latest()) };
  };
  const patient = [
    await open(ann, fixed, stakingToken, 0n, 500n * ONE + 1n),
    await open(ben, fixed, stakingToken, 3n, 2_000n * ONE + 3n),
    await open(cid, forDollars, dollars, 1n, 3_000n * ONE + 9n),
  ];
  const leaver = await open(impatient, fixed, stakingToken, 2n, 4_000n * ONE + 11n);
  const streamed = await flexible.rewardsOwed();
  const begunAfter = await ethers.provider.getBlockNumber();
  return {
    connection,
    protocol,
    flexible,
    stakingToken,
    staker,
    stake,
    streamed,
    begunAfter,
    patient,
    impatient: leaver,
  };
}

/** What the account receives of the tokens by an action. */
async function received(account: HardhatEthersSigner, tokens: readonly PlainToken[], act: () => Promise<unknown>) {
  const balances = () => Promise.all(tokens.map((token) => token.balanceOf(account)));
  const before = await balances();
  await act();
  return (await balances()).map((balance, index) => balance - (before[index] ?? 0n));
}

/** The impatient one leaves and gets, to the unit, what the term's rules at opening give at that moment. */
export async function impatientLeaves({ connection, impatient: saving, stakingToken }: Savers): Promise<void> {
  const { owner, pool, id, principal } = saving;
  const { terms } = await pool.term(2);
  const [amount] = await received(owner, [stakingToken], () =>
    pool.connect(owner).withdrawEarly(id, principal, owner, 0, 0),
  );
  const elapsed = BigInt(await connection.networkHelpers.time.latest()) - saving.openedAt;
  expect(elapsed < terms.duration, "left before maturity").to.equal(true);
  const due = earlyPayout(terms, principal, elapsed, await pool.conversion());
  expect(amount, "what an early exit pays").to.equal(due.principal + due.reward);
}

/** What the flexible pool was given to stream since the attack began, and what of it accounts other than the staker's got. */
async function streamedSince({ flexible, staker, begunAfter }: Savers): Promise<{ added: bigint; toOthers: bigint }> {
  const added = await flexible.queryFilter(flexible.filters.RewardAdded(), begunAfter + 1);
  const paid = await flexible.queryFilter(flexible.filters.RewardPaid(), begunAfter + 1);
  return {
    added: added.reduce((sum, { args }) => sum + args.reward, 0n),
    toOthers: paid.reduce((sum, { args }) => (args.user === staker.address ? sum : sum + args.reward), 0n),
  };
}

/** Everybody else leaves: principal and promised rewards to the unit, and everything that was streamed, then and since. */
export async function everybodyLeaves(savers: Savers): Promise<void> {
  const { flexible, stakingToken, staker, stake, streamed } = savers;
  const [principal] = await received(staker, [stakingToken], () => flexible.connect(staker).withdraw(stake));
  expect(principal, "the flexible stake").to.equal(stake);
  const earned = await flexible.earned(staker);
  const [claimed] = await received(staker, [stakingToken], () => flexible.connect(staker).getReward());
  expect(claimed, "what was earned").to.equal(earned);

  const { added, toOthers } = await streamedSince(savers);
  // Alone in the pool but for moments, the staker earns all of every stream but fractions of units that stay behind.
  const left = await flexible.rewardsOwed();
  expect(left, "rewards that nobody earned").to.be.lessThan(MOST_LEFT);
  expect(earned + toOthers + left, "earned, of what was streamed").to.equal(streamed + added);
  expect(toOthers * 1_000_000n, "what others got, in millionths of what was earned").to.be.at.most(earned);

  for (const { owner, pool, rewardsToken, id, principal: saved, reward } of savers.patient) {
    const together = (await rewardsToken.getAddress()) === (await stakingToken.getAddress());
    const amounts = await received(owner, [stakingToken, rewardsToken], () => pool.connect(owner).withdraw(id, owner));
    expect(amounts, `position ${id}`).to.deep.equal(together ? [saved + reward, saved + reward] : [saved, reward]);
  }
}
