import { expect } from "chai";
import { network } from "hardhat";

import {
  buildInsuranceRound,
  formatInsuranceRound,
  parseInsuranceRound,
  type Compensation,
} from "../../shared/insurance-round.ts";
import { MAX_UINT128, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { claim, CLAIM_DELAY, deployInsuranceFund, publish, roundOf } from "../helpers/insurance.ts";

const { ethers, networkHelpers } = await network.create();
const { time } = networkHelpers;

const deployed = () => deployInsuranceFund(ethers);

const FUND = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const TOKEN = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const ALICE = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const BOB = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const POOL = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
const binding = { chainId: 1n, fund: FUND, round: 0n, token: TOKEN };

/** `count` accounts that nobody has, each with an amount of its own. */
function many(count: number): Compensation[] {
  return Array.from({ length: count }, (_, place) => ({
    account: `0xa${(place + 1).toString(16).padStart(39, "0")}`,
    amount: BigInt(place) + 1n,
  }));
}

describe("insurance round", () => {
  describe("buildInsuranceRound", () => {
    it("hashes each leaf as the contract does", async () => {
      const { fund, round } = await networkHelpers.loadFixture(deployed);
      const alone = { ...round, claims: round.claims.slice(0, 1) };
      const single = buildInsuranceRound(alone, alone.claims);
      await publish(await networkHelpers.loadFixture(deployed), single);
      const [only] = single.claims;
      if (!only) throw new Error("The round is empty");
      expect(only.proof).to.deep.equal([]);
      expect(await fund.leaf(0n, only.index, only.account, only.amount)).to.equal(single.root);
    });

    for (const count of [1, 2, 3, 300]) {
      it(`makes ${count} claims that the contract pays to the unit`, async () => {
        const fixture = await networkHelpers.loadFixture(deployed);
        const { fund, token } = fixture;
        const round = await roundOf({ ethers, fund, token }, 0n, many(count));
        await token.mint(fund, round.total);
        await publish(fixture, round);
        await time.increase(CLAIM_DELAY);
        // The bitmap's words meet at 255 and 256.
        const places = count === 300 ? [0, 1, 127, 254, 255, 256, 257, 299] : round.claims.keys();
        for (const place of places) {
          await claim(fund, round, place);
          expect(await token.balanceOf(round.claims[place]?.account ?? "")).to.equal(BigInt(place) + 1n);
        }
        expect(await fund.isClaimed(0n, 258n)).to.equal(false);
        if (count < 300) expect(await fund.reserved(token)).to.equal(0n);
      });
    }

    it("adds the amounts up and numbers the claims by their place", () => {
      const { total, claims } = buildInsuranceRound(binding, many(10));
      expect(total).to.equal(55n);
      expect(claims.map(({ index }) => index)).to.deep.equal([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
    });

    it("gives another root for another chain, fund, round, token, order, account or amount", () => {
      const list = [
        { account: ALICE, amount: 1n },
        { account: BOB, amount: 2n },
      ];
      const roots = [
        buildInsuranceRound(binding, list),
        buildInsuranceRound({ ...binding, chainId: 2n }, list),
        buildInsuranceRound({ ...binding, fund: POOL }, list),
        buildInsuranceRound({ ...binding, round: 1n }, list),
        buildInsuranceRound({ ...binding, token: POOL }, list),
        buildInsuranceRound(binding, list.toReversed()),
        buildInsuranceRound(binding, [list[0] ?? { account: ALICE, amount: 1n }, { account: POOL, amount: 2n }]),
        buildInsuranceRound(binding, [list[0] ?? { account: ALICE, amount: 1n }, { account: BOB, amount: 3n }]),
      ].map(({ root }) => root);
      expect(new Set(roots).size).to.equal(roots.length);
    });

    it("writes addresses with their checksum, whichever case they come in", () => {
      const lower = buildInsuranceRound(binding, [{ account: ALICE.toLowerCase(), amount: 1n }]);
      expect(lower).to.deep.equal(buildInsuranceRound(binding, [{ account: ALICE, amount: 1n }]));
      expect(lower.claims[0]?.account).to.equal(ALICE);
    });

    for (const [fault, list, message] of [
      ["an empty list", [], "A round needs at least one claim"],
      ["an amount of zero", [{ account: ALICE, amount: 0n }], "Claim 0: the amount 0 is not above zero"],
      ["a negative amount", [{ account: ALICE, amount: -1n }], "Claim 0: the amount -1 is not above zero"],
      [
        "an account that stands twice",
        [
          { account: ALICE, amount: 1n },
          { account: ALICE.toLowerCase(), amount: 2n },
        ],
        `Claim 1: ${ALICE} stands twice`,
      ],
      [
        "a wrong checksum",
        [{ account: ALICE.replace("C4", "c4"), amount: 1n }],
        `Claim 0: the account "${ALICE.replace("C4", "c4")}" is no address, or its checksum is wrong`,
      ],
      [
        "an address without its prefix",
        [{ account: ALICE.slice(2), amount: 1n }],
        `Claim 0: the account "${ALICE.slice(2)}" is no address, or its checksum is wrong`,
      ],
      ["the fund", [{ account: FUND, amount: 1n }], `Claim 0: ${FUND} is the insurance fund`],
      ["the token", [{ account: TOKEN.toLowerCase(), amount: 1n }], `Claim 0: ${TOKEN} is the round's token`],
      ["a contract of the protocol", [{ account: POOL, amount: 1n }], `Claim 0: ${POOL} is the pool Flexible`],
      ["the zero address", [{ account: ZERO_ADDRESS, amount: 1n }], "Claim 0: the account is the zero address"],
      [
        "a total that does not fit",
        [
          { account: ALICE, amount: MAX_UINT128 },
          { account: BOB, amount: 1n },
        ],
        `The total of ${2n ** 128n} is above 2^128 - 1`,
      ],
    ] as const) {
      it(`refuses ${fault}`, () => {
        const contracts = new Map([[POOL.toLowerCase(), "the pool Flexible"]]);
        expect(() => buildInsuranceRound(binding, list, contracts)).to.throw(message);
      });
    }

    it("refuses a fund or a token that is no address", () => {
      const list = [{ account: ALICE, amount: 1n }];
      expect(() => buildInsuranceRound({ ...binding, fund: "fund" }, list)).to.throw('The fund "fund" is no address');
      expect(() => buildInsuranceRound({ ...binding, token: ZERO_ADDRESS }, list)).to.throw(
        "The token is the zero address",
      );
    });

    it("accepts the largest total", () => {
      expect(buildInsuranceRound(binding, [{ account: ALICE, amount: MAX_UINT128 }]).total).to.equal(MAX_UINT128);
    });
  });

  describe("the published file", () => {
    const round = buildInsuranceRound(binding, many(5));

    it("is plain JSON and reads back as it was", () => {
      const text = formatInsuranceRound(round);
      expect(JSON.parse(text)).to.have.property("total", "15");
      expect(parseInsuranceRound(text)).to.deep.equal(round);
    });

    for (const [fault, altered] of [
      ["root", { ...round, root: `0x${"00".repeat(32)}` }],
      ["total", { ...round, total: 16n }],
      ["round", { ...round, round: 1n }],
      ["claims", { ...round, claims: round.claims.slice(1) }],
      ["claims", { ...round, claims: round.claims.map((entry) => ({ ...entry, amount: entry.amount + 1n })) }],
      ["claims", { ...round, claims: round.claims.map((entry) => ({ ...entry, proof: [] })) }],
      ["claims", { ...round, claims: round.claims.map((entry) => ({ ...entry, index: entry.index + 1n })) }],
    ] as const) {
      it(`is refused when its ${fault} were altered`, () => {
        expect(() => parseInsuranceRound(formatInsuranceRound(altered))).to.throw("do not follow from the claims");
      });
    }

    it("is refused when it is something else", () => {
      expect(() => parseInsuranceRound("{")).to.throw("Not a round of compensation: no JSON");
      expect(() => parseInsuranceRound("{}")).to.throw("Not a round of compensation:");
      expect(() => parseInsuranceRound(formatInsuranceRound(round).replace('"15"', "15"))).to.throw("total");
    });
  });
});
