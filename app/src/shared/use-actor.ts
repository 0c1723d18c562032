import { useChain, useWallets } from "../chain/context.tsx";
import type { Actor } from "../chain/operations.ts";

/** Why the connected account cannot sign now. */
export type Inability = "lost" | "network";

/** Who acts: the connected account on the right network; or why it cannot, and undefined without a wallet. */
export function useActor(): (() => Actor) | Inability | undefined {
  const { reader, wallets, head, lost } = useChain();
  const { connected } = useWallets();
  if (connected === undefined) return undefined;
  if (connected.chainId !== reader.deployment.chainId) return "network";
  if (head === undefined || lost) return "lost";
  return () => ({ reader, signer: wallets.signer(reader.deployment), head });
}
