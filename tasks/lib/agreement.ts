import { confirm } from "@inquirer/prompts";

import { UserError } from "../../shared/user-error.ts";
import { Refused } from "./exit-codes.ts";

/** Where a person can be asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Returns if a person agrees. Throws `Refused` if not, and a `UserError` if nobody can be asked. */
export async function requireAgreement(message: string, { input, output }: Terminal): Promise<void> {
  if (input.isTTY !== true) {
    throw new UserError(
      "Nothing was sent: nobody can be asked here, since standard input is no terminal. Pass --yes to agree beforehand",
    );
  }
  if (!(await confirm({ message, default: false }, { input, output }))) throw new Refused("Nothing was sent");
}
