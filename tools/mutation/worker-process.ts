// The runner's side of a worker: starts it, gives it one task at a time, and replaces it when it hangs or has grown.
import { fork, type ChildProcess } from "node:child_process";

import { z } from "zod";

import { answer, type Answer, type Task } from "./messages.ts";

/** Far above what the slowest mutant needs on half a core. */
const TIME_LIMIT_MS = 180_000;

/** Tasks after which a worker is replaced: compiler and chains never give memory back. */
const TASKS = 400;

const ready = z.object({ outcome: z.literal("ready") });

export class WorkerProcess {
  readonly #artifacts: string;
  #process: ChildProcess | undefined;
  #tasks = 0;

  constructor(name: string) {
    this.#artifacts = `cache/mutation/${name}`;
  }

  async run(task: Task): Promise<Answer | { outcome: "timeout" }> {
    if (this.#tasks >= TASKS) this.stop();
    this.#process ??= await this.#start();
    this.#tasks += 1;
    const reply = await this.#ask(this.#process, task).catch((error: unknown) => {
      this.stop();
      throw error;
    });
    if (reply === undefined) this.stop();
    return reply === undefined ? { outcome: "timeout" } : answer.parse(reply);
  }

  stop(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
    this.#tasks = 0;
  }

  async #start(): Promise<ChildProcess> {
    const started = fork(new URL("worker.ts", import.meta.url), [], {
      execArgv: ["--import", "tsx"],
      env: {
        ...process.env,
        HARDHAT_CONFIG: "tools/mutation/hardhat.config.ts",
        MUTATION_ARTIFACTS: this.#artifacts,
        NODE_ENV: "test",
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    ready.parse(await this.#ask(started));
    return started;
  }

  /** Sends a task, if any; the next thing that the process says, or nothing if it hangs. */
  #ask(to: ChildProcess, task?: Task): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        settle(() => {
          resolve(undefined);
        });
      }, TIME_LIMIT_MS);
      const settle = (how: () => void) => {
        clearTimeout(timer);
        to.off("message", onMessage).off("exit", onExit);
        how();
      };
      const onMessage = (message: unknown) => {
        settle(() => {
          resolve(message);
        });
      };
      const onExit = (code: number | null) => {
        settle(() => {
          reject(new Error(`A worker ended with ${code ?? "a signal"}`));
        });
      };
      to.on("message", onMessage).on("exit", onExit);
      if (task !== undefined) to.send(task);
    });
  }
}
