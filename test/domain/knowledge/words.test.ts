import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf, marksOf } from '../../../domain/knowledge/highlights.js';
import { addMonths } from '../../../domain/knowledge/retention.js';
import { gramsOf, likeness } from '../../../domain/knowledge/similar.js';
import { toSimplified } from '../../../domain/knowledge/scripts.js';
import { questionOf, singular, tokensOf } from '../../../domain/knowledge/words.js';

const wordsIn = (text: string): Set<string> => new Set(tokensOf(text).map((t) => t.word));
const finds = (question: string, text: string): boolean => questionOf(question).every((w) => wordsIn(text).has(w));
const marked = (text: string, question: string): string[] =>
  marksOf(text, questionOf(question)).map(([a, b]) => text.slice(a, b));

describe('R5 words', () => {
  test.each([
    ['試產', '新產品試產協調會', true],
    ['试产', '新產品試產協調會', true],
    ['試產', '新产品试产协调会', true],
    ['試產人力', '試產需要兩名人力', true],
    ['林美', '負責人是林美', true],
    ['量產', '新產品試產協調會', false],
    ['稅', '今年的稅 與規費', true],
    ['supplier', 'Suppliers were late', true],
    ['Café', 'the cafe downstairs', true],
    ['ＥＲＰ', 'erp 系統', true],
    ['ERP系統', 'ERP 的系統', true],
    ['companies', 'one company', true],
    // A word of one character belongs to its neighbour.
    ['供應商', '供應鏈', false],
    ['供應商', '新供應商評鑑', true],
    ['碳盤查', '年度盤查', false],
    ['不良率', '不良品的比率', false],
    // What only makes a sentence of it need not be there.
    ['雲端移轉有什麼風險？', '雲端移轉：風險評估', true],
    ['What is the budget of the battery module?', 'battery module, budget', true],
    ['什麼', '有什麼', true],
    ['what', 'So what', true],
  ])('%s in %s: %s', (question, text, found) => {
    expect(finds(question, text)).toBe(found);
  });

  test('whatever a text says finds that text again, in either script', () => {
    const text = fc.string({ unit: fc.constantFrom(...'試產時程與人力缺口 採購延遲 ab c-d, É1'), maxLength: 40 });
    fc.assert(
      fc.property(text, text, text, (before, asked, after) => {
        const whole = `${before} ${asked} ${after}`;
        for (const question of [asked, toSimplified(asked)])
          for (const word of questionOf(question)) {
            const single = [...word].length === 1;
            expect(single || wordsIn(whole).has(word)).toBe(true);
          }
      }),
    );
  });

  test('the plural is no other word; what only looks like one stays', () => {
    expect(['suppliers', 'companies', 'boxes', 'process', 'status', 'analysis', 'bus'].map(singular)).toEqual([
      'supplier',
      'company',
      'box',
      'process',
      'status',
      'analysis',
      'bus',
    ]);
  });
});

describe('R5 highlights', () => {
  test('are places in the text as it was written', () => {
    expect(marked('新產品試產協調會，试产延後', '試產')).toEqual(['試產', '试产']);
    expect(marked('Suppliers & “SUPPLIER” <b>supplier</b>', 'supplier')).toEqual(['Suppliers', 'SUPPLIER', 'supplier']);
    expect(marked('𠮷野家的稅率', '稅')).toEqual(['稅']);
    expect(marked('供應商評鑑，供應鏈', '供應商')).toEqual(['供應商', '供應']);
  });

  test('lie within the text, in order, never half of a character, whatever it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(text, text, (body, question) => {
        const { text: part, marks } = excerptOf(body, questionOf(question));
        expect(body).toContain(part);
        let last = -1;
        for (const [from, to] of marks) {
          expect(from).toBeGreaterThan(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(part.length);
          expect(part.slice(from, to).isWellFormed?.() ?? true).toBe(true);
          last = to;
        }
      }),
    );
  });

  test('the excerpt is where the answer is', () => {
    const text = `${'前言。'.repeat(200)}採購延遲三週${'。後記'.repeat(200)}`;
    const excerpt = excerptOf(text, questionOf('採購延遲'));
    expect(excerpt.text).toContain('採購延遲三週');
    expect([excerpt.before, excerpt.after]).toEqual([true, true]);
  });
});

describe('R2, R5 likeness of titles', () => {
  test.each([
    ['試產時程確認', '试产时程确认', 1, 1],
    ['第三季產能缺口', '產能缺口（第三季）', 0.6, 1],
    ['Supplier delays in Q3', 'Q3: delay of suppliers', 0.6, 1],
    ['採購延遲', '會議室預約', 0, 0.1],
  ])('%s and %s: between %d and %d', (a, b, least, most) => {
    const like = likeness(gramsOf(a), gramsOf(b));
    expect(like).toBeGreaterThanOrEqual(least);
    expect(like).toBeLessThanOrEqual(most);
  });

  test('is the same both ways, and 1 only of the same grams', () => {
    const title = fc.string({ unit: fc.constantFrom(...'試產時程人力 plan xy'), maxLength: 20 });
    fc.assert(
      fc.property(title, title, (a, b) => {
        const [x, y] = [gramsOf(a), gramsOf(b)];
        expect(likeness(x, y)).toBeCloseTo(likeness(y, x), 12);
        if (likeness(x, y) === 1) expect([...x].sort()).toEqual([...y].sort());
      }),
    );
  });
});

test('R5 months later is the same day, or the last there is', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
  expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
});
