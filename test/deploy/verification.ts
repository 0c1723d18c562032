import { expect } from "chai";
import { artifacts, network } from "hardhat";

import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { deployProtocol } from "../../deploy/deploy-protocol.ts";
import { deployedContracts } from "../../deploy/deployed-contracts.ts";
import { deploymentId, removeDeployment } from "../../deploy/records.ts";
import { freePort, startLocalNode } from "../../scripts/lib/local-node.ts";
import { SINGLETONS } from "../../deploy/singletons.ts";
import { creationCodeOf, VERIFIED_CONTRACTS, verificationInput } from "../../deploy/verification-input.ts";

async function creationCode(contract: keyof typeof VERIFIED_CONTRACTS): Promise<string> {
  return (await artifacts.readArtifact(`${VERIFIED_CONTRACTS[contract]}:${contract}`)).bytecode;
}

/** `npm run verification` recompiles all contracts; one that takes a second is enough to test how. */
describe("verificationInput", () => {
  it("leads to the code of the build, from the sources that the contract needs alone", async () => {
    const { contract, compiler, input } = await verificationInput("InsuranceFund");
    expect(contract).to.equal("project/contracts/InsuranceFund.sol:InsuranceFund");
    expect(compiler).to.match(/^v0\.8\.37\+commit\.[0-9a-f]{8}$/);
    expect(Object.keys(input.sources)).to.include("project/contracts/libraries/TokenTransfer.sol");
    expect(Object.keys(input.sources)).not.to.include("project/contracts/FlexiblePool.sol");
    expect(creationCodeOf(input, "InsuranceFund")).to.equal(await creationCode("InsuranceFund"));
  });

  it("leads to other code from another source", async () => {
    const { input } = await verificationInput("InsuranceFund");
    const name = "project/contracts/InsuranceFund.sol";
    const content = input.sources[name]?.content ?? "";
    const sources = { ...input.sources, [name]: { content: content.replace("2 days", "1 days") } };
    expect(content).to.include("2 days");
    expect(creationCodeOf({ ...input, sources }, "InsuranceFund")).not.to.equal(await creationCode("InsuranceFund"));
  });
});

describe("deployedContracts", () => {
  it("names every contract of a deployment with arguments that lead to what is on the chain", async () => {
    const node = await startLocalNode(await freePort());
    const connection = await network.create({ network: "localhost", override: { url: node.url } });
    const { ethers } = connection;
    const journal = await deploymentId(ethers.provider);
    try {
      expect(await deployedContracts(ethers.provider)).to.deep.equal([]);
      const protocolConfig = await loadProtocolConfig(new URL("../../deploy/config/local.json5", import.meta.url));
      const protocol = await deployProtocol(connection, protocolConfig);

      const contracts = await deployedContracts(ethers.provider);
      expect(contracts.map(({ contract }) => contract).sort()).to.deep.equal(
        ["AccessManager", "FixedTermPool", "FixedTermPool", "FlexiblePool", "InsuranceFund", "OperatorBrake"]
          .concat(["PoolFactory", "RewardDistributor"], SINGLETONS)
          .sort(),
      );
      for (const { contract, address, constructorArguments } of contracts) {
        // Deployed once more with these arguments, by another account, the code has to be the same.
        const [, other] = await ethers.getSigners();
        const data = `${await creationCode(contract)}${constructorArguments?.slice(2) ?? "missing"}`;
        const receipt = await (await other?.sendTransaction({ data }))?.wait();
        expect(await ethers.provider.getCode(address), contract).to.equal(
          await ethers.provider.getCode(receipt?.contractAddress ?? ""),
        );
      }
      expect(contracts.map(({ address }) => address)).to.include(await protocol.distributor.getAddress());
    } finally {
      await connection.close();
      await node.stop();
      await removeDeployment(journal);
    }
  });
});
