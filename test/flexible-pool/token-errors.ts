import { expect } from "chai";
import { concat, toBeHex, zeroPadValue } from "ethers";
import { network } from "hardhat";

import { announce, deployFlexiblePool, ONE, type FlexiblePoolFixture } from "../helpers/fixtures.ts";
import { answer, Behaviour, turnHostile, type Script } from "../helpers/scripted.ts";
import type { ScriptedContract } from "../../types/index.js";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const BALANCE_OF = "balanceOf(address)";
const TRANSFER = "transfer(address,uint256)";
const TRANSFER_FROM = "transferFrom(address,address,uint256)";
/** A selector of nobody's error, and the longest error that is passed on. */
const SELECTOR = "0xdeadbeef";
const LONGEST = 4 + 32 * 32;

type Fixture = FlexiblePoolFixture & { token: ScriptedContract };

/** A pool with a stake of alice's, whose staking token agrees to everything and moves nothing until it is told otherwise. */
async function scripted(): Promise<Fixture> {
  const fixture = await deployFlexiblePool(ethers);
  const { actors, pool, stakingToken } = fixture;
  await pool.connect(actors.alice).stake(ONE);
  const token = await turnHostile(connection, stakingToken);
  await answer(token, BALANCE_OF, { behaviour: Behaviour.return, data: word(ONE) });
  for (const moving of [TRANSFER, TRANSFER_FROM])
    await answer(token, moving, { behaviour: Behaviour.return, data: word(1n) });
  return { ...fixture, token };
}

function word(value: bigint): string {
  return zeroPadValue(toBeHex(value), 32);
}

/** What a call reverted with, whole. */
async function revertData(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && "data" in error) return error.data;
    throw error;
  }
  throw new Error("It did not revert");
}

/** The calls that move or read tokens, by what of a token they call. */
const CALLS: Record<string, (fixture: Fixture) => Promise<unknown>> = {
  [TRANSFER]: async ({ pool, actors }) => pool.connect(actors.alice).withdraw.staticCall(ONE),
  [TRANSFER_FROM]: async ({ pool, actors }) => pool.connect(actors.alice).stake.staticCall(ONE),
  [BALANCE_OF]: async ({ pool, actors }) => pool.connect(actors.alice).stake.staticCall(ONE),
};

describe("FlexiblePool", () => {
  describe("given a token that answers", () => {
    for (const [called, call] of Object.entries(CALLS)) {
      const fails = async (script: Script): Promise<{ fixture: Fixture; data: unknown }> => {
        const fixture = await networkHelpers.loadFixture(scripted);
        await answer(fixture.token, called, script);
        return { fixture, data: await revertData(call(fixture)) };
      };
      const passesOn = (name: string, data: string) => {
        it(`passes on ${name} of ${called}`, async () => {
          const failure = await fails({ behaviour: Behaviour.revert, data });
          expect(failure.data).to.equal(data);
        });
      };
      const names = (name: string, script: Script) => {
        it(`names the token for ${name} of ${called}`, async () => {
          const { fixture, data } = await fails(script);
          const expected = fixture.pool.interface.encodeErrorResult("SafeERC20FailedOperation", [
            await fixture.token.getAddress(),
          ]);
          expect(data).to.equal(expected);
        });
      };

      passesOn("an error without values", SELECTOR);
      passesOn("an error with a value", concat([SELECTOR, word(7n)]));
      passesOn("the longest error", concat([SELECTOR, new Uint8Array(LONGEST - 4)]));
      names("a longer error", { behaviour: Behaviour.revert, data: SELECTOR, size: LONGEST + 32 });
      names("a revert without a reason", { behaviour: Behaviour.revert });
      names("a revert with less than a selector", { behaviour: Behaviour.revert, data: "0xdeadbe" });
      names("a revert with words alone", { behaviour: Behaviour.revert, data: word(0n) });
      names("all gas burned in a call", { behaviour: Behaviour.burnGas });
      if (called === BALANCE_OF) {
        names("an answer of nothing", { behaviour: Behaviour.return });
        names("an answer of less than a word", { behaviour: Behaviour.return, size: 31 });
      } else {
        names("false", { behaviour: Behaviour.return, data: word(0n) });
      }
    }

    it("reads a balance from the first word of a longer answer", async () => {
      const fixture = await networkHelpers.loadFixture(scripted);
      const { actors, pool, token } = fixture;
      await answer(token, BALANCE_OF, { behaviour: Behaviour.return, data: concat([word(ONE + 5n), word(9n)]) });
      const rescue = pool.interface.encodeFunctionData("rescue", [
        await token.getAddress(),
        actors.governor.address,
        6n,
      ]);
      await announce(connection, fixture.access, actors.governor, await pool.getAddress(), rescue);
      await expect(pool.connect(actors.governor).rescue(token, actors.governor, 6n))
        .to.be.revertedWithCustomError(pool, "PoolRescueExceedsSurplus")
        .withArgs(token, 6n, 5n);
    });
  });
});
