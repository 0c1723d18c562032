import { expect } from "chai";
import { dataLength } from "ethers";
import { artifacts, network } from "hardhat";

import { deployFactory } from "./helpers/factory.ts";

const { ethers } = await network.create();

/** Most bytes of a contract's code: EIP-170. */
const CODE_LIMIT = 24_576;

/** Most bytes of creation code with arguments: EIP-3860. */
const INIT_CODE_LIMIT = 49_152;

/** Most gas of one transaction: EIP-7825. */
const TRANSACTION_GAS_LIMIT = 2n ** 24n;

/** Everything under contracts/, mocks apart, that has code: a new contract needs no entry here to be held. */
async function deployableNames(): Promise<string[]> {
  const names: string[] = [];
  for (const qualifiedName of await artifacts.getAllFullyQualifiedNames()) {
    if (!qualifiedName.startsWith("contracts/") || qualifiedName.startsWith("contracts/mocks/")) continue;
    if (dataLength((await artifacts.readArtifact(qualifiedName)).bytecode) !== 0) names.push(qualifiedName);
  }
  return names;
}

/** Constructor arguments by contract; one that takes some and has none here cannot be deployed, and fails. */
async function constructorArguments(): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const { access, actors, fixedTerm, fixedTermDeployer, flexible, flexibleDeployer } = await deployFactory(ethers);
  return new Map<string, readonly unknown[]>([
    ["FixedTermPool", [fixedTerm]],
    ["FlexiblePool", [flexible]],
    ["InsuranceFund", [access, 3n * 86_400n]],
    ["OperatorBrake", [access, 1n, 86_400n]],
    ["PoolFactory", [access, flexibleDeployer, fixedTermDeployer]],
    ["RewardDistributor", [access, actors.alice, actors.bob, 5_000n]],
  ]);
}

describe("limits of the chain", () => {
  it("leave room for every contract's code, its creation code and its deployment", async () => {
    const known = await constructorArguments();
    const deployed: string[] = [];
    for (const qualifiedName of await deployableNames()) {
      const name = qualifiedName.slice(qualifiedName.lastIndexOf(":") + 1);
      const factory = await ethers.getContractFactory(qualifiedName);
      const creation = await factory.getDeployTransaction(...(known.get(name) ?? []));
      expect(dataLength(creation.data), `${name}: creation code`).to.be.within(1, INIT_CODE_LIMIT);

      const contract = await factory.deploy(...(known.get(name) ?? []));
      const receipt = await contract.deploymentTransaction()?.wait();
      if (!receipt) throw new Error(`${name} was not deployed`);
      expect(receipt.gasUsed, `${name}: gas`).to.be.at.most(TRANSACTION_GAS_LIMIT);
      const code = await ethers.provider.getCode(contract);
      expect(dataLength(code), `${name}: code`).to.be.within(1, CODE_LIMIT);
      deployed.push(name);
    }
    expect(deployed).to.include.members([...known.keys()]);
  });
});
