/** What ran and what never ran of one source file. */
export interface Coverage {
  file: string;
  lines: number;
  /** Line numbers, rising. */
  missed: number[];
}

/**
 * Reads a coverage report in lcov's format, as Hardhat writes it. A line counts as missed if any of its statements never ran, so
 * that a file without a missed line is one without a missed statement.
 * @throws if a record is none of lcov's.
 */
export function parseLcov(report: string): Coverage[] {
  const files: Coverage[] = [];
  for (const record of report.split("\n")) {
    if (record.startsWith("SF:")) files.push({ file: record.slice(3), lines: 0, missed: [] });
    if (!record.startsWith("DA:")) continue;

    const [, line, hits] = /^DA:(\d+),(\d+)$/.exec(record) ?? [];
    const file = files.at(-1);
    if (file === undefined || line === undefined) throw new Error(`not a record of lcov: ${record}`);
    file.lines += 1;
    if (hits === "0") file.missed.push(Number(line));
  }
  return files;
}
