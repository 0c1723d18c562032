// The lens tells the first 32 terms with a pool. The page reads on, so that neither an offer nor the term of a position is missing.
import { termOf, untoldTerms, type FixedTermPool } from "@termstake/sdk/pools";
import { expect } from "chai";
import { network } from "hardhat";

import { readPools, readWholePool } from "../../app/src/chain/pools.ts";
import type { Reader } from "../../app/src/chain/reader.ts";
import { renewableTerms } from "../../app/src/features/portfolio/selection.ts";
import { createFixedTermPool } from "../helpers/factory.ts";
import { MONTH } from "../helpers/fixed-term.ts";
import { announce } from "../helpers/fixtures.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";
import { inProcess, pageReader } from "./page-reader.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
/** Terms of the pool, more than two pages of them; every third is closed. */
const COUNT = 150;
const FIRST = 32;
/** Terms that fit into the transaction that creates a pool. */
const AT_ONCE = 60;

const ids = Array.from({ length: COUNT }, (_, id) => id);
const isClosed = (id: number) => id % 3 === 0;
/** All of them, as a person needs them: those that can be opened before the others. */
const ORDER = [...ids.filter((id) => !isClosed(id)), ...ids.filter(isClosed)];

async function fixture() {
  const stage = await deployLens(ethers);
  const { actors, factory, fixedTerm, lens } = stage;
  // Told apart by their minimum.
  const terms = ids.map((id) => ({ ...MONTH, minimum: BigInt(id + 1) }));
  const pool = await createFixedTermPool(ethers, factory, actors.bob, { ...fixedTerm, terms: terms.slice(0, AT_ONCE) });
  const governed = pool.connect(actors.deployer);
  for (const term of terms.slice(AT_ONCE)) await governed.addTerm(term);
  for (const id of ids.filter(isClosed)) await governed.closeTerm(id);
  const contracts = { PoolFactory: await factory.getAddress(), StakingLens: await lens.getAddress() };
  const reader = () => pageReader(inProcess(connection.provider), contracts);
  return { ...stage, governed, address: await pool.getAddress(), reader };
}

async function list({ access, actors, factory }: LensFixture, pool: string): Promise<void> {
  const target = await factory.getAddress();
  const data = factory.interface.encodeFunctionData("setListed", [pool, true]);
  await announce(connection, access, actors.governor, target, data);
  await access.connect(actors.governor).execute(target, data);
}

/** The pool as it stands among all of them. */
async function among(reader: Reader, address: string): Promise<FixedTermPool> {
  const pool = (await readPools(reader)).find((one) => one.address === address);
  if (pool?.kind !== "fixed") throw new Error("no such pool");
  return pool;
}

describe("app: a pool of very many terms", () => {
  it("is told with all of them by itself, open ones before closed ones, each as the contract has it", async () => {
    const { reader, address, governed } = await networkHelpers.loadFixture(fixture);
    const pool = await readWholePool(reader(), address);
    if (pool?.kind !== "fixed") throw new Error("no such pool");
    expect(pool.terms.map(({ id }) => id)).to.deep.equal(ORDER);
    expect(
      pool.terms.every(({ id, minimum, closed }) => minimum === BigInt(id + 1) && closed === isClosed(id)),
    ).to.equal(true);
    const last = await governed.term(COUNT - 1);
    expect(termOf(pool, COUNT - 1)).to.include({ rate: last.terms.rate, duration: last.terms.duration });
    expect(renewableTerms(pool).map(({ id }) => id)).to.deep.equal(ids.filter((id) => !isClosed(id)));
    expect(untoldTerms([pool])).to.equal(0);
  });

  it("is told with all of them among the others where it is listed, also after one of them changed", async () => {
    const stage = await networkHelpers.loadFixture(fixture);
    await list(stage, stage.address);
    const reader = stage.reader();
    expect((await among(reader, stage.address)).terms.map(({ id }) => id)).to.deep.equal(ORDER);
    await stage.governed.pauseTerm(COUNT - 2);
    await stage.governed.closeTerm(COUNT - 1);
    const changed = await among(reader, stage.address);
    expect(termOf(changed, COUNT - 2)?.paused).to.equal(true);
    expect(changed.terms.at(-1)).to.include({ id: COUNT - 1, closed: true });
    expect(changed).to.deep.equal(await among(stage.reader(), stage.address));
    expect(untoldTerms([changed])).to.equal(0);
  });

  it("takes nobody's time among the others where it is not listed: what is left out is counted", async () => {
    const { reader, address } = await networkHelpers.loadFixture(fixture);
    const pool = await among(reader(), address);
    expect(pool.terms.map(({ id }) => id)).to.deep.equal(ORDER.slice(0, FIRST));
    expect(untoldTerms([pool])).to.equal(COUNT - FIRST);
  });
});
