// Builds, for `npm start`, the contracts that it deploys and nothing else: tests and mocks take twice as long again.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const deployables = readdirSync("contracts")
  .filter((file) => file.endsWith(".sol"))
  .map((file) => `contracts/${file}`);
const others = [
  "npm:@openzeppelin/contracts/access/manager/AccessManager.sol",
  "contracts/mocks/tokens/PlainToken.sol", // the tokens of a local chain
];
const args = ["build", "--quiet", "--no-tests", ...deployables, ...others];

console.error("Building the contracts");
const { status, stdout, stderr } = spawnSync("hardhat", args, { encoding: "utf8" });
if (status !== 0) console.error(`${stdout}${stderr}`);
process.exit(status ?? 1);
