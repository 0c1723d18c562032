// `npm start`: a local EVM node with the whole protocol deployed and funded on it, and the page to stake through, until Ctrl-C.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { HDNodeWallet } from "ethers";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import ora from "ora";

import { loadProtocolConfig } from "../deploy/config/load.ts";
import { type ProtocolConfig } from "../deploy/config/protocol-config.ts";
import { deployProtocol, type Protocol } from "../deploy/deploy-protocol.ts";
import { deploymentId, LOCAL_CHAIN, removeDeployment } from "../deploy/records.ts";
import { fundProtocol } from "../deploy/fund.ts";
import { localPort, startLocalNode, type LocalNode } from "./lib/local-node.ts";
import { runScript } from "../shared/user-error.ts";
import { buildLocalPage, servePage, type PageDeployment, type PageServer } from "./lib/page-server.ts";
import { addressTable, poolTable, roleTable } from "../deploy/tables.ts";
import { table } from "../shared/table.ts";

/** The mnemonic whose accounts local nodes fund. Everybody knows its keys. */
const MNEMONIC = "test test test test test test test test test test test junk";
/** Accounts for playing the staker; those before deploy, hold the roles and are the treasury. */
const STAKERS = [5, 6, 7, 8, 9];
const TOKENS_EACH = 100_000n;

const interrupted = Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)));

/** Deploys and funds everything, serves the page for it, and prints it. */
async function serve(node: LocalNode, connection: NetworkConnection): Promise<PageServer> {
  const building = buildLocalPage();
  building.catch(() => undefined); // awaited below, after the deployment
  const progress = ora("Deploying the contracts").start();
  try {
    const { provider } = connection.ethers;
    await provider.send("hardhat_setLoggingEnabled", [false]); // nobody reads it, and it costs time
    const protocolConfig = await loadProtocolConfig(new URL("../deploy/config/local.json5", import.meta.url));
    const protocol = await deployProtocol(connection, protocolConfig);
    progress.text = "Funding pools and accounts";
    await fundProtocol(protocol, protocolConfig, connection.networkHelpers);
    const stakers = await fundStakers(protocol, protocolConfig);
    progress.text = "Building the page";
    const page = await servePage(await building, await pageDeployment(node, protocol, stakers), node.url);
    const seconds = Math.ceil(process.uptime());
    progress.succeed(`The protocol is on ${node.url} (chain id ${LOCAL_CHAIN}), ${seconds} s after the start`);

    console.log(await poolTable(protocol));
    console.log(await addressTable(protocol));
    console.log(roleTable(protocolConfig));
    console.log(
      `Accounts to stake with, each holding ${TOKENS_EACH} of every token; the keys are public, for tests only:`,
    );
    console.log(
      table(
        ["account", "private key"],
        stakers.map(({ address, privateKey }) => [address, privateKey]),
      ),
    );
    console.log(whatToTry(node, page));
    return page;
  } catch (error) {
    progress.fail();
    throw error;
  }
}

async function fundStakers(protocol: Protocol, { tokens }: ProtocolConfig): Promise<HDNodeWallet[]> {
  const stakers = STAKERS.map((i) => HDNodeWallet.fromPhrase(MNEMONIC, undefined, `m/44'/60'/0'/0/${i}`));
  for (const [name, token] of Object.entries(protocol.tokens)) {
    const amount = TOKENS_EACH * 10n ** BigInt(tokens[name]?.decimals ?? 0);
    for (const { address } of stakers) await (await token.mint(address, amount)).wait();
  }
  return stakers;
}

async function pageDeployment(node: LocalNode, protocol: Protocol, stakers: HDNodeWallet[]): Promise<PageDeployment> {
  return {
    chainId: Number(LOCAL_CHAIN),
    chainName: "Local node",
    walletRpcUrl: node.url,
    deploymentBlock: 0,
    contracts: {
      PoolFactory: await protocol.factory.getAddress(),
      StakingLens: await protocol.lens.getAddress(),
      RewardDistributor: await protocol.distributor.getAddress(),
      InsuranceFund: await protocol.insuranceFund.getAddress(),
    },
    developmentAccounts: stakers.map(({ address }) => address),
  };
}

function whatToTry({ url, port }: LocalNode, page: PageServer): string {
  const environment = process.env["LOCAL_PORT"] === undefined ? "" : `LOCAL_PORT=${port} `;
  const call = (method: string, ...params: number[]) =>
    `curl -s ${url} -H 'content-type: application/json' -d '${JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })}'`;
  return [
    `The page, with a development wallet in it: ${page.url}`,
    "",
    "What to try next, in another terminal:",
    "",
    "  Stake, lock, let a month pass, claim and leave early:",
    `    ${environment}npm run try`,
    "  Let a day pass:",
    `    ${call("evm_increaseTime", 86_400)} && ${call("evm_mine")}`,
    "  See that deploying again changes nothing:",
    `    ${environment}npm run deploy -- --network localhost`,
    `  Use a wallet: add a network with the URL ${url} and import one of the keys above.`,
    "",
    "Ctrl-C ends the node; the chain is gone then.",
  ].join("\n");
}

await runScript(async () => {
  const node = await startLocalNode(localPort());
  const connection = await network.create("localhost");
  const journal = await deploymentId(connection.ethers.provider);
  const serving = serve(node, connection);
  try {
    await Promise.race([serving, interrupted]);
    // Ctrl-C reaches the node too: if it ends, the same signal may be on its way here.
    const endedByItself = node.ended.then(() => sleep(500, true));
    if (await Promise.race([endedByItself, interrupted.then(() => false)])) throw new Error("The local node ended");
    console.log("Stopping the local node");
  } finally {
    await node.stop();
    // Whoever interrupts may do so before the page is there; the process then ends without it.
    await Promise.race([serving.then((page) => page.stop()), interrupted]).catch(() => undefined);
    await removeDeployment(journal); // the chain is gone
  }
});
process.exit(); // whatever was interrupted is not worth waiting for
