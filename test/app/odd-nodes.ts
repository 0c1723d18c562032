// Whatever manners a node has, the page reads from it what is so, or says that it cannot be read: never what is not so.
import { decodeError } from "@termstake/sdk/errors";
import { expect } from "chai";
import { isError, toQuantity } from "ethers";
import { network } from "hardhat";

import { readExitPreview, readPositions } from "../../app/src/chain/account.ts";
import { pendingTime } from "../../app/src/chain/blocks.ts";
import { explain } from "../../app/src/chain/explain.ts";
import { readPools } from "../../app/src/chain/pools.ts";
import type { Reader } from "../../app/src/chain/reader.ts";
import { overHttp } from "../../app/src/chain/transport.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";
import { RUDE, startRudeNode, type RudeNode, type RudeRules } from "../helpers/rude-node.ts";
import { pageReader } from "./page-reader.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

describe("app: nodes with manners of their own", () => {
  const nodes: RudeNode[] = [];
  afterEach(async () => {
    await Promise.all(nodes.splice(0).map((node) => node.close()));
  });

  async function fixture(): Promise<LensFixture> {
    const stage = await deployLens(ethers);
    await open(stage);
    await networkHelpers.mine(100);
    return stage;
  }

  async function open({ actors, fixedTermPool }: LensFixture): Promise<void> {
    await fixedTermPool.connect(actors.alice).open(1, 10n ** 20n, actors.alice, 0);
  }

  /** A reader through a node with such manners. */
  async function through(
    { factory, lens }: LensFixture,
    rules: RudeRules,
  ): Promise<{ reader: Reader; node: RudeNode }> {
    const node = await startRudeNode((request) => connection.provider.request(request), rules);
    nodes.push(node);
    const contracts = { PoolFactory: await factory.getAddress(), StakingLens: await lens.getAddress() };
    const reader = pageReader(overHttp(node.url, 1_000), contracts);
    return { reader, node };
  }

  async function pools(reader: Reader): Promise<string[]> {
    return (await readPools(reader)).map(({ address, kind }) => `${kind} ${address}`);
  }

  async function positions(stage: LensFixture, reader: Reader): Promise<bigint[]> {
    const found = await readPositions(reader, [await stage.fixedTermPool.getAddress()], stage.actors.alice.address);
    return found.map(({ id }) => id);
  }

  it("without a pending block are asked about the newest one", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader } = await through(stage, { noPending: true });
    const position = (
      await readPositions(reader, [await stage.fixedTermPool.getAddress()], stage.actors.alice.address)
    )[0];
    if (position === undefined) throw new Error("no position");
    expect((await readExitPreview(reader, position, position.principal)).principalOut).to.be.greaterThan(0n);
    expect(await pendingTime(reader)).to.equal(undefined);
  });

  for (const [name, rules] of [
    ["refused", { batchLimit: 0 }],
    ["HTTP 400", { batchLimit: 0, batchStatus: 400 }],
    ["above 3", { batchLimit: 3 }],
  ] as const)
    it(`that take no batches (${name}) are asked singly`, async () => {
      const stage = await networkHelpers.loadFixture(fixture);
      const expected = await pools((await through(stage, {})).reader);
      const { reader, node } = await through(stage, rules);
      const [one, two] = await Promise.all([pools(reader), positions(stage, reader), pools(reader), pools(reader)]);
      expect(one).to.deep.equal(expected);
      expect(two).to.deep.equal([1n]);
      expect(node.batches.some((size) => size > 1)).to.equal(true); // it was tried
      expect(node.batches.at(-1)).to.equal(1);
    });

  for (const [name, refusal] of [
    ["-32005", RUDE.quota],
    ["429", { error: { code: 429, message: "Your app has exceeded its compute units per second capacity" } }],
    ["header not found", RUDE.headerNotFound],
    ["HTTP 429", RUDE.tooMany],
    ["HTTP 503", RUDE.unavailable],
  ] as const) {
    it(`that answer a call with ${name} are asked again`, async () => {
      const stage = await networkHelpers.loadFixture(fixture);
      let left = 2;
      const { reader } = await through(stage, {
        script: ({ method }) => (method === "eth_call" && left-- > 0 ? refusal : undefined),
      });
      expect(await pools(reader)).to.have.length(2);
      expect(left).to.be.lessThan(0);
    });

    it(`that answer every call with ${name} cannot be reached: no contract refused`, async () => {
      const stage = await networkHelpers.loadFixture(fixture);
      const { reader } = await through(stage, {
        script: ({ method }) => (method === "eth_call" ? refusal : undefined),
      });
      const error = await pools(reader).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(isError(error, "NETWORK_ERROR"), String(error)).to.equal(true);
      expect(explain(error, decodeError)).to.deep.equal({ kind: "unreachable" });
    });
  }

  it("that refuse for a contract are believed", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, node } = await through(stage, {});
    const data = stage.fixedTermPool.interface.encodeFunctionData("position", [77n]);
    const error: unknown = await reader.provider
      .call({ to: await stage.fixedTermPool.getAddress(), data })
      .catch((thrown: unknown) => thrown);
    expect(explain(error, decodeError)).to.include({ kind: "revert", name: "PoolPositionUnknown" });
    expect(node.asked).to.have.length(1);
  });

  it("that never answer are given up", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader } = await through(stage, { script: () => "silence" });
    const error: unknown = await pools(reader).catch((thrown: unknown) => thrown);
    expect(explain(error, decodeError)).to.deep.equal({ kind: "unreachable" });
  });

  it("that tell the logs of few blocks at once are asked for few, and for as many the next time", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, node } = await through(stage, { logRange: 10 });
    expect(await positions(stage, reader)).to.deep.equal([1n]);
    const refused = () =>
      node.asked.filter(({ method, params }) => {
        const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: string; toBlock?: string };
        return method === "eth_getLogs" && Number(toBlock) - Number(fromBlock) + 1 > 10;
      }).length;
    const before = refused();
    await open(stage);
    expect(await positions(stage, reader)).to.deep.equal([1n, 2n]);
    expect(refused()).to.equal(before);
  });

  it("that told the logs of few blocks in a busy time are asked for more again", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, node } = await through(stage, { logRange: 5 });
    expect(await positions(stage, reader)).to.deep.equal([1n]);
    delete node.rules.logRange;
    await networkHelpers.mine(200);
    const from = node.asked.length;
    expect(await positions(stage, reader)).to.deep.equal([1n]);
    const spans = node.asked.slice(from).flatMap(({ method, params }) => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: string; toBlock?: string };
      return method === "eth_getLogs" ? [Number(toBlock) - Number(fromBlock) + 1] : [];
    });
    expect(Math.max(...spans)).to.be.at.least(20);
  });

  it("of which some are behind do not lose a position: it is read again until they agree", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, node } = await through(stage, {});
    expect(await positions(stage, reader)).to.deep.equal([1n]);
    node.rules.logLag = 5;
    await open(stage);
    expect(await positions(stage, reader)).to.deep.equal([1n]); // the logs come from one that has not heard of it
    delete node.rules.logLag;
    expect(await positions(stage, reader)).to.deep.equal([1n, 2n]); // in the same block
    await networkHelpers.mine();
    expect(await positions(stage, reader)).to.deep.equal([1n, 2n]);
  });

  it("of which some are behind do not take the newest block back", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    const { reader, node } = await through(stage, {});
    await open(stage);
    expect(await positions(stage, reader)).to.deep.equal([1n, 2n]);
    const old: unknown = await ethers.provider.send("eth_getBlockByNumber", [
      toQuantity((await ethers.provider.getBlockNumber()) - 3),
      false,
    ]);
    node.rules.script = ({ method, params }) =>
      method === "eth_getBlockByNumber" && params[0] === "latest" ? { result: old } : undefined;
    expect(await positions(stage, reader)).to.deep.equal([1n, 2n]);
  });
});
