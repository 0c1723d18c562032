import { scaleBand, scaleLinear } from "d3-scale";

import { apart, BottomAxis, CHARACTER_WIDTH, ChartFrame, HEIGHT, MARGIN, ValueAxis } from "./frame.tsx";

/** Room that a bar's value needs, in pixels. */
const VALUE_WIDTH = 44;

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
        // By place: two bars may have the same name.
        const x = scaleBand([...bars.keys()], [MARGIN.left, width - MARGIN.right]).padding(0.35);
        const roomy = x.step() >= VALUE_WIDTH;
        const named = Math.max(...bars.map(({ name }) => name.length)) * CHARACTER_WIDTH <= x.step();
        const y = scaleLinear(
          [0, Math.max(...bars.map(({ value }) => value), 0)],
          [HEIGHT - MARGIN.bottom, MARGIN.top],
        ).nice(4);
        return (
          <svg role="img" aria-label={title} width={width} height={HEIGHT} className="block">
            <ValueAxis width={width} ticks={y.ticks(4).map((tick) => ({ at: y(tick), text: format(tick) }))} />
            {bars.map(({ value, chosen = true }, i) => {
              const thickness = Math.min(x.bandwidth(), 72);
              const left = (x(i) ?? 0) + (x.bandwidth() - thickness) / 2;
              return (
                <g key={i}>
                  <rect
                    x={left}
                    y={y(value)}
                    width={thickness}
                    height={Math.max(0, y(0) - y(value))}
                    rx={4}
                    className={chosen ? "fill-brand" : "fill-brand opacity-45"}
                  />
                  {roomy && (
                    <text
                      x={left + thickness / 2}
                      y={y(value) - 5}
                      textAnchor="middle"
                      className="fill-ink text-xs font-semibold"
                    >
                      {format(value)}
                    </text>
                  )}
                </g>
              );
            })}
            <BottomAxis
              ticks={apart(
                bars.map(({ name, short }, i) => ({
                  at: (x(i) ?? 0) + x.bandwidth() / 2,
                  text: named ? name : short,
                })),
              )}
            />
          </svg>
        );
      }}
    </ChartFrame>
  );
}
