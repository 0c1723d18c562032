// Builds packages/sdk for publishing: ESM and CommonJS, each with types of its own.
import { execFile } from "node:child_process";
import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";

import { writeTypechain } from "./typechain.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PACKAGE = path.join(ROOT, "packages/sdk");
const FORMATS = [
  { folder: "esm", format: "esm", type: "module", project: "tsconfig.build.json" },
  { folder: "cjs", format: "cjs", type: "commonjs", project: "tsconfig.build.cjs.json" },
] as const;
/** The one file that imports a dependency. */
const HASH = "shared/keccak256";

await writeTypechain();
await rm(path.join(PACKAGE, "dist"), { recursive: true, force: true });
for (const { folder, format, type, project } of FORMATS) {
  const out = path.join(PACKAGE, "dist", folder);
  await promisify(execFile)(process.execPath, [path.join(ROOT, "node_modules/typescript/lib/tsc.js"), "-p", project], {
    cwd: PACKAGE,
  });
  await pointTypesAtScripts(out);
  // Inlined, so that the package depends on nothing and needs no ESM-only library where it is CommonJS.
  await build({
    entryPoints: [path.join(PACKAGE, "src", `${HASH}.ts`)],
    outfile: path.join(out, `${HASH}.js`),
    bundle: true,
    format,
    target: "es2022",
    legalComments: "inline",
  });
  await writeFile(path.join(out, "package.json"), `${JSON.stringify({ type, sideEffects: false })}\n`);
}
await copyFile(path.join(ROOT, "LICENSE"), path.join(PACKAGE, "LICENSE"));

/** The compiler rewrites the extensions of imports in scripts, not in declarations. */
async function pointTypesAtScripts(folder: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".d.ts"));
  for (const file of files) {
    const declarations = await readFile(path.join(folder, file), "utf8");
    await writeFile(path.join(folder, file), declarations.replace(/((?:from|import\() ?"\.[^"]*)\.ts"/g, '$1.js"'));
  }
}
