// `npm run sdk` writes the generated sources of packages/sdk from the build; `npm test` fails when the committed ones do not agree.
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { writeTypechain } from "./sdk/typechain.ts";
import { GENERATED, generateSdk } from "./sdk/generate.ts";
import { runScript } from "../shared/user-error.ts";

await runScript(async () => {
  const files = await generateSdk();
  await rm(GENERATED, { recursive: true, force: true });
  for (const [name, content] of files) {
    const file = path.join(GENERATED, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await writeTypechain();
  console.log(`${GENERATED} is written: ${files.size} files.`);
});
