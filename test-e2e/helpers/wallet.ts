// A wallet such as people have: announced by EIP-6963, spoken to by EIP-1193. The page gets a thin provider; accounts, keys and
// answers stay here, outside of the browser.
import { randomUUID } from "node:crypto";

import type { BrowserContext, Page } from "@playwright/test";
import { isError, toBeHex, toQuantity, type TypedDataDomain, type TypedDataField, type Wallet } from "ethers";

import { SharedAccount__factory } from "../../types/factories/contracts/mocks/SharedAccount__factory.ts";
import { mined, type Chain } from "./chain.ts";

/** Requests that a person has to agree to. */
const ASKING = new Set([
  "eth_requestAccounts",
  "eth_sendTransaction",
  "eth_signTypedData_v4",
  "wallet_switchEthereumChain",
  "wallet_addEthereumChain",
]);
const REJECTED = { code: 4001, message: "User rejected the request." };
const UNSUPPORTED = { code: 4200, message: "The method is not supported." };
const UNKNOWN_CHAIN = { code: 4902, message: "Unrecognized chain ID." };
const OTHER_CHAIN = { code: -32_602, message: "The chain id does not match the wallet's." };
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#357"/></svg>',
)}`;

export interface Asked {
  readonly method: string;
  readonly params: readonly unknown[];
}

type Answer = { readonly result: unknown } | { readonly error: Refusal };

interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

interface Transaction {
  readonly chainId?: string;
  readonly to?: string;
  readonly data?: string;
  readonly value?: string;
}

interface TypedData {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
}

interface WalletOptions {
  readonly name?: string;
  readonly rdns?: string;
  /** Sets `window.ethereum` instead of announcing itself, as wallets did before EIP-6963. */
  readonly legacy?: boolean;
  /** Announces itself without a picture. */
  readonly withoutIcon?: boolean;
  /** Announces itself only so many milliseconds after the page has loaded. */
  readonly late?: number;
  /** Whether it has already agreed to show its accounts to the page. */
  readonly connected?: boolean;
}

/** A wallet with some accounts, the first of which is chosen. */
export class TestWallet {
  readonly uuid = randomUUID();
  readonly name: string;
  readonly rdns: string;
  readonly legacy: boolean;
  readonly icon: string | undefined;
  readonly late: number;
  readonly accounts: readonly Wallet[];
  /** Every request, in order. */
  readonly asked: Asked[] = [];
  readonly #chain: Chain;
  readonly #knownChains: Set<number>;
  readonly #unknownMethods = new Set<string>();
  #current = 0;
  #chainId: number;
  #connected: boolean;
  #rejecting = 0;
  /** What an account of several owners was asked to send, by the names that it gave it, until they have signed it. */
  readonly #queued = new Map<string, Transaction>();
  #shared = false;
  #beforeNext: { readonly method: string; readonly act: () => Promise<void> } | undefined;
  #page: Page | undefined;

  constructor(chain: Chain, accounts: readonly Wallet[], options: WalletOptions = {}) {
    this.#chain = chain;
    this.accounts = accounts;
    this.name = options.name ?? "Test wallet";
    this.rdns = options.rdns ?? "org.example.wallet";
    this.legacy = options.legacy ?? false;
    this.icon = options.withoutIcon === true ? undefined : ICON;
    this.late = options.late ?? 0;
    this.#connected = options.connected ?? false;
    this.#chainId = chain.deployment.chainId;
    this.#knownChains = new Set([this.#chainId, 1]);
  }

  /** The chosen account. */
  get account(): Wallet {
    const account = this.accounts[this.#current];
    if (account === undefined) throw new Error(`The wallet has no account number ${this.#current}`);
    return account;
  }

  /** Parameters of the requests for a method so far. */
  requests(method: string): (readonly unknown[])[] {
    return this.asked.filter((asked) => asked.method === method).map(({ params }) => params);
  }

  /** Declines the next request that a person has to agree to. */
  rejectNext(): void {
    this.#rejecting += 1;
  }

  /** Does something once, when the person is asked for `method`, before they agree. */
  beforeNext(method: string, act: () => Promise<void>): void {
    this.#beforeNext = { method, act };
  }

  /** Chooses another account, and tells the page. */
  async switchAccount(index: number): Promise<void> {
    this.#current = index;
    await this.#tell("accountsChanged", [this.account.address]);
  }

  /** Goes to another chain, and tells the page. */
  async switchChain(id: number): Promise<void> {
    this.#chainId = id;
    await this.#tell("chainChanged", toQuantity(id));
  }

  /** Forgets a chain, so that it has to be added before it can be switched to. */
  forgetChain(id: number): void {
    this.#knownChains.delete(id);
  }

  /** Does not know a method any more, as a device that cannot sign typed data. */
  forgetMethod(method: string): void {
    this.#unknownMethods.add(method);
  }

  /**
   * Makes the chosen account one of several owners, as a Safe is: it answers with a name of its own for what it is asked to send, which
   * waits until the others have signed it, too.
   */
  async share(): Promise<void> {
    const contract = await new SharedAccount__factory(await this.#chain.deployer()).deploy();
    await contract.waitForDeployment();
    const code = await this.#chain.provider.getCode(contract);
    await this.#chain.provider.send("hardhat_setCode", [this.account.address, code]);
    this.#shared = true;
  }

  /** The other owners sign what waits for them, and have it executed. */
  async signQueued(): Promise<void> {
    const contract = SharedAccount__factory.connect(this.account.address, await this.#chain.deployer());
    for (const [name, { to = "", data = "0x" }] of this.#queued) await mined(contract.execute(name, to, data));
    this.#queued.clear();
  }

  /** Agrees no longer that the page sees its accounts. */
  async lock(): Promise<void> {
    this.#connected = false;
    await this.#tell("accountsChanged", []);
  }

  /** Comes to a page before it loads. */
  async inject(page: Page): Promise<void> {
    this.#page = page;
    const { uuid, name, rdns, legacy, icon, late } = this;
    await page.addInitScript(announce, { uuid, name, rdns, legacy, icon, late });
  }

  /** Answers a request, as a wallet does: what goes wrong is an answer too. */
  async answer(method: string, params: readonly unknown[]): Promise<Answer> {
    this.asked.push({ method, params });
    try {
      if (this.#beforeNext?.method === method) {
        const { act } = this.#beforeNext;
        this.#beforeNext = undefined;
        await act();
      }
      if (this.#unknownMethods.has(method)) return { error: UNSUPPORTED };
      if (ASKING.has(method) && this.#rejecting > 0) {
        this.#rejecting -= 1;
        return { error: REJECTED };
      }
      return await this.#act(method, params);
    } catch (error) {
      return { error: refusal(error) };
    }
  }

  async #act(method: string, params: readonly unknown[]): Promise<Answer> {
    switch (method) {
      case "eth_requestAccounts":
        this.#connected = true;
        return { result: [this.account.address] };
      case "eth_accounts":
        return { result: this.#connected ? [this.account.address] : [] };
      case "eth_chainId":
        return { result: toQuantity(this.#chainId) };
      case "wallet_switchEthereumChain": {
        const id = Number((params[0] as { chainId: string }).chainId);
        if (!this.#knownChains.has(id)) return { error: UNKNOWN_CHAIN };
        await this.switchChain(id);
        return { result: null };
      }
      case "wallet_addEthereumChain": {
        const id = Number((params[0] as { chainId: string }).chainId);
        this.#knownChains.add(id);
        await this.switchChain(id);
        return { result: null };
      }
      case "eth_signTypedData_v4": {
        const { domain, types, message } = JSON.parse(params[1] as string) as TypedData;
        Reflect.deleteProperty(types, "EIP712Domain"); // ethers makes it up from the domain
        return { result: await this.account.signTypedData(domain, types, message) };
      }
      case "eth_sendTransaction": {
        const { to, data, value, chainId } = params[0] as Transaction;
        if (chainId !== undefined && Number(chainId) !== this.#chainId) return { error: OTHER_CHAIN };
        if (this.#shared) {
          const name = toBeHex(this.asked.length, 32); // as unknown to every node as a hash of what is to be signed
          this.#queued.set(name, params[0] as Transaction);
          return { result: name };
        }
        const transaction = { ...(to && { to }), ...(data && { data }), ...(value && { value }) };
        return { result: (await this.account.sendTransaction(transaction)).hash };
      }
      default:
        return { result: (await this.#chain.provider.send(method, [...params])) as unknown };
    }
  }

  async #tell(event: string, value: unknown): Promise<void> {
    await this.#page?.evaluate(
      ([uuid, name, detail]) =>
        window.dispatchEvent(new CustomEvent(`wallet:${uuid}`, { detail: { event: name, value: detail } })),
      [this.uuid, event, value] as const,
    );
  }
}

/** Lets pages of a context ask these wallets. */
export async function connectWallets(context: BrowserContext, wallets: ReadonlyMap<string, TestWallet>): Promise<void> {
  await context.exposeFunction(
    "askWallet",
    async (uuid: string, method: string, params: readonly unknown[]): Promise<Answer> => {
      const wallet = wallets.get(uuid);
      if (wallet === undefined) throw new Error(`There is no wallet ${uuid}`);
      return wallet.answer(method, params);
    },
  );
}

/** What a node said, with its data, as a wallet passes it on. */
function refusal(error: unknown): Refusal {
  if (isError(error, "CALL_EXCEPTION")) return { code: 3, message: error.message, data: error.data };
  return { code: -32_603, message: error instanceof Error ? error.message : String(error) };
}

interface Announced {
  readonly uuid: string;
  readonly name: string;
  readonly rdns: string;
  readonly icon: string | undefined;
  readonly legacy: boolean;
  readonly late: number;
}

/** Runs in the page, before anything of it: a provider that asks the wallet outside. */
function announce({ uuid, name, rdns, icon, legacy, late }: Announced): void {
  type Listener = (value: unknown) => void;
  const ask = Reflect.get(window, "askWallet") as (
    uuid: string,
    method: string,
    params: readonly unknown[],
  ) => Promise<{ result: unknown } | { error: { code: number; message: string; data?: unknown } }>;
  const listeners = new Map<string, Set<Listener>>();
  const provider = {
    async request({ method, params = [] }: { method: string; params?: readonly unknown[] }): Promise<unknown> {
      const answer = await ask(uuid, method, params);
      if ("error" in answer) throw Object.assign(new Error(answer.error.message), answer.error);
      return answer.result;
    },
    on(event: string, listener: Listener): void {
      listeners.set(event, (listeners.get(event) ?? new Set<Listener>()).add(listener));
    },
    removeListener(event: string, listener: Listener): void {
      listeners.get(event)?.delete(listener);
    },
  };
  window.addEventListener(`wallet:${uuid}`, (told) => {
    const { event, value } = (told as CustomEvent<{ event: string; value: unknown }>).detail;
    for (const listener of listeners.get(event) ?? []) listener(value);
  });
  if (legacy) {
    Reflect.set(window, "ethereum", provider);
    return;
  }
  const detail = Object.freeze({ info: { uuid, name, icon, rdns }, provider });
  const tell = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  if (late > 0) {
    setTimeout(tell, late);
    return;
  }
  window.addEventListener("eip6963:requestProvider", tell);
  tell();
}
