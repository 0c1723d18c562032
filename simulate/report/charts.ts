import { type EChartsOption, init } from "echarts";

/** Colours as the drawing names them; the page gives each its value, one for light and one for dark. */
const INK = { text: "#0a0b01", line: "#0a0b02", grid: "#0a0b03" } as const;
const SERIES = ["#0a0c01", "#0a0c02", "#0a0c03", "#0a0c04", "#0a0c05", "#0a0c06"] as const;
const VARIABLES: Readonly<Record<string, string>> = {
  [INK.text]: "var(--ink)",
  [INK.line]: "var(--rule)",
  [INK.grid]: "var(--grid)",
  ...Object.fromEntries(SERIES.map((colour, i) => [colour, `var(--series-${i + 1})`])),
};

/** Drawn for a desk and for a telephone, of which the page shows one: a drawing that is only made smaller cannot be read. */
const WIDE = { width: 960, height: 340, columns: 6 } as const;
const NARROW = { width: 340, height: 320, columns: 2 } as const;
type Size = typeof WIDE | typeof NARROW;

export interface Line {
  readonly name: string;
  readonly values: readonly number[];
  readonly dashed?: boolean;
}

/** Lines over days, or areas that add up; `mark` is a day that is worth a line of its own. */
export function timeChart(
  title: string,
  dates: readonly string[],
  lines: readonly Line[],
  {
    stacked = false,
    mark,
    format = short,
  }: { stacked?: boolean; mark?: { date: string; label: string } | undefined; format?: (value: number) => string } = {},
): string {
  const thin = Math.max(1, Math.ceil(dates.length / 400));
  const kept = (_: unknown, i: number) => i % thin === 0 || i === dates.length - 1;
  return draw(title, (size) => ({
    legend: legend(4, size),
    grid: grid(legendHeight(lines.length, size)),
    xAxis: {
      type: "time",
      axisLine: { lineStyle: { color: INK.line } },
      axisLabel: { color: INK.text, hideOverlap: true },
    },
    yAxis: valueAxis(format),
    series: lines.map(({ name, values, dashed }, i) => ({
      name,
      type: "line",
      showSymbol: false,
      lineStyle: { width: 2, type: dashed === true ? "dashed" : "solid" },
      ...(stacked ? { stack: "all", areaStyle: { opacity: 0.35 } } : {}),
      data: values.map((value, day) => [dates[day] ?? "", value] as [string, number]).filter(kept),
      ...(mark !== undefined && i === 0
        ? {
            markLine: {
              symbol: "none",
              lineStyle: { color: INK.text, type: "dotted", width: 1.5 },
              label: { formatter: mark.label, color: INK.text, position: "end", rotate: 0 },
              data: [{ xAxis: mark.date }],
            },
          }
        : {}),
    })),
  }));
}

/** Bars side by side, or stacked on each other. */
export function barChart(
  title: string,
  categories: readonly string[],
  series: readonly Line[],
  { stacked = false, format = short }: { stacked?: boolean; format?: (value: number) => string } = {},
): string {
  return draw(title, (size) => ({
    legend: legend(8, size),
    grid: grid(legendHeight(series.length, size)),
    xAxis: categoryAxis(categories, size),
    yAxis: valueAxis(format),
    series: series.map(({ name, values }) => ({
      name,
      type: "bar",
      barMaxWidth: 56,
      ...(stacked ? { stack: "all" } : {}),
      data: [...values],
    })),
  }));
}

/** From the worst to the best, with a box from the fifth to the ninety-fifth of a hundred. */
export function boxChart(
  title: string,
  categories: readonly string[],
  boxes: readonly (readonly number[])[],
  format: (value: number) => string,
): string {
  return draw(title, (size) => ({
    grid: grid(16),
    xAxis: categoryAxis(categories, size),
    yAxis: valueAxis(format),
    series: [
      {
        type: "boxplot",
        boxWidth: [24, 64],
        itemStyle: { color: SERIES[1], borderColor: SERIES[0], borderWidth: 2 },
        data: boxes.map((box) => [...box]),
      },
    ],
  }));
}

/** 1,234,567 is "1.23 M". */
export function short(value: number): string {
  const size = Math.abs(value);
  const [divisor, unit] = size >= 1e9 ? [1e9, " bn"] : size >= 1e6 ? [1e6, " M"] : size >= 1e4 ? [1e3, " k"] : [1, ""];
  const scaled = value / divisor;
  const digits = Number.isInteger(scaled) || Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return `${scaled.toLocaleString("en", { maximumFractionDigits: digits })}${unit}`;
}

/** 0.1234 is "12.3 %". */
export function percent(share: number): string {
  return `${(share * 100).toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`;
}

function legend(itemHeight: number, size: Size) {
  return {
    top: 0,
    left: 0,
    itemGap: size === WIDE ? 32 : 12,
    icon: "roundRect",
    itemWidth: 14,
    itemHeight,
    textStyle: { color: INK.text, fontSize: 13 },
  };
}

/** Space that a legend takes above the drawing, as it wraps. */
function legendHeight(entries: number, { columns }: Size): number {
  return 34 + 22 * Math.ceil(entries / columns);
}

function grid(top: number) {
  return { left: 8, right: 24, top, bottom: 8, containLabel: true };
}

function categoryAxis(categories: readonly string[], { width }: Size) {
  const each = Math.floor((width - 80) / Math.max(1, categories.length));
  return {
    type: "category" as const,
    data: [...categories],
    axisLine: { lineStyle: { color: INK.line } },
    axisTick: { show: false },
    axisLabel: { color: INK.text, interval: 0, fontSize: 13, width: each, overflow: "break" as const },
  };
}

function valueAxis(format: (value: number) => string) {
  return {
    type: "value" as const,
    splitLine: { lineStyle: { color: INK.grid } },
    axisLabel: { color: INK.text, formatter: format },
  };
}

/** Drawn without a browser, once for each size; each scales to the width that it is given. */
function draw(title: string, option: (size: Size) => EChartsOption): string {
  return `<div class="wide">${drawAt(title, WIDE, option)}</div><div class="narrow">${drawAt(title, NARROW, option)}</div>`;
}

function drawAt(title: string, size: Size, option: (size: Size) => EChartsOption): string {
  const { width, height } = size;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ animation: false, color: [...SERIES], textStyle: { fontFamily: "inherit" }, ...option(size) });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  const coloured = Object.entries(VARIABLES).reduce(
    (svg, [colour, variable]) => svg.replaceAll(colour, variable),
    drawn,
  );
  const labelled = coloured.replace(
    /<svg [^>]*>/,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}"><title>${escape(title)}</title>`,
  );
  // Classes and rules for a pointer that hovers are for pages with scripts.
  return labelled.replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, "").replaceAll(/ class="[^"]*"/g, "");
}

/** Text as it may stand in a page, also within an attribute. */
export function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
