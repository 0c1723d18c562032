// Wallets announce themselves (EIP-6963); one of them is connected. An external store, so that React only renders what is there.
import { getAddress, isAddress, toQuantity, type Eip1193Provider } from "ethers";
import { createStore } from "mipd";

import type { Deployment } from "./deployment.ts";
import { hasCode, WalletMoved } from "./explain.ts";

const REMEMBERED = "termstake.wallet";
/** Reverse domain name under which the development wallet announces itself. */
export const DEVELOPMENT_RDNS = "org.termstake.development";
/** The name of a wallet that does not announce itself. */
const LEGACY_RDNS = "window.ethereum";
/** Wallets announce themselves at once; this long is waited before the development wallet is taken for the only one. */
const DISCOVERY_MS = 250;
/** Code of a wallet that does not know the chain it is asked to switch to. */
const UNKNOWN_CHAIN = 4902;

/** An account of a wallet on a chain; throws whatever the wallet says. */
export interface Signer {
  readonly address: string;
  readonly chainId: number;
  /** Asks the wallet, if it still has this account and is on this chain; `asking` is called just before a person is asked. */
  readonly request: (method: string, params: readonly unknown[], asking: () => void) => Promise<unknown>;
}

export interface Wallet {
  /** Unique among the wallets. */
  readonly id: string;
  readonly rdns: string;
  readonly name: string;
  /** A `data:` URL, or nothing. */
  readonly icon: string | undefined;
  readonly provider: WalletProvider;
}

interface WalletProvider extends Eip1193Provider {
  on?(event: string, listener: (value: unknown) => void): unknown;
  removeListener?(event: string, listener: (value: unknown) => void): unknown;
}

export interface WalletState {
  readonly wallets: readonly Wallet[];
  readonly connected: { readonly wallet: Wallet; readonly account: string; readonly chainId: number } | undefined;
  readonly connecting: boolean;
  /** What went wrong with the last attempt to connect. */
  readonly error: unknown;
}

/** Discovers wallets, and keeps the connection to one. */
export class WalletStore {
  #state: WalletState = { wallets: [], connected: undefined, connecting: false, error: undefined };
  readonly #listeners = new Set<() => void>();
  readonly #discovery = createStore();
  #unfollow: () => void = () => undefined;
  /** The wallet that was last tried without the person. */
  #tried: string | undefined;
  #settled = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): WalletState => this.#state;

  /** Starts looking for wallets, and connects again to the one used last if that still agrees. */
  start(): void {
    const update = () => {
      const announced: readonly unknown[] = this.#discovery.getProviders();
      const legacy = this.#state.wallets.filter(({ rdns }) => rdns === LEGACY_RDNS);
      const wallets = [...announced.flatMap(toWallet), ...(announced.length === 0 ? legacy : [])];
      this.#set({ wallets });
      void this.#reconnect(); // some announce themselves late
    };
    this.#discovery.subscribe(update);
    update();
    setTimeout(() => {
      this.#settled = true;
      this.#addUnannounced();
      void this.#reconnect();
    }, DISCOVERY_MS);
  }

  /** Asks a wallet for its accounts. Never rejects: what goes wrong is in the state. */
  async connect(wallet: Wallet): Promise<void> {
    this.#set({ connecting: true, error: undefined });
    try {
      await this.#follow(wallet, await wallet.provider.request({ method: "eth_requestAccounts" }));
      localStorage.setItem(REMEMBERED, wallet.rdns);
    } catch (error) {
      this.#set({ error });
    } finally {
      this.#set({ connecting: false });
    }
  }

  /** Forgets the wallet. It may still list this page as connected: only its own settings can end that. */
  disconnect(): void {
    this.#unfollow();
    localStorage.setItem(REMEMBERED, "none");
    this.#set({ connected: undefined, error: undefined });
  }

  /** Asks the wallet to switch to the deployment's chain, and to add it if it does not know it. Rejects as the wallet does. */
  async switchChain(deployment: Deployment): Promise<void> {
    const provider = this.#state.connected?.wallet.provider;
    if (provider === undefined) return;
    const chainId = toQuantity(deployment.chainId);
    try {
      await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
    } catch (error) {
      if (!hasCode(error, UNKNOWN_CHAIN) || deployment.walletRpcUrl === undefined) throw error;
      const chain = {
        chainId,
        chainName: deployment.chainName,
        rpcUrls: [deployment.walletRpcUrl],
        nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
        ...(deployment.explorerUrl !== undefined && { blockExplorerUrls: [deployment.explorerUrl] }),
      };
      await provider.request({ method: "wallet_addEthereumChain", params: [chain] });
      // Some wallets add a chain without going there.
      if ((await chainOf(provider)) !== deployment.chainId)
        await provider.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] });
    }
  }

  /** A signer of the connected account on the chain of the pools; throws without one. */
  signer({ chainId }: Deployment): Signer {
    const { connected } = this.#state;
    if (connected === undefined) throw new Error("No wallet is connected");
    const { wallet, account: address } = connected;
    const here = () => {
      const now = this.#state.connected;
      return now?.wallet === wallet && now.account === address && now.chainId === chainId;
    };
    return {
      address,
      chainId,
      request: async (method, params, asking) => {
        // What the page was told of the wallet may be old: it is asked itself, at once before the person is.
        if (!here() || (await chainOf(wallet.provider)) !== chainId || !here())
          throw new WalletMoved("The wallet is not where it was");
        asking();
        return wallet.provider.request({ method, params: [...params] });
      },
    };
  }

  async #reconnect(): Promise<void> {
    const remembered = localStorage.getItem(REMEMBERED);
    const { wallets } = this.#state;
    const onlyDevelopment = this.#settled && wallets.length === 1 && wallets[0]?.rdns === DEVELOPMENT_RDNS;
    const wanted = remembered ?? (onlyDevelopment ? DEVELOPMENT_RDNS : undefined);
    const wallet = wallets.find(({ rdns }) => rdns === wanted);
    if (wallet === undefined || wallet.id === this.#tried || this.#state.connected !== undefined) return;
    this.#tried = wallet.id;
    try {
      const accounts: unknown = await wallet.provider.request({ method: "eth_accounts" });
      // Meanwhile the person may have chosen another.
      if (!this.#state.connecting && this.snapshot().connected === undefined) await this.#follow(wallet, accounts);
    } catch {
      // A wallet that is locked, or gone, says so when it is asked to connect.
    }
  }

  async #follow(wallet: Wallet, accounts: unknown): Promise<void> {
    this.#unfollow();
    const account = firstAccount(accounts);
    if (account === undefined) {
      this.#set({ connected: undefined });
      return;
    }
    const { provider } = wallet;
    const chainId = await chainOf(provider);
    this.#set({ connected: { wallet, account, chainId } });

    const onAccounts = (changed: unknown) => {
      const next = firstAccount(changed);
      if (next === undefined) this.#unfollow();
      const { connected } = this.#state;
      this.#set({
        connected: next === undefined || connected === undefined ? undefined : { ...connected, account: next },
      });
    };
    const onChain = (changed: unknown) => {
      const { connected } = this.#state;
      if (connected !== undefined) this.#set({ connected: { ...connected, chainId: Number(changed) } });
    };
    provider.on?.("accountsChanged", onAccounts);
    provider.on?.("chainChanged", onChain);
    this.#unfollow = () => {
      provider.removeListener?.("accountsChanged", onAccounts);
      provider.removeListener?.("chainChanged", onChain);
      this.#unfollow = () => undefined;
    };
  }

  /** A wallet from before EIP-6963, only where none announces itself. */
  #addUnannounced(): void {
    if (this.#state.wallets.some(({ rdns }) => rdns !== DEVELOPMENT_RDNS)) return;
    const provider: unknown = Reflect.get(window, "ethereum");
    if (!isProvider(provider)) return;
    const wallet = { id: LEGACY_RDNS, rdns: LEGACY_RDNS, name: "Browser wallet", icon: undefined, provider };
    this.#set({ wallets: [...this.#state.wallets, wallet] });
  }

  #set(change: Partial<WalletState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** What a wallet announces (EIP-6963), as far as it can be used; any of it may be missing, or be something else. */
export function toWallet(announced: unknown): Wallet[] {
  const provider: unknown = field(announced, "provider");
  if (!isProvider(provider)) return [];
  const info = field(announced, "info");
  const said = (name: string) => {
    const value = field(info, name);
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  };
  const rdns = said("rdns") ?? said("name") ?? said("uuid") ?? "unknown";
  const icon = said("icon");
  return [
    {
      id: said("uuid") ?? rdns,
      rdns,
      name: said("name") ?? said("rdns") ?? "",
      icon: icon?.startsWith("data:image/") === true ? icon : undefined,
      provider,
    },
  ];
}

async function chainOf(provider: WalletProvider): Promise<number> {
  return Number(await provider.request({ method: "eth_chainId" }));
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isProvider(value: unknown): value is WalletProvider {
  return typeof value === "object" && value !== null && "request" in value && typeof value.request === "function";
}

function firstAccount(accounts: unknown): string | undefined {
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  return isAddress(first) ? getAddress(first) : undefined;
}
