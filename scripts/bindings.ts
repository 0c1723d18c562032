// `npm run bindings` writes the generated sources of packages/bindings from the build; `npm test` fails when they do not agree.
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { GENERATED, generateBindings } from "./bindings/generate.ts";
import { runScript } from "./lib/mendable-error.ts";

await runScript(async () => {
  const files = await generateBindings();
  await rm(GENERATED, { recursive: true, force: true });
  for (const [name, content] of files) {
    const file = path.join(GENERATED, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  console.log(`${GENERATED} is written: ${files.size} files.`);
});
