/**
 * Charts as SVG text, on the server, without a canvas. The library numbers its instances and marks shapes for browsers;
 * both are taken out, so that the same chart is the same text, in this process or another one.
 */
import * as echarts from 'echarts/core';
import { LineChart, PieChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartDrawing } from '../document.js';

echarts.use([LineChart, PieChart, GraphicComponent, GridComponent, SVGRenderer]);

export const tint = {
  ink: '#1b1f24',
  muted: '#57606a',
  line: '#d5dae0',
  faint: '#eceff2',
  paper: '#ffffff',
  accent: '#0b57a4',
  good: '#1a6b34',
  late: '#b3261e',
  up: '#6a3aa8',
  amber: '#8a5a00',
} as const;

export interface Size {
  width: number;
  height: number;
}

export function drawn(name: string, { width, height }: Size, font: string, option: object): ChartDrawing {
  // An instance that is not disposed of keeps the process alive.
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: font }, ...option });
    return { width, height, svg: settled(name, chart.renderToSVGString()) };
  } finally {
    chart.dispose();
  }
}

function settled(name: string, svg: string): string {
  return (
    svg
      .replace(/<style[^>]*>.*?<\/style>/gs, '')
      .replace(/ (?:ecmeta_\w+|class|pointer-events|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
      .replace(/\bzr\d+-/g, `${name}-`)
      // A page's own policy lets no style attribute in.
      .replace(/ style="([^"]*)"/g, (_, style: string) => style.split(';').map(attribute).join(''))
      .replace(/\n\s*/g, '')
      .trim()
  );
}

function attribute(declaration: string): string {
  const [name, value] = declaration.split(':').map((part) => part.trim());
  return name && value ? ` ${name}="${value}"` : '';
}

/** The plain shapes of the charts that are drawn by hand. */
export interface TextStyle {
  size?: number;
  bold?: boolean;
  fill?: string;
  align?: 'left' | 'center' | 'right';
}

export class Sketch {
  private readonly elements: object[] = [];

  constructor(private readonly font: string) {}

  rect(x: number, y: number, width: number, height: number, style: object): this {
    return this.add({ type: 'rect', shape: { x, y, width, height }, style });
  }

  line(x1: number, y1: number, x2: number, y2: number, stroke: string, dash?: number[], lineWidth = 1): this {
    const style = { stroke, lineWidth, fill: 'none', ...(dash ? { lineDash: dash } : {}) };
    return this.add({ type: 'line', shape: { x1, y1, x2, y2 }, style });
  }

  circle(cx: number, cy: number, r: number, style: object): this {
    return this.add({ type: 'circle', shape: { cx, cy, r }, style });
  }

  diamond(cx: number, cy: number, r: number, style: object): this {
    const points = [
      [cx, cy - r],
      [cx + r, cy],
      [cx, cy + r],
      [cx - r, cy],
    ];
    return this.add({ type: 'polygon', shape: { points }, style });
  }

  text(
    text: string,
    x: number,
    y: number,
    { size = 12, bold = false, fill = tint.ink, align = 'left' }: TextStyle = {},
  ): this {
    const weight = bold ? { fontWeight: 'bold' } : {};
    const style = {
      text,
      x,
      y,
      fill,
      fontSize: size,
      fontFamily: this.font,
      textAlign: align,
      textVerticalAlign: 'middle',
      ...weight,
    };
    return this.add({ type: 'text', style });
  }

  private add(element: object): this {
    this.elements.push({ silent: true, ...element });
    return this;
  }

  get graphic(): object[] {
    return this.elements;
  }
}

/** About how wide a text is: Chinese characters are square, others about half. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    width += code > 0x2e7f ? 1 : /[A-Z@%WMmw]/.test(c) ? 0.72 : /[ .,:;'|!ijl()]/.test(c) ? 0.32 : 0.57;
  }
  return width * size;
}

/** The text, or its beginning with an ellipsis, so that it is no wider. */
export function fitted(text: string, size: number, most: number): string {
  if (textWidth(text, size) <= most) return text;
  const room = most - size;
  let kept = '';
  for (const c of text) {
    if (textWidth(kept + c, size) > room) break;
    kept += c;
  }
  return `${kept.trimEnd()}…`;
}
