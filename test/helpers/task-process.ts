import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { after } from "mocha";

/** A task in a process of its own, as a shell starts it. */
export interface TaskProcess {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended: its exit code, or null if a signal ended it. */
  readonly exitCode: Promise<number | null>;
}

const running = new Set<ChildProcess>();

// A test that fails ends none of its processes, and the run would wait for them.
after(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts `hardhat NAME …` on the local network at a port. */
export function startTask(port: number, name: string, ...args: readonly string[]): TaskProcess {
  const root = new URL("../../", import.meta.url);
  const hardhat = fileURLToPath(new URL("node_modules/.bin/hardhat", root));
  const child = spawn(process.execPath, [hardhat, name, "--network", "localhost", ...args], {
    cwd: root,
    env: { ...process.env, LOCAL_PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  running.add(child);
  const exitCode = once(child, "close").then(() => {
    running.delete(child);
    return child.exitCode;
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    signal(signalName) {
      child.kill(signalName);
    },
    exitCode,
  };
}

/** Waits until something holds; the test's own time limit ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(25);
}
