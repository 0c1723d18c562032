import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";
import hre, { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { addressesOf, singletons, type Deployment } from "../../packages/sdk/src/addresses.ts";
import { addressesSource } from "../../tools/sdk/addresses.ts";
import { readDeployment, readDeployments } from "../../tools/sdk/deployments.ts";
import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { lookUp } from "../../deploy/config/protocol-config.ts";
import { deployProtocol, type Protocol } from "../../deploy/deploy-protocol.ts";
import { deploymentId, removeDeployment } from "../../deploy/records.ts";
import { freePort, startLocalNode, type LocalNode } from "../../scripts/lib/local-node.ts";
import { singletonAddress, SINGLETONS } from "../../deploy/singletons.ts";
import { UserError } from "../../shared/user-error.ts";

/** Ignition keeps journals of chains that outlive it, so that this needs a node of its own. */
describe("sdk: addresses", function () {
  let node: LocalNode;
  let connection: NetworkConnection;
  let protocol: Protocol;
  let journal = "";
  let folder = "";

  before(async function () {
    node = await startLocalNode(await freePort());
    connection = await network.create({ network: "localhost", override: { url: node.url } });
    const protocolConfig = await loadProtocolConfig(new URL("../../deploy/config/local.json5", import.meta.url));
    protocol = await deployProtocol(connection, protocolConfig);
    const id = await deploymentId(connection.ethers.provider);
    journal = path.join(hre.config.paths.ignition, "deployments", id);
    folder = await mkdtemp(path.join(tmpdir(), "sdk-"));
  });

  after(async function () {
    await removeDeployment(path.basename(journal));
    await rm(folder, { recursive: true });
    await connection.close();
    await node.stop();
  });

  it("are those that were deployed, each with the first block that has its code", async function () {
    const { contracts, pools, chainId } = await readDeployment(journal);
    expect(chainId).to.equal(31_337);
    expect(contracts.PoolFactory.address).to.equal(await protocol.factory.getAddress());
    expect(contracts.AccessManager.address).to.equal(await protocol.access.getAddress());
    expect(contracts.InsuranceFund.address).to.equal(await protocol.insuranceFund.getAddress());
    expect(contracts.RewardDistributor.address).to.equal(await protocol.distributor.getAddress());
    expect(Object.entries(pools).map(([name, { kind, address }]) => [name, kind, address])).to.deep.equal([
      ["Flexible", "FlexiblePool", await lookUp(protocol.flexiblePools, "Flexible").getAddress()],
      ["Fixed", "FixedTermPool", await lookUp(protocol.fixedTermPools, "Fixed").getAddress()],
      ["FixedForDollars", "FixedTermPool", await lookUp(protocol.fixedTermPools, "FixedForDollars").getAddress()],
    ]);
    const { provider } = connection.ethers;
    for (const { address, block } of [...Object.values(contracts), ...Object.values(pools)]) {
      expect(await provider.getCode(address, block)).not.to.equal("0x");
      expect(await provider.getCode(address, block - 1)).to.equal("0x");
    }
  });

  it("are written as a module that says the same", async function () {
    const published = await readDeployment(journal);
    const file = path.join(folder, "addresses.ts");
    await writeFile(file, addressesSource([{ ...published, chainId: 5 }]));
    const loaded: unknown = await import(pathToFileURL(file).href);
    // It was written to have this type; the test looks at every value of it.
    const deployment = (loaded as { DEPLOYMENTS: Record<number, Deployment> }).DEPLOYMENTS[5];
    if (deployment === undefined) throw new Error("The module has no chain 5");
    const { contracts, pools } = published;
    const block = Math.min(...Object.values(contracts).map((contract) => contract.block));
    expect(deployment).to.deep.equal({ block, contracts, pools });
    expect(addressesOf(deployment)).to.deep.equal({
      ...singletons,
      ...Object.fromEntries(Object.entries(contracts).map(([name, { address }]) => [name, address])),
    });
  });

  it("leave local chains out, and name what an unfinished deployment lacks", async function () {
    const deployments = path.join(folder, "deployments");
    await mkdir(deployments);
    await cp(journal, path.join(deployments, path.basename(journal)), { recursive: true });
    await cp(journal, path.join(deployments, "chain-31337"), { recursive: true });
    expect(await readDeployments(deployments)).to.deep.equal([]);
    expect(await readDeployments(path.join(folder, "missing"))).to.deep.equal([]);

    const unfinished = path.join(deployments, "chain-6");
    await cp(journal, unfinished, { recursive: true });
    expect((await readDeployments(deployments)).length).to.equal(1);
    const lines = (await readFile(path.join(unfinished, "journal.jsonl"), "utf8")).split("\n");
    const cut = lines.findIndex((line) => line.includes('"futureId":"Factory#PoolFactory"'));
    await writeFile(path.join(unfinished, "journal.jsonl"), lines.slice(0, cut).join("\n"));
    const error: unknown = await readDeployments(deployments).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UserError);
    expect(String(error)).to.match(/chain-6 has no \w+: finish the deployment with `npm run deploy` first/);
  });

  it("of singletons follow from their code, and are where a deployment puts them", async function () {
    expect(Object.keys(singletons).sort()).to.deep.equal([...SINGLETONS].sort());
    for (const name of SINGLETONS) {
      expect(singletons[name]).to.equal(singletonAddress(name));
      expect(await connection.ethers.provider.getCode(singletons[name])).not.to.equal("0x");
    }
  });
});
