// `npm run deploy -- --network localhost|sepolia`: deploys, or completes, the protocol and its catalogue on that network.
import { network } from "hardhat";

import { CatalogueError, loadCatalogue } from "./lib/catalogue.ts";
import { deployProtocol } from "./lib/deploy-protocol.ts";
import { addressTable, poolTable, roleTable } from "./lib/tables.ts";

/** Parameters of each network; the in-process one comes and goes with this process. */
const PARAMETERS: Readonly<Record<string, string>> = { default: "local", localhost: "local", sepolia: "sepolia" };

try {
  const connection = await network.create();
  const parameters = PARAMETERS[connection.networkName];
  if (parameters === undefined) throw new Error(`There are no parameters for the network ${connection.networkName}`);
  const catalogue = await loadCatalogue(new URL(`../deploy/parameters/${parameters}.json5`, import.meta.url));

  const protocol = await deployProtocol(connection, catalogue, { displayUi: true });
  console.log(await addressTable(protocol));
  console.log(roleTable(catalogue));
  console.log("The roles on chain are as above; the deployer holds none.");
  console.log(await poolTable(protocol));
  await connection.close();
} catch (error) {
  // A mistake in the parameters is the reader's to mend: they need its place, not a stack.
  if (!(error instanceof CatalogueError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
