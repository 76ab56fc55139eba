/** R3: pie of what became of topics. Each part has its name and number beside it, and its own shade of grey in print. */
import type { Outcome } from '../../../domain/meeting/state.js';
import type { Chart, ChartForm } from '../document.js';
import { percent } from '../numbers.js';
import type { ReviewView } from '../reader.js';
import { drawn, tint } from './draw.js';

export const outcomeOrder: Outcome[] = ['decided', 'informed', 'deferred', 'dropped'];

export function outcomesOf({ report }: Pick<ReviewView, 'report'>): { outcome: Outcome; count: number }[] {
  return outcomeOrder.map((outcome) => ({ outcome, count: report.outcomes[outcome] }));
}

/** From dark to light, so that neighbours differ without colour. */
const shades: Record<Outcome, string> = {
  decided: '#0b3d73',
  informed: '#4d8fd1',
  deferred: '#b9d4ee',
  dropped: '#f4f6f8',
};

export function outcomesChart(v: ReviewView): Chart {
  const parts = outcomesOf(v).filter(({ count }) => count > 0);
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const label = ({ outcome, count }: { outcome: Outcome; count: number }): string[] => [
    v.say(`words.outcome.${outcome}`),
    `${count} · ${percent(count, all)}`,
  ];
  return {
    name: 'outcomes',
    alt: v.say('review.chart.outcomes', { list: parts.map((p) => label(p).join(' ')) }),
    draw: (form, font) => {
      const size = form === 'wide' ? { width: 440, height: 230 } : { width: 340, height: 230 };
      return drawn(`outcomes-${form}`, size, font, {
        series: [
          {
            type: 'pie',
            silent: true,
            radius: form === 'wide' ? 92 : 74,
            startAngle: 90,
            // One part alone has no border, else a line would cut the circle.
            itemStyle: { borderColor: tint.ink, borderWidth: parts.length > 1 ? 1 : 0.5 },
            labelLine: { length: 10, length2: form === 'wide' ? 14 : 6, lineStyle: { color: tint.muted } },
            label: labelStyle(form),
            data: parts.map((part) => {
              const lines = label(part);
              return {
                name: part.outcome,
                value: part.count,
                itemStyle: { color: shades[part.outcome] },
                label: { formatter: () => lines.join('\n') },
              };
            }),
          },
        ],
      });
    },
  };
}

const labelStyle = (form: ChartForm): object => ({
  color: tint.ink,
  fontSize: form === 'wide' ? 13 : 12,
  lineHeight: 17,
  textBorderWidth: 0,
  overflow: 'none',
});
