import { useChain, useWallets } from "../chain/context.tsx";
import type { Actor } from "../chain/operations.ts";

/** Who acts: the connected account on the right network; undefined while nobody can. */
export function useActor(): (() => Promise<Actor>) | undefined {
  const { reader, wallets, head, lost } = useChain();
  const { connected } = useWallets();
  if (connected === undefined || head === undefined || lost || connected.chainId !== reader.deployment.chainId)
    return undefined;
  return async () => ({ reader, signer: await wallets.signer(), head });
}
