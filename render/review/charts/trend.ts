/** R3: a small panel per figure; the first and the last value stand at the line, so that no legend is needed. */
import type { FigureName } from '../../../domain/review/figures.js';
import { figureKind, valueOf } from '../../../domain/review/figures.js';
import type { ReviewReport } from '../../../domain/review/report.js';
import type { Chart, ChartForm } from '../document.js';
import { figureText, quarterShort } from '../numbers.js';
import type { ReviewView } from '../reader.js';
import { drawn, fitted, Sketch, tint } from './draw.js';

interface Layout {
  width: number;
  columns: number;
  panel: number;
  gap: number;
}
const layouts: Record<ChartForm, Layout> = {
  wide: { width: 720, columns: 3, panel: 158, gap: 28 },
  narrow: { width: 340, columns: 2, panel: 140, gap: 18 },
};
/** Inside a panel: title above, quarters below, a value at each end. */
const inset = { top: 30, bottom: 32, left: 8, right: 40 };

export type TrendQuarter = ReviewReport['trend'][number];

/** `quarters`: the latest last, at least two. */
export function trendChart(v: ReviewView, quarters: TrendQuarter[], names: FigureName[]): Chart {
  return {
    name: 'trend',
    alt: v.say('review.chart.trend'),
    draw: (form, font) => {
      const { width, columns, panel, gap } = layouts[form];
      const rows = Math.ceil(names.length / columns);
      const across = (width - gap * (columns - 1)) / columns;
      const places = names.map((name, i) => ({
        name,
        x: (i % columns) * (across + gap),
        y: Math.floor(i / columns) * panel,
      }));
      const sketch = new Sketch(font);
      for (const place of places) captions(v, quarters, sketch, place, across, panel);
      return drawn(`trend-${form}`, { width, height: rows * panel }, font, {
        graphic: sketch.graphic,
        grid: places.map(({ x, y }) => ({
          left: x + inset.left,
          top: y + inset.top,
          width: across - inset.left - inset.right,
          height: panel - inset.top - inset.bottom,
          outerBoundsMode: 'none',
        })),
        xAxis: places.map((_, i) => ({
          gridIndex: i,
          type: 'category',
          boundaryGap: false,
          data: quarters.map(({ quarter }) => quarter),
          axisLabel: { show: false },
          axisTick: { show: false },
          axisLine: { onZero: false, lineStyle: { color: tint.line } },
        })),
        yAxis: places.map(({ name }, i) => ({
          gridIndex: i,
          type: 'value',
          ...rangeOf(quarters, name),
          axisLabel: { show: false },
          splitLine: { show: false },
        })),
        series: places.map(({ name }, i) => lineOf(v, quarters, name, i)),
      });
    },
  };
}

/** Shares from 0 to 100, or to 50 where all are small; means on their scale. */
function rangeOf(quarters: TrendQuarter[], name: FigureName): { min: number; max: number } {
  if (figureKind(name) === 'mean') return { min: 1, max: 5 };
  const most = Math.max(...quarters.map(({ figures }) => valueOf(figures[name]) ?? 0));
  return { min: 0, max: most > 0.5 ? 1 : most > 0.25 ? 0.5 : 0.25 };
}

function lineOf({ say }: ReviewView, quarters: TrendQuarter[], name: FigureName, i: number): object {
  const values = quarters.map(({ figures }) => valueOf(figures[name]));
  const first = values.findIndex((value) => value !== undefined);
  const last = values.length - 1;
  const range = rangeOf(quarters, name);
  const label = (at: number): object =>
    at === last
      ? { show: true, position: 'right', fontSize: 13, fontWeight: 'bold', color: tint.ink }
      : at === first
        ? { show: true, position: besideLine(values, first, range), align: 'left', fontSize: 11, color: tint.muted }
        : { show: false };
  return {
    type: 'line',
    silent: true,
    xAxisIndex: i,
    yAxisIndex: i,
    connectNulls: false,
    symbol: 'circle',
    showAllSymbol: true,
    lineStyle: { color: tint.accent, width: 2 },
    // A quarter without figures is a gap, not a zero.
    data: values.map((value, at) => ({
      value: value ?? '-',
      symbolSize: at === last ? 8 : 5,
      itemStyle: { color: at === last ? tint.accent : tint.paper, borderColor: tint.accent, borderWidth: 1.5 },
      label: {
        ...label(at),
        textBorderWidth: 0,
        formatter: () => figureText(say, name, quarters[at]?.figures[name]),
      },
    })),
  };
}

/** On the side that the line does not go to; near the ground there is room above it only. */
function besideLine(values: (number | undefined)[], at: number, { min, max }: { min: number; max: number }): string {
  const [value = min, next = min] = [values[at], values[at + 1]];
  return next > value && value - min > (max - min) / 5 ? 'bottom' : 'top';
}

function captions(
  v: ReviewView,
  quarters: TrendQuarter[],
  sketch: Sketch,
  place: { name: FigureName; x: number; y: number },
  across: number,
  panel: number,
): void {
  const { name, x, y } = place;
  const [first, last] = [quarters[0], quarters.at(-1)];
  sketch.text(fitted(v.say(`review.figure.${name}`), 13, across), x, y + 9, { size: 13, bold: true });
  const foot = { size: 10.5, fill: tint.muted };
  if (first !== undefined) sketch.text(quarterShort(first.quarter), x, y + panel - 20, foot);
  if (last !== undefined && last !== first)
    sketch.text(quarterShort(last.quarter), x + across - inset.right + 6, y + panel - 20, { ...foot, align: 'right' });
}
