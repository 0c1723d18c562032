/** An error the user can fix; printed without a stack trace. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** Runs a script's body. A `UserError` is printed as its message alone; all others keep their stack. */
export async function runScript(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
