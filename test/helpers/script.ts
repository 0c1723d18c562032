import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A script in a process of its own, as `npm run` starts it. */
export interface RunningScript {
  /** Everything printed so far. */
  output(): string;
  /** Resolves once `text` was printed; rejects if the script ends before. */
  printed(text: string): Promise<void>;
  /** Sends a signal to the script alone, not to what it started. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended: its exit code, or null if a signal ended it. */
  readonly exitCode: Promise<number | null>;
}

/** Starts `scripts/NAME.ts` on a network; `localPort` is where that looks for, or starts, its local node. */
export function runScript(
  name: string,
  networkName: string,
  localPort: number,
  environment: Readonly<Record<string, string>> = {},
): RunningScript {
  const root = new URL("../../", import.meta.url);
  const hardhat = fileURLToPath(new URL("node_modules/.bin/hardhat", root));
  const script = fileURLToPath(new URL(`scripts/${name}.ts`, root));
  const child = spawn(process.execPath, [hardhat, "run", "--no-compile", script, "--network", networkName], {
    cwd: root,
    env: { ...process.env, ...environment, LOCAL_PORT: String(localPort) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const exitCode = once(child, "close").then(() => child.exitCode);
  return {
    output: () => output,
    async printed(text) {
      const ended = exitCode.then(() => {
        throw new Error(`${name} ended without printing "${text}":\n${output}`);
      });
      ended.catch(() => undefined); // it may end long after it printed
      while (!output.includes(text)) await Promise.race([once(child.stdout, "data"), ended]);
    },
    signal(signalName) {
      child.kill(signalName);
    },
    exitCode,
  };
}
