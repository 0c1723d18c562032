import { expect } from "chai";
import { network } from "hardhat";

import { localUrl, freePort } from "../../scripts/lib/local-node.ts";
import { IPoolFactory__factory, StakingLens__factory } from "../../types/index.ts";
import { runScript, type RunningScript } from "../helpers/script.ts";

/** What `npm start` prints last before it waits for Ctrl-C. */
const READY = "Ctrl-C ends the node";

/** The address that a printed table gives to a contract. */
function printedAddress(script: RunningScript, contract: string): string {
  const [, address] = new RegExp(`│ ${contract} +│ (0x[0-9a-fA-F]{40}) │`).exec(script.output()) ?? [];
  if (address === undefined) throw new Error(`No address of ${contract} in:\n${script.output()}`);
  return address;
}

async function answers(url: string): Promise<boolean> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  const request = { method: "POST", headers: { "content-type": "application/json" }, body };
  return fetch(url, request).then(
    (response) => response.ok,
    () => false,
  );
}

describe("npm start", () => {
  it("serves funded pools, refuses a taken port, and ends its node when it is interrupted", async () => {
    const port = await freePort();
    const url = localUrl(port);
    const script = runScript("start", "localhost", port);
    try {
      await script.printed(READY);
      expect(script.output()).to.match(/The protocol is on \S+ \(chain id 31337\), \d+ s after the start/);

      const connection = await network.create({ network: "localhost", override: { url } });
      const lens = StakingLens__factory.connect(printedAddress(script, "StakingLens"), connection.ethers.provider);
      const factory = IPoolFactory__factory.connect(printedAddress(script, "PoolFactory"), connection.ethers.provider);
      const pools = await lens.pools(factory, 0, 10);
      expect(pools.map(({ info }) => info.pool)).to.deep.equal(
        ["Flexible", "Fixed", "FixedForDollars"].map((name) => printedAddress(script, name)),
      );
      expect(pools[0]?.flexible.periodReward).to.be.greaterThan(0n);
      expect(pools[1]?.fixedTerm.availableBudget).to.be.greaterThan(0n);
      expect(pools[2]?.fixedTerm.availableBudget).to.be.greaterThan(0n);
      await connection.close();

      const second = runScript("start", "localhost", port);
      expect(await second.exitCode).to.equal(1);
      expect(second.output()).to.include(`Port ${port} of 127.0.0.1 is taken`);

      const staker = runScript("try", "localhost", port);
      expect(await staker.exitCode, staker.output()).to.equal(0);
      expect(staker.output()).to.include("Left the position early");
      expect(await answers(url)).to.equal(true);
    } finally {
      script.signal("SIGINT");
    }
    expect(await script.exitCode).to.equal(0);
    expect(await answers(url)).to.equal(false);
  });
});
