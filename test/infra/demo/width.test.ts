import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { glued, padTo, widthOf, wrap } from '../../../infra/demo/width.js';

describe('text on a terminal', () => {
  test('a Chinese character and its punctuation take two columns, combining marks none', () => {
    expect(widthOf('會議 ok')).toBe(7);
    expect(widthOf('（一）')).toBe(6);
    expect(widthOf('e\u0301')).toBe(1);
    expect(widthOf('𠮷')).toBe(2);
    expect(widthOf('–…“”·')).toBe(5);
  });

  test('texts of either script end at the same column', () => {
    expect(widthOf(padTo('名稱', 8))).toBe(widthOf(padTo('name', 8)));
    expect(padTo('too wide', 3)).toBe('too wide');
  });

  test('lines break between words and around Chinese characters, never before a closing mark', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('一二三，四', 6)).toEqual(['一二', '三，四']);
    expect(wrap('甲（乙丙）', 6)).toEqual(['甲（乙', '丙）']);
    expect(wrap('邀請 4 項', 7)).toEqual(['邀請', '4 項']);
    expect(wrap(`定於${glued('3月1日(周一)09:30')}起`, 20)).toEqual(['定於', '3月1日(周一)09:30起']);
  });

  test('wrapping loses nothing but spaces at breaks, and no line is wider than asked for unless one piece is', () => {
    const words = fc.array(fc.constantFrom('會', '議', '，', 'word', 'a', '（', '）', ' ', '12:30'), { maxLength: 60 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 40 }), (parts, width) => {
        const text = parts.join('');
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        // A number keeps its unit: they are one piece.
        for (const line of lines)
          if (line.replaceAll(/(\d) (?=[會議（），])/g, '$1').includes(' '))
            expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
