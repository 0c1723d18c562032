import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";

import { UserError } from "../../shared/user-error.ts";
import { storageProblem } from "../lib/exit-codes.ts";
import { writeLine, type NumberedLine } from "./lines.ts";
import type { Store } from "./store.ts";

const PAGE = 500;

/**
 * Prints lines in order, each once. How much of a file is told is kept with the rest: what a killed process wrote beyond that is cut
 * off and written again. Standard output cannot be cut: a process that is killed between a line and its note repeats that one line, with
 * the same number.
 */
export class Outlet {
  readonly #store: Store;
  readonly #json: boolean;
  readonly #file: number | undefined;

  constructor(store: Store, json: boolean, file: string | undefined) {
    this.#store = store;
    this.#json = json;
    this.#file = file === undefined ? undefined : this.#open(file);
  }

  #open(file: string): number {
    const told = existsSync(file) ? Number(this.#store.meta("outputBytes") ?? 0) : 0; // moved away: a new one begins
    const descriptor = opened(file);
    const { size } = fstatSync(descriptor);
    if (size < told) {
      closeSync(descriptor);
      throw new UserError(`${file} has ${size} bytes where ${told} were written: move it away, and a new one begins`);
    }
    ftruncateSync(descriptor, told);
    this.#store.setMeta("outputBytes", told);
    return descriptor;
  }

  /** Prints what has not been printed yet. */
  flush(): void {
    for (;;) {
      const lines = this.#store.linesAfter(
        Number(this.#store.meta("printed") ?? 0),
        this.#file === undefined ? 1 : PAGE,
      );
      const last = lines.at(-1);
      if (last === undefined) return;
      const text = lines.map((line) => `${this.#write(line)}\n`).join("");
      if (this.#file === undefined) writeFully(1, text);
      else {
        this.#append(this.#file, text);
      }
      this.#store.transaction(() => {
        this.#store.setMeta("printed", last.seq);
        if (this.#file === undefined) return;
        this.#store.setMeta("outputBytes", Number(this.#store.meta("outputBytes")) + Buffer.byteLength(text));
      });
    }
  }

  /** Appends all of a text, or leaves the file as it was: a full disk takes a part of it. */
  #append(file: number, text: string): void {
    try {
      writeFully(file, text);
      fsyncSync(file);
    } catch (error) {
      ftruncateSync(file, Number(this.#store.meta("outputBytes")));
      throw error;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #write(line: NumberedLine): string {
    return this.#json ? JSON.stringify(line) : writeLine(line);
  }
}

function opened(file: string): number {
  try {
    return openSync(file, "a");
  } catch (error) {
    throw storageProblem(error, file) ?? error;
  }
}

/** Writes everything before it returns, also into a pipe that is full for a moment. */
function writeFully(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
