/**
 * R3: actions by due date (look.md, Charts). A bar from its making to its end or due date; missed dates are hollow marks,
 * so that a slipped date stays visible; a line at the quarter's end.
 */
import { addDays, fromLocal, toLocal } from '../../../domain/calendar/index.js';
import type { Instant, ZoneData } from '../../../domain/calendar/index.js';
import type { TrackedStatus } from '../../../domain/meeting/state.js';
import type { ActionBar } from '../../../domain/review/report.js';
import { oneLine } from '../../text.js';
import type { Chart, ChartForm } from '../document.js';
import type { ReviewView } from '../reader.js';
import { zoneOf } from '../reader.js';
import { drawn, fitted, Sketch, textWidth, tint } from './draw.js';

const day = 86_400_000;

interface Layout {
  width: number;
  row: number;
  /** The bars' room, from left to right. */
  left: number;
  right: number;
  /** From the row's top to the middle of its bar. */
  middle: number;
}
const layouts: Record<ChartForm, Layout> = {
  wide: { width: 720, row: 32, left: 256, right: 598, middle: 16 },
  narrow: { width: 340, row: 58, left: 8, right: 332, middle: 46 },
};
const head = 26;

/** Colour and word: the word stands beside each row. */
const fills: Record<TrackedStatus, string> = {
  open: '#a9b3bd',
  overdue: tint.late,
  escalated: tint.up,
  reported: '#7fa8d4',
  done: tint.good,
  cancelled: tint.faint,
};

interface Scale {
  from: Instant;
  to: Instant;
  at(t: Instant): number;
}

/** `all` sets the scale, so that every part of a long chart has the same one. */
export function ganttChart(v: ReviewView, all: ActionBar[], rows: ActionBar[], part: number): Chart {
  return {
    name: `actions${part}`,
    alt: v.say('review.chart.actions'),
    draw: (form, font) => {
      const layout = layouts[form];
      const height = head + rows.length * layout.row + 8;
      const scale = scaleOf(v, all, layout);
      const sketch = new Sketch(font);
      // On a phone words stand above the bars: lines keep out of them.
      const bands =
        form === 'wide'
          ? [[head, height]]
          : rows.map((_, i) => [head + i * layout.row + 37, head + (i + 1) * layout.row]);
      const upright = (x: number, stroke: string, dash?: number[], width?: number): void => {
        sketch.line(x, head - 8, x, head, stroke, dash, width);
        for (const [from = 0, to = 0] of bands) sketch.line(x, from, x, to, stroke, dash, width);
      };
      months(v, sketch, scale, layout, upright);
      rows.forEach((action, i) => {
        const top = head + i * layout.row;
        sketch.line(0, top, layout.width, top, tint.faint);
        words(v, sketch, action, form, top);
        bar(sketch, scale, action, top + layout.middle);
      });
      const end = endOf(v, scale, layout);
      upright(end.x, tint.ink, [5, 3], 1.5);
      sketch.text(end.text, end.from, 8, { size: 11, bold: true });
      return drawn(`actions${part}-${form}`, { width: layout.width, height }, font, { graphic: sketch.graphic });
    },
  };
}

/** The line of the quarter's end and the room of its name, which does not go over the edge. */
function endOf(v: ReviewView, scale: Scale, { right }: Layout) {
  const [x, text] = [scale.at(v.report.to), v.say('review.chart.end')];
  const width = textWidth(text, 11.5);
  const from = Math.min(x - width / 2, right - width);
  return { x, text, from, to: from + width };
}

/** From the first making, at most a quarter before; to the last date, at most a quarter behind. */
function scaleOf({ report }: ReviewView, all: ActionBar[], { left, right }: Layout): Scale {
  const first = Math.min(...all.map((a) => a.createdAt));
  const last = Math.max(...all.map((a) => Math.max(a.dueAt, a.endedAt ?? 0)));
  const from = Math.max(Math.min(first, report.from), report.from - 60 * day);
  const to = Math.min(Math.max(last + 2 * day, report.to + 6 * day), report.to + 75 * day);
  return { from, to, at: (t) => left + ((right - left) * (Math.min(Math.max(t, from), to) - from)) / (to - from) };
}

function months(
  v: ReviewView,
  sketch: Sketch,
  scale: Scale,
  layout: Layout,
  upright: (x: number, stroke: string) => void,
): void {
  const end = endOf(v, scale, layout);
  for (const { at, month } of firstDays(zoneOf(v.report), scale)) {
    const x = scale.at(at);
    upright(x, tint.line);
    const name = v.say('review.month', { mon: v.say(`words.month.${month}`) });
    const beside = x + 3 + textWidth(name, 11);
    if (beside < layout.right && (beside < end.from - 4 || x > end.to))
      sketch.text(name, x + 3, 8, { size: 11, fill: tint.muted });
  }
}

function firstDays(zone: ZoneData, { from, to }: Scale): { at: Instant; month: number }[] {
  const list: { at: Instant; month: number }[] = [];
  let date = `${toLocal(zone, from).date.slice(0, 8)}01`;
  for (;;) {
    const at = fromLocal(zone, date, '00:00');
    if (at > to) return list;
    if (at >= from) list.push({ at, month: Number(date.slice(5, 7)) });
    date = `${addDays(date, 32).slice(0, 8)}01`;
  }
}

function words(v: ReviewView, sketch: Sketch, action: ActionBar, form: ChartForm, top: number): void {
  const { say, names } = v;
  const who = [
    names.person(action.owner),
    ...(action.department === undefined ? [] : [names.department(action.department)]),
  ].join(' · ');
  const status = say(`words.status.${action.status}`);
  const fill = action.status === 'overdue' ? tint.late : tint.ink;
  const { width, left, right } = layouts[form];
  if (form === 'wide') {
    sketch.text(fitted(oneLine(action.task), 12, left - 14), 0, top + 10, { size: 12 });
    sketch.text(fitted(who, 10.5, left - 14), 0, top + 24, { size: 10.5, fill: tint.muted });
    sketch.text(fitted(status, 11, width - right - 8), right + 8, top + 16, { size: 11, fill });
    return;
  }
  sketch.text(fitted(oneLine(action.task), 13, width), 0, top + 12, { size: 13 });
  sketch.text(fitted(who, 11, width - 110), 0, top + 29, { size: 11, fill: tint.muted });
  sketch.text(fitted(status, 11, 104), width, top + 29, { size: 11, fill, align: 'right' });
}

function bar(sketch: Sketch, scale: Scale, action: ActionBar, y: number): void {
  const from = scale.at(action.createdAt);
  const due = scale.at(action.dueAt);
  const end = action.endedAt === undefined ? due : scale.at(action.endedAt);
  const dashed = action.status === 'cancelled' ? { lineDash: [2, 2] } : {};
  sketch.rect(from, y - 4, Math.max(end - from, 2), 8, {
    fill: fills[action.status],
    stroke: tint.muted,
    lineWidth: 0.5,
    ...dashed,
  });
  // Done before it was due: the time that was left.
  if (end < due) sketch.line(end, y, due, y, tint.muted, [2, 2]);
  for (const missed of action.missed)
    sketch.circle(scale.at(missed), y, 4.5, { fill: tint.paper, stroke: tint.ink, lineWidth: 1.5 });
  sketch.diamond(due, y, 5.5, { fill: tint.ink, stroke: tint.paper, lineWidth: 1 });
  if (action.status === 'done' && action.endedAt !== undefined)
    sketch.circle(end, y, 4.5, { fill: tint.good, stroke: tint.paper, lineWidth: 1 });
}
