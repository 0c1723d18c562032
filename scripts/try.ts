// `npm run try`: plays a staker's month on the node of `npm start`, and prints what each step paid.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { DAY, formatDuration } from "@termstake/sdk/units";
import { formatUnits, parseUnits } from "ethers";
import hre, { network } from "hardhat";

import { loadProtocolConfig } from "../deploy/config/load.ts";
import { lookUp } from "../deploy/config/protocol-config.ts";
import { deployProtocol } from "../deploy/deploy-protocol.ts";
import { UserError, runScript } from "../shared/user-error.ts";

const ACCOUNT = 5;
const AMOUNT = parseUnits("1000", 18);
const TERM = 1n;
const WAIT = 30n * DAY;

await runScript(async () => {
  const connection = await network.create("localhost");
  const signers = await connection.ethers.getSigners().catch((cause: unknown) => {
    throw new UserError("No node answers: start one with `npm start`, in another terminal", { cause });
  });
  const staker = signers[ACCOUNT];
  if (staker === undefined) throw new Error(`The node has no account number ${ACCOUNT}`);

  const protocolConfig = await loadProtocolConfig(new URL("../deploy/config/local.json5", import.meta.url));
  const protocol = await deployProtocol(connection, protocolConfig); // finds everything there
  const token = lookUp(protocol.tokens, "TSK").connect(staker);
  const flexible = lookUp(protocol.flexiblePools, "Flexible").connect(staker);
  const fixed = lookUp(protocol.fixedTermPools, "Fixed").connect(staker);
  const tsk = (amount: bigint) => `${formatUnits(amount, 18)} TSK`;

  await (await token.approve(flexible, AMOUNT)).wait();
  await (await flexible.stake(AMOUNT)).wait();
  console.log(`Staked ${tsk(AMOUNT)} in the flexible pool.`);

  const [reward, maturity] = await fixed.previewOpen(TERM, AMOUNT);
  await (await token.approve(fixed, AMOUNT)).wait();
  await (await fixed.open(TERM, AMOUNT, staker.address, reward)).wait();
  const positionId = await fixed.positionCount();
  const matures = new Date(Number(maturity) * 1_000).toISOString().slice(0, 10);
  console.log(`Locked ${tsk(AMOUNT)} as position ${positionId}: ${tsk(reward)} are reserved for it until ${matures}.`);

  await connection.networkHelpers.time.increase(WAIT);
  console.log(`Passed ${formatDuration(WAIT)}.`);

  const balance = await token.balanceOf(staker);
  await (await flexible.exit()).wait();
  console.log(`Left the flexible pool with ${tsk((await token.balanceOf(staker)) - balance)}.`);

  const card = await saveImage(await fixed.tokenURI(positionId), `position-${positionId}.svg`);
  console.log(`Position ${positionId} looks like this now: ${card}`);

  const [principalOut, rewardOut, penalty, forfeited] = await fixed.previewWithdrawEarly(positionId, AMOUNT);
  await (await fixed.withdrawEarly(positionId, AMOUNT, staker.address, principalOut, rewardOut)).wait();
  console.log(`Left the position early with ${tsk(principalOut)} and a reward of ${tsk(rewardOut)},`);
  console.log(`after a penalty of ${tsk(penalty)} and ${tsk(forfeited)} of accrued reward forfeited.`);
  await connection.close();
});

/** Writes the image inside a token URI to a file in the cache and returns its path. */
async function saveImage(tokenUri: string, name: string): Promise<string> {
  const metadata: unknown = JSON.parse(decodeDataUri(tokenUri));
  if (typeof metadata !== "object" || metadata === null || !("image" in metadata)) throw new Error("No image");
  const file = path.join(hre.config.paths.cache, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, decodeDataUri(String(metadata.image)));
  return path.relative(process.cwd(), file);
}

function decodeDataUri(uri: string): string {
  return Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64").toString("utf8");
}
