// The package as those get it who install it: packed, and put into empty projects that are built and run.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect } from "chai";
import { network } from "hardhat";

import { loadProtocolConfig } from "../../../deploy/config/load.ts";
import { deployProtocol } from "../../../deploy/deploy-protocol.ts";
import { deploymentId, removeDeployment } from "../../../deploy/records.ts";
import { fundProtocol } from "../../../deploy/fund.ts";
import { freePort, startLocalNode, type LocalNode } from "../../../scripts/lib/local-node.ts";

const PACKAGE = fileURLToPath(new URL("../", import.meta.url));
const ROOT = path.join(PACKAGE, "../..");
const CONSUMERS = path.join(PACKAGE, "test/consumers");
const NODE_URL = "http://127.0.0.1:8545";

/** What every consumer prints of the same call. */
const SAME = { reward: "100", sentence: "The amount is zero: enter one above zero." };

const STRICT = { strict: true, target: "es2022", skipLibCheck: false, types: ["node"] };

interface Output {
  readonly code: number;
  readonly text: string;
}

/** Runs a program of a project's own `node_modules`, or another; a failure is its exit code. */
async function run(folder: string, program: string, ...args: string[]): Promise<Output> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: folder, maxBuffer: 50_000_000 });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error) || !("stdout" in error) || !("stderr" in error)) throw error;
    return { code: 1, text: `${String(error.stdout)}${String(error.stderr)}` };
  }
}

async function succeed(folder: string, program: string, ...args: string[]): Promise<string> {
  const { code, text } = await run(folder, program, ...args);
  expect(code, text).to.equal(0);
  return text;
}

/** An empty project with the packed package, peers and a compiler in it. */
async function project(folder: string, tarball: string, settings: object, packages: string[]): Promise<string> {
  await mkdir(folder);
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, ...settings }));
  const wanted = [tarball, "typescript@5.9.3", "@types/node@22.20.5", ...packages];
  await succeed(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", ...wanted);
  return folder;
}

async function compile(folder: string, options: object, files: string[]): Promise<Output> {
  const config = { compilerOptions: { ...STRICT, ...options }, files };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  return run(folder, process.execPath, "node_modules/typescript/lib/tsc.js", "-p", ".");
}

/** The examples of the README, each a file. */
async function examples(): Promise<string[]> {
  const readme = await readFile(path.join(PACKAGE, "README.md"), "utf8");
  return [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
}

describe("sdk: the package", () => {
  let folder = "";
  let tarball = "";
  let node: LocalNode;
  let journal = "";
  let factory = "";

  before(async function () {
    folder = await mkdtemp(path.join(tmpdir(), "sdk-"));
    await succeed(PACKAGE, "npm", "pack", "--pack-destination", folder);
    tarball = path.join(folder, (await readdir(folder)).find((file) => file.endsWith(".tgz")) ?? "");

    node = await startLocalNode(await freePort());
    const connection = await network.create({ network: "localhost", override: { url: node.url } });
    journal = await deploymentId(connection.ethers.provider);
    const protocolConfig = await loadProtocolConfig(new URL("../../../deploy/config/local.json5", import.meta.url));
    const protocol = await deployProtocol(connection, protocolConfig);
    await fundProtocol(protocol, protocolConfig, connection.networkHelpers);
    factory = await protocol.factory.getAddress();
    await connection.close();
  });

  after(async function () {
    await node.stop();
    await removeDeployment(journal);
    await rm(folder, { recursive: true });
  });

  it("passes publint and arethetypeswrong", async function () {
    const bin = (name: string) => path.join(ROOT, "node_modules/.bin", name);
    await succeed(PACKAGE, bin("publint"), "--strict");
    await succeed(PACKAGE, bin("attw"), tarball, "--profile", "strict");
  });

  it("has no code of a contract in it, and depends on nothing", async function () {
    const manifest: unknown = JSON.parse(await readFile(path.join(PACKAGE, "package.json"), "utf8"));
    expect(manifest).to.include({ sideEffects: false }).and.not.to.have.property("dependencies");
    const files = (await readdir(path.join(PACKAGE, "dist"), { recursive: true })).filter((file) =>
      file.endsWith(".js"),
    );
    expect(files.length).to.be.greaterThan(50);
    for (const file of files) {
      const text = await readFile(path.join(PACKAGE, "dist", file), "utf8");
      expect(text, file).not.to.match(/0x60[0-9a-f]{1000}|(?:from|require\() ?"@noble/);
    }
  });

  it("works in a project of ES modules, as do the README's examples; wrong arguments do not compile", async function () {
    const esm = await project(path.join(folder, "esm"), tarball, { type: "module" }, ["ethers@6.17.0", "viem@2.57.20"]);
    const options = { module: "node20", outDir: "out" };
    await cp(path.join(CONSUMERS, "esm"), esm, { recursive: true });
    const snippets = await examples();
    expect(snippets.length).to.equal(7);
    const names = snippets.map((_, i) => `example-${i}.ts`);
    for (const [i, code] of snippets.entries()) {
      const here = code.replaceAll(NODE_URL, node.url);
      await writeFile(path.join(esm, names[i] ?? ""), here);
    }
    const built = await compile(esm, options, ["index.ts", ...names]);
    expect(built.code, built.text).to.equal(0);
    const printed = await succeed(esm, process.execPath, "out/index.js", node.url, factory);
    expect(JSON.parse(printed)).to.deep.equal({ pools: 3, gas: "6000000", ...SAME });

    // The README's addresses are those of `npm start`.
    const readme = await readFile(path.join(PACKAGE, "README.md"), "utf8");
    expect(readme).to.include(factory);
    const outputs: string[] = [];
    for (const name of names) outputs.push(await succeed(esm, process.execPath, `out/${name.replace(".ts", ".js")}`));
    expect(outputs[0]).to.match(/90 days: APR 0\.\d+, APY 0\.\d{4}, from /);
    expect(outputs[1]).to.match(/^reward \d+, by the contract \d+\n$/);
    expect(outputs[2]).to.match(/^TSK, leave any time: APR .*\nTSK, 30 days: APR 0.03, from 10, open\n/);
    expect(outputs[2]).to.match(/\nPoolBelowMinimum The pool takes no less than .*: put in more\.\n$/);
    expect(outputs[3]).to.equal("Position 999 was never opened in this pool.\n999n\n");
    expect(outputs[4]).to.include("490000n 1849n { principal: 500000n, reward: 7397n }");
    expect(outputs[5]).to.match(/^\d+n \d+n\n$/);
    expect(outputs[6]).to.match(/^(?:block \d+: pool 0x[0-9a-fA-F]{40}\n){3}read up to block \d+\n$/);

    for (const name of ["ethers.ts", "viem.ts"]) {
      const source = await readFile(path.join(CONSUMERS, "types", name), "utf8");
      await writeFile(path.join(esm, name), source);
      const checked = await compile(esm, { ...options, noEmit: true }, [name]);
      expect(checked.code, checked.text).to.equal(0);
      // That each line is one that fails: without the expectation there is an error for each.
      await writeFile(path.join(esm, name), source.replaceAll(/^\/\/ @ts-expect-error.*\n/gm, ""));
      const failed = await compile(esm, { ...options, noEmit: true }, [name]);
      const lines = new Set(failed.text.match(/^\w+\.ts\(\d+/gm));
      expect(lines.size).to.equal(source.match(/@ts-expect-error/g)?.length);
    }
  });

  it("works in a project of CommonJS", async function () {
    const cjs = await project(path.join(folder, "cjs"), tarball, { type: "commonjs" }, [
      "ethers@6.17.0",
      "viem@2.57.20",
    ]);
    await cp(path.join(CONSUMERS, "cjs"), cjs, { recursive: true });
    const built = await compile(cjs, { module: "node20", outDir: "out" }, ["index.ts"]);
    expect(built.code, built.text).to.equal(0);
    expect(await readFile(path.join(cjs, "out/index.js"), "utf8")).to.include('require("@termstake/sdk/ethers")');
    const printed = await succeed(cjs, process.execPath, "out/index.js", node.url, factory);
    expect(JSON.parse(printed)).to.deep.equal({ pools: 3, gas: "6000000", ...SAME });
  });

  it("has types for a compiler that knows no exports, and works there", async function () {
    const old = await project(path.join(folder, "node10"), tarball, { type: "commonjs" }, [
      "ethers@6.17.0",
      "viem@2.57.20",
    ]);
    await cp(path.join(CONSUMERS, "cjs"), old, { recursive: true });
    // viem and ethers have such types as well; their own sources are not ours to check.
    const options = { module: "commonjs", moduleResolution: "node10", outDir: "out", skipLibCheck: true };
    const built = await compile(old, options, ["index.ts"]);
    expect(built.code, built.text).to.equal(0);
    const printed = await succeed(old, process.execPath, "out/index.js", node.url, factory);
    expect(JSON.parse(printed)).to.deep.equal({ pools: 3, gas: "6000000", ...SAME });
    // The types are those of the contracts: a wrong argument does not compile.
    const wrong = `import { decodeError } from "@termstake/sdk/errors";\ndecodeError(1, 2);\n`;
    await writeFile(path.join(old, "wrong.ts"), wrong);
    expect((await compile(old, options, ["wrong.ts"])).text).to.match(/TS2559|TS2345/);
  });

  it("works in a Vite project without either library, which gets no more than it uses", async function () {
    const vite = await project(path.join(folder, "vite"), tarball, { type: "module" }, ["vite@8.3.8"]);
    await cp(path.join(CONSUMERS, "vite"), vite, { recursive: true });
    const config = { build: { modulePreload: false, target: "es2022" } };
    await writeFile(path.join(vite, "vite.config.js"), `export default ${JSON.stringify(config)};\n`);
    await succeed(vite, process.execPath, "node_modules/vite/bin/vite.js", "build");
    const assets = path.join(vite, "dist/assets");
    const [bundle = "", ...others] = (await readdir(assets)).filter((file) => file.endsWith(".js"));
    expect(others).to.deep.equal([]);
    const text = await readFile(path.join(assets, bundle), "utf8");
    expect(text).not.to.match(/notifyRewardAmount|AccessManagerUnauthorizedConsume\W+type/);
    const printed: unknown = JSON.parse(await succeed(vite, process.execPath, path.join(assets, bundle)));
    expect(printed).to.include(SAME).and.to.have.property("functions").that.is.greaterThan(30);
  });
});
