import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

import { expect } from "chai";
import { z } from "zod";

import { de } from "../../app/src/i18n/de.ts";
import { en } from "../../app/src/i18n/en.ts";

/** Most that the first page may load, compressed. */
const FIRST_LOAD = 200_000;
/** The steps in which it comes, each with what it imports. */
const FIRST = /^(index\.html|_(first|page)-.*\.js)$/;
const FIRST_STEPS = 3;
/** Colour of the development wallet's picture, which nothing else has. */
const WALLET_MARK = "#b45309";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
);

describe("app: the production build", () => {
  let folder: string;
  let files: Map<string, string>;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "termstake-page-"));
    const vite = path.join(ROOT, "node_modules/vite/bin/vite.js");
    const args = [vite, "build", "app", "--outDir", folder, "--manifest", "--logLevel", "error"];
    // The test runner's own environment would build React for development.
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: "production" } });
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    files = new Map(
      await Promise.all(
        entries
          .filter((entry) => entry.isFile())
          .map(async ({ parentPath, name }): Promise<[string, string]> => {
            const file = path.join(parentPath, name);
            return [path.relative(folder, file), await readFile(file, "utf8")];
          }),
      ),
    );
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it("lacks the development wallet", async () => {
    const source = await readFile(path.join(ROOT, "app/src/chain/development-wallet.ts"), "utf8");
    expect(source).to.include(WALLET_MARK); // or the next line could not fail
    expect([...files].filter(([, text]) => text.includes(WALLET_MARK)).map(([name]) => name)).to.deep.equal([]);
  });

  it(`loads at most ${FIRST_LOAD} bytes at first, compressed`, () => {
    const chunks = manifest.parse(JSON.parse(files.get(path.join(".vite", "manifest.json")) ?? ""));
    const first = new Set(["index.html"]);
    const add = (name: string) => {
      const chunk = chunks[name];
      if (chunk === undefined || first.has(chunk.file)) return;
      for (const file of [chunk.file, ...chunk.css]) first.add(file);
      chunk.imports.forEach(add);
    };
    // The entry only lets the first paint come first: the page itself follows in two steps.
    const steps = Object.keys(chunks).filter((name) => FIRST.test(name));
    expect(steps).to.have.length(FIRST_STEPS);
    steps.forEach(add);
    const html = files.get("index.html") ?? "";
    for (const name of first) if (name.endsWith(".js")) expect(html).to.include(`"./${name}"`); // asked for at once
    first.add("early.js");
    const sizes = [...first].map((name) => gzipSync(files.get(name) ?? "").length);
    const size = sizes.reduce((sum, each) => sum + each, 0);
    expect(size).to.be.within(FIRST_LOAD / 2, FIRST_LOAD); // far less would mean that something was not counted
  });

  it("holds what is seen first, in each language, before any script has run", () => {
    const html = files.get("index.html") ?? "";
    for (const [language, { explore, nav }] of Object.entries({ en, de })) {
      const [, part = ""] =
        new RegExp(`<div lang="${language}" class="only-${language}">(.*?)</main>`, "s").exec(html) ?? [];
      for (const text of [explore.heading, explore.lead, nav.portfolio]) expect(part).to.include(text);
    }
  });

  it("holds no inline script or style, which the page's policy would refuse", () => {
    const html = files.get("index.html") ?? "";
    expect(html).to.include("<script");
    expect(html).not.to.match(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });
});
