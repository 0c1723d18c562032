// What all charts share: a figure as wide as its place, and the same data as a table for those who do not see it.
import { useEffect, useRef, useState, type ReactNode } from "react";

import { useText } from "../../i18n/index.ts";

export const HEIGHT = 240;
/** The least that a character of a mark takes with its share of the gap to the next, in pixels. */
export const CHARACTER_WIDTH = 8;
export const MARGIN = { top: 16, right: 16, bottom: 32, left: 52 };

interface Properties {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly children: (width: number) => ReactNode;
}

export function ChartFrame({ title, head, rows, children }: Properties) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 font-semibold">{title}</figcaption>
      <div ref={place} style={{ minHeight: HEIGHT }}>
        {width > 0 && children(width)}
      </div>
      <details className="mt-2 text-sm">
        <summary className="text-muted inline-flex min-h-8 cursor-pointer items-center">{t("chart.table")}</summary>
        <div className="max-h-72 overflow-y-auto" tabIndex={0} role="region" aria-label={title}>
          <table className="w-full">
            <thead>
              <tr className="text-muted">
                {head.map((name, i) => (
                  <th key={name} scope="col" className={`py-1 font-medium ${i === 0 ? "text-left" : "text-right"}`}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.join("|")} className="border-line border-t">
                  {row.map((cell, i) => (
                    <td key={head[i]} className={`py-1 ${i === 0 ? "" : "text-right"}`}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

interface AxisProperties {
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly width: number;
}

/** Lines across the chart, with what they stand for. */
export function ValueAxis({ ticks, width }: AxisProperties) {
  return (
    <g aria-hidden="true">
      {ticks.map(({ at, text }) => (
        <g key={at}>
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={at} y2={at} className="stroke-line" />
          <text x={MARGIN.left - 8} y={at} dy="0.32em" textAnchor="end" className="fill-muted text-xs">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

export function BottomAxis({ ticks }: Pick<AxisProperties, "ticks">) {
  return (
    <g aria-hidden="true">
      {ticks.map(({ at, text }) => (
        <text
          key={`${at.toString()} ${text}`}
          x={at}
          y={HEIGHT - 10}
          textAnchor="middle"
          className="fill-muted text-xs"
        >
          {text}
        </text>
      ))}
    </g>
  );
}

/** So many of evenly spaced marks, from the first on, that none runs into the next. */
export function apart<T extends { readonly at: number; readonly text: string }>(marks: readonly T[]): readonly T[] {
  const [first, second] = marks;
  if (first === undefined || second === undefined) return marks;
  const needed = Math.max(...marks.map(({ text }) => text.length)) * CHARACTER_WIDTH;
  const every = Math.ceil(needed / (second.at - first.at));
  return marks.filter((_, index) => index % every === 0);
}
