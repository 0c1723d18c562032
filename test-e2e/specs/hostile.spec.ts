// What strangers put on the chain or into a browser: symbols, names, pictures, wallets. It is shown as data, runs nothing, and asks nobody.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

import type { Page } from "@playwright/test";
import { AbiCoder, dataLength } from "ethers";

import { PlainToken__factory } from "../../types/factories/contracts/mocks/tokens/PlainToken__factory.ts";
import { PositionRenderer__factory } from "../../types/factories/contracts/PositionRenderer__factory.ts";
import { ScriptedContract__factory } from "../../types/factories/contracts/mocks/ScriptedContract__factory.ts";
import type { PlainToken } from "../../types/contracts/mocks/tokens/PlainToken.ts";
import { addressOf, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test as base } from "../helpers/fixtures.ts";
import { expectNoSidewaysScroll } from "../helpers/looks.ts";
import { createFixedTermPool, createFlexiblePool, fundBudget, stream } from "../helpers/pools.ts";
import { doneSteps } from "../helpers/screen.ts";

/** What a script that ran would leave behind. */
const RUN = "window.top.ran=1";
const SYMBOLS = {
  markup: `<img src=x onerror=ran=1>`,
  quotes: `'"--></p><script>ran=1</script>`,
  turned: "TSK\u202Eelif\u2066",
  wide: "W".repeat(60),
  endless: "V".repeat(10_000),
  letters: "柴犬₮0",
  formula: '=HYPERLINK("http://x")',
};
/** `ScriptedContract.Behaviour.Return` */
const RETURN = 1;

interface Elsewhere {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: string[];
}

/** A page at which nothing of a stranger may run, and a server that nothing may be asked of. */
const test = base.extend<{ elsewhere: Elsewhere; guarded: Page }>({
  // Playwright reads from this pattern that nothing else is needed.
  // eslint-disable-next-line no-empty-pattern
  elsewhere: async ({}, use) => {
    const asked: string[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url ?? "");
      response.end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The system gave no port");
    await use({ url: `http://127.0.0.1:${address.port}`, asked });
    server.close();
  },

  guarded: async ({ page, started, elsewhere }, use) => {
    const strange: string[] = [];
    page.on("dialog", (dialog) => {
      strange.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${started.pageUrl}/`))
        strange.push(`a request to ${request.url()}`);
    });
    page.on("framenavigated", (frame) => {
      if (frame !== page.mainFrame()) strange.push(`a frame: ${frame.url()}`);
    });
    await use(page);
    expect(strange).toEqual([]);
    expect(elsewhere.asked).toEqual([]);
    expect(await page.evaluate(() => "ran" in window)).toBe(false);
    await expect(page.locator("img[src='x'], script:not([src]), iframe, object, embed, foreignObject")).toHaveCount(0);
  },
});

test.describe("a token's symbol and name", () => {
  test("are shown as text on every page, and cannot fill it", async ({ chain, wallet, guarded: page, open }) => {
    const { account } = wallet;
    for (const symbol of Object.values(SYMBOLS)) {
      const token = await deployToken(chain, symbol);
      const pool = await createFlexiblePool(chain, await both(token));
      await stream(chain, pool, token.connect(await chain.deployer()), tsk(1_000));
      await mined(token.mint(account.address, tsk(100)));
      await mined(token.connect(account).approve(await addressOf(pool), tsk(5)));
      await mined(pool.connect(account).stake(tsk(5)));
    }
    await open();
    await page.getByRole("switch", { name: "Listed only" }).click();
    await expect(page.getByRole("row", { name: /Unlisted/ })).toHaveCount(Object.keys(SYMBOLS).length);
    await shown(page);

    await page.getByRole("link", { name: "Portfolio" }).click();
    await expect(page.getByRole("article")).toHaveCount(Object.keys(SYMBOLS).length);
    await shown(page);

    await page.getByRole("link", { name: "History" }).click();
    await expect(page.getByRole("table", { name: "Events" }).getByRole("rowheader")).toHaveCount(
      Object.keys(SYMBOLS).length,
    );
    await shown(page);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as CSV" }).click();
    const file = await readFile(await (await downloading).path(), "utf8");
    // Quoted, doubled, and with a sign in front that makes it a text to any spreadsheet.
    expect(file).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(file).not.toMatch(/(^|[,"\n])[=+@\t]/m);
  });

  test("run nothing where one stakes, also not in what is signed", async ({ chain, wallet, guarded: page, open }) => {
    const token = await deployToken(chain, SYMBOLS.markup);
    const pool = await createFlexiblePool(chain, await both(token));
    await mined(token.mint(wallet.account.address, tsk(100)));
    await open(`/pool/${await addressOf(pool)}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(SYMBOLS.markup);
    await expect(page.getByRole("main")).toContainText("Governance has not listed this one");
    await page.getByRole("textbox", { name: "Amount", exact: true }).fill("40");
    await page.getByRole("button", { name: /^Stake 40/ }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    await expectNoSidewaysScroll(page, "a pool of a hostile token");
    // What was asked of the wallet goes to the pool that is on the screen, and nowhere else.
    const [sent] = wallet.requests("eth_sendTransaction");
    expect(sent).toMatchObject([{ to: (await addressOf(pool)).toLowerCase() }]);
    expect(await pool.balanceOf(wallet.account.address)).toBe(tsk(40));
  });
});

test.describe("a position's picture", () => {
  test("is drawn as a picture, runs nothing, and loads nothing", async ({
    chain,
    wallet,
    guarded: page,
    open,
    elsewhere,
  }) => {
    const renderer = await new ScriptedContract__factory(await chain.deployer()).deploy();
    const draw = async (uri: string) => {
      const data = AbiCoder.defaultAbiCoder().encode(["string"], [uri]);
      const { selector } = PositionRenderer__factory.createInterface().getFunction("tokenURI");
      await mined(renderer.answer(selector, { behaviour: RETURN, size: dataLength(data), data }));
    };
    const token = await deployToken(chain, "HOST");
    const pool = await createFixedTermPool(chain, { ...(await both(token)), renderer: await addressOf(renderer) });
    await fundBudget(chain, pool, token.connect(await chain.deployer()), tsk(1_000));
    await mined(token.mint(wallet.account.address, tsk(100)));
    await mined(token.connect(wallet.account).approve(await addressOf(pool), tsk(100)));
    await mined(pool.connect(wallet.account).open(0, tsk(100), wallet.account.address, 0));

    const svg = hostileSvg(elsewhere.url);
    const picture = page.getByRole("img", { name: "Card of position 1, drawn by its contract" });
    await draw(metadata(`data:image/svg+xml;base64,${btoa(svg)}`));
    await open("/portfolio");
    await expect(picture).toBeVisible();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
      .toBe(420);

    const refused = [
      metadata(`${elsewhere.url}/picture.svg`),
      metadata(`javascript:${RUN}`),
      metadata(`data:text/html;base64,${btoa(`<script>${RUN}</script>`)}`),
      metadata(`data:image/svg+xml,${svg}`),
      `data:application/json,{"image":"${elsewhere.url}/picture.svg"}`,
      `${elsewhere.url}/metadata.json`,
      `data:application/json;base64,${btoa("no JSON")}`,
      "x".repeat(20_000),
      "",
    ];
    for (const uri of refused) {
      await draw(uri);
      await page.reload();
      await expect(page.getByRole("article", { name: /Position 1/ })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expect(picture, uri.slice(0, 80)).toHaveCount(0);
    }
  });
});

test.describe("a wallet", () => {
  test("with a hostile name and icon is listed as any other", async ({ guarded: page, open, elsewhere }) => {
    const names = [SYMBOLS.markup, `\u202E${SYMBOLS.quotes}`, SYMBOLS.endless];
    const icons = [
      `${elsewhere.url}/icon.svg`,
      `javascript:${RUN}`,
      `data:image/svg+xml;base64,${btoa(hostileSvg(elsewhere.url))}`,
    ];
    await page.addInitScript(
      ([allNames, allIcons]) => {
        const provider = { request: async () => Promise.reject(new Error("<img src=x onerror=ran=1>")) };
        const tell = () => {
          for (const [i, name] of allNames.entries()) {
            const info = {
              uuid: `00000000-0000-4000-8000-00000000000${String(i)}`,
              name,
              icon: allIcons[i],
              rdns: `org.example.${String(i)}`,
            };
            const detail = Object.freeze({ info, provider });
            window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
          }
        };
        window.addEventListener("eip6963:requestProvider", tell);
        tell();
      },
      [names, icons] as const,
    );
    await open();
    await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("listitem").filter({ hasNotText: "Development wallet" })).toHaveText(names);
    await expect(dialog.locator("img")).toHaveCount(2); // the development wallet's, and the one that is a picture
    await expectNoSidewaysScroll(page, "hostile wallets");
    await dialog.getByRole("button", { name: names[0] ?? "" }).click();
    await expect(dialog.getByRole("alert")).toContainText("<img src=x onerror=ran=1>");
  });
});

/** Requires the symbols on the screen: as they are, as far as 32 bytes go, and with each character that is not printable replaced. */
async function shown(page: Page): Promise<void> {
  const main = page.getByRole("main");
  for (const text of [SYMBOLS.markup, SYMBOLS.quotes, "TSK?elif?", SYMBOLS.letters, "W".repeat(32), SYMBOLS.formula])
    await expect(main).toContainText(text);
  await expect(main).not.toContainText("W".repeat(33));
  await expect(main).not.toContainText("VV"); // too long to be read at all: the token is called by its address
  await expect(main).not.toContainText(/[\u202A-\u202E\u2066-\u2069]/);
  await expectNoSidewaysScroll(page, page.url());
}

/** A token whose name is as hostile as its symbol. */
async function deployToken(chain: Chain, symbol: string): Promise<PlainToken> {
  const factory = new PlainToken__factory(await chain.deployer());
  const token = await factory.deploy(`"><script>ran=1</script>`, symbol, 18);
  await token.waitForDeployment();
  return token;
}

async function both(token: PlainToken): Promise<{ stakingToken: string; rewardsToken: string }> {
  const address = await addressOf(token);
  return { stakingToken: address, rewardsToken: address };
}

function metadata(image: string): string {
  return `data:application/json;base64,${btoa(JSON.stringify({ name: `<script>${RUN}</script>`, image }))}`;
}

/** A picture that tries everything that a document of its own could. */
function hostileSvg(elsewhere: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="420" height="600" viewBox="0 0 420 600" onload="${RUN}">
    <style>@import url("${elsewhere}/style.css"); rect { fill: url("${elsewhere}/fill.svg#a"); }</style>
    <script>${RUN}</script><script href="${elsewhere}/script.js"/>
    <rect width="420" height="600" fill="#c2410c" onclick="${RUN}"><animate attributeName="x" begin="0s" dur="1s" onbegin="${RUN}"/></rect>
    <image href="${elsewhere}/image.png" width="10" height="10" onerror="${RUN}"/>
    <use xlink:href="${elsewhere}/use.svg#a"/>
    <a href="javascript:${RUN}"><text x="20" y="60">Claim here</text></a>
    <foreignObject width="420" height="600"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${elsewhere}/frame"/><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="${RUN}"/></foreignObject>
  </svg>`;
}
