import { expect } from "chai";
import { network } from "hardhat";

import { claim, CLAIM_DELAY, CLAIM_WINDOW, deployInsuranceFund, publish, roundOf } from "../helpers/insurance.ts";
import { TokenReport } from "../helpers/token-report.ts";
import { MOST_GAS, tryToken, type EntryPoint, type Trial } from "../helpers/token-trial.ts";
import { TOKEN_ZOO, type ZooToken } from "../helpers/token-zoo.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** Round 0 has expired, round 1 is open, round 2 can be cancelled; each pays alice 100 units, bob 250 and carol 650. */
async function prepare(zoo: ZooToken): Promise<Trial> {
  const token = await zoo.deploy(connection);
  const fixture = await deployInsuranceFund(ethers, { token });
  const { actors, compensations, fund } = fixture;
  await token.mint(fund, 3_500n);
  const built = async (round: bigint) => roundOf({ ethers, fund, token }, round, compensations);
  await publish(fixture, fixture.round);
  await networkHelpers.time.increase(CLAIM_WINDOW);
  const open = await built(1n);
  await publish(fixture, open);
  await networkHelpers.time.increase(CLAIM_DELAY);
  await publish(fixture, await built(2n));
  const next = await built(3n);

  const [, second] = open.claims;
  if (!second) throw new Error("The round has one claim only");
  const { index, account, amount, proof } = second;
  const guardian = fund.connect(actors.guardian);
  const entryPoints: Record<string, EntryPoint> = {
    publishRound: { call: () => publish(fixture, next), takesSurplus: true },
    cancelRound: { call: () => guardian.cancelRound(2n) },
    claim: { call: () => claim(fund, open, 0, MOST_GAS) },
    closeRound: { call: () => fund.closeRound(0n) },
    available: { call: () => fund.available(token) },
  };
  const leave = async () => {
    for (const [place, { amount }] of compensations.entries()) {
      const held = await token.balanceOf(fund);
      await claim(fund, open, place);
      expect(held - (await token.balanceOf(fund))).to.equal(amount);
    }
    await fund.closeRound(0n);
    await guardian.cancelRound(2n);
    expect(await fund.reserved(token)).to.equal(0n);
  };
  return {
    token,
    victim: {
      pool: await fund.getAddress(),
      staker: open.claims[0]?.account ?? "",
      reentry: fund.interface.encodeFunctionData("claim", [1n, index, account, amount, [...proof]]),
    },
    entryPoints,
    never: ["cancelRound", "closeRound"],
    surpluses: async () => {
      const reserved = await fund.reserved(token);
      return [
        await token.balanceOf(fund).then(
          (balance) => balance - reserved,
          () => undefined,
        ),
      ];
    },
    leave,
  };
}

describe("InsuranceFund", () => {
  const report = new TokenReport("InsuranceFund");
  for (const zoo of TOKEN_ZOO) {
    it(`pays, or says why not and loses nothing, with a token: ${zoo.name}`, async () => {
      await report.record(zoo.name, new Map([["cover", await tryToken(connection, zoo, await prepare(zoo))]]));
    });
  }

  it("fares with each as docs/TOKENS.md says", async () => {
    await report.conclude(TOKEN_ZOO.map(({ name }) => name));
  });
});
