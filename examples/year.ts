// `npm run demo`: plays a year of ten stakers on a fresh local node, and reconciles every unit. Exits 1 if it cannot.
//   --json    the ledger for programs, nothing else, on standard output
import { parseArgs } from "node:util";

import { network } from "hardhat";
import ora from "ora";

import { ROUTINE } from "./year/chapters/money.ts";
import { gather, readBalances } from "./year/gather.ts";
import { exitCode, reconcile } from "./year/ledger.ts";
import type { Chapter } from "./year/plan.ts";
import { toJson, toText } from "./year/report.ts";
import { approveEverything, setStage } from "./year/stage.ts";
import { playYear } from "./year/year.ts";
import { loadProtocolConfig } from "../deploy/config/load.ts";
import { deploymentId, removeDeployment } from "../deploy/records.ts";
import { freePort, startLocalNode, type LocalNode } from "../scripts/lib/local-node.ts";
import { runScript } from "../shared/user-error.ts";

const { values: options } = parseArgs({ options: { json: { type: "boolean" } } });

const DECIMALS = { TSK: 18, USDX: 6, WETH: 18, LP: 18 } as const;

async function playOn(node: LocalNode): Promise<void> {
  const connection = await network.create({ network: "localhost", override: { url: node.url } });
  const journal = await deploymentId(connection.ethers.provider);
  const started = Date.now();
  const progress = ora({ text: "Starting", stream: process.stderr }).start();
  const show = (text: string) => (progress.text = text);
  const tell = ({ day, what }: Chapter) => {
    show(`Day ${day}: ${what}`);
    // Without a terminal there is no line to write over.
    if (!process.stderr.isTTY && what !== ROUTINE) console.error(`  Day ${day}: ${what}`);
  };
  try {
    await connection.ethers.provider.send("hardhat_setLoggingEnabled", [false]); // nobody reads it, and it costs time
    const protocolConfig = await loadProtocolConfig(new URL("../deploy/config/local.json5", import.meta.url));
    const stage = await setStage(connection, protocolConfig, show);
    await approveEverything(stage);
    const before = await readBalances(stage);
    await playYear(stage, tell);
    show("Gathering the books");
    const books = await gather(stage, before);
    const reconciliation = reconcile(books);
    progress.succeed(`Played a year in ${((Date.now() - started) / 1_000).toFixed(1)} s`);

    console.log((options.json ? toJson : toText)(books, reconciliation, DECIMALS));
    process.exitCode = exitCode(reconciliation);
  } catch (error) {
    progress.fail();
    throw error;
  } finally {
    await connection.close();
    await removeDeployment(journal); // the chain goes with its node
  }
}

await runScript(async () => {
  const node = await startLocalNode(await freePort());
  try {
    await playOn(node);
  } finally {
    await node.stop();
  }
});
