import { readFile } from "node:fs/promises";

import { z } from "zod";

import type { Compensation } from "../../shared/insurance-round.ts";
import { UserError } from "../../shared/user-error.ts";
import { storageProblem } from "./exit-codes.ts";
import { parseAddress, parseAmount, type TokenInfo } from "./inputs.ts";

const jsonList = z.array(z.strictObject({ account: z.string(), amount: z.string() }));

/**
 * Reads who gets how much, in whole tokens: JSON, `[{"account": "0x…", "amount": "12.5"}, …]`, or CSV with the columns account and amount.
 * Throws a `UserError` that names the line.
 */
export async function readCompensations(file: string, token: TokenInfo): Promise<Compensation[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new UserError(`There is no file ${file}`);
    throw storageProblem(error, file, "read") ?? error;
  });
  const entries = file.endsWith(".json") ? fromJson(file, text) : fromCsv(file, text);
  if (entries.length === 0) throw new UserError(`${file} names nobody`);
  return entries.map(({ account, amount, place }) => ({
    account: parseAddress(account, `${file}, ${place}: the account`),
    amount: parseAmount(amount, token, `${file}, ${place}: the amount`),
  }));
}

interface Entry {
  readonly account: string;
  readonly amount: string;
  readonly place: string;
}

function fromJson(file: string, text: string): Entry[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = jsonList.safeParse(json);
  if (!parsed.success)
    throw new UserError(`${file} is no list of accounts and amounts:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.map((entry, i) => ({ ...entry, place: `entry ${i}` }));
}

function fromCsv(file: string, text: string): Entry[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "" || (i === 0 && /^\s*account\s*,\s*amount\s*$/i.test(line))) return [];
    const cells = line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const [account, amount] = cells;
    if (cells.length !== 2 || account === undefined || amount === undefined) {
      throw new UserError(`${file}, line ${i + 1}: "${line}" has ${cells.length} columns, not account and amount`);
    }
    return [{ account, amount, place: `line ${i + 1}` }];
  });
}
