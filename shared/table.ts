import Table from "cli-table3";

/** A bordered table for the terminal. */
export function table(head: string[], rows: string[][]): string {
  const lines = new Table({
    head,
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  lines.push(...rows);
  return lines.toString();
}
