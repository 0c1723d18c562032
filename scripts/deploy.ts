// `npm run deploy -- --network localhost|sepolia|…`: deploys, or completes, the protocol and its catalogue on that network.
// The environment variable PARAMETERS names another file than the network's in `deploy/parameters`.
import hre, { network } from "hardhat";

import { loadCatalogue } from "./lib/catalogue.ts";
import { deployProtocol } from "./lib/deploy-protocol.ts";
import { runScript } from "./lib/mendable-error.ts";
import { parametersPath } from "./lib/parameters-path.ts";
import { addressTable, poolTable, roleTable } from "./lib/tables.ts";

await runScript(async () => {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- without --network it is undefined, whatever its type says
  const name = hre.globalOptions.network ?? "default";
  const catalogue = await loadCatalogue(parametersPath(name));

  const connection = await network.create(name);
  const protocol = await deployProtocol(connection, catalogue, { displayUi: true });
  console.log(await addressTable(protocol));
  console.log(roleTable(catalogue));
  console.log("The roles on chain are as above; the deployer holds none.");
  console.log(await poolTable(protocol));
  await connection.close();
});
