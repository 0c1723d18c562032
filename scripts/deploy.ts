// `npm run deploy -- --network localhost|sepolia|…`: deploys, or completes, the protocol and its catalogue on that network.
// The environment variable PARAMETERS names another file than the network's in `deploy/parameters`.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import hre, { network } from "hardhat";

import { loadCatalogue } from "./lib/catalogue.ts";
import { deployProtocol } from "./lib/deploy-protocol.ts";
import { MendableError, runScript } from "./lib/mendable-error.ts";
import { addressTable, poolTable, roleTable } from "./lib/tables.ts";

/** Networks whose parameters have another name than they; the in-process one comes and goes with this process. */
const PARAMETERS: Readonly<Record<string, string>> = { default: "local", localhost: "local" };

await runScript(async () => {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- without --network it is undefined, whatever its type says
  const name = hre.globalOptions.network ?? "default";
  const usual = fileURLToPath(new URL(`../deploy/parameters/${PARAMETERS[name] ?? name}.json5`, import.meta.url));
  const parameters = process.env["PARAMETERS"] ?? usual;
  if (!existsSync(parameters))
    throw new MendableError(`There are no parameters for the network ${name} in ${parameters}`);
  const catalogue = await loadCatalogue(parameters);

  const connection = await network.create(name);
  const protocol = await deployProtocol(connection, catalogue, { displayUi: true });
  console.log(await addressTable(protocol));
  console.log(roleTable(catalogue));
  console.log("The roles on chain are as above; the deployer holds none.");
  console.log(await poolTable(protocol));
  await connection.close();
});
