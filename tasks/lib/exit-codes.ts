import type { Refusal } from "@termstake/sdk/checks";

import { UserError } from "../../shared/user-error.ts";

/** How a command ends, for scripts. docs/COMMANDS.md has the same table: a test holds them together. */
export const EXIT = {
  /** Done; also a dry run or a proposal. */
  done: 0,
  /** A defect of the program, or Hardhat does not know the command or option. */
  defect: 1,
  /** An argument, an option, a file or the configuration cannot be used. */
  usage: 2,
  /** What was asked for is so already, or nothing is due. */
  nothingToDo: 3,
  /** The deployment differs from build or config. */
  drift: 4,
  /** A contract refuses, or a check before it that says the same. */
  refused: 5,
  /** The node does not answer, or not in time. */
  unavailable: 6,
  /** The disk is full, or a file cannot be written. */
  storage: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** There is nothing to do. */
export class NothingToDo extends UserError {
  override readonly name = "NothingToDo";
}

/** The state of the chain does not allow it. */
export class Refused extends UserError {
  override readonly name = "Refused";
}

/** A pool would refuse a call, as the SDK's checks know before it is sent. */
export class PoolRefusal extends Refused {
  readonly refusal: Refusal;

  constructor(message: string, refusal: Refusal) {
    super(message);
    this.refusal = refusal;
  }
}

/** The node does not answer as one should. */
export class NodeUnavailable extends UserError {
  override readonly name: string = "NodeUnavailable";
}

/** The command was told to end while it waited for the node: to wait longer is no use. */
export class CommandEnded extends NodeUnavailable {
  constructor() {
    super("The command was ended while it waited for the node");
  }
}

/** A file cannot be written or read. */
export class StorageFailed extends UserError {
  override readonly name = "StorageFailed";
}

/** The code of an error that ends a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof NothingToDo) return EXIT.nothingToDo;
  if (error instanceof Refused) return EXIT.refused;
  if (error instanceof NodeUnavailable) return EXIT.unavailable;
  if (error instanceof StorageFailed) return EXIT.storage;
  return error instanceof UserError ? EXIT.usage : EXIT.defect;
}

let wanted: ExitCode = EXIT.done;
let listening = false;

/** The code with which the process would end now. */
export function wantedExitCode(): ExitCode {
  return wanted;
}

/**
 * Ends the process with this code. Hardhat itself tells every failure as 1, so the last word is said as the process exits. A failure that
 * is not the command's own, as of a test that ran it, stays one.
 */
export function exitWith(code: ExitCode): void {
  wanted = code;
  if (listening) return;
  listening = true;
  process.once("exit", () => {
    if (process.exitCode === EXIT.defect && wanted !== EXIT.done) process.exitCode = wanted;
  });
}

const SAYS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk's quota is used up",
  EROFS: "the disk is read-only",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EIO: "the disk fails",
  EMFILE: "too many files are open",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "it is a folder",
  ENOENT: "its folder does not exist",
};
/** SQLite's primary result codes. */
const SQLITE_SAYS: Readonly<Record<number, string>> = {
  8: "it, or its disk, is read-only",
  10: "the disk fails",
  13: "the disk is full",
  14: "it cannot be opened",
};

/** What the disk or a file refused; undefined if that is not what went wrong. */
export function storageProblem(error: unknown, file?: string, verb = "written"): StorageFailed | undefined {
  if (error instanceof StorageFailed) return error;
  if (!(error instanceof Error)) return undefined;
  const system = "syscall" in error && "code" in error && typeof error.code === "string" ? error.code : "";
  const sqlite = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : -1;
  const why = SAYS[system] ?? SQLITE_SAYS[sqlite];
  if (why === undefined) return undefined;
  const place =
    file ?? ("path" in error && typeof error.path === "string" ? error.path : sqlite < 0 ? "A file" : "The database");
  return new StorageFailed(`${place} cannot be ${verb}: ${why}`, { cause: error });
}

/** Runs what reads or writes a file; a refusal of the disk becomes a sentence that names the file. */
export async function onDisk<T>(file: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    throw storageProblem(error, file) ?? error;
  }
}
