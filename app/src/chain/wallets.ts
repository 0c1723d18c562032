// Wallets announce themselves (EIP-6963); one of them is connected. An external store, so that React only renders what is there.
import { getAddress, toQuantity, type Eip1193Provider, type JsonRpcSigner } from "ethers";
import { createStore } from "mipd";

import type { Deployment } from "./deployment.ts";

const REMEMBERED = "termstake.wallet";
/** Reverse domain name under which the development wallet announces itself. */
export const DEVELOPMENT_RDNS = "org.termstake.development";
/** Wallets announce themselves at once; this long is waited before the development wallet is taken for the only one. */
const DISCOVERY_MS = 250;
/** Code of a wallet that does not know the chain it is asked to switch to. */
const UNKNOWN_CHAIN = 4902;

export interface Wallet {
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

/** What a wallet announces; its provider is whatever it says. */
interface Announced {
  readonly info: { readonly rdns: string; readonly name: string; readonly icon: string };
  readonly provider: unknown;
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

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): WalletState => this.#state;

  /** Starts looking for wallets, and connects again to the one used last if that still agrees. */
  start(): void {
    const update = () => {
      this.#set({ wallets: this.#discovery.getProviders().flatMap(toWallet) });
    };
    this.#discovery.subscribe(update);
    update();
    setTimeout(() => {
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
      if (!isUnknownChain(error) || deployment.walletRpcUrl === undefined) throw error;
      const chain = {
        chainId,
        chainName: deployment.chainName,
        rpcUrls: [deployment.walletRpcUrl],
        nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
        ...(deployment.explorerUrl !== undefined && { blockExplorerUrls: [deployment.explorerUrl] }),
      };
      await provider.request({ method: "wallet_addEthereumChain", params: [chain] });
    }
  }

  /** A signer of the connected account; throws without one. */
  async signer(): Promise<JsonRpcSigner> {
    const { connected } = this.#state;
    if (connected === undefined) throw new Error("No wallet is connected");
    const { browserSigner } = await import("./browser-signer.ts"); // most people look before they sign
    return browserSigner(connected.wallet.provider, connected.account);
  }

  async #reconnect(): Promise<void> {
    const remembered = localStorage.getItem(REMEMBERED);
    const { wallets } = this.#state;
    const onlyDevelopment = wallets.length === 1 && wallets[0]?.rdns === DEVELOPMENT_RDNS;
    const wanted = remembered ?? (onlyDevelopment ? DEVELOPMENT_RDNS : undefined);
    const wallet = wallets.find(({ rdns }) => rdns === wanted);
    if (wallet === undefined || this.#state.connected !== undefined) return;
    try {
      await this.#follow(wallet, await wallet.provider.request({ method: "eth_accounts" }));
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
    const chainId = Number(await provider.request({ method: "eth_chainId" }));
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
    const wallet: Wallet = { rdns: "window.ethereum", name: "Browser wallet", icon: undefined, provider };
    this.#set({ wallets: [...this.#state.wallets, wallet] });
  }

  #set(change: Partial<WalletState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function toWallet({ info, provider }: Announced): Wallet[] {
  if (!isProvider(provider)) return [];
  const icon = info.icon.startsWith("data:image/") ? info.icon : undefined;
  return [{ rdns: info.rdns, name: info.name, icon, provider }];
}

function isProvider(value: unknown): value is WalletProvider {
  return typeof value === "object" && value !== null && "request" in value && typeof value.request === "function";
}

function isUnknownChain(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === UNKNOWN_CHAIN;
}

function firstAccount(accounts: unknown): string | undefined {
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  return typeof first === "string" ? getAddress(first) : undefined;
}
