import { DOMParser, onWarningStopParsing, type Document } from "@xmldom/xmldom";
import { expect } from "chai";
import { AbiCoder, parseUnits, toBeHex, toUtf8Bytes } from "ethers";
import { network } from "hardhat";
import { z } from "zod";

import type { PositionRenderer } from "../../types/index.js";
import { DAY, HOUR, deployToken, ZERO_ADDRESS } from "../helpers/fixtures.ts";
import { answer, Behaviour } from "../helpers/scripted.ts";

const { ethers, networkHelpers } = await network.create();

type Card = Parameters<PositionRenderer["tokenURI"]>[0];

const metadata = z.object({
  name: z.string(),
  description: z.string(),
  image: z.string().startsWith("data:image/svg+xml;base64,"),
  attributes: z.array(z.object({ trait_type: z.string(), value: z.union([z.string(), z.number()]) })),
});

const EIGHTEEN = { behaviour: Behaviour.return, data: toBeHex(18, 32) };

const POOL = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

function decode(uri: string): string {
  return Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64").toString("utf8");
}

/** Reads a card as a wallet does, with parsers that stop at the first fault. */
async function read(renderer: PositionRenderer, card: Card) {
  const uri = await renderer.tokenURI(card);
  expect(uri).to.match(/^data:application\/json;base64,/);
  const json = metadata.parse(JSON.parse(decode(uri)));
  const source = decode(json.image);
  const svg: Document = new DOMParser({ onError: onWarningStopParsing }).parseFromString(source, "image/svg+xml");
  const texts = [...svg.getElementsByTagName("text")].map((element) => element.textContent ?? "");
  const traits = new Map(json.attributes.map(({ trait_type, value }) => [trait_type, value]));
  return { json, source, svg, texts, traits };
}

async function deploy() {
  const renderer = await ethers.deployContract("PositionRenderer");
  const token = await deployToken(ethers, "TSK");
  const now = BigInt(await networkHelpers.time.latest());
  const card: Card = {
    pool: POOL,
    positionId: 7n,
    stakingToken: await token.getAddress(),
    rewardsToken: await token.getAddress(),
    principal: parseUnits("1000", 18),
    reward: parseUnits("12.3", 18),
    rate: parseUnits("0.125", 18),
    openedAt: now - 30n * DAY,
    maturity: now + 60n * DAY,
    principalPenalty: parseUnits("35", 18) + 1n,
    forfeitedReward: parseUnits("0.5", 18),
  };
  return { renderer, token, card, now };
}

describe("PositionRenderer", () => {
  it("shows principal, rate, reward, dates, progress and the penalty now", async () => {
    const { renderer, card, now } = await networkHelpers.loadFixture(deploy);
    const { json, svg, texts, traits } = await read(renderer, card);
    const day = (time: bigint) => new Date(Number(time) * 1_000).toISOString().slice(0, 10);
    for (const text of [
      "FIXED TERM #7",
      "LOCKED",
      "1,000TSK",
      "12.5%",
      "12.3TSK",
      day(now - 30n * DAY),
      day(now + 60n * DAY),
      "35.000001TSK",
      "0.5TSK",
      "33%",
      POOL,
    ]) {
      expect(texts).to.include(text);
    }
    expect(json.name).to.equal(`Position #7: 1,000 TSK until ${day(now + 60n * DAY)}`);
    expect(traits.get("Principal")).to.equal("1,000 TSK");
    expect(traits.get("Reward")).to.equal("12.3 TSK");
    expect(traits.get("APR")).to.equal("12.5%");
    expect(traits.get("Status")).to.equal("Locked");
    expect(traits.get("Opened")).to.equal(Number(card.openedAt));
    expect(traits.get("Maturity")).to.equal(Number(card.maturity));
    expect(traits.get("Penalty now")).to.equal("35.000001 TSK");
    expect(svg.documentElement?.getAttribute("viewBox")).to.equal("0 0 420 600");
  });

  describe("given the time", () => {
    const moments: [name: string, elapsed: bigint, total: bigint, ring: string | undefined, shown: string][] = [
      ["a time before opening", -DAY, 90n * DAY, undefined, "0%"],
      ["opening", 0n, 90n * DAY, undefined, "0%"],
      ["half-way", 45n * DAY, 90n * DAY, "500 1000", "50%"],
      ["one second before maturity", 90n * DAY - 1n, 90n * DAY, "999 1000", "99%"],
      ["maturity", 90n * DAY, 90n * DAY, "1000 1000", "100%"],
      ["years later", 4_000n * DAY, 90n * DAY, "1000 1000", "100%"],
      ["a maturity that is its opening too, as in no pool", 0n, 0n, "1000 1000", "100%"],
    ];
    for (const [name, elapsed, total, ring, shown] of moments) {
      it(`draws the ring at ${name}`, async () => {
        const { renderer, card, now } = await networkHelpers.loadFixture(deploy);
        const openedAt = now - elapsed;
        const { svg, texts, traits } = await read(renderer, { ...card, openedAt, maturity: openedAt + total });
        const rings = [...svg.getElementsByTagName("circle")].filter((circle) => circle.hasAttribute("pathLength"));
        expect(rings.map((circle) => circle.getAttribute("stroke-dasharray"))).to.deep.equal(ring ? [ring] : []);
        expect(texts).to.include(shown);
        expect(traits.get("Status")).to.equal(elapsed >= total ? "Mature" : "Locked");
        expect(texts.includes("nothing")).to.equal(elapsed >= total);
      });
    }
  });

  describe("given the time that is left", () => {
    const lefts: [left: bigint, shown: string][] = [
      [0n, "ready to withdraw"],
      [1n, "less than an hour left"],
      [HOUR - 1n, "less than an hour left"],
      [HOUR, "1 hour left"],
      [2n * HOUR, "2 hours left"],
      [2n * DAY - 1n, "47 hours left"],
      [2n * DAY, "2 days left"],
      [400n * DAY, "400 days left"],
    ];
    for (const [left, shown] of lefts) {
      it(`says "${shown}" ${left} seconds before maturity`, async () => {
        const { renderer, card, now } = await networkHelpers.loadFixture(deploy);
        const { texts } = await read(renderer, { ...card, openedAt: now - DAY, maturity: now + left });
        expect(texts).to.include(shown);
      });
    }
  });

  it("rounds what one has and gets down, and what one loses up", async () => {
    const { renderer, card } = await networkHelpers.loadFixture(deploy);
    const amount = parseUnits("1", 18) + 1n;
    const { texts, traits } = await read(renderer, {
      ...card,
      principal: amount,
      reward: 2n * amount,
      principalPenalty: 3n * amount,
      forfeitedReward: 4n * amount,
    });
    expect(traits.get("Principal")).to.equal("1 TSK");
    expect(traits.get("Reward")).to.equal("2 TSK");
    expect(traits.get("Penalty now")).to.equal("3.000001 TSK");
    expect(texts).to.include("4.000001TSK");
  });

  it("draws the principal smaller the longer it is, so that it stays on the card", async () => {
    const { renderer, card } = await networkHelpers.loadFixture(deploy);
    const shown = new Map<number, number>();
    for (const symbol of ["TSK", "EIGHTLET", "TENLETTERS"]) {
      const stakingToken = await (await deployToken(ethers, symbol)).getAddress();
      for (let whole = 1n; whole < 10n ** 13n; whole = whole * 10n + 1n) {
        const { svg } = await read(renderer, { ...card, stakingToken, principal: parseUnits(String(whole), 18) });
        const headline = [...svg.getElementsByTagName("text")].find((text) => text.getAttribute("y") === "104");
        const amount = headline?.firstChild?.textContent ?? "";
        // A symbol is drawn at less than half the size.
        shown.set(amount.length + Math.floor(symbol.length / 2), Number(headline?.getAttribute("font-size")));
      }
    }
    const at = (...lengths: number[]) => lengths.map((length) => shown.get(length));
    expect(at(2, 10, 11)).to.deep.equal([40, 40, 40]);
    expect(at(12, 16)).to.deep.equal([30, 30]);
    expect(at(17, 21)).to.deep.equal([23, 23]);
    expect(at(22)).to.deep.equal([19]);
  });

  describe("given any symbol", () => {
    const symbols = [
      "",
      `"'><script>alert(1)</script>&]]>`,
      "</svg><svg onload=alert(1)>",
      "<!--",
      '\\"};',
      "&amp;&#0;",
      "\u0000\u0007\n\t",
      "\u202Eevil\uFFFF",
      `柴<犬>"&'₮`,
      "🐕".repeat(2_000),
      "A".repeat(10_000),
    ];
    for (const symbol of symbols) {
      it(`stays valid JSON and XML without script or link: ${JSON.stringify(symbol.slice(0, 40))}`, async () => {
        const { renderer, card } = await networkHelpers.loadFixture(deploy);
        const token = await ethers.deployContract("ScriptedContract");
        await answer(token, "decimals()", EIGHTEEN);
        await answer(token, "symbol()", {
          behaviour: Behaviour.return,
          data: AbiCoder.defaultAbiCoder().encode(["string"], [symbol]),
        });
        const hostile = { ...card, stakingToken: await token.getAddress(), rewardsToken: await token.getAddress() };
        const { svg } = await read(renderer, hostile);
        const names = new Set([...svg.getElementsByTagName("*")].map((element) => element.tagName));
        const drawn = ["svg", "defs", "linearGradient", "stop", "clipPath", "rect", "g", "ellipse", "circle", "text"];
        expect([...names].filter((name) => ![...drawn, "tspan"].includes(name))).to.deep.equal([]);
        for (const element of svg.getElementsByTagName("*")) {
          for (const attribute of [...element.attributes]) expect(attribute.name).not.to.match(/^on|href|style/);
        }
      });
    }

    it("stays valid for a symbol of invalid UTF-8", async () => {
      const { renderer, card } = await networkHelpers.loadFixture(deploy);
      const token = await ethers.deployContract("ScriptedContract");
      await answer(token, "decimals()", EIGHTEEN);
      await answer(token, "symbol()", {
        behaviour: Behaviour.return,
        data: AbiCoder.defaultAbiCoder().encode(
          ["bytes"],
          [new Uint8Array([0x41, 0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80])],
        ),
      });
      const { texts } = await read(renderer, { ...card, stakingToken: await token.getAddress() });
      expect(texts).to.include("1,000A??????");
    });

    for (const [symbol, drawn] of [
      ["USD₮0", "USD₮0"],
      ["柴犬", "柴犬"],
      ["🐕COIN", "🐕COIN"],
      ["柴犬柴犬柴", "柴犬柴犬柴"],
      ["柴犬柴犬柴犬", "柴犬柴犬…"],
      ["ÄÖÜäöüßéèê", "ÄÖÜäöüßéèê"],
      ["ÄÖÜäöüßéèêë", "ÄÖÜäöüßéè…"],
      ["ABCDEFGH柴", "ABCDEFGH柴"],
      ["ABCDEFGHI柴", "ABCDEFGHI…"],
    ] as const) {
      it(`draws ${symbol} as ${drawn}, and writes all of it beside`, async () => {
        const { renderer, card } = await networkHelpers.loadFixture(deploy);
        const stakingToken = await (await deployToken(ethers, symbol)).getAddress();
        const { texts, traits } = await read(renderer, { ...card, stakingToken, principal: parseUnits("5", 18) });
        expect(texts).to.include(`5${drawn}`);
        expect(traits.get("Principal")).to.equal(`5 ${symbol}`);
      });
    }

    it("says units of a token that has decimals and no symbol", async () => {
      const { renderer, card } = await networkHelpers.loadFixture(deploy);
      const stakingToken = await (await deployToken(ethers, "")).getAddress();
      const { traits } = await read(renderer, { ...card, stakingToken, principal: parseUnits("5", 18) });
      expect(traits.get("Principal")).to.equal("5 units");
    });

    it("writes base units, and says so, for a token that does not tell its decimals", async () => {
      const { renderer, card } = await networkHelpers.loadFixture(deploy);
      const token = await ethers.deployContract("ScriptedContract");
      await answer(token, "symbol()", {
        behaviour: Behaviour.return,
        data: AbiCoder.defaultAbiCoder().encode(["string"], ["USDT"]),
      });
      for (const stakingToken of [ZERO_ADDRESS, await token.getAddress()]) {
        const { traits } = await read(renderer, { ...card, principal: 5_000_000n, stakingToken });
        expect(traits.get("Principal")).to.equal("5,000,000 base units");
      }
    });
  });

  it("gives each position a look of its own", async () => {
    const { renderer, card } = await networkHelpers.loadFixture(deploy);
    const looks = new Set<string>();
    for (let id = 1n; id <= 8n; id++) {
      const { source } = await read(renderer, { ...card, positionId: id });
      looks.add(source.slice(source.indexOf("<defs>"), source.indexOf("FIXED TERM")));
    }
    expect(looks.size).to.equal(8);
  });

  it("needs bounded gas, whatever the tokens do", async () => {
    const { renderer, card } = await networkHelpers.loadFixture(deploy);
    const plain = await renderer.tokenURI.estimateGas(card);
    const token = await ethers.deployContract("ScriptedContract");
    await answer(token, "symbol()", { behaviour: Behaviour.burnGas });
    await answer(token, "decimals()", { behaviour: Behaviour.burnGas });
    const address = await token.getAddress();
    const hostile = { ...card, stakingToken: address, rewardsToken: address };
    const gasLimit = plain + 1_000_000n; // two calls that burn 350,000 each, two that burn 50,000, and room
    expect(await renderer.tokenURI(hostile, { gasLimit })).to.match(/^data:application\/json;base64,/);
    expect(toUtf8Bytes(await renderer.tokenURI(card)).length).to.be.lessThan(16_000);
  });
});
