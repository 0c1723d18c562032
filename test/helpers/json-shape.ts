/** Names of all values in data, as `terms[].duration`: what programs may rely on. */
export function pathsOf(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((entry) => pathsOf(entry, `${at}[]`)))];
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([name, entry]) => pathsOf(entry, at === "" ? name : `${at}.${name}`));
}

/** Rows of the table of answers in docs/COMMANDS.md: the names that stand behind each command's. */
export function documentedPaths(page: string): ReadonlyMap<string, ReadonlySet<string>> {
  const [, table = ""] = /^## What `--json` prints\n(.*?)(?=^## |$(?![^]))/ms.exec(page) ?? [];
  const rows = new Map<string, ReadonlySet<string>>();
  for (const line of table.split("\n")) {
    const [, first = "", second = ""] = /^\| (.*?) \| (.*) \|$/.exec(line) ?? [];
    const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
    const names = quoted(first);
    const paths = new Set(quoted(second));
    if (paths.size === 0) continue;
    for (const name of names.length === 0 ? [first] : names) rows.set(name, paths);
  }
  return rows;
}
