// Builds what `npm start` deploys and what its page talks to, and neither mocks nor tests, which take most of the time. The compiler is heard only if it fails.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const deployed = readdirSync("contracts").filter((name) => name.endsWith(".sol"));
const files = [
  ...deployed.map((name) => `contracts/${name}`),
  "contracts/mocks/tokens/PlainToken.sol",
  ...["access/manager/AccessManager", "token/ERC20/extensions/ERC20Permit", "token/ERC721/IERC721"].map(
    (name) => `npm:@openzeppelin/contracts/${name}.sol`,
  ),
];
console.error("Building the contracts");
const { status, stdout, stderr } = spawnSync("hardhat", ["build", "--quiet", "--no-tests", ...files], {
  encoding: "utf8",
});
if (status !== 0) console.error(`${stdout}${stderr}`);
process.exit(status ?? 1);
