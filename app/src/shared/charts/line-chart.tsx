import { scaleLinear } from "d3-scale";
import { curveLinear, curveStepAfter, line } from "d3-shape";
import { useState } from "react";

import { useText } from "../../i18n/index.ts";
import { apart, BottomAxis, ChartFrame, HEIGHT, MARGIN, ValueAxis } from "./frame.tsx";

const LOOKS = [
  { stroke: "stroke-brand", fill: "fill-brand", dash: undefined },
  { stroke: "stroke-warn", fill: "fill-warn", dash: "6 4" },
] as const;

/** Room for what a mark on the horizontal axis says, in pixels. */
const TICK_WIDTH = 110;

interface Properties {
  readonly title: string;
  /** What the horizontal axis says, and each series. */
  readonly columns: readonly [x: string, ...series: string[]];
  /** Values by rising x, one for each series. */
  readonly points: readonly { readonly x: number; readonly values: readonly number[] }[];
  readonly formatX: (x: number) => string;
  readonly formatValue: (value: number) => string;
  /** Whether a value holds until the next, rather than changing towards it. */
  readonly steps?: boolean;
}

export function LineChart({ title, columns, points, formatX, formatValue, steps = false }: Properties) {
  const [at, setAt] = useState<number>();
  const { t } = useText();
  const [, ...names] = columns;
  const first = points[0]?.x ?? 0;
  const last = points.at(-1)?.x ?? 1;
  const top = Math.max(...points.flatMap(({ values }) => values), 0);
  if (isFlat(points) && !steps)
    // A line that says one thing only is said in words.
    return (
      <section aria-label={title}>
        <h3 className="font-semibold">{title}</h3>
        <p className="text-muted mt-1">{t("chart.flat", { value: formatValue(points[0]?.values[0] ?? 0) })}</p>
      </section>
    );
  return (
    <ChartFrame
      title={title}
      head={columns}
      rows={points.map(({ x, values }) => [formatX(x), ...values.map(formatValue)])}
    >
      {(width) => {
        const x = scaleLinear([first, last], [MARGIN.left, width - MARGIN.right]);
        const y = scaleLinear([0, top === 0 ? 1 : top], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
        const marks = x
          .ticks(Math.max(2, Math.floor(width / TICK_WIDTH)))
          .map((tick) => ({ at: x(tick), text: formatX(tick) }));
        const shown = at === undefined ? undefined : points[at];
        return (
          <>
            <svg
              role="img"
              aria-label={title}
              width={width}
              height={HEIGHT}
              className="block"
              onPointerMove={({ clientX, currentTarget }) => {
                const wanted = x.invert(clientX - currentTarget.getBoundingClientRect().left);
                setAt(nearest(points, wanted, steps));
              }}
              onPointerLeave={() => {
                setAt(undefined);
              }}
            >
              <ValueAxis width={width} ticks={y.ticks(4).map((tick) => ({ at: y(tick), text: formatValue(tick) }))} />
              {names.map((name, series) => {
                const look = LOOKS[series % LOOKS.length] ?? LOOKS[0];
                const path = line<Properties["points"][number]>(
                  (point) => x(point.x),
                  (point) => y(point.values[series] ?? 0),
                ).curve(steps ? curveStepAfter : curveLinear);
                return (
                  <path
                    key={name}
                    d={path([...points]) ?? ""}
                    fill="none"
                    strokeWidth={2.5}
                    strokeDasharray={look.dash}
                    className={look.stroke}
                  />
                );
              })}
              {shown !== undefined && (
                <g aria-hidden="true">
                  <line
                    x1={x(shown.x)}
                    x2={x(shown.x)}
                    y1={MARGIN.top}
                    y2={HEIGHT - MARGIN.bottom}
                    className="stroke-line-strong"
                  />
                  {shown.values.map((value, series) => (
                    <circle
                      key={names[series]}
                      cx={x(shown.x)}
                      cy={y(value)}
                      r={4}
                      className={(LOOKS[series % LOOKS.length] ?? LOOKS[0]).fill}
                    />
                  ))}
                </g>
              )}
              <BottomAxis ticks={apart(marks)} />
            </svg>
            <p className="text-muted flex min-h-6 flex-wrap gap-x-4 text-sm" aria-hidden="true">
              {names.map((name, series) => (
                <span key={name} className="inline-flex items-center gap-1.5">
                  <svg width="18" height="6" className="shrink-0">
                    <line
                      x2="18"
                      y1="3"
                      y2="3"
                      strokeWidth="2.5"
                      strokeDasharray={(LOOKS[series % LOOKS.length] ?? LOOKS[0]).dash}
                      className={(LOOKS[series % LOOKS.length] ?? LOOKS[0]).stroke}
                    />
                  </svg>
                  {name}
                  {shown !== undefined && (
                    <strong className="text-ink">{formatValue(shown.values[series] ?? 0)}</strong>
                  )}
                </span>
              ))}
              {shown !== undefined && <span>{formatX(shown.x)}</span>}
            </p>
          </>
        );
      }}
    </ChartFrame>
  );
}

/** Whether one series has the same value everywhere. */
export function isFlat(points: Properties["points"]): boolean {
  return points.every(({ values }) => values.length === 1 && values[0] === points[0]?.values[0]);
}

/** Index of the point that a place on the horizontal axis belongs to. */
function nearest(points: Properties["points"], wanted: number, steps: boolean): number | undefined {
  let best: number | undefined;
  for (const [index, { x }] of points.entries()) {
    if (steps ? x <= wanted : best === undefined || Math.abs(x - wanted) < Math.abs((points[best]?.x ?? 0) - wanted))
      best = index;
  }
  return best;
}
