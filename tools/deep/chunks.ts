import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import ora from "ora";
import { z } from "zod";

const BAR = 30;
const FOLDER = "cache/deep";

/** What a process said that did one chunk. */
export interface ChunkResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run in chunks of one size, each by a process of its own that takes the chunk's number. */
export interface ChunkedRun {
  readonly name: string;
  readonly unit: string;
  readonly chunks: number;
  readonly chunkSize: number;
  readonly workers: number;
  readonly command: (seed: number, chunk: number) => { command: string; args: string[]; env?: Record<string, string> };
}

const state = z.object({
  seed: z.number(),
  chunks: z.number(),
  chunkSize: z.number(),
  done: z.record(z.string(), z.string()),
});
type State = z.infer<typeof state>;

function stateFile(name: string): string {
  return `${FOLDER}/${name}.json`;
}

function load(name: string): State | undefined {
  try {
    return state.parse(JSON.parse(readFileSync(stateFile(name), "utf8")));
  } catch {
    return undefined; // none, or of another version
  }
}

function save(name: string, saved: State): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(stateFile(name), JSON.stringify(saved));
}

/**
 * Runs all chunks that have not been done with the same seed and sizes, until one fails; returns the seed, and what each
 * printed or the failure. A run that ended well is forgotten, so that the next one takes another seed.
 */
export async function runChunks(
  run: ChunkedRun,
  options: { seed: number | undefined; fresh: boolean },
): Promise<{ seed: number; outputs: string[]; failure: ChunkResult | undefined }> {
  const { name, chunks, chunkSize } = run;
  const stopped = options.fresh ? undefined : load(name);
  const seed = options.seed ?? stopped?.seed ?? Math.floor(Date.now() / 1000);
  const same = stopped?.seed === seed && stopped.chunks === chunks && stopped.chunkSize === chunkSize;
  const done = same ? stopped.done : {};
  const waiting = Array.from({ length: chunks }, (_, chunk) => chunk).filter((chunk) => !(chunk in done));
  const resumed = chunks - waiting.length;
  console.log(`${name}: seed ${seed}${resumed === 0 ? "" : `, going on after ${resumed * chunkSize} ${run.unit}`}`);

  let failure: ChunkResult | undefined;
  const progress = new Progress(run, resumed);
  const work = async (): Promise<void> => {
    for (let chunk = waiting.shift(); chunk !== undefined && failure === undefined; chunk = waiting.shift()) {
      const result = await spawned(run.command(seed, chunk));
      if (!result.ok) {
        failure ??= result;
        return;
      }
      done[chunk] = result.stdout;
      save(name, { seed, chunks, chunkSize, done });
      progress.step();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, run.workers) }, work));
  } finally {
    progress.stop();
  }
  if (failure === undefined) rmSync(stateFile(name), { force: true });
  return { seed, outputs: Object.values(done), failure };
}

class Progress {
  readonly #started = Date.now();
  readonly #spinner;
  #done: number;

  constructor(
    private readonly run: ChunkedRun,
    private readonly resumed: number,
  ) {
    this.#done = resumed;
    this.#spinner = ora({ text: this.#text(), stream: process.stderr }).start();
  }

  step(): void {
    this.#done += 1;
    this.#spinner.text = this.#text();
    // Without a terminal there is no line to write over.
    if (!process.stderr.isTTY) console.error(this.#text());
  }

  stop(): void {
    this.#spinner.stop();
  }

  #text(): string {
    const { name, chunks, chunkSize, unit } = this.run;
    const filled = Math.floor((BAR * this.#done) / chunks);
    const minutes = (Date.now() - this.#started) / 60_000;
    const fresh = this.#done - this.resumed;
    const left = fresh === 0 ? "" : `; ${Math.ceil((minutes / fresh) * (chunks - this.#done))} min left`;
    const bar = `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
    return `${name} ${bar} ${this.#done * chunkSize} of ${chunks * chunkSize} ${unit}${left}`;
  }
}

async function spawned({ command, args, env }: ReturnType<ChunkedRun["command"]>): Promise<ChunkResult> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ok = await new Promise<boolean>((resolve) => {
    child.on("error", (error) => {
      stderr += `${command}: ${error.message}\n`;
      resolve(false);
    });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
  return { ok, stdout, stderr };
}
