import type { NetworkConnection } from "hardhat/types/network";

import { loadProtocolConfig } from "../../deploy/config/load.ts";
import { type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { deployProtocol, type Protocol } from "../../deploy/deploy-protocol.ts";

/** The protocol config of the local node. */
export const LOCAL_CONFIG = new URL("../../deploy/config/local.json5", import.meta.url);

export interface LocalProtocol {
  readonly protocolConfig: ProtocolConfig;
  readonly protocol: Protocol;
}

/**
 * Deploys the local protocol config to a simulated chain that nothing was done on yet. Its schedule starts minutes after the first block, and the
 * chain's clock has run since the file was loaded, beside all tests before: it goes on from the last block instead.
 */
export async function deployLocalProtocol(connection: NetworkConnection): Promise<LocalProtocol> {
  const { time } = connection.networkHelpers;
  await time.setNextBlockTimestamp((await time.latest()) + 1);
  const protocolConfig = await loadProtocolConfig(LOCAL_CONFIG);
  return { protocolConfig, protocol: await deployProtocol(connection, protocolConfig) };
}
