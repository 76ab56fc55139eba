import { describe, expect, test } from 'vitest';
import { Teller } from '../../../infra/demo/teller.js';
import { widthOf } from '../../../infra/demo/width.js';

function telling(isTTY: boolean, env: Record<string, string> = {}, columns = 80) {
  const said: string[] = [];
  const teller = new Teller({ write: (text) => said.push(text), isTTY, columns }, 15, env);
  return { teller, text: () => said.join('') };
}

describe('the teller', () => {
  test('colours only on a terminal, and not with NO_COLOR', () => {
    for (const [isTTY, env, coloured] of [
      [true, {}, true],
      [false, {}, false],
      [true, { NO_COLOR: '1' }, false],
      [true, { NO_COLOR: '' }, true],
      [true, { TERM: 'dumb' }, false],
    ] as const) {
      const { teller, text } = telling(isTTY, env);
      teller.event('1/1(一) 09:30', 'x', 'red');
      expect(text().includes('\x1b[')).toBe(coloured);
    }
  });

  test('no line is wider than the terminal, and what follows a date stays in its column', () => {
    const { teller, text } = telling(false, {}, 72);
    teller.event('11/27(五) 09:30', '很長的一句話，'.repeat(12));
    const lines = text().trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(72);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {19}\S/);
  });

  test('a subject is told once, with everyone it went to', () => {
    const { teller, text } = telling(false);
    teller.mails(
      [
        { subject: 'A', to: '甲' },
        { subject: 'B', to: '乙' },
        { subject: 'A', to: '丙' },
      ],
      '、',
    );
    const lines = text()
      .trimEnd()
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toEqual(['✉ A', '→ 甲、丙', '✉ B', '→ 乙']);
  });

  test('labels of a table are of one width, whatever their script', () => {
    const { teller, text } = telling(false);
    teller.table([
      ['信', 'http://a'],
      ['API docs', 'http://b'],
    ]);
    const [first = '', second = ''] = text().split('\n');
    expect(widthOf(first.slice(0, first.indexOf('http')))).toBe(widthOf(second.slice(0, second.indexOf('http'))));
  });
});
