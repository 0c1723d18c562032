import type { NetworkConnection } from "hardhat/types/network";

import { loadCatalogue, type Catalogue } from "../../scripts/lib/catalogue.ts";
import { deployProtocol, type Protocol } from "../../scripts/lib/deploy-protocol.ts";

/** The catalogue of the local node. */
export const LOCAL_CATALOGUE = new URL("../../deploy/parameters/local.json5", import.meta.url);

export interface LocalProtocol {
  readonly catalogue: Catalogue;
  readonly protocol: Protocol;
}

/**
 * Deploys the local catalogue to a simulated chain that nothing was done on yet. Its schedule starts minutes after the first block, and the
 * chain's clock has run since the file was loaded, beside all tests before: it goes on from the last block instead.
 */
export async function deployLocalProtocol(connection: NetworkConnection): Promise<LocalProtocol> {
  const { time } = connection.networkHelpers;
  await time.setNextBlockTimestamp((await time.latest()) + 1);
  const catalogue = await loadCatalogue(LOCAL_CATALOGUE);
  return { catalogue, protocol: await deployProtocol(connection, catalogue) };
}
