export interface DeepOptions {
  /** Without one, that of a stopped run, or a new one. */
  readonly seed: number | undefined;
  /** Actions or calls, in the part's own unit. */
  readonly amount: number;
  readonly workers: number;
  /** Forgets what a stopped run has done. */
  readonly fresh: boolean;
  /** One failing case again. */
  readonly path: string | undefined;
  readonly replayPath: string | undefined;
}

/** One kind of long test; it prints what it did and why it failed, and how to replay that. */
export interface Part {
  readonly name: string;
  /** Actions or calls of a whole run. */
  readonly goal: number;
  /** Returns whether all went well. */
  run(options: DeepOptions): Promise<boolean>;
}
