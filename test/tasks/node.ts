// What a command asks its node again, and what it asks in another way.
import { expect } from "chai";
import { toBeHex } from "ethers";

import { CommandEnded, NodeUnavailable } from "../../tasks/lib/exit-codes.ts";
import { BrokenConnection, isPassing, Node, RpcError } from "../../tasks/lib/node.ts";
import { PatientRpc } from "../../tasks/lib/rpc.ts";
import { Chain } from "../../tasks/watch/chain.ts";
import { RUDE } from "../helpers/rude-node.ts";

const says = (code: number, message: string) => new RpcError({ code, message });

describe("what a node refuses", () => {
  for (const [name, error] of [
    ["too often", new RpcError(RUDE.quota.error)],
    ["a block that it does not have yet", says(-32602, "block range extends beyond current head block")],
    ["a busy time", says(-32000, "temporarily overloaded")],
    ["a broken connection", new BrokenConnection("socket hang up")],
    ["HTTP 503", new BrokenConnection("it answers 503", { status: 503 })],
  ] as const)
    it(`for ${name} is asked again`, () => {
      expect(isPassing(error, "eth_getLogs")).to.equal(true);
      expect(isPassing(error, "eth_call")).to.equal(true);
    });

  for (const [name, error, call] of [
    ["too wide a range", says(-32005, "query returned more than 10000 results"), true],
    ["too many contracts", says(-32602, "Please, specify less number of addresses"), false],
    ["the time that it takes", new BrokenConnection("no answer in 10 s"), true],
    ["a proxy's patience", new BrokenConnection("it answers 504", { status: 504 }), true],
  ] as const)
    it(`for ${name} is not asked again of logs: less of them is`, () => {
      expect(isPassing(error, "eth_getLogs")).to.equal(false);
      expect(isPassing(error, "eth_call")).to.equal(call);
    });
});

describe("the chain of a watch", () => {
  const pools = Array.from({ length: 150 }, (_, i) => toBeHex(i + 1, 20));
  interface Filter {
    readonly address: string | string[];
    readonly fromBlock: string;
    readonly toBlock: string;
  }
  const read = async (refuse: (addresses: number, blocks: number) => void) => {
    const asked: (readonly [string, string])[] = [];
    const node = new Node(async (_, [parameter]) => {
      const { address, fromBlock, toBlock } = parameter as Filter;
      const addresses = [address].flat();
      refuse(addresses.length, Number(toBlock) - Number(fromBlock) + 1);
      asked.push(...addresses.map((one) => [one, `${fromBlock}-${toBlock}`] as const));
      return Promise.resolve([]);
    });
    await new Chain(node).logs(pools, 0, 2_999);
    return asked;
  };

  it("names fewer contracts at once to a node that limits them, and leaves none out", async () => {
    const asked = await read((addresses) => {
      if (addresses > 5) throw says(-32602, "Please, specify less number of addresses");
    });
    expect(asked.map(([address]) => address).toSorted()).to.deep.equal(pools.toSorted());
  });

  it("asks a slow node for fewer blocks, without asking it for the same again", async () => {
    let refusals = 0;
    const asked = await read((_, blocks) => {
      if (blocks <= 1_000) return;
      refusals++;
      throw new BrokenConnection("it answers 504", { status: 504 });
    });
    expect(new Set(asked.map(([, blocks]) => blocks)).size).to.equal(3);
    expect(refusals).to.equal(2); // for each half of the contracts, which were asked for together
  });

  it("gives a silent node up", async () => {
    const silent = async () =>
      read(() => {
        throw new BrokenConnection("no answer in 10 s");
      });
    const error: unknown = await silent().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NodeUnavailable);
  });
});

describe("a command that is told to end", () => {
  it("waits for nothing any more, whatever its time-out", async () => {
    const node = new Node(async () => Promise.resolve(null));
    const patient = new PatientRpc(node, 3_600);
    let looks = 0;
    const receipt = async () => {
      if (looks++ === 1) node.end();
      return patient.receipt(`0x${"00".repeat(32)}`);
    };
    const waiting = patient.until(receipt, () => "It is not there");
    const error: unknown = await waiting.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CommandEnded);
    expect(looks).to.equal(2);
  });
});
