// What only reads tokens: the factory that makes pools of them, the lens and the renderer that show them.
import { DOMParser } from "@xmldom/xmldom";
import { expect } from "chai";
import { encodeBytes32String } from "ethers";
import { network } from "hardhat";
import { z } from "zod";

import { MONTH_ID } from "../helpers/fixed-term.ts";
import { createFixedTermPool, createFlexiblePool, deployFactory } from "../helpers/factory.ts";
import { giveStake, MAX_UINT256, ONE } from "../helpers/fixtures.ts";
import { TokenReport } from "../helpers/token-report.ts";
import { tryToken, type EntryPoint, type Trial } from "../helpers/token-trial.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers } = connection;

const STAKE = 1_000n * ONE;
const uri = z.object({ name: z.string(), image: z.string() });

function decoded(dataUri: string, type: string): string {
  const prefix = `data:${type};base64,`;
  expect(dataUri.startsWith(prefix)).to.equal(true);
  return Buffer.from(dataUri.slice(prefix.length), "base64").toString();
}

/** One pool of each kind with the token, one of each with plain tokens beside them. */
async function prepare(zoo: ZooToken): Promise<Trial> {
  const token = await zoo.deploy(connection);
  const fixture = await deployFactory(ethers);
  const { actors, factory } = fixture;
  const { alice, funder } = actors;
  const both = { stakingToken: await token.getAddress(), rewardsToken: await token.getAddress() };
  const flexibleConfig = { ...fixture.flexible, ...both };
  const fixedTermConfig = { ...fixture.fixedTerm, ...both, conversion: ONE };
  const flexible = await createFlexiblePool(ethers, factory, alice, flexibleConfig);
  const fixedTerm = await createFixedTermPool(ethers, factory, alice, fixedTermConfig);
  await createFlexiblePool(ethers, factory, alice, fixture.flexible);
  for (const pool of [flexible, fixedTerm]) await giveStake(actors, token, pool);
  await token.mint(funder, STAKE);
  await token.connect(funder).approve(fixedTerm, MAX_UINT256);
  await fixedTerm.connect(funder).fund(STAKE);
  await flexible.stake(STAKE);
  await fixedTerm.open(MONTH_ID, STAKE, alice, 0n);
  const lens = await ethers.deployContract("StakingLens");

  const salt = encodeBytes32String("another");
  const shown = (failed: boolean[]) => {
    expect(failed).to.not.be.empty;
    expect(failed).to.not.include(true);
  };
  const entryPoints: Record<string, EntryPoint> = {
    createFlexiblePool: { call: () => factory.connect(alice).createFlexiblePool(flexibleConfig, salt) },
    createFixedTermPool: { call: () => factory.connect(alice).createFixedTermPool(fixedTermConfig, salt) },
    pools: {
      call: async () => {
        shown((await lens.pools(factory, 0n, 9n)).map(({ failed }) => failed));
      },
    },
    pool: {
      call: async () => {
        shown([(await lens.pool(factory, fixedTerm)).failed]);
      },
    },
    stakes: {
      call: async () => {
        shown((await lens.stakes([flexible], alice)).map(({ failed }) => failed));
      },
    },
    positions: {
      call: async () => {
        shown((await lens.positions(fixedTerm, [1n])).map(({ exists }) => !exists));
      },
    },
    positionsInRange: {
      call: async () => {
        const { page } = await lens.positionsInRange(fixedTerm, 0n, 9n, alice);
        shown(page.map(({ exists }) => !exists));
      },
    },
    tokenURI: {
      call: async () => {
        const { name, image } = uri.parse(JSON.parse(decoded(await fixedTerm.tokenURI(1n), "application/json")));
        expect(name.startsWith("Position #1: ")).to.equal(true);
        const onError = (level: string, message: string): void => {
          throw new Error(`${level}: ${message}`);
        };
        new DOMParser({ onError }).parseFromString(decoded(image, "image/svg+xml"), "image/svg+xml");
      },
    },
  };
  return {
    token,
    victim: {
      pool: await flexible.getAddress(),
      staker: alice.address,
      reentry: flexible.interface.encodeFunctionData("getReward"),
    },
    entryPoints,
    never: ["pools", "pool", "stakes", "positions", "positionsInRange", "tokenURI"],
    surpluses: () => Promise.resolve([]),
    leave: () => Promise.resolve(),
  };
}

describe("PoolFactory, StakingLens and PositionRenderer", () => {
  const report = new TokenReport("PoolFactory, StakingLens, PositionRenderer");
  for (const zoo of TOKEN_ZOO) {
    it(`create and show, or say why not, with a token: ${zoo.name}`, async () => {
      await report.record(
        zoo.name,
        new Map([["stake and reward", await tryToken(connection, zoo, await prepare(zoo))]]),
      );
    });
  }

  it("fare with each as docs/TOKENS.md says", async () => {
    await report.conclude(TOKEN_ZOO.map(({ name }) => name));
  });
});
