import { expect } from "chai";
import { AbiCoder, concat, encodeBytes32String, hexlify, toBeHex, toUtf8Bytes, zeroPadBytes } from "ethers";
import { network } from "hardhat";

import type { IStakingLens } from "../../types/contracts/StakingLens.js";
import type { FixedTermPool, StakingLens } from "../../types/index.js";
import { createFixedTermPool, createFlexiblePool, PoolKind } from "../helpers/factory.ts";
import { MONTH, openPosition } from "../helpers/fixed-term.ts";
import { MAX_UINT256, ONE, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { deployLens, type LensFixture } from "../helpers/lens.ts";
import { answer, Behaviour, type Script } from "../helpers/scripted.ts";

const { ethers, networkHelpers } = await network.create();

const coder = AbiCoder.defaultAbiCoder();

/** Entries that a page holds within the gas named, whatever the tokens do; `docs/ARCHITECTURE.md` publishes both. */
const POOL_PAGE = { entries: 16, gas: 2n ** 24n };
const HEAVIEST_PAGE = { entries: 3, gas: 2n ** 24n };

/** As many terms as a pool may have. */
const MOST_TERMS = 256;

const POSITION_PAGE = { entries: 200n, gas: 4_500_000n };

const BURNS: Script = { behaviour: Behaviour.burnGas };
const REVERTS: Script = { behaviour: Behaviour.revert };

function returns(data: string, size?: number): Script {
  return size === undefined ? { behaviour: Behaviour.return, data } : { behaviour: Behaviour.return, data, size };
}

function text(symbol: string): string {
  return coder.encode(["string"], [symbol]);
}

/** A string of bytes that need not be text. */
function bytesOf(hex: string): string {
  return coder.encode(["bytes"], [`0x${hex}`]);
}

/** What a token answers, and what the lens makes of it. */
interface Token {
  symbol: Script;
  decimals: Script;
  shown: [symbol: string, decimals: bigint, known: boolean];
}

const SIX = returns(toBeHex(6, 32));
const XYZ = returns(text("XYZ"));

const TOKENS: Record<string, Token> = {
  "burns its gas in symbol": { symbol: BURNS, decimals: SIX, shown: ["", 6n, true] },
  "burns its gas in decimals": { symbol: XYZ, decimals: BURNS, shown: ["XYZ", 0n, false] },
  "burns its gas in both": { symbol: BURNS, decimals: BURNS, shown: ["", 0n, false] },
  "reverts in symbol": { symbol: REVERTS, decimals: SIX, shown: ["", 6n, true] },
  "reverts in decimals": { symbol: XYZ, decimals: REVERTS, shown: ["XYZ", 0n, false] },
  "reverts with 10 kB": {
    symbol: { ...REVERTS, size: 10_000 },
    decimals: { ...REVERTS, size: 10_000 },
    shown: ["", 0n, false],
  },
  "has a symbol of 10 kB": {
    symbol: returns(concat([toBeHex(32, 32), toBeHex(10_000, 32), toUtf8Bytes("A".repeat(64))]), 10_064),
    decimals: SIX,
    shown: ["A".repeat(32), 6n, true],
  },
  "has a symbol of 33 characters": {
    symbol: returns(text("B".repeat(33))),
    decimals: SIX,
    shown: ["B".repeat(32), 6n, true],
  },
  "has no symbol": { symbol: returns(text("")), decimals: SIX, shown: ["", 6n, true] },
  "has a bytes32 symbol": { symbol: returns(encodeBytes32String("MKR")), decimals: SIX, shown: ["MKR", 6n, true] },
  "has a full bytes32 symbol": {
    symbol: returns(hexlify(toUtf8Bytes("C".repeat(32)))),
    decimals: SIX,
    shown: ["C".repeat(32), 6n, true],
  },
  "has line breaks and other scripts in its symbol": {
    symbol: returns(text("a\n\u0000é")),
    decimals: SIX,
    shown: ["a??é", 6n, true],
  },
  "is called USD₮0": { symbol: returns(text("USD₮0")), decimals: SIX, shown: ["USD₮0", 6n, true] },
  "is called 柴犬": { symbol: returns(text("柴犬")), decimals: SIX, shown: ["柴犬", 6n, true] },
  "is called with an emoji": { symbol: returns(text("🐕COIN")), decimals: SIX, shown: ["🐕COIN", 6n, true] },
  "has a bytes32 symbol in another script": {
    symbol: returns(encodeBytes32String("柴犬")),
    decimals: SIX,
    shown: ["柴犬", 6n, true],
  },
  "has 40 characters of three bytes": {
    symbol: returns(text("柴".repeat(40))),
    decimals: SIX,
    shown: ["柴".repeat(10), 6n, true], // 30 bytes; one more would be 33
  },
  "has characters of one and four bytes around the limit": {
    symbol: returns(text(`${"A".repeat(29)}🐕`)),
    decimals: SIX,
    shown: ["A".repeat(29), 6n, true],
  },
  "has a character that ends at the limit": {
    symbol: returns(text(`${"A".repeat(28)}🐕B`)),
    decimals: SIX,
    shown: [`${"A".repeat(28)}🐕`, 6n, true],
  },
  "has 40 characters without width": {
    symbol: returns(text("\u200b".repeat(40))),
    decimals: SIX,
    shown: ["?".repeat(22), 6n, true], // 64 bytes are read: 21 characters, and a byte of one more
  },
  "has 33 characters that nobody can see": {
    symbol: returns(text("\u0001".repeat(33))),
    decimals: SIX,
    shown: ["?".repeat(32), 6n, true],
  },
  "has characters without width or direction": {
    symbol: returns(text("A\u200bB\u202eC\u2066D\ufeffE\u00adF\u{e0041}G\u0085H\u2028I\u061cJ")),
    decimals: SIX,
    shown: ["A?B?C?D?E?F?G?H?I?J", 6n, true],
  },
  "has characters that are blank, or select how others look": {
    symbol: returns(text("\u3164A\ufe00B\u034fC\u2800D\u115fE\u180bF\uffa0G\u00a0H\u3000I\u2003J")),
    decimals: SIX,
    shown: ["?A?B?C?D?E?F?G?H?I?J", 6n, true],
  },
  "has bytes that are no UTF-8": {
    symbol: returns(bytesOf("41ff42c0af43eda08044f4908080f88080")),
    decimals: SIX,
    shown: ["A?B??C???D???????", 6n, true],
  },
  "has overlong forms": {
    symbol: returns(bytesOf("e08080f0808080c180")),
    decimals: SIX,
    shown: ["?".repeat(9), 6n, true],
  },
  "has characters that end too early": {
    symbol: returns(bytesOf("e69f41f09f9042c241e69f")),
    decimals: SIX,
    shown: ["??A???B?A??", 6n, true],
  },
  "has what XML forbids in its symbol": {
    symbol: returns(bytesOf("41efbfbe42efbfbf43f09fbfbe44")),
    decimals: SIX,
    shown: ["A?B?C?D", 6n, true],
  },
  "has the first and last of what UTF-8 can say": {
    symbol: returns(bytesOf("c2a1dfbfe0a080ed9fbfee8080f0908080")),
    decimals: SIX,
    shown: ["¡\u07ff\u0800\ud7ff\ue000\u{10000}", 6n, true],
  },
  "says 0 decimals": { symbol: XYZ, decimals: returns(toBeHex(0, 32)), shown: ["XYZ", 0n, true] },
  "claims more symbol than it returns": {
    symbol: returns(concat([toBeHex(32, 32), toBeHex(MAX_UINT256, 32), zeroPadBytes("0x4142", 32)])),
    decimals: SIX,
    shown: [`AB${"?".repeat(30)}`, 6n, true],
  },
  "ends within its symbol": {
    symbol: returns(concat([toBeHex(32, 32), toBeHex(MAX_UINT256, 32), "0x4142"])),
    decimals: SIX,
    shown: ["AB", 6n, true],
  },
  "claims a symbol far away": {
    symbol: returns(concat([toBeHex(MAX_UINT256, 32), toBeHex(3, 32), zeroPadBytes("0x414243", 32)])),
    decimals: SIX,
    shown: ["", 6n, true],
  },
  "returns nothing": { symbol: returns("0x"), decimals: returns("0x"), shown: ["", 0n, false] },
  "returns 31 bytes": {
    symbol: returns(hexlify(toUtf8Bytes("D".repeat(31)))),
    decimals: returns(hexlify(toUtf8Bytes("D".repeat(31)))),
    shown: ["", 0n, false],
  },
  "reverts with a symbol and decimals": {
    symbol: { ...XYZ, behaviour: Behaviour.revert },
    decimals: { ...SIX, behaviour: Behaviour.revert },
    shown: ["", 0n, false],
  },
  "returns 63 bytes of symbol": {
    symbol: returns(hexlify(toUtf8Bytes("E".repeat(63)))),
    decimals: SIX,
    shown: ["E".repeat(32), 6n, true],
  },
  "returns more than a bytes32 and less than a string": {
    symbol: returns(hexlify(toUtf8Bytes(`${"E".repeat(31)}é`))),
    decimals: SIX,
    shown: [`${"E".repeat(31)}?`, 6n, true], // the first word alone is read, and ends within a character
  },
  "returns 64 bytes that are no string": {
    symbol: returns(hexlify(toUtf8Bytes("F".repeat(64)))),
    decimals: SIX,
    shown: ["", 6n, true],
  },
  "has the first and the last printable character in its symbol": {
    symbol: returns(text(" ~\u007f")),
    decimals: SIX,
    shown: [" ~?", 6n, true],
  },
  "has 255 decimals": { symbol: XYZ, decimals: returns(toBeHex(255, 32)), shown: ["XYZ", 255n, true] },
  "claims 262 decimals": { symbol: XYZ, decimals: returns(toBeHex(262, 32)), shown: ["XYZ", 0n, false] },
};

const LAST_CODE_POINT = 0x10ffff;

/** First and last of what has no shape, hides, selects or turns others, or is no character. */
const UNSEEN: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xfffe, 0xffff],
  [0x1fffe, 0x1ffff],
  [0xdfffe, 0xdffff],
  [0xe0000, LAST_CODE_POINT],
];

/** What is well formed by the Unicode standard's table 3-7, and what is a byte beside it. */
const EDGES_OF_UTF8: readonly (readonly [hex: string, shown: string])[] = [
  ["80 80 80 80 bf bf bf bf c1 80 80 80", "?".repeat(12)],
  ["c1 bf c2 80 c2 a1 c3 7f c3 80 c3 bf c3 c0 df bf", "???¡??Àÿ??\u07ff"],
  ["e0 9f bf e0 a0 80 e0 bf bf e1 80 80 e1 bf bf", "???\u0800\u0fff\u1000\u1fff"],
  ["e1 7f 80 e1 c0 80 e1 80 7f e1 80 c0", "?".repeat(12)],
  ["ec bf bf ed 80 80 ed 9f bf ed a0 80 ee 80 80 ee bf bf", "\ucfff\ud000\ud7ff???\ue000\uefff"],
  ["ef 80 80 ef bf bc", "\uf000\ufffc"],
  ["f0 8f bf bf f0 90 80 80 f0 bf bf bd f1 80 80 80", "????\u{10000}\u{3fffd}\u{40000}"],
  ["f1 7f 80 80 f1 c0 80 80 f1 80 80 7f f1 80 80 c0", "?".repeat(16)],
  ["f3 80 80 80 f3 9f bf bd f4 80 80 80 f4 8f bf bf", "\u{c0000}\u{dfffd}??"],
  ["f4 90 80 80 f5 80 80 80", "?".repeat(8)],
];

async function fresh(): Promise<LensFixture> {
  return deployLens(ethers);
}

async function hostileToken({ symbol, decimals }: Pick<Token, "symbol" | "decimals">): Promise<string> {
  const token = await ethers.deployContract("ScriptedContract");
  await answer(token, "symbol()", symbol);
  await answer(token, "decimals()", decimals);
  return token.getAddress();
}

/** A page's worth of flexible pools over one token that burns all gas that it is given. */
async function hostilePage(): Promise<LensFixture> {
  const fixture = await deployLens(ethers);
  const { actors, factory, flexible } = fixture;
  const token = await hostileToken({ symbol: BURNS, decimals: BURNS });
  const config = { ...flexible, stakingToken: token, rewardsToken: token };
  for (let i = 2; i < POOL_PAGE.entries; i++)
    await factory.connect(actors.bob).createFlexiblePool(config, toBeHex(i, 32));
  return fixture;
}

/** Fixed-term pools at their largest in the lens, from index 2 on, over a token that burns all gas that it is given. */
async function heaviestPools() {
  const fixture = await deployLens(ethers);
  const { actors, factory, fixedTerm } = fixture;
  const token = await hostileToken({ symbol: BURNS, decimals: BURNS });
  const terms = Array.from({ length: 60 }, () => MONTH);
  const config = { ...fixedTerm, stakingToken: token, rewardsToken: token, conversion: ONE, terms };
  const pools: FixedTermPool[] = [];
  for (let i = 0; i < HEAVIEST_PAGE.entries; i++) {
    const pool = await createFixedTermPool(ethers, factory, actors.bob, config, toBeHex(i, 32));
    const governed = pool.connect(actors.deployer);
    for (let id = terms.length; id < MOST_TERMS; id++) await governed.addTerm(MONTH);
    // All but the last closed: no page is full before the end.
    for (let id = 0; id < MOST_TERMS - 1; id++) await governed.closeTerm(id);
    pools.push(pool);
  }
  const [pool] = pools;
  if (!pool) throw new Error("no pools");
  return { ...fixture, pool };
}

/** As many open positions as a page holds. */
async function manyPositions(): Promise<LensFixture> {
  const fixture = await deployLens(ethers);
  const { actors, fixedTermPool } = fixture;
  for (let i = 0n; i < POSITION_PAGE.entries; i++) await openPosition(fixedTermPool, actors.bob, ONE);
  return fixture;
}

/** A contract that lists the addresses as flexible pools, as a factory would. */
async function factoryOf(addresses: string[]) {
  const scripted = await ethers.deployContract("ScriptedContract");
  const infos = addresses.map((pool) => [pool, PoolKind.flexible, true, 1n, ZERO_ADDRESS]);
  const shape = "tuple(address,uint8,bool,uint40,address)[]";
  await answer(scripted, "pools(uint256,uint256)", returns(coder.encode([shape], [infos])));
  await answer(scripted, "authority()", returns(toBeHex(1, 32)));
  return scripted.getAddress();
}

/** Calls with each amount of gas, and returns what came back from those calls that did not revert. */
async function withEach<T>(gasLimits: bigint[], call: (gasLimit: bigint) => Promise<T>): Promise<T[]> {
  const answers = await Promise.all(gasLimits.map((gasLimit) => call(gasLimit).catch(() => undefined)));
  return answers.filter((value) => value !== undefined);
}

function range(from: bigint, to: bigint, step: bigint): bigint[] {
  return Array.from({ length: Number((to - from) / step) }, (_, index) => from + BigInt(index) * step);
}

/** Lets the token of one pool answer with one symbol after the other, and expects each to be shown so. */
async function showsSymbols(symbols: readonly (readonly [answered: string, shown: string])[]): Promise<void> {
  const { actors, factory, flexible, lens } = await networkHelpers.loadFixture(fresh);
  const token = await ethers.deployContract("ScriptedContract");
  const stakingToken = await token.getAddress();
  await createFlexiblePool(ethers, factory, actors.bob, { ...flexible, stakingToken });
  for (const [answered, shown] of symbols) {
    await answer(token, "symbol()", returns(answered));
    const [view] = await lens.pools(factory, 2n, 1n);
    expect(view?.stakingToken.symbol, answered).to.equal(shown);
  }
}

describe("StakingLens", () => {
  describe("given a token that", () => {
    for (const [title, { symbol, decimals, shown }] of Object.entries(TOKENS)) {
      it(`${title}: shows its pool and the others`, async () => {
        const { actors, factory, flexible, lens } = await networkHelpers.loadFixture(fresh);
        const token = await hostileToken({ symbol, decimals });
        const alone = await lens.pools(factory, 0n, 2n);
        await createFlexiblePool(ethers, factory, actors.bob, { ...flexible, stakingToken: token });

        const page = await lens.pools(factory, 0n, 10n);
        const view = page[2];
        if (!view) throw new Error("The page has no third entry");
        expect(view.failed).to.equal(false);
        expect([...view.stakingToken]).to.deep.equal([token, ...shown]);
        expect(view.rewardsToken.symbol).to.equal("REWARD");
        expect(view.flexible.cap).to.equal(flexible.cap);
        expect(page.slice(0, 2)).to.deep.equal(alone);
      });
    }

    it("has any character beside one that nobody can see: shows it, and a question mark for the other", async () => {
      const edges = UNSEEN.flatMap(([first, last]) => [first - 1, first, last, last + 1]);
      const characters = edges.filter((codePoint) => codePoint >= 0 && codePoint <= LAST_CODE_POINT);
      const isUnseen = (codePoint: number) => UNSEEN.some(([first, last]) => codePoint >= first && codePoint <= last);
      const symbols: [answered: string, shown: string][] = [];
      for (let i = 0; i < characters.length; i += 8) {
        const some = characters.slice(i, i + 8); // at most 32 bytes
        const shown = some.map((codePoint) => (isUnseen(codePoint) ? "?" : String.fromCodePoint(codePoint)));
        symbols.push([text(String.fromCodePoint(...some)), shown.join("")]);
      }
      await showsSymbols(symbols);
    });

    it("answers with bytes at the edges of UTF-8: shows characters, and a question mark for each other byte", async () => {
      await showsSymbols(EDGES_OF_UTF8.map(([hex, shown]) => [bytesOf(hex.replaceAll(" ", "")), shown]));
    });

    for (const [symbol, shown] of [
      ["W".repeat(4_096), "W".repeat(32)],
      ["柴犬".repeat(682), "柴犬".repeat(5)],
      ["USD₮0", "USD₮0"],
    ] as const) {
      it(`keeps ${symbol.length} characters of symbol as ERC-20 contracts do: shows the first that fit`, async () => {
        const { actors, factory, flexible, lens } = await networkHelpers.loadFixture(fresh);
        const stakingToken = await (await ethers.deployContract("PlainToken", ["Token", symbol, 6])).getAddress();
        const pool = await createFlexiblePool(ethers, factory, actors.bob, { ...flexible, stakingToken });
        const view = await lens.pool(factory, pool);
        expect([...view.stakingToken]).to.deep.equal([stakingToken, shown, 6n, true]);
      });
    }

    it("tells the gas that it gets: shows that it is what the limits say", async () => {
      const { actors, flexiblePool, lens, factory, stakingToken } = await networkHelpers.loadFixture(fresh);
      const token = await stakingToken.getAddress();
      await networkHelpers.setCode(token, "0x5a5f5260205ff3"); // returns what is left after GAS, which takes 2
      const [view] = await lens.stakes([flexiblePool], actors.bob);
      expect([view?.walletBalance, view?.walletAllowance]).to.deep.equal([49_998n, 49_998n]);

      // Returns the low byte of what is left, 0x2e of 349,998, plus 0x20, as a bytes32 symbol of one letter.
      await networkHelpers.setCode(token, "0x5a60200160f81b5f5260205ff3");
      expect((await lens.pool(factory, flexiblePool)).stakingToken.symbol).to.equal("N");
    });

    it("is destroyed: shows its pools without symbol and decimals", async () => {
      const { factory, lens, stakingToken } = await networkHelpers.loadFixture(fresh);
      const before = await lens.pools(factory, 0n, 2n);
      await networkHelpers.setCode(await stakingToken.getAddress(), "0x");
      const page = await lens.pools(factory, 0n, 2n);
      for (const [index, view] of page.entries()) {
        expect(view.failed).to.equal(false);
        expect([...view.stakingToken]).to.deep.equal([await stakingToken.getAddress(), "", 0n, false]);
        expect(view.rewardsToken).to.deep.equal(before[index]?.rewardsToken);
        expect(view.fixedTerm).to.deep.equal(before[index]?.fixedTerm);
      }
    });

    it("holds markup in its symbol: passes it on as text, for the reader to escape", async () => {
      const { actors, factory, flexible, lens } = await networkHelpers.loadFixture(fresh);
      const markup = `"><svg onload='x'>&`;
      const token = await hostileToken({ symbol: returns(text(markup)), decimals: SIX });
      const pool = await createFlexiblePool(ethers, factory, actors.bob, { ...flexible, rewardsToken: token });
      expect((await lens.pool(factory, pool)).rewardsToken.symbol).to.equal(markup);
    });
  });

  describe("given a pool that", () => {
    const POOLS: Record<string, Script> = {
      "burns its gas": BURNS,
      reverts: REVERTS,
      "reverts with 10 kB": { ...REVERTS, size: 10_000 },
      "returns nothing": returns("0x"),
      "returns 100 kB that are no address": returns(`0x${"ff".repeat(32)}`, 100_000),
    };

    for (const [title, script] of Object.entries(POOLS)) {
      it(`${title}: marks it as failed and shows the others`, async () => {
        const { actors, fixedTermPool, flexiblePool, lens } = await networkHelpers.loadFixture(fresh);
        const hostile = await ethers.deployContract("ScriptedContract");
        await answer(hostile, "stakingToken()", script);
        const good = await flexiblePool.getAddress();
        const bad = await hostile.getAddress();
        const addresses = [good, bad, bad, actors.alice.address, good];
        const page = await lens.pools(await factoryOf(addresses), 0n, 5n);
        expect(page.map(({ info }) => info.pool)).to.deep.equal(addresses);
        expect(page.map(({ failed }) => failed)).to.deep.equal([false, true, true, true, false]);
        expect(page[1]?.flexible.cap).to.equal(0n);
        expect(page[4]).to.deep.equal(page[0]);

        await answer(hostile, "position(uint256)", script);
        const positions = await lens.positions(await hostile.getAddress(), [1n, 2n]);
        expect(positions.map(({ exists }) => exists)).to.deep.equal([false, false]);
        expect(await fixedTermPool.positionCount()).to.equal(0n);
      });
    }

    it("does not say how many positions it has: its range reverts, and nothing else does", async () => {
      const { fixedTermPool, lens } = await networkHelpers.loadFixture(fresh);
      const hostile = await ethers.deployContract("ScriptedContract");
      await expect(lens.positionsInRange(hostile, 0n, 10n, ZERO_ADDRESS)).to.revert(ethers);
      await lens.positionsInRange(fixedTermPool, 0n, 10n, ZERO_ADDRESS);
    });
  });

  describe("gas", () => {
    it(`shows ${POOL_PAGE.entries} pools whose tokens burn all they are given within ${POOL_PAGE.gas} gas`, async () => {
      const { factory, lens } = await networkHelpers.loadFixture(hostilePage);
      const page = await lens.pools(factory, 0n, POOL_PAGE.entries, { gasLimit: POOL_PAGE.gas });
      expect(page.length).to.equal(POOL_PAGE.entries);
      expect(page.some(({ failed }) => failed)).to.equal(false);
    });

    it(`shows ${HEAVIEST_PAGE.entries} pools of the heaviest kind within ${HEAVIEST_PAGE.gas} gas`, async () => {
      const { factory, lens } = await networkHelpers.loadFixture(heaviestPools);
      const page = await lens.pools(factory, 2n, HEAVIEST_PAGE.entries, { gasLimit: HEAVIEST_PAGE.gas });
      expect(page.length).to.equal(HEAVIEST_PAGE.entries);
      expect(page.some(({ failed }) => failed)).to.equal(false);
    });

    it("leaves a quarter more gas than the heaviest pool of a factory takes", async () => {
      const { factory, lens, pool } = await networkHelpers.loadFixture(heaviestPools);
      const gasLimit = ((await lens.ENTRY_GAS()) * 4n) / 5n;
      const view = await lens.pool(factory, pool, { gasLimit });
      expect(view.failed).to.equal(false);
      expect(view.fixedTerm.terms.map(({ termId }) => Number(termId))).to.deep.equal([
        MOST_TERMS - 1,
        ...Array.from({ length: 31 }, (_, id) => id),
      ]);
    });

    it(`shows ${POSITION_PAGE.entries} positions within ${POSITION_PAGE.gas} gas`, async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(manyPositions);
      for (const owner of [ZERO_ADDRESS, actors.bob.address]) {
        const { page, next } = await lens.positionsInRange(fixedTermPool, 0n, MAX_UINT256, owner, {
          gasLimit: POSITION_PAGE.gas,
        });
        expect(BigInt(page.length)).to.equal(POSITION_PAGE.entries);
        expect(next).to.equal(0n);
      }
    });
  });

  describe("when a call is given too little gas", () => {
    it("shows a pool as it is or reverts, and never marks it as failed", async () => {
      const { factory, lens, pool } = await networkHelpers.loadFixture(heaviestPools);
      const whole = await lens.pool(factory, pool);
      const gasLimits = range(500_000n, 6_000_000n, 180_000n);
      const views = await withEach<IStakingLens.PoolViewStructOutput>(gasLimits, (gasLimit) =>
        lens.pool(factory, pool, { gasLimit }),
      );
      expect(views.length).to.be.within(1, gasLimits.length - 1);
      for (const view of views) expect(view).to.deep.equal(whole);
    });

    it("shows positions and stakes as they are or reverts", async () => {
      const { actors, fixedTermPool, flexiblePool, lens } = await networkHelpers.loadFixture(fresh);
      await openPosition(fixedTermPool, actors.bob, ONE);
      await flexiblePool.connect(actors.bob).stake(ONE);
      const gasLimits = range(22_000n, 72_000n, 500n);
      const cases: ((gasLimit: bigint) => ReturnType<StakingLens["positions"]> | ReturnType<StakingLens["stakes"]>)[] =
        [
          (gasLimit) => lens.positions(fixedTermPool, [1n], { gasLimit }),
          (gasLimit) => lens.stakes([flexiblePool], actors.bob, { gasLimit }),
        ];
      for (const call of cases) {
        const whole = await call(5_000_000n);
        const pages = await withEach<unknown>(gasLimits, call);
        expect(pages.length).to.be.within(1, gasLimits.length - 1);
        for (const page of pages) expect(page).to.deep.equal(whole);
      }
    });

    it("shows entries that cost much as they are or reverts", async () => {
      const { actors, fixedTermPool, lens } = await networkHelpers.loadFixture(fresh);
      // Some 200,000 gas for the memory of each answer: a 64th of both would do to mark an entry as failed.
      const size = 300_000;
      const pool = await ethers.deployContract("ScriptedContract");
      await answer(
        pool,
        "stakingToken()",
        returns(coder.encode(["address"], [await hostileToken({ symbol: XYZ, decimals: SIX })])),
      );
      await answer(pool, "balanceOf(address)", returns(toBeHex(7, 32), size));
      await answer(pool, "earned(address)", returns(toBeHex(5, 32), size));
      const id = await openPosition(fixedTermPool, actors.bob, ONE);
      const { interface: abi } = fixedTermPool;
      const state = abi.encodeFunctionResult("position", [await fixedTermPool.position(id)]);
      await answer(pool, "position(uint256)", returns(state, size));
      await answer(
        pool,
        "previewWithdrawEarly(uint256,uint256)",
        returns(coder.encode(Array(4).fill("uint256"), [4, 3, 2, 1]), size),
      );

      const gasLimits = range(100_000n, 1_600_000n, 20_000n);
      const stakes = await withEach(gasLimits, (gasLimit) => lens.stakes([pool], actors.bob, { gasLimit }));
      expect(stakes.length).to.be.within(1, gasLimits.length - 1);
      for (const [view] of stakes) expect([view?.failed, view?.staked, view?.earned]).to.deep.equal([false, 7n, 5n]);
      const positions = await withEach(gasLimits, (gasLimit) => lens.positions(pool, [id], { gasLimit }));
      expect(positions.length).to.be.within(1, gasLimits.length - 1);
      for (const [view] of positions) expect([view?.exists, view?.principalOut]).to.deep.equal([true, 4n]);
    });

    it("reverts as long as an entry that burns all it gets has not had all that it may use", async () => {
      const { actors, lens } = await networkHelpers.loadFixture(fresh);
      const pool = await ethers.deployContract("ScriptedContract");
      // More memory than is left for whoever copies it: the entry itself runs out, not only the pool that it asks.
      await answer(pool, "stakingToken()", { ...REVERTS, size: 1_280_000 });
      // A 64th is kept back: the entry cannot have all before the whole call has this much.
      const enough = ((await lens.ENTRY_GAS()) * 64n) / 63n;
      for (const gasLimit of range(enough - 80_000n, enough, 5_000n)) {
        const little = lens.stakes([pool], actors.bob, { gasLimit });
        await expect(little).to.be.revertedWithCustomError(lens, "LensGasTooLow");
      }
      const [view] = await lens.stakes([pool], actors.bob, { gasLimit: enough + 200_000n });
      expect(view?.failed).to.equal(true);
    });

    it("says so", async () => {
      const { factory, lens } = await networkHelpers.loadFixture(hostilePage);
      const little = lens.pools(factory, 2n, 10n, { gasLimit: 1_500_000n });
      await expect(little).to.be.revertedWithCustomError(lens, "LensGasTooLow");
    });
  });
});
