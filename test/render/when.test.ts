import { describe, expect, test } from 'vitest';
import { zoneData } from '../../domain/calendar/index.js';
import { actionText } from '../../render/action-text.js';
import { offsetName, whenFor, zoneName } from '../../render/when.js';
import { at, taipei } from '../support/meeting.js';

/** Tue 14 Jul 2026 09:30 in Taipei. */
const t = at('2026-07-14', '09:30');
const hour = 3_600_000;

describe('{when} of words.md', () => {
  test.each([
    ['zh-TW', '7/14(二) 09:30'],
    ['zh-CN', '7月14日(周二)09:30'],
    ['en', 'Tue 14 Jul 09:30'],
  ] as const)('%s', (locale, expected) => {
    expect(whenFor(locale, taipei).when(t)).toBe(expected);
    expect(whenFor(locale, taipei, 'Asia/Shanghai').when(t)).toBe(expected);
    expect(whenFor(locale, taipei, 'no/zone').when(t)).toBe(expected);
  });

  test.each([
    ['zh-TW', '7/14(二) 09:30 台北時間'],
    ['zh-CN', '7月14日(周二)09:30 台北时间'],
    ['en', 'Tue 14 Jul 09:30 (Taipei)'],
  ] as const)('%s with the zone where the reader has another clock', (locale, expected) => {
    expect(whenFor(locale, taipei, 'Europe/London').when(t)).toBe(expected);
  });

  test.each([
    ['zh-TW', '2026/7/14(二) 09:30–10:30（台北時間，UTC+8）', '2026/7/14(二) 02:30–03:30（倫敦時間，UTC+1）'],
    ['zh-CN', '2026年7月14日(周二)09:30–10:30（台北时间，UTC+8）', '2026年7月14日(周二)02:30–03:30（伦敦时间，UTC+1）'],
    ['en', 'Tue 14 Jul 2026 09:30–10:30 (Taipei, UTC+8)', 'Tue 14 Jul 2026 02:30–03:30 (London, UTC+1)'],
  ] as const)('%s in full: year, end, zone, and by the reader’s clock', (locale, full, own) => {
    const when = whenFor(locale, taipei, 'Europe/London');
    expect(when.span(t, t + hour)).toBe(full);
    expect(when.readerSpan(t, t + hour)).toBe(own);
    expect(whenFor(locale, taipei, 'Asia/Taipei').readerSpan(t, t + hour)).toBeUndefined();
  });

  test('a reader’s zone counts only while its clock shows another time', () => {
    const london = zoneData('Europe/London', t - 1e10, t + 3e10);
    const when = whenFor('en', london, 'UTC');
    expect(when.when(Date.UTC(2026, 6, 14, 9))).toBe('Tue 14 Jul 10:00 (London)');
    expect(when.when(Date.UTC(2026, 11, 14, 9))).toBe('Mon 14 Dec 09:00');
  });

  test('an end on another day is written in full', () => {
    const when = whenFor('en', taipei);
    expect(when.span(t, t + 20 * hour)).toBe('Tue 14 Jul 2026 09:30–Wed 15 Jul 2026 05:30 (Taipei, UTC+8)');
  });

  test('days, dates and relative times', () => {
    expect(whenFor('zh-TW', taipei).day(t)).toBe('7/14(二)');
    expect(whenFor('zh-CN', taipei).day(t)).toBe('7月14日(周二)');
    expect(whenFor('en', taipei).date('2026-02-09')).toBe('Mon 9 Feb 2026');
    expect(whenFor('en', taipei).date('soon')).toBe('soon');
    expect(whenFor('en', taipei).relative(t, t + 49 * hour)).toBe('in 2 days');
    expect(whenFor('zh-TW', taipei).relative(t, t + 3 * hour)).toMatch(/^3\s?小時後$/);
    expect(whenFor('zh-CN', taipei).relative(t, t - hour / 2)).toMatch(/^30\s?分钟前$/);
  });

  test('zones without a name in the catalogue', () => {
    const zone = (name: string) => zoneData(name, t - 1e9, t + 1e9);
    expect(zoneName('en', zone('America/St_Johns'), t)).toBe('St Johns');
    expect(zoneName('zh-TW', zone('America/St_Johns'), t)).toBe('UTC-2:30');
    expect(zoneName('en', zone('Etc/GMT+5'), t)).toBe('UTC-5');
    expect([offsetName(0), offsetName(345), offsetName(-210)]).toEqual(['UTC+0', 'UTC+5:45', 'UTC-3:30']);
  });
});

describe('E14 actionText', () => {
  const action = { task: '完成報告', owner: '王小明', dueAt: at('2026-11-30', '18:00') };

  test.each([
    ['zh-TW', '[完成報告](負責人:王小明,截止日期:2026-11-30)'],
    ['zh-CN', '[完成報告](负责人:王小明,截止日期:2026-11-30)'],
    ['en', '[完成報告](Owner: 王小明, due: 2026-11-30)'],
  ] as const)('%s, in ASCII punctuation', (locale, expected) => {
    expect(actionText(locale, action, taipei)).toBe(expected);
  });

  test('stays on one line, and the date is the meeting’s', () => {
    const text = actionText('en', { ...action, task: 'a\r\nb', dueAt: at('2026-12-01', '00:30') }, taipei);
    expect(text).toBe('[a b](Owner: 王小明, due: 2026-12-01)');
  });
});
