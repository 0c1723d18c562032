// Builds what `npm start` needs: the contracts, and not their tests, which take most of the time. The compiler is heard only if it fails.
import { spawnSync } from "node:child_process";

console.error("Building the contracts");
const { status, stdout, stderr } = spawnSync("hardhat", ["build", "--quiet", "--no-tests"], { encoding: "utf8" });
if (status !== 0) console.error(`${stdout}${stderr}`);
process.exit(status ?? 1);
