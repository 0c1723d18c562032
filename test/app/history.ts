import { FixedTermPool__factory } from "@termstake/sdk/ethers";
import type { Log } from "@termstake/sdk/logs";
import { expect } from "chai";
import { zeroPadValue } from "ethers";

import { closedBy, historyOf } from "../../app/src/chain/history.ts";
import { historyCsv } from "../../app/src/features/history/csv.ts";
import { stakedOverTime, stakedTokens } from "../../app/src/features/history/staked.ts";
import { entry, fixedPool, ONE, TSK, USDX } from "./samples.ts";

/** Newest first, as the history is. */
const ENTRIES = [
  entry({ time: 30, stakeChange: -4n }),
  entry({ time: 20, stakeChange: -1n }),
  entry({ time: 20, stakeChange: 3n, stakingToken: USDX }),
  entry({ time: 20, stakeChange: 2n }),
  entry({ time: 15, kind: "rewardPaid" }),
  entry({ time: 10, stakeChange: 5n }),
];

describe("app: what was staked over time", () => {
  it("adds up by token, once a second, up to now", () => {
    expect(stakedOverTime(ENTRIES, TSK.address, 40)).to.deep.equal([
      { time: 10, staked: 5n },
      { time: 20, staked: 6n },
      { time: 30, staked: 2n },
      { time: 40, staked: 2n },
    ]);
    expect(stakedOverTime(ENTRIES, USDX.address, 20)).to.deep.equal([{ time: 20, staked: 3n }]);
    expect(stakedOverTime([], TSK.address, 20)).to.deep.equal([]);
  });

  it("counts nothing of pools that are not listed: strangers stake there for others", () => {
    const gift = entry({ time: 35, stakeChange: 1_000n, listed: false });
    expect(stakedOverTime([gift, ...ENTRIES], TSK.address, 40)).to.deep.equal(stakedOverTime(ENTRIES, TSK.address, 40));
    expect(stakedTokens([gift])).to.deep.equal([]);
  });

  it("names the tokens in the order in which they were staked", () => {
    expect(stakedTokens(ENTRIES)).to.deep.equal([TSK, USDX]);
  });
});

describe("app: the CSV of a history", () => {
  const lines = (...entries: Parameters<typeof historyCsv>[0]) => historyCsv(entries).split("\r\n");

  it("writes every digit, and times without a locale", () => {
    const [head, row] = lines(
      entry({
        kind: "leftEarly",
        time: 1_800_000_000,
        positionId: 7n,
        principal: ONE + 1n,
        penalty: 0n,
        reward: 1_500_000n,
      }),
    );
    expect(head).to.equal(
      "\ufefftime,event,pool,position,staking_token,staking_token_address,listed,principal,penalty,rewards_token,rewards_token_address,promised,paid,block,transaction",
    );
    expect(row).to.equal(
      `2027-01-15T08:00:00.000Z,leftEarly,0x00000000000000000000000000000000000000F1,7,TSK,${TSK.address},yes,1.000000000000000001,0,USDX,${USDX.address},,1.5,1,0xabc`,
    );
  });

  it("lets no symbol become a formula, a column or a line", () => {
    const [, row] = lines(entry({ stakingToken: { ...TSK, symbol: '=HYPERLINK("x"),1' } }));
    expect(row).to.include(`,"'=HYPERLINK(""x""),1",`);
    expect(lines(entry({ stakingToken: { ...TSK, symbol: "a,b" } }))[1]).to.include(',"a,b",');
  });
});

describe("app: a position that is given away and left in one transaction", () => {
  const events = FixedTermPool__factory.createInterface();
  const [ME, MARKET] = [zeroPadValue("0xa1", 20), zeroPadValue("0xb2", 20)];
  const pool = fixedPool();
  let index = 0;
  const log = (name: "Transfer" | "Opened" | "WithdrawnEarly", values: unknown[], transaction: string): Log => {
    index += 1;
    const { topics, data } = events.encodeEventLog(name, values);
    const place = { blockNumber: index, blockHash: "0xb", logIndex: index, transactionHash: transaction } as const;
    return { address: pool.address, topics, data, ...place, blockTimestamp: index } as Log;
  };
  const opened = log("Opened", [1n, ME, 0n, 100n, 7n, 99n], "0x1");
  const left = (receiver: string) => log("WithdrawnEarly", [1n, receiver, 98n, 1n, 2n, 1n, 0n], "0x2");

  const history = (sent: readonly Log[], closings: readonly Log[]) => {
    const transfers = sent.filter(({ topics }) => topics[2] !== zeroPadValue("0x", 32));
    const fixed = { opened: [opened], closed: closedBy(sent, closings), transfers, elsewhere: [], owed: [] };
    return historyOf({ account: ME, flexible: [], fixed, times: new Map([["0xb", 1]]) }, [pool]);
  };

  it("was opened and sent by its first owner, who has 0 staked", () => {
    const sent = [log("Transfer", [ME, MARKET, 1n], "0x2")];
    const entries = history(sent, [left(MARKET)]);
    expect(entries.map(({ kind }) => kind)).to.deep.equal(["sent", "opened"]);
    expect(entries.reduce((sum, { stakeChange }) => sum + stakeChange, 0n)).to.equal(0n);
    expect(stakedOverTime(entries, TSK.address, 1).at(-1)?.staked).to.equal(0n);
  });

  it("was left early by the one who burned it", () => {
    const sent = [log("Transfer", [ME, zeroPadValue("0x", 20), 1n], "0x2")];
    const entries = history(sent, [left(ME)]);
    expect(entries.map(({ kind, promised, reward }) => [kind, promised, reward])).to.deep.equal([
      ["leftEarly", undefined, 1n],
      ["opened", 7n, undefined], // promised, which is not paid
    ]);
  });
});
