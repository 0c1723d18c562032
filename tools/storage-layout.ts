// `npm run storage-layout` rewrites snapshots/storage-layout.json; `npm test` fails when it does not agree.
import { writeFile } from "node:fs/promises";

import { SNAPSHOT, storageLayouts } from "./lib/storage-layout.ts";

await writeFile(SNAPSHOT, `${JSON.stringify(await storageLayouts(), null, 2)}\n`);
console.log("snapshots/storage-layout.json is written.");
