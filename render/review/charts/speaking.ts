/** E7, R3: one stacked bar of departments with the half line; names stand beside their parts. */
import type { DepartmentId } from '../../../domain/meeting/state.js';
import type { Chart, ChartForm } from '../document.js';
import { hours, percent } from '../numbers.js';
import type { ReviewView } from '../reader.js';
import { drawn, fitted, Sketch, tint } from './draw.js';

interface Part {
  name: string;
  ms: number;
}

/** Parts below this are one part, so that each that is shown can be named. */
const least = 0.035;
const bar = { x: 56, top: 8, height: 300 };
const widths: Record<ChartForm, { all: number; bar: number }> = {
  wide: { all: 440, bar: 76 },
  narrow: { all: 340, bar: 48 },
};
const lineHeight = 19;
/** In turn, so that neighbours differ in grey print as well. */
const fills = ['#0b3d73', '#4d8fd1', '#9cc3e8', '#dbe8f5'];

export function speakingChart(v: ReviewView, list: { department: DepartmentId; ms: number }[], all: number): Chart {
  const parts = partsOf(v, list, all);
  return {
    name: 'speaking',
    alt: v.say('review.chart.speaking'),
    draw: (form, font) => {
      const { all: width, bar: thick } = widths[form];
      const labels = spread(parts, all);
      const height = Math.max(bar.top + bar.height, (labels.at(-1) ?? 0) + lineHeight / 2) + 8;
      const sketch = new Sketch(font);
      let y: number = bar.top;
      parts.forEach((part, i) => {
        const size = (bar.height * part.ms) / all;
        const [middle, label] = [y + size / 2, labels[i] ?? y];
        sketch.rect(bar.x, y, thick, size, { fill: fills[i % fills.length], stroke: tint.ink, lineWidth: 0.75 });
        const [from, to] = [bar.x + thick, bar.x + thick + 20];
        sketch.line(from, middle, to, label, tint.muted);
        const share = `${percent(part.ms, all)} · ${hours(part.ms)}`;
        sketch.text(share, width - 4, label, { size: 12, fill: tint.muted, align: 'right' });
        sketch.text(fitted(part.name, 13, width - to - 96), to + 5, label, { size: 13 });
        y += size;
      });
      const half = bar.top + bar.height / 2;
      sketch.line(bar.x - 10, half, bar.x + thick + 10, half, tint.late, [5, 3], 2);
      sketch.text(v.say('review.chart.half'), bar.x - 14, half - 7, { size: 12, bold: true, align: 'right' });
      sketch.text('50%', bar.x - 14, half + 8, { size: 12, align: 'right' });
      return drawn(`speaking-${form}`, { width, height: Math.ceil(height) }, font, { graphic: sketch.graphic });
    },
  };
}

function partsOf(v: ReviewView, list: { department: DepartmentId; ms: number }[], all: number): Part[] {
  const shown = list.filter(({ ms }) => ms / all >= least);
  const rest = list.filter(({ ms }) => ms / all < least);
  const named = (l: typeof list): Part[] =>
    l.map(({ department, ms }) => ({ name: v.names.department(department), ms }));
  if (rest.length < 2) return named(list);
  const sum = rest.reduce((total, { ms }) => total + ms, 0);
  return [...named(shown), { name: v.say('review.chart.other', { count: String(rest.length) }), ms: sum }];
}

/** Where each label stands: at its part, moved down as far as the one above needs, then up from the foot. */
function spread(parts: Part[], all: number): number[] {
  let y: number = bar.top;
  const wanted = parts.map(({ ms }) => {
    const size = (bar.height * ms) / all;
    y += size;
    return y - size / 2;
  });
  const down = wanted.reduce<number[]>(
    (done, at) => [...done, Math.max(at, (done.at(-1) ?? -Infinity) + lineHeight)],
    [],
  );
  const foot = Math.max(bar.top + bar.height - 6, bar.top + (parts.length - 0.5) * lineHeight);
  return down.reduceRight<number[]>(
    (done, at) => [Math.min(at, (done[0] ?? foot + lineHeight) - lineHeight), ...done],
    [],
  );
}
