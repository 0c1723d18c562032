import { expect } from "chai";
import type { Interface } from "ethers";

import {
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  RewardDistributor__factory,
} from "../../types/index.js";
import { type Addresses } from "../helpers/model/protocol.ts";
import { fixedViews, positionViews, termViews } from "../helpers/model/views/fixed.ts";
import { flexibleViews } from "../helpers/model/views/flexible.ts";
import { distributorViews, fundViews, roundViews, scheduleViews } from "../helpers/model/views/money.ts";
import type { View } from "../helpers/model/views/view.ts";

/** What no history can change, or what has a test of its own. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  // OpenZeppelin's, and the same in every contract.
  all: ["authority", "isConsumingScheduledOp"],
  FlexiblePool: [],
  // Names of the ERC-721; the picture and its text are test/position-renderer's.
  FixedTermPool: ["name", "symbol", "supportsInterface", "tokenURI"],
  RewardDistributor: [],
  // The hash of a claim: a wrong one would refuse every claim that a history makes.
  InsuranceFund: ["leaf"],
};

const somewhere = (digit: number): string => `0x${String(digit).repeat(40)}`;
const addresses: Addresses = {
  actors: [somewhere(1), somewhere(2)],
  governor: somewhere(3),
  treasury: somewhere(4),
  renderer: somewhere(5),
  tokens: { stake: somewhere(6), reward: somewhere(7), coin: somewhere(8) },
  flexible: { two: somewhere(9), one: somewhere(9) },
  fixed: { two: somewhere(9), one: somewhere(9) },
  distributor: somewhere(9),
  fund: somewhere(9),
};

const COMPARED: [contract: string, abi: Interface, views: readonly View[]][] = [
  ["FlexiblePool", FlexiblePool__factory.createInterface(), flexibleViews(addresses, "two")],
  [
    "FixedTermPool",
    FixedTermPool__factory.createInterface(),
    [...fixedViews(addresses, "two"), ...termViews(addresses, "two", 0), ...positionViews(addresses, "two", 1n, 1n)],
  ],
  [
    "RewardDistributor",
    RewardDistributor__factory.createInterface(),
    [...distributorViews(addresses), ...scheduleViews(addresses, 0n, addresses.tokens.reward)],
  ],
  [
    "InsuranceFund",
    InsuranceFund__factory.createInterface(),
    [...fundViews(addresses), ...roundViews(addresses, 0, 1, `0x${"00".repeat(32)}`)],
  ],
];

describe("What histories compare", () => {
  for (const [contract, abi, views] of COMPARED) {
    it(`is every view of ${contract}`, () => {
      const compared = new Set(views.map(({ label }) => /\.(\w+)\(/.exec(label)?.[1]));
      const elsewhere = [...(ELSEWHERE["all"] ?? []), ...(ELSEWHERE[contract] ?? [])];
      const left: string[] = [];
      abi.forEachFunction(({ name, constant }) => {
        if (constant && !compared.has(name) && !elsewhere.includes(name)) left.push(name);
      });
      expect(left).to.deep.equal([]);
      expect(compared.size).to.be.greaterThan(4);
    });
  }
});
