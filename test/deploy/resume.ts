import { expect } from "chai";
import { network } from "hardhat";

import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { deployProtocol, type Protocol } from "../../deploy/deploy-protocol.ts";
import { deployedAddress, deploymentId, removeDeployment } from "../../deploy/records.ts";
import { freePort, startLocalNode, type LocalNode } from "../../scripts/lib/local-node.ts";
import { governedContracts, RESTRICTED_FUNCTIONS } from "../../deploy/roles.ts";
import { startRudeNode, type RpcRequest } from "../helpers/rude-node.ts";
import { startTask } from "../helpers/task-process.ts";

/** Transactions before the one with which a deployment is killed: pools are being created, and no role is given yet. */
const HALF_WAY = 20;
const INTERVAL_MS = 200;

/** Kills a deployment as it sends the transaction half-way, which arrives or not; nothing tells the deployment which. */
async function deployHalf(node: LocalNode, arrives: boolean): Promise<void> {
  let [sent, reached] = [0, (): void => undefined];
  const halfWay = new Promise<void>((resolve) => (reached = resolve));
  const script = ({ method }: RpcRequest) => {
    if (method !== "eth_sendTransaction" || sent++ < HALF_WAY) return undefined;
    reached();
    return arrives ? "hang" : "cut";
  };
  const proxy = await startRudeNode(node.url, { script });
  try {
    const deployment = startTask(proxy.port, "deploy", "--confirmations", "1");
    const over = deployment.exitCode.then(() => {
      expect.fail(`The deployment ended before half-way:\n${deployment.stderr()}`);
    });
    over.catch(() => undefined); // it is killed below
    await Promise.race([halfWay, over]);
    deployment.signal("SIGKILL");
    await deployment.exitCode;
  } finally {
    await proxy.close();
  }
}

async function addressesOf(protocol: Protocol): Promise<string[]> {
  return Promise.all(governedContracts(protocol).map(async ([, , contract]) => contract.getAddress()));
}

describe("npm run deploy", () => {
  for (const arrives of [true, false]) {
    it(`goes on where it was killed as a transaction ${arrives ? "arrived" : "got lost"}, does everything once, and then nothing more`, async () => {
      const node = await startLocalNode(await freePort());
      const connection = await network.create({ network: "localhost", override: { url: node.url } });
      const { provider } = connection.ethers;
      await provider.send("evm_setAutomine", [false]);
      await provider.send("evm_setIntervalMining", [INTERVAL_MS]);
      const journal = await deploymentId(provider);
      try {
        await deployHalf(node, arrives);
        const factory = await deployedAddress(journal, "Factory#PoolFactory");
        expect(factory, "the killed run had deployed the factory").not.to.equal(undefined);

        const protocolConfig = await loadProtocolConfig(new URL("../../deploy/config/local.json5", import.meta.url));
        const resumed = await deployProtocol(connection, protocolConfig, { confirmations: 1 });
        expect(await resumed.factory.getAddress()).to.equal(factory);
        expect(await resumed.factory.poolCount()).to.equal(3n);
        expect(await resumed.distributor.scheduleCount()).to.equal(1n);
        const { access } = resumed;
        // The deployer's own, admin, operator, guardian, the admin as a guardian, and the brake.
        expect(await access.queryFilter(access.filters.RoleGranted())).to.have.length(6);
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
  }
});
