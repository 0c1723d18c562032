import type { ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import type { ProtocolContracts } from "../../deploy/contracts.ts";
import type { RpcProvider } from "../../deploy/events.ts";

/** A deployment, and what it should be. */
export interface Subject {
  readonly provider: RpcProvider;
  readonly contracts: ProtocolContracts;
  readonly protocolConfig: ProtocolConfig;
  /** Who deployed it, and must hold no role any more. */
  readonly deployer: string;
  /** The block from which events are looked for. */
  readonly firstBlock: number;
  /** The block at which everything is read that has to fit together. */
  readonly block: number;
}
