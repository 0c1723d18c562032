// A history as a file for spreadsheets and tax software: names and formats that no language changes, amounts with every digit.
import { formatAmount as decimalText } from "@termstake/sdk/units";
import { stringify } from "csv-stringify/browser/esm/sync";

import type { Entry } from "../../chain/history.ts";

const COLUMNS = [
  "time",
  "event",
  "pool",
  "position",
  "staking_token",
  "staking_token_address",
  "listed",
  "principal",
  "penalty",
  "rewards_token",
  "rewards_token_address",
  "promised",
  "paid",
  "block",
  "transaction",
] as const;

/** The entries as CSV (RFC 4180). A token's symbol is a stranger's text: none becomes a formula when a spreadsheet opens the file. */
export function historyCsv(entries: readonly Entry[]): string {
  const amount = (value: bigint | undefined, decimals: number) =>
    value === undefined ? "" : decimalText(value, decimals);
  const rows = entries.map(({ stakingToken, rewardsToken, ...entry }): Record<(typeof COLUMNS)[number], string> => ({
    time: new Date(entry.time * 1_000).toISOString(),
    event: entry.kind,
    pool: entry.pool,
    position: entry.positionId?.toString() ?? "",
    staking_token: stakingToken.symbol,
    staking_token_address: stakingToken.address,
    listed: entry.listed ? "yes" : "no",
    principal: amount(entry.principal, stakingToken.decimals),
    penalty: amount(entry.penalty, stakingToken.decimals),
    rewards_token: rewardsToken.symbol,
    rewards_token_address: rewardsToken.address,
    promised: amount(entry.promised, rewardsToken.decimals),
    paid: amount(entry.reward, rewardsToken.decimals),
    block: entry.block.toString(),
    transaction: entry.transaction,
  }));
  return stringify(rows, {
    header: true,
    columns: [...COLUMNS],
    bom: true,
    record_delimiter: "windows",
    escape_formulas: true,
  });
}
