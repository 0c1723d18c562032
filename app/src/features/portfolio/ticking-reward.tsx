import type { FlexiblePool } from "@termstake/sdk/pools";
import { earnedAt } from "@termstake/sdk/rates";

import type { Stake } from "../../chain/account.ts";
import { useChainTime } from "../../chain/context.tsx";
import { useText } from "../../i18n/index.ts";
import { formatSteady } from "../../shared/format.ts";
import { TokenSymbol } from "../../shared/ui/pieces.tsx";

/** Often enough to look alive. */
export const TICK_MS = 200;

export interface Earning {
  readonly stake: Stake;
  readonly pool: FlexiblePool;
}

/** What a stake has earned, going on by the chain's clock between blocks. */
export function TickingReward({ stake, pool }: Earning) {
  const { locale } = useText();
  const now = useChainTime(TICK_MS) ?? 0;
  const { rewardsToken: token } = pool;
  return (
    <span className="wrap-anywhere">
      {formatSteady(earnedAt(stake, pool, now), token.decimals, locale)} <TokenSymbol token={token} />
    </span>
  );
}
