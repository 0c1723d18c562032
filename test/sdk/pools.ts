// Whichever library decodes what the lens tells, a pool is the same plain data.
import { stakingLensAbi } from "@termstake/sdk/abi";
import { StakingLens__factory } from "@termstake/sdk/ethers";
import { toPool } from "@termstake/sdk/pools";
import { expect } from "chai";
import { network } from "hardhat";
import { decodeFunctionResult, type Hex } from "viem";

import { deployLocalProtocol } from "../helpers/local-protocol.ts";

const connection = await network.create();

describe("sdk: pools", () => {
  it("are the same for ethers and for viem, whole numbers and all", async () => {
    const { lens, factory, flexiblePools, fixedTermPools } = (await deployLocalProtocol(connection)).protocol;
    const data = lens.interface.encodeFunctionData("pools", [await factory.getAddress(), 0n, 16n]);
    const answer = await connection.ethers.provider.call({ to: await lens.getAddress(), data });

    const [byEthers] = StakingLens__factory.createInterface().decodeFunctionResult("pools", answer);
    const byViem = decodeFunctionResult({ abi: stakingLensAbi, functionName: "pools", data: answer as Hex });
    const pools = byViem.map(toPool);
    expect([...(byEthers as Parameters<typeof toPool>[0][])].map(toPool)).to.deep.equal(pools);

    const addresses = Object.values({ ...flexiblePools, ...fixedTermPools }).map(async (pool) => pool.getAddress());
    expect(pools.map(({ address }) => address)).to.have.members(await Promise.all(addresses));
    expect(new Set(pools.map(({ kind }) => kind))).to.deep.equal(new Set(["flexible", "fixed"]));
    const [fixed] = pools.filter((pool) => pool.kind === "fixed");
    expect(fixed?.terms.map(({ duration }) => typeof duration)).to.deep.equal(fixed?.terms.map(() => "bigint"));
    expect(fixed?.termCount).to.equal(fixed?.terms.length);
  });
});
