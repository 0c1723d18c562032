import { accessSync, constants } from "node:fs";
import path from "node:path";

import { UserError } from "../../shared/user-error.ts";

/** What Chromium is called: Debian's, other distributions' and Google's own builds. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** It is started in containers too, talks to nobody, and asks nothing. */
export const BROWSER_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of the installed Chromium, or what the environment variable CHROMIUM_PATH says. Throws, saying how to get one, without it. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment["CHROMIUM_PATH"];
  if (chosen !== undefined) {
    if (isExecutable(chosen)) return chosen;
    throw new UserError(`CHROMIUM_PATH is "${chosen}", where there is no program`);
  }
  const folders = (environment["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
  if (found !== undefined) return found;
  throw new UserError(
    "There is no Chromium on the path: install it (Debian: `apt-get install chromium`), or set CHROMIUM_PATH to one",
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
