// `npm run bench`: gas of our pools beside the peers that npm carries, in one run on one EVM.
//   --json    rows for machines, nothing else
//   --update  writes snapshots/gas.json
//   --docs    writes the tables of docs/GAS.md
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

import { measureDeployment } from "./bench/deployment.ts";
import { FLEXIBLE_OPERATIONS, measureFlexible, type FlexibleGas } from "./bench/flexible.ts";
import { fixedTermFloors, flexibleFloors, measureToken } from "./bench/floor.ts";
import { peersInstalled } from "./bench/peer-sources.ts";
import { PEERS } from "./bench/peers.ts";
import {
  deploymentReport,
  factoryReport,
  operationReport,
  pairReport,
  peerReport,
  publishedReport,
  type Row,
  toJson,
  toTerminal,
  writeDocs,
} from "./bench/report.ts";
import { freshStage, measureSnapshot, OPERATIONS, writeSnapshot } from "./bench/snapshot.ts";

const { values: options } = parseArgs({
  options: { json: { type: "boolean" }, update: { type: "boolean" }, docs: { type: "boolean" } },
});

/** The peers are no dependency of the project: their lock file lies beside them. */
async function installPeers(): Promise<void> {
  console.error("Installing the peers (once) …");
  const child = spawn("npm", ["ci", "--prefix", "tools/peers", "--ignore-scripts", "--no-audit", "--no-fund"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error("The peers could not be installed; `npm ci --prefix tools/peers` says why");
}

const ours = await measureSnapshot();
if (options.update) await writeSnapshot(ours);

if (!peersInstalled()) await installPeers();
const peers: { name: string; gas: FlexibleGas }[] = [];
for (const { name, deploy } of PEERS) {
  const stage = await freshStage();
  peers.push({ name, gas: await measureFlexible(stage, await deploy(stage)) });
}

const token = await measureToken(await freshStage());
const floors = { ...flexibleFloors(token), ...fixedTermFloors(token) };
const rows = OPERATIONS.map((operation): Row => {
  const best = peers
    .flatMap(({ name, gas }) => {
      const used = FLEXIBLE_OPERATIONS.find((flexible) => flexible === operation);
      const peerGas = used === undefined ? undefined : gas[used];
      return peerGas === undefined ? [] : [{ name, gas: Number(peerGas) }];
    })
    .sort((a, b) => a.gas - b.gas)[0];
  return {
    operation,
    ours: ours[operation] ?? 0,
    bestPeer: best?.gas ?? null,
    bestPeerName: best?.name ?? null,
    floor: Number(floors[operation]),
  };
});

if (options.json) {
  console.log(toJson(rows));
} else {
  const deployment = await measureDeployment(await freshStage());
  const reports = {
    operations: operationReport(rows),
    pairs: pairReport(ours),
    peers: peerReport(peers, ours, floors),
    published: publishedReport(),
    deployment: deploymentReport(deployment, ours),
    factory: factoryReport(ours),
  };
  for (const report of Object.values(reports)) console.log(toTerminal(report));
  if (options.docs) await writeDocs(reports);
}
