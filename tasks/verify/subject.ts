import type { Catalogue } from "../../scripts/lib/catalogue.ts";
import type { ProtocolContracts } from "../../scripts/lib/deploy-protocol.ts";
import type { RpcProvider } from "../../scripts/lib/events.ts";

/** A deployment, and what it should be. */
export interface Subject {
  readonly provider: RpcProvider;
  readonly contracts: ProtocolContracts;
  readonly catalogue: Catalogue;
  /** Who deployed it, and must hold no role any more. */
  readonly deployer: string;
  /** The block from which events are looked for. */
  readonly firstBlock: number;
  /** The block at which everything is read that has to fit together. */
  readonly block: number;
}
