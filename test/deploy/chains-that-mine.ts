// A deployment from a fresh key, on chains on which blocks come by themselves and nobody helps: as a testnet does.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { ContractFactory, hexlify, JsonRpcProvider, randomBytes, Wallet } from "ethers";

import { CLIENTS, HARDFORKS, startClient, type Client } from "../../scripts/rehearse/clients.ts";
import { commandLine, type CommandLine } from "../../scripts/rehearse/command-line.ts";
import { PlainToken__factory } from "../../types/index.ts";

/** Hexadecimal wei: 10 ether. */
const PLENTY = "0x8ac7230489e80000";
const HOUR_MS = 3_600_000;

interface Setting {
  readonly client: Client;
  readonly key: string;
  readonly deployer: string;
  readonly commands: CommandLine;
}

/** What `npm run deploy` finds on a testnet: a token, a key that has sent nothing yet, parameters. */
async function withSetting(client: Client, body: (setting: Setting) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "deploy-"));
  const provider = new JsonRpcProvider(client.url, undefined, { cacheTimeout: -1, pollingInterval: 100 });
  try {
    const [issuer, deployer] = [new Wallet(hexlify(randomBytes(32)), provider), new Wallet(hexlify(randomBytes(32)))];
    for (const { address } of [issuer, deployer]) await client.rpc.send("hardhat_setBalance", [address, PLENTY]);
    const token = await new ContractFactory(PlainToken__factory.abi, PlainToken__factory.bytecode, issuer).deploy(
      ...["Chain Token", "LINK", 18],
    );
    await token.waitForDeployment();
    const parameters = path.join(folder, "sepolia.json5");
    await writeFile(parameters, JSON.stringify(parametersOf(await token.getAddress(), issuer.address, folder)));
    const commands = commandLine(client.url, folder, parameters);
    await body({ client, key: deployer.privateKey, deployer: deployer.address, commands });
  } finally {
    provider.destroy();
    await client.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function parametersOf(token: string, account: string, folder: string): object {
  return {
    extends: path.relative(folder, path.resolve("deploy/parameters/sepolia.json5")),
    roles: {
      admin: { account, delay: "2 days" },
      operator: { account: Wallet.createRandom().address, delay: "1 day" },
      guardian: { account: Wallet.createRandom().address, delay: "0 seconds" },
    },
    treasury: account,
    tokens: { LINK: { address: token, decimals: 18 } },
    schedules: {
      Weekly: {
        token: "LINK",
        epoch: "7 days",
        budget: "1",
        start: new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 24 * HOUR_MS).toISOString().replace(".000Z", "Z"),
        epochs: 52,
        fee: "5 %",
        weights: { Flexible: 70, Fixed: 30 },
      },
    },
  };
}

const DEPLOY = ["deploy", "--confirmations", "2"];

describe("npm run deploy, on a chain that mines by itself", function () {
  this.timeout(0); // blocks come when they come

  for (const kind of CLIENTS) {
    for (const hardfork of HARDFORKS) {
      it(`deploys from a fresh key at the first try on ${kind.name} with the rules of ${hardfork}`, async () => {
        const client = await startClient(kind, { hardfork, blockSeconds: 1 });
        await withSetting(client, async ({ key, commands }) => {
          const first = await commands.run(key, [...DEPLOY, "--yes"]);
          expect(first.exitCode, first.told).to.equal(0);
        });
      });
    }
  }
});
