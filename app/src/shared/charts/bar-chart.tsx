import { scaleBand, scaleLinear } from "d3-scale";

import { BottomAxis, ChartFrame, HEIGHT, MARGIN, ValueAxis } from "./frame.tsx";

/** Room that a bar's name needs, in pixels. */
const NAME_WIDTH = 76;

interface Properties {
  readonly title: string;
  readonly columns: readonly [name: string, value: string];
  readonly bars: readonly {
    readonly name: string;
    /** Where the name has no room. */
    readonly short: string;
    readonly value: number;
    readonly chosen?: boolean;
  }[];
  readonly format: (value: number) => string;
}

export function BarChart({ title, columns, bars, format }: Properties) {
  return (
    <ChartFrame title={title} head={columns} rows={bars.map(({ name, value }) => [name, format(value)])}>
      {(width) => {
        const x = scaleBand(
          bars.map(({ name }) => name),
          [MARGIN.left, width - MARGIN.right],
        ).padding(0.35);
        const y = scaleLinear(
          [0, Math.max(...bars.map(({ value }) => value), 0)],
          [HEIGHT - MARGIN.bottom, MARGIN.top],
        ).nice(4);
        return (
          <svg role="img" aria-label={title} width={width} height={HEIGHT} className="block">
            <ValueAxis width={width} ticks={y.ticks(4).map((tick) => ({ at: y(tick), text: format(tick) }))} />
            {bars.map(({ name, value, chosen = true }) => {
              const thickness = Math.min(x.bandwidth(), 72);
              const left = (x(name) ?? 0) + (x.bandwidth() - thickness) / 2;
              return (
                <g key={name}>
                  <rect
                    x={left}
                    y={y(value)}
                    width={thickness}
                    height={Math.max(0, y(0) - y(value))}
                    rx={4}
                    className={chosen ? "fill-brand" : "fill-brand opacity-45"}
                  />
                  <text
                    x={left + thickness / 2}
                    y={y(value) - 5}
                    textAnchor="middle"
                    className="fill-ink text-xs font-semibold"
                  >
                    {format(value)}
                  </text>
                </g>
              );
            })}
            <BottomAxis
              ticks={bars.map(({ name, short }) => ({
                at: (x(name) ?? 0) + x.bandwidth() / 2,
                text: x.step() < NAME_WIDTH ? short : name,
              }))}
            />
          </svg>
        );
      }}
    </ChartFrame>
  );
}
