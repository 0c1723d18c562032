import { escape } from "./charts.ts";

/** A table with its caption; the first cell of a row names it. */
export function htmlTable(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const header = head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join("");
  const body = rows.map(
    ([name = "", ...cells]) =>
      `<tr><th scope="row">${escape(name)}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead><tr>${header}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

/** A drawing with what it says, and the same as a table for whom it says nothing. */
export function figure(title: string, text: string, svg: string, table?: string): string {
  const details = table === undefined ? "" : `<details><summary>The same in figures</summary>${table}</details>`;
  return `<figure><figcaption><h3>${escape(title)}</h3><p>${escape(text)}</p></figcaption>${svg}${details}</figure>`;
}

export function figures(entries: readonly (readonly [label: string, value: string, note?: string])[]): string {
  const items = entries.map(
    ([label, value, note]) =>
      `<div><dt>${escape(label)}</dt><dd>${escape(value)}${note === undefined ? "" : `<small>${escape(note)}</small>`}</dd></div>`,
  );
  return `<dl class="figures">${items.join("")}</dl>`;
}
