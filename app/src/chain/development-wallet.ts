// A wallet for trying the page on a local node, with no extension. It holds no key: the node's own accounts are unlocked, so
// that requests only need to be passed on. Builds for anything but `npm start` do not contain this file.
import { toQuantity } from "ethers";

import type { Deployment } from "./deployment.ts";
import { DEVELOPMENT_RDNS } from "./wallets.ts";

const ICON = `data:image/svg+xml;base64,${btoa(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#b45309"/><path d="M12 10l-6 6 6 6M20 10l6 6-6 6" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;

type Listener = (value: unknown) => void;

let current = 0;
const listeners = new Map<string, Set<Listener>>();

/** Announces the wallet to this page, if the deployment has accounts for it. */
export function announceDevelopmentWallet({ rpcUrl, chainId, developmentAccounts }: Deployment): void {
  if (developmentAccounts.length === 0) return;
  const accounts = () => [developmentAccounts[current] ?? developmentAccounts[0]];
  const provider = {
    async request({ method, params = [] }: { method: string; params?: unknown }): Promise<unknown> {
      switch (method) {
        case "eth_requestAccounts":
        case "eth_accounts":
          return accounts();
        case "wallet_switchEthereumChain":
        case "wallet_addEthereumChain":
          return null;
        case "eth_chainId":
          return toQuantity(chainId);
        case "eth_sendTransaction":
          return pass(rpcUrl, method, await withGas(rpcUrl, params));
        default:
          return pass(rpcUrl, method, params);
      }
    },
    on(event: string, listener: Listener) {
      const known = listeners.get(event);
      if (known === undefined) listeners.set(event, new Set([listener]));
      else known.add(listener);
    },
    removeListener(event: string, listener: Listener) {
      listeners.get(event)?.delete(listener);
    },
  };
  const info = { uuid: crypto.randomUUID(), name: "Development wallet", icon: ICON, rdns: DEVELOPMENT_RDNS };
  const detail = Object.freeze({ info, provider });
  const announce = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
}

/** Makes another of the node's accounts the wallet's. */
export function chooseDevelopmentAccount({ developmentAccounts }: Deployment, account: string): void {
  const index = developmentAccounts.indexOf(account);
  if (index < 0) return;
  current = index;
  for (const listener of listeners.get("accountsChanged") ?? []) listener([account]);
}

/** A wallet finds the gas of what it sends; a contract that would refuse says so already then. */
async function withGas(rpcUrl: string, params: unknown): Promise<unknown> {
  const transaction: unknown = Array.isArray(params) ? params[0] : undefined;
  if (typeof transaction !== "object" || transaction === null || "gas" in transaction) return params;
  return [{ ...transaction, gas: await pass(rpcUrl, "eth_estimateGas", [transaction]) }];
}

async function pass(rpcUrl: string, method: string, params: unknown): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const answer: unknown = await response.json();
  if (typeof answer !== "object" || answer === null) throw new Error("The node's answer is none");
  if ("error" in answer) throw answer.error as Error;
  return "result" in answer ? answer.result : undefined;
}
