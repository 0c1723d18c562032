// A deployment from a fresh key, on chains on which blocks come by themselves and nobody helps: as a testnet does.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { ContractFactory, hexlify, JsonRpcProvider, randomBytes, Wallet } from "ethers";
import { z } from "zod";

import { CLIENTS, HARDFORKS, startClient, type Client } from "../../tools/rehearse/clients.ts";
import { commandLine, type CommandLine } from "../../tools/rehearse/command-line.ts";
import { EXIT } from "../../tasks/lib/exit-codes.ts";
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

/** What `npm run deploy` finds on a testnet: a token, a key that has sent nothing yet, a config. */
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
    const config = path.join(folder, "sepolia.json5");
    await writeFile(config, JSON.stringify(configOf(await token.getAddress(), issuer.address, folder)));
    const commands = commandLine(client.url, folder, config);
    await body({ client, key: deployer.privateKey, deployer: deployer.address, commands });
  } finally {
    provider.destroy();
    await client.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function configOf(token: string, account: string, folder: string): object {
  return {
    extends: path.relative(folder, path.resolve("deploy/config/sepolia.json5")),
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
/** What a plan says, in JSON. */
const plan = z.object({ transactions: z.number(), gas: z.string().transform(BigInt) });

const counted = z.string().transform(Number);

async function nonceOf({ client, deployer }: Setting): Promise<number> {
  return counted.parse(await client.rpc.send("eth_getTransactionCount", [deployer, "pending"]));
}

const receipt = z.object({ from: z.string(), gasUsed: z.string().transform(BigInt) });
const block = z.object({ transactions: z.array(z.string()) });

/** Gas of everything that the deployer has sent. */
async function gasOf({ client: { rpc }, deployer }: Setting): Promise<bigint> {
  let gas = 0n;
  const head = counted.parse(await rpc.send("eth_blockNumber"));
  for (let number = 0; number <= head; number += 1) {
    const { transactions } = block.parse(await rpc.send("eth_getBlockByNumber", [`0x${number.toString(16)}`, false]));
    for (const hash of transactions) {
      const { from, gasUsed } = receipt.parse(await rpc.send("eth_getTransactionReceipt", [hash]));
      if (from.toLowerCase() === deployer.toLowerCase()) gas += gasUsed;
    }
  }
  return gas;
}

describe("npm run deploy, on a chain that mines by itself", () => {
  for (const kind of CLIENTS) {
    for (const hardfork of HARDFORKS) {
      it(`deploys from a fresh key at the first try on ${kind.name} with the rules of ${hardfork}`, async () => {
        const client = await startClient(kind, { hardfork, blockSeconds: 1 });
        await withSetting(client, async (setting) => {
          const { key, commands } = setting;
          const dry = await commands.run(key, [...DEPLOY, "--dry-run", "--json"]);
          expect(dry.exitCode, dry.told).to.equal(0);
          const { transactions, gas } = plan.parse(JSON.parse(dry.output));
          expect(await nonceOf(setting), "a dry run sends nothing").to.equal(0);

          const first = await commands.run(key, [...DEPLOY, "--yes"]);
          expect(first.exitCode, first.told).to.equal(0);
          expect(await nonceOf(setting), "as many as the plan says").to.equal(transactions);
          expect(await gasOf(setting), "as much gas as the plan says").to.equal(gas);
          const lines = first.told.trim().split("\n");
          expect(new Set(lines).size, `no line twice:\n${first.told}`).to.equal(lines.length);
          expect(lines.length, "at most a line a step, and the plan").to.be.lessThan(transactions + 5);

          const again = await commands.run(key, DEPLOY);
          expect(again.exitCode, again.told).to.equal(0);
          expect(again.told).to.include("Everything is deployed: nothing is to be sent.");
          expect(await nonceOf(setting)).to.equal(transactions);
        });
      });
    }
  }

  it("tells in a sentence what keeps it from sending, and what it would cost whoever has no key yet", async () => {
    const [, anvil] = CLIENTS;
    if (anvil === undefined) throw new Error("Two clients are rehearsed on");
    await withSetting(await startClient(anvil, { hardfork: "osaka", blockSeconds: 1 }), async (setting) => {
      const { key, deployer, client, commands } = setting;
      const refusals: [key: string, args: readonly string[], sentence: RegExp][] = [
        [key, DEPLOY, /^Nothing was sent: nobody can be asked here, .* Pass --yes to agree beforehand$/],
        [
          "0xdeadbeef",
          DEPLOY,
          /^The private key of the network sepolia is none: it has to be 32 bytes in hexadecimal$/,
        ],
        [`0x${"0".repeat(64)}`, DEPLOY, /^The private key of the network sepolia is none/],
        ["", DEPLOY, /^The network sepolia has no key to deploy with/],
        [key, ["deploy", "--confirmations", "0"], /^--confirmations is 0; the least is 1$/],
      ];
      for (const [as, args, sentence] of refusals) {
        const refused = await commands.run(as, args);
        expect(refused.exitCode, refused.told).to.equal(EXIT.usage);
        expect(refused.told.trim().split("\n").at(-1)).to.match(sentence);
        expect(refused.told).not.to.match(/^\s+at /m);
      }
      await client.rpc.send("hardhat_setBalance", [deployer, "0x2386f26fc10000"]);
      const poor = await commands.run(key, [...DEPLOY, "--yes"]);
      expect(poor.told).to.match(/Nothing was sent: 0x\w+ holds 0\.\d+ ETH less than the deployment costs/);
      expect(await nonceOf(setting)).to.equal(0);

      const dry = await commands.run("", [...DEPLOY, "--dry-run"]);
      expect(dry.exitCode, dry.told).to.equal(0);
      expect(dry.output).to.match(
        /^Whoever deploys would send \d+ transactions on chain 11155111, with 2\d,\d{3},\d{3} gas/,
      );
    });
  });
});
