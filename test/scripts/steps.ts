import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import { runSteps } from "../../tools/lib/steps.ts";

/** Listens on a port, which it writes to a file, until it is ended. */
function listener(file: string): string {
  const write = `require("node:fs").writeFileSync(${JSON.stringify(file)}, String(this.address().port))`;
  return `require("node:net").createServer().listen(0, "127.0.0.1", function () { ${write}; })`;
}

/** A program that starts a listener, and ends once that listens if `leaves`. */
function starter(file: string, leaves: boolean): string {
  const start = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(listener(file))}], { stdio: "inherit" })`;
  const leave = `setInterval(() => require("node:fs").existsSync(${JSON.stringify(file)}) && process.exit(0), 20)`;
  return leaves ? `${start}; ${leave}` : start;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  return once(socket, "connect")
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

async function ended(file: string): Promise<void> {
  const port = Number(await readFile(file, "utf8"));
  while (await listens(port)) await sleep(20);
}

describe("steps of npm test", () => {
  async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), "steps-"));
    try {
      await body(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it("end what they started, and do not wait for it", async () =>
    inFolder(async (folder) => {
      const file = path.join(folder, "port");
      const steps = [{ name: "starter", command: process.execPath, args: ["-e", starter(file, true)] }];
      const [result] = await runSteps(steps, () => undefined);
      expect(result?.ok, result?.output).to.equal(true);
      await ended(file);
    }));

  it("end with all that they started when npm test is ended", async () =>
    inFolder(async (folder) => {
      const [file, program] = [path.join(folder, "port"), path.join(folder, "program.mts")];
      const library = pathToFileURL(path.resolve("tools/lib/steps.ts")).href;
      const step = { name: "starter", command: process.execPath, args: ["-e", starter(file, false)] };
      await writeFile(
        program,
        `import { runSteps } from ${JSON.stringify(library)};\nawait runSteps([${JSON.stringify(step)}], () => undefined);\n`,
      );
      const running = spawn(process.execPath, ["--import", "tsx", program], { stdio: "ignore" });
      while ((await readFile(file, "utf8").catch(() => "")) === "") {
        expect(running.exitCode, "it runs on").to.equal(null);
        await sleep(20);
      }
      running.kill("SIGTERM");
      await once(running, "exit");
      expect(running.signalCode).to.equal("SIGTERM");
      await ended(file);
    }));
});
