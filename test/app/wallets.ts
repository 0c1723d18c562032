// Wallets answer in ways of their own; what is asked of them stays the same.
import { expect } from "chai";

import type { Deployment } from "../../app/src/chain/deployment.ts";
import { toWallet, WalletStore } from "../../app/src/chain/wallets.ts";
import { pageDeployment } from "./page-reader.ts";

const ACCOUNT = "0x00000000000000000000000000000000000000A1";
const WITHOUT_NODE: Deployment = { ...pageDeployment(), chainName: "Local node" };
const DEPLOYMENT: Deployment = { ...WITHOUT_NODE, walletRpcUrl: "http://127.0.0.1/" };

const SWITCH = "wallet_switchEthereumChain";
const ADD = "wallet_addEthereumChain";

interface Asked {
  readonly method: string;
  readonly params: readonly unknown[] | undefined;
}

/** Connects a wallet that is on mainnet and refuses to switch with `refusal` until the chain was added; tells what it was asked. */
async function connect(refusal: object, { goesThere = true }: { goesThere?: boolean } = {}) {
  let chainId = 1;
  let added = false;
  const asked: Asked[] = [];
  const answer = ({ method, params }: { method: string; params?: readonly unknown[] }): unknown => {
    if (method === "eth_requestAccounts") return [ACCOUNT];
    if (method === "eth_chainId") return `0x${chainId.toString(16)}`;
    asked.push({ method, params });
    if (method === SWITCH && !added) throw Object.assign(new Error("refused"), refusal);
    added = true;
    if (method === SWITCH || goesThere) chainId = DEPLOYMENT.chainId;
    return null;
  };
  const provider = {
    // What a wallet refuses with comes as a rejection.
    request: async (request: Parameters<typeof answer>[0]) => Promise.resolve().then(() => answer(request)),
  };
  const [wallet] = toWallet({ info: { uuid: "1", name: "Test", rdns: "org.example" }, provider });
  if (wallet === undefined) throw new Error("no wallet");
  const store = new WalletStore();
  await store.connect(wallet);
  return { store, asked, methods: () => asked.map(({ method }) => method), chain: () => chainId };
}

describe("app: a wallet that is asked to switch to the pools' chain", () => {
  const original = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  before(() => {
    const storage = { getItem: () => null, setItem: () => undefined };
    Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  });
  after(() => {
    if (original === undefined) Reflect.deleteProperty(globalThis, "localStorage");
    else Object.defineProperty(globalThis, "localStorage", original);
  });

  for (const [name, refusal] of [
    ["4902", { code: 4902 }],
    ["4902 as a text", { code: "4902" }],
    [
      "4902 within -32603",
      { code: -32_603, data: { originalError: { code: 4902, message: "Unrecognized chain ID" } } },
    ],
    ["4902 as the cause of -32603", { code: -32_603, cause: { code: 4902 } }],
  ] as const)
    it(`and answers ${name} is offered the chain`, async () => {
      const { store, asked, chain } = await connect(refusal);
      await store.switchChain(DEPLOYMENT);
      expect(chain()).to.equal(DEPLOYMENT.chainId);
      expect(asked).to.deep.equal([
        { method: SWITCH, params: [{ chainId: "0x7a69" }] },
        {
          method: ADD,
          params: [
            {
              chainId: "0x7a69",
              chainName: "Local node",
              rpcUrls: ["http://127.0.0.1/"],
              nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
            },
          ],
        },
      ]);
    });

  it("and adds the chain without going there is asked again to go", async () => {
    const { store, methods, chain } = await connect({ code: 4902 }, { goesThere: false });
    await store.switchChain(DEPLOYMENT);
    expect(methods()).to.deep.equal([SWITCH, ADD, SWITCH]);
    expect(chain()).to.equal(DEPLOYMENT.chainId);
  });

  for (const [name, refusal] of [
    ["a no", { code: 4001 }],
    ["a no within -32603", { code: -32_603, data: { originalError: { code: 4001 } } }],
  ] as const)
    it(`and answers with ${name} is offered nothing`, async () => {
      const { store, methods } = await connect(refusal);
      const error: unknown = await store.switchChain(DEPLOYMENT).catch((thrown: unknown) => thrown);
      expect(error).to.include(refusal);
      expect(methods()).to.deep.equal([SWITCH]);
    });

  it("and is offered nothing where the deployment names no node for wallets", async () => {
    const { store, methods } = await connect({ code: 4902 });
    const error: unknown = await store.switchChain(WITHOUT_NODE).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 4902 });
    expect(methods()).to.deep.equal([SWITCH]);
  });
});
