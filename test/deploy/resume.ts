import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { loadCatalogue } from "../../scripts/lib/catalogue.ts";
import { deployProtocol, type Protocol } from "../../scripts/lib/deploy-protocol.ts";
import { deployedAddress, deploymentId, removeDeployment } from "../../scripts/lib/deployment-files.ts";
import { freePort, startLocalNode, type LocalNode } from "../../scripts/lib/local-node.ts";
import { governedContracts, RESTRICTED_FUNCTIONS } from "../../scripts/lib/roles.ts";
import { runScript } from "../helpers/script.ts";

/** A block in the middle of a deployment: pools are being created, and no role is given yet. */
const HALF_WAY = 16;

/** Starts the deployment on a node and kills it half-way, with a transaction sent and not mined. */
async function deployHalf(node: LocalNode, { ethers }: NetworkConnection): Promise<void> {
  const { provider } = ethers;
  const script = runScript("deploy", "localhost", node.port);
  while ((await provider.getBlockNumber()) < HALF_WAY) await Promise.race([sleep(5), failIfEnded(script.exitCode)]);
  await provider.send("evm_setAutomine", [false]);
  const [deployer] = await ethers.getSigners();
  const sent = async (tag: string) => provider.getTransactionCount(deployer?.address ?? "", tag);
  while ((await sent("pending")) === (await sent("latest"))) await sleep(5);
  script.signal("SIGKILL");
  await script.exitCode;
  await provider.send("evm_setAutomine", [true]);
  await provider.send("evm_mine", []); // what was sent is mined, as on any chain, sooner or later
}

async function failIfEnded(exitCode: Promise<number | null>): Promise<void> {
  throw new Error(`The deployment ended before half-way, with code ${await exitCode}`);
}

async function addressesOf(protocol: Protocol): Promise<string[]> {
  return Promise.all(governedContracts(protocol).map(async ([, , contract]) => contract.getAddress()));
}

describe("npm run deploy", () => {
  it("goes on where it was killed, does everything once, and then nothing more", async () => {
    const node = await startLocalNode(await freePort());
    const connection = await network.create({ network: "localhost", override: { url: node.url } });
    const { provider } = connection.ethers;
    const journal = await deploymentId(provider);
    try {
      await deployHalf(node, connection);
      const factory = await deployedAddress(journal, "Factory#PoolFactory");
      expect(factory, "the killed run had deployed the factory").not.to.equal(undefined);

      const catalogue = await loadCatalogue(new URL("../../deploy/parameters/local.json5", import.meta.url));
      const resumed = await deployProtocol(connection, catalogue);
      expect(await resumed.factory.getAddress()).to.equal(factory);
      expect(await resumed.factory.poolCount()).to.equal(3n);
      expect(await resumed.distributor.scheduleCount()).to.equal(1n);
      const { access } = resumed;
      expect(await access.queryFilter(access.filters.RoleGranted())).to.have.length(6); // with the deployer's own, the brake's and the admin's as guardian
      const given = await access.queryFilter(access.filters.TargetFunctionRoleUpdated());
      const restricted = governedContracts(resumed).map(([, kind]) => {
        const { operator, guardian } = RESTRICTED_FUNCTIONS[kind];
        return operator.length + guardian.length;
      });
      expect(given).to.have.length(restricted.reduce((sum, count) => sum + count, 0));

      const blocks = await provider.getBlockNumber();
      const again = runScript("deploy", "localhost", node.port);
      expect(await again.exitCode, again.output()).to.equal(0);
      for (const address of await addressesOf(resumed)) expect(again.output()).to.include(address);
      expect(await provider.getBlockNumber()).to.equal(blocks);
    } finally {
      await connection.close();
      await node.stop();
      await removeDeployment(journal);
    }
  });
});
