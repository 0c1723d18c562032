// Peers that npm does not carry. Measured once, from the sources named, on Hardhat's EVM in the state that docs/GAS.md describes, with
// another plain ERC-20 than the bench's own and beside a FlexiblePool of that time: ratios within that run are what they tell.
import type { FlexibleOperation } from "./flexible.ts";

export interface PublishedPeer {
  readonly name: string;
  readonly source: string;
  readonly gas: Readonly<Record<Exclude<FlexibleOperation, "fund an active period">, number>>;
}

function peer(
  name: string,
  source: string,
  [first, second, part, claim, exit]: [number, number, number, number, number],
): PublishedPeer {
  const gas = { "first stake": first, "second stake": second, "part withdrawal": part, claim, exit };
  return { name, source, gas };
}

/** `FlexiblePool` as it stood beside them. */
export const OURS_BESIDE_THEM = peer(
  "FlexiblePool, beside them",
  "contracts/FlexiblePool.sol",
  [74_132, 57_032, 52_081, 52_234, 67_857],
);

export const PUBLISHED: readonly PublishedPeer[] = [
  peer("SimpleRewards (exit in two calls)", "github.com/alcueca/staking", [100_761, 66_561, 64_085, 59_279, 118_564]),
  peer("MiniChefV2", "github.com/sushiswap/masterchef", [113_713, 79_513, 76_957, 77_610, 86_333]),
  peer("playpen's clone", "github.com/ZeframLou/playpen", [128_542, 97_142, 77_495, 66_402, 86_780]),
  peer("Sky StakingRewards", "github.com/sky-ecosystem/endgame-toolkit", [133_000, 101_600, 79_882, 68_772, 100_426]),
  peer(
    "Aerodrome Gauge (exit in two calls)",
    "github.com/aerodrome-finance/contracts",
    [134_915, 103_515, 80_100, 69_679, 162_079],
  ),
  peer("Synthetix StakingRewards", "github.com/Synthetixio/synthetix", [137_760, 106_405, 84_608, 73_640, 101_970]),
];
