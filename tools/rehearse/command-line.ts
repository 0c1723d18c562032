// Runs the project's commands as an operator types them: in processes of their own, with the key that is in the environment.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { z } from "zod";

export interface CommandResult {
  readonly exitCode: number | null;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly told: string;
}

export interface CommandLine {
  /** Runs `hardhat` with these arguments on Sepolia, as the holder of the key. */
  run(key: string, args: readonly string[]): Promise<CommandResult>;
}

/** A command line whose Sepolia is at `url`, and whose deployments and journals are in `folder`. */
export function commandLine(url: string, folder: string, protocolConfig: string): CommandLine {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  return {
    async run(key, args) {
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL("../../node_modules/.bin/hardhat", import.meta.url)), ...args, "--network", "sepolia"],
        {
          cwd: root,
          env: {
            ...process.env,
            SEPOLIA_RPC_URL: url,
            SEPOLIA_PRIVATE_KEY: key,
            DEPLOY_FOLDER: folder,
            PROTOCOL_CONFIG: protocolConfig,
          },
          stdio: ["ignore", "pipe", "pipe"],
        },
      );
      let [output, told] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
      const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
      return { exitCode, output, told };
    },
  };
}

const sent = z.object({
  scheduled: z.array(z.object({ id: z.string() })).default([]),
  /** That was created. */
  pool: z.string().optional(),
});

export type Outcome = z.infer<typeof sent>;

/** What a sending command says with `--json`. */
export function outcomeOf({ output }: CommandResult): Outcome {
  return sent.parse(JSON.parse(output));
}
