/** An error that whoever runs a script can mend; its message says how, and no stack helps. */
export class MendableError extends Error {
  override readonly name: string = "MendableError";
}

/** Runs a script's body. A mendable error is told by its message alone; all others keep their stack. */
export async function runScript(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof MendableError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
