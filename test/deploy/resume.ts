import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { loadCatalogue } from "../../scripts/lib/catalogue.ts";
import { deployProtocol, type Protocol } from "../../scripts/lib/deploy-protocol.ts";
import { deployedAddress, deploymentId, removeDeployment } from "../../scripts/lib/deployment-files.ts";
import { freePort, startLocalNode, type LocalNode } from "../../scripts/lib/local-node.ts";
import { governedContracts, RESTRICTED_FUNCTIONS } from "../../scripts/lib/roles.ts";
import { startTask } from "../helpers/task-process.ts";

/** Transactions in the middle of a deployment: pools are being created, and no role is given yet. */
const HALF_WAY = 14;
const INTERVAL_MS = 500;

/** Starts the deployment on a node whose blocks come by themselves, and kills it half-way, with a transaction sent and not mined. */
async function deployHalf(node: LocalNode, { ethers }: NetworkConnection): Promise<void> {
  const { provider } = ethers;
  const [deployer] = await ethers.getSigners();
  const sent = async (tag: string) => provider.getTransactionCount(deployer?.address ?? "", tag);
  const deployment = startTask(node.port, "deploy", "--confirmations", "1");
  const over = deployment.exitCode.then((code) => {
    if (code !== null)
      throw new Error(`The deployment ended before half-way, with code ${code}:\n${deployment.stderr()}`);
  });
  const halfWay = async () => (await sent("latest")) >= HALF_WAY && (await sent("pending")) > (await sent("latest"));
  while (!(await halfWay())) await Promise.race([sleep(5), over]);
  deployment.signal("SIGKILL");
  await over;
}

async function addressesOf(protocol: Protocol): Promise<string[]> {
  return Promise.all(governedContracts(protocol).map(async ([, , contract]) => contract.getAddress()));
}

describe("npm run deploy", () => {
  it("goes on where it was killed, does everything once, and then nothing more", async () => {
    const node = await startLocalNode(await freePort());
    const connection = await network.create({ network: "localhost", override: { url: node.url } });
    const { provider } = connection.ethers;
    await provider.send("evm_setAutomine", [false]);
    await provider.send("evm_setIntervalMining", [INTERVAL_MS]);
    const journal = await deploymentId(provider);
    try {
      await deployHalf(node, connection);
      const factory = await deployedAddress(journal, "Factory#PoolFactory");
      expect(factory, "the killed run had deployed the factory").not.to.equal(undefined);

      const catalogue = await loadCatalogue(new URL("../../deploy/parameters/local.json5", import.meta.url));
      const resumed = await deployProtocol(connection, catalogue, { confirmations: 1 });
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

      const count = await provider.getTransactionCount(resumed.deployer.address, "pending");
      const again = startTask(node.port, "deploy", "--confirmations", "1");
      expect(await again.exitCode, again.stderr()).to.equal(0);
      for (const address of await addressesOf(resumed)) expect(again.stdout()).to.include(address);
      expect(await provider.getTransactionCount(resumed.deployer.address, "pending")).to.equal(count);
    } finally {
      await connection.close();
      await node.stop();
      await removeDeployment(journal);
    }
  });
});
