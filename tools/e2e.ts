// `npm run test:e2e`: plays people in a real Chromium against `npm start`'s own node and page. What follows `--` goes to Playwright:
//   specs/fixed   only the files whose path holds this
//   --headed      shows the browser
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { findBrowser } from "../scripts/lib/browser.ts";
import { runScript } from "../shared/user-error.ts";

await runScript(async () => {
  findBrowser(); // says how to get one, before anything is started
  const root = fileURLToPath(new URL("../", import.meta.url));
  const child = spawn("playwright", ["test", "--config", "test-e2e", ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  await once(child, "exit");
  process.exitCode = child.exitCode ?? 1;
});
