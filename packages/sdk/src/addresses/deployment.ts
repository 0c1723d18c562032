/** A contract: its address, and the first block with it. */
export interface DeployedContract {
  readonly address: `0x${string}`;
  readonly block: number;
}

/** A pool that governance lists from the beginning. */
export interface DeployedPool extends DeployedContract {
  readonly kind: "FlexiblePool" | "FixedTermPool";
}

/** The protocol on one chain. Its pools are those that it began with: the factory knows all. */
export interface Deployment {
  /** No event of the protocol is older than this block. */
  readonly block: number;
  readonly contracts: Readonly<
    Record<"AccessManager" | "InsuranceFund" | "OperatorBrake" | "PoolFactory" | "RewardDistributor", DeployedContract>
  >;
  readonly pools: Readonly<Record<string, DeployedPool>>;
}
