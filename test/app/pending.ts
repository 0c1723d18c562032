// What is on its way is known by account and chain, by every page, and after a reload.
import { expect } from "chai";
import { id, toQuantity, zeroPadValue } from "ethers";
import { network } from "hardhat";

import { lookFor, type Sent } from "../../app/src/chain/follow.ts";
import { isOpen, PendingStore, type Pending } from "../../app/src/chain/pending.ts";
import type { Reader } from "../../app/src/chain/reader.ts";
import { overHttp } from "../../app/src/chain/transport.ts";
import { startRudeNode, type RudeNode } from "../helpers/rude-node.ts";
import { inProcess, pageReader } from "./page-reader.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const [A, B] = ["0x00000000000000000000000000000000000000A1", "0x00000000000000000000000000000000000000B2"];

function pending(change: Partial<Pending> = {}): Pending {
  return {
    hash: "0x01",
    from: A,
    to: "0x02",
    data: "0x",
    block: 1,
    step: "stake",
    pool: "0x02",
    amount: "5 TSK",
    state: "sent",
    ...change,
  };
}

/** As the browser's own. */
function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe("app: transactions on their way", () => {
  it("are known after a reload, to their own account on their own chain alone", () => {
    const kept = storage();
    new PendingStore(kept, "1.0xaa").add(A, pending());
    const again = new PendingStore(kept, "1.0xaa");
    expect(again.list(A)).to.deep.equal([pending()]);
    expect(again.list(B)).to.deep.equal([]);
    expect(new PendingStore(kept, "1.0xbb").list(A)).to.deep.equal([]);
    expect(new PendingStore(kept, "2.0xaa").list(A)).to.deep.equal([]);
  });

  it("of two tabs are both kept", () => {
    const kept = storage();
    const [one, two] = [new PendingStore(kept, "1"), new PendingStore(kept, "1")];
    expect([one.list(A), two.list(A)]).to.deep.equal([[], []]);
    one.add(A, pending({ hash: "0x01" }));
    two.add(A, pending({ hash: "0x02" }));
    one.reload();
    expect(one.list(A).map(({ hash }) => hash)).to.deep.equal(["0x01", "0x02"]);
    one.change(A, "0x02", { state: "confirmed" });
    one.remove(A, "0x01");
    expect(new PendingStore(kept, "1").list(A)).to.deep.equal([pending({ hash: "0x02", state: "confirmed" })]);
    expect(new PendingStore(kept, "1").list(A).filter(isOpen)).to.deep.equal([]);
  });

  it("are known as long as the page is open where nothing can be stored", () => {
    const store = new PendingStore(
      {
        getItem: () => null,
        setItem() {
          throw new Error("full");
        },
        removeItem: () => undefined,
      },
      "1",
    );
    store.add(A, pending());
    expect(store.list(A)).to.deep.equal([pending()]);
  });

  it("are read past what is no such thing", () => {
    const kept = storage();
    const store = new PendingStore(kept, "1");
    store.add(A, pending());
    const [name = ""] = kept.items.keys();
    for (const text of ["", "no JSON", "7", "null", '[{"hash":1}]', "[null]"]) {
      kept.items.set(name, text);
      expect(new PendingStore(kept, "1").list(A), text).to.deep.equal([]);
    }
  });
});

describe("app: what became of a transaction", () => {
  let node: RudeNode;
  let reader: Reader;

  before(async () => {
    node = await startRudeNode((request) => connection.provider.request(request));
    reader = pageReader(overHttp(node.url));
  });
  after(() => node.close());

  async function account() {
    const [signer] = await ethers.getSigners();
    if (signer === undefined) throw new Error("no account");
    return signer;
  }

  /** Sends without mining, for a price in gwei. */
  async function send(to: string, price: bigint, nonce: number): Promise<Sent> {
    const signer = await account();
    const fees = { maxFeePerGas: price * 10n ** 9n, maxPriorityFeePerGas: price * 10n ** 9n };
    const block = await ethers.provider.getBlockNumber();
    const { hash } = await signer.sendTransaction({ to, nonce, data: "0x1234", gasLimit: 50_000n, ...fees });
    return { hash, from: signer.address, to, data: "0x1234", block };
  }

  it("is seen once it is mined", async () => {
    await ethers.provider.send("evm_setAutomine", [false]);
    try {
      const sent = await send(A, 10n, await (await account()).getNonce());
      expect(await lookFor(reader, sent)).to.include({ state: "sent" });
      await networkHelpers.mine();
      expect(await lookFor(reader, sent)).to.deep.include({ state: "confirmed" });
    } finally {
      await ethers.provider.send("evm_setAutomine", [true]);
    }
  });

  for (const [name, to, state] of [
    ["sped up counts as itself", A, "confirmed"],
    ["replaced by another did not act", B, "replaced"],
  ] as const)
    it(`that was ${name}, also after the node has forgotten it`, async () => {
      await ethers.provider.send("evm_setAutomine", [false]);
      try {
        const nonce = await (await account()).getNonce();
        const sent = await send(A, 10n, nonce);
        const first = await lookFor(reader, sent);
        await send(to, 100n, nonce);
        await networkHelpers.mine();
        const noted = first.state === "sent" ? { ...sent, ...first } : sent;
        expect((await lookFor(reader, noted)).state).to.equal(state);
      } finally {
        await ethers.provider.send("evm_setAutomine", [true]);
      }
    });

  it("of a Safe waits for signatures, and is known by the name that the Safe gave it", async () => {
    const safe = await ethers.deployContract("ScriptedContract");
    const from = await safe.getAddress();
    const hash = id("what the owners sign");
    const sent = { hash, from, to: A, data: "0x", block: await ethers.provider.getBlockNumber() };
    expect(await lookFor(reader, sent)).to.deep.equal({ state: "queued" });
    // The logs of a Safe, before and since version 1.4, as a node tells them.
    const { hash: transaction } = await (await account()).sendTransaction({ to: A });
    for (const [topics, data] of [
      [[id("ExecutionSuccess(bytes32,uint256)")], `${hash}${"0".repeat(64)}`],
      [[id("ExecutionSuccess(bytes32,uint256)"), hash], zeroPadValue("0x", 32)],
    ] as const) {
      const log = {
        address: from,
        topics,
        data,
        blockNumber: toQuantity(sent.block + 1),
        blockHash: hash,
        logIndex: "0x0",
        transactionHash: transaction,
      };
      const told = pageReader(
        inProcess(connection.provider, async ({ method, params }) =>
          method === "eth_getLogs" ? [log] : connection.provider.request({ method, params }),
        ),
      );
      expect((await lookFor(told, sent)).state).to.equal("confirmed");
    }
  });

  it("that no node has heard of is still on its way", async () => {
    const sent = { hash: id("nothing"), from: B, to: A, data: "0x", block: 0 };
    expect(await lookFor(reader, sent)).to.deep.equal({ state: "sent" });
  });
});
