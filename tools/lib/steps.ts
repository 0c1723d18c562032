import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

/** A command that must exit with 0. */
export interface Step {
  name: string;
  command: string;
  args: string[];
}

export interface StepResult {
  name: string;
  ok: boolean;
  seconds: number;
  /** Of both streams, in the order of arrival. */
  output: string;
}

/** Groups of the processes that run now: a step starts nodes and commands of its own, which shall not outlive it. */
const groups = new Set<number>();

function endGroup(group: number): void {
  try {
    process.kill(-group, "SIGTERM");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ESRCH") throw error; // all of it has ended
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    for (const group of groups) endGroup(group);
    process.kill(process.pid, signal); // once more, with nobody who listens
  });
}

async function run(step: Step): Promise<StepResult> {
  const started = performance.now();
  const child = spawn(step.command, step.args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const { pid } = child;
  if (pid !== undefined) groups.add(pid);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => (output += chunk));
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on("error", (error) => {
      output += `${step.command}: ${error.message}\n`;
      resolve(false);
    });
    // A process that outlives the step may hold its streams open: what remains of the group ends with it.
    child.on("exit", () => {
      if (pid !== undefined) endGroup(pid);
    });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
  if (pid !== undefined) groups.delete(pid);
  return { name: step.name, ok, seconds: (performance.now() - started) / 1000, output };
}

/**
 * Runs the steps in their order, as many at once as there are cores, and reports each when it ends. All of them run, whatever
 * fails.
 */
export async function runSteps(steps: Step[], report: (result: StepResult) => void): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await run(step);
      report(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}
