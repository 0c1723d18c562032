// A deposit from its preparation to the pool: whatever another tab does meanwhile, the person is asked for what is needed, and no more.
import { expect } from "chai";
import { Interface } from "ethers";
import { network } from "hardhat";

import { readHead } from "../../app/src/chain/head.ts";
import { openSteps, stakeSteps, type Actor } from "../../app/src/chain/operations.ts";
import { readWholePool } from "../../app/src/chain/pools.ts";
import type { Step } from "../../app/src/chain/steps.ts";
import { overHttp } from "../../app/src/chain/transport.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";
import { startRudeNode, type RudeNode } from "../helpers/rude-node.ts";
import { pageReader } from "./page-reader.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const AMOUNT = 10n ** 20n;
const ERC20 = new Interface(["function approve(address spender, uint256 amount)"]);
/** EIP-1193's code of a method that a wallet does not have. */
const UNSUPPORTED = 4200;

interface Stage extends LensFixture {
  readonly actor: Actor;
  /** What alice's wallet was asked for, in order; an approval with its amount. */
  readonly asked: string[];
}

let node: RudeNode;

async function nothingAllowed(): Promise<LensFixture> {
  const fixture = await deployLens(ethers);
  const { actors, stakingToken, flexiblePool, fixedTermPool } = fixture;
  for (const pool of [flexiblePool, fixedTermPool]) await stakingToken.connect(actors.alice).approve(pool, 0);
  return fixture;
}

/** Alice at the page, who lets no pool take anything yet; her wallet signs nothing but transactions, so that she has to approve. */
async function atThePage(): Promise<Stage> {
  const fixture = await networkHelpers.loadFixture(nothingAllowed);
  const { factory, lens } = fixture;
  const { alice } = fixture.actors;
  const contracts = { PoolFactory: await factory.getAddress(), StakingLens: await lens.getAddress() };
  const reader = pageReader(overHttp(node.url), contracts);
  const asked: string[] = [];
  const signer = {
    address: alice.address,
    chainId: 31_337,
    async request(method: string, params: readonly unknown[], asking: () => void): Promise<unknown> {
      asking();
      if (method !== "eth_sendTransaction") throw Object.assign(new Error(method), { code: UNSUPPORTED });
      const [{ data }] = params as [{ data: string }];
      const approval = ERC20.parseTransaction({ data });
      asked.push(approval === null ? "deposit" : `approve ${String(approval.args["amount"])}`);
      return connection.provider.request({ method, params: [...params] });
    },
  };
  return { ...fixture, asked, actor: { reader, signer, head: await readHead(reader) } };
}

/** Takes the steps in turn, as the page does, and says their names; `before` comes ahead of each. */
async function take(steps: readonly Step[], before: (name: string) => Promise<unknown>): Promise<string[]> {
  const taken: string[] = [];
  const left = [...steps];
  for (let step = left.shift(); step !== undefined; step = left.shift()) {
    await before(step.name);
    const outcome = await step.run(() => undefined);
    taken.push(step.name);
    if (outcome !== undefined && !("hash" in outcome)) left.splice(0, left.length, ...outcome);
  }
  return taken;
}

describe("app: a deposit beside another tab", () => {
  before(async () => {
    node = await startRudeNode((request) => connection.provider.request(request));
  });
  after(() => node.close());

  for (const kind of ["flexible", "fixed"] as const)
    describe(`in a ${kind} pool`, () => {
      async function prepare({ actor, flexiblePool, fixedTermPool }: Stage): Promise<Step[]> {
        const address = await (kind === "flexible" ? flexiblePool : fixedTermPool).getAddress();
        const pool = await readWholePool(actor.reader, address);
        if (pool?.kind === "flexible") return stakeSteps(actor, pool, AMOUNT);
        const term = pool?.kind === "fixed" ? pool.terms[0] : undefined;
        if (pool?.kind !== "fixed" || term === undefined) throw new Error("no such pool");
        return openSteps(actor, pool, term, AMOUNT, 0n);
      }

      /** What the other tab does: it deposits on the allowance that is there. */
      async function useUp({ actors, flexiblePool, fixedTermPool }: Stage): Promise<void> {
        if (kind === "flexible") await flexiblePool.connect(actors.alice).stake(AMOUNT);
        else await fixedTermPool.connect(actors.alice).open(0, AMOUNT, actors.alice, 0);
      }

      async function allow({ actors, stakingToken, flexiblePool, fixedTermPool }: Stage): Promise<void> {
        const pool = kind === "flexible" ? flexiblePool : fixedTermPool;
        await stakingToken.connect(actors.alice).approve(pool, AMOUNT);
      }

      async function deposited({ actors, flexiblePool, fixedTermPool }: Stage): Promise<bigint> {
        return kind === "flexible" ? flexiblePool.balanceOf(actors.alice) : fixedTermPool.totalPrincipal();
      }

      const name = kind === "flexible" ? "stake" : "open";

      it("asks for an approval anew where the one that it waited for is used up", async () => {
        const stage = await atThePage();
        let meanwhile = true;
        const taken = await take(await prepare(stage), async (next) => {
          if (next !== name || !meanwhile) return;
          meanwhile = false;
          await useUp(stage);
        });
        expect(stage.asked).to.deep.equal([`approve ${AMOUNT}`, `approve ${AMOUNT}`, "deposit"]);
        expect(taken).to.deep.equal(["permit", "approve", name, "permit", "approve", name]);
        expect(await deposited(stage)).to.equal(2n * AMOUNT);
      });

      it("asks for one where the allowance that it found is used up before it acts", async () => {
        const stage = await atThePage();
        await allow(stage);
        const steps = await prepare(stage);
        expect(steps.map((step) => step.name)).to.deep.equal([name]);
        await useUp(stage);
        await take(steps, () => Promise.resolve());
        expect(stage.asked).to.deep.equal([`approve ${AMOUNT}`, "deposit"]);
        expect(await deposited(stage)).to.equal(2n * AMOUNT);
      });

      it("asks for nothing but the deposit where the allowance is there", async () => {
        const stage = await atThePage();
        await allow(stage);
        await take(await prepare(stage), () => Promise.resolve());
        expect(stage.asked).to.deep.equal(["deposit"]);
      });
    });
});
