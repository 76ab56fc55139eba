import { describe, expect, test } from 'vitest';
import type { MailKind } from '../../domain/meeting/effects.js';
import type { Locale } from '../../domain/meeting/state.js';
import { locales } from '../../locales/index.js';
import { renderMail } from '../../render/mail/index.js';
import { action, mailOf, people } from './fixture.js';
import { all, whenOf } from './reading.js';
import { subjectRows } from './subject-table.js';

describe('subjects are those of words.md', () => {
  const names: Partial<Record<MailKind, string>> = {
    notice: 'notice',
    emergency: 'emergency',
    change: 'change',
    cancellation: 'cancellation',
    notHeld: 'not held',
    replyReminder: 'reply reminder',
    replyChanged: 'reply changed',
    notOpened: 'not opened',
    draftLimit: 'draft nearing the limit',
    hostBrief: 'host brief',
    alternate: 'alternate',
    confirmMinutes: 'confirm minutes',
    minutes: 'minutes',
    draftMinutes: 'draft minutes',
    corrected: 'corrected',
    survey: 'survey',
    surveyReminder: 'survey reminder',
    actionReminder: 'action reminder',
    missed: 'missed',
    talk: 'missed',
    pleaseCheck: 'please check',
    escalation: 'escalation',
    improvementPlan: 'improvement plan',
  };
  const time: Record<Locale, (month: number, day: number, weekday: string, clock?: string) => string> = {
    'zh-TW': (m, d, w, c) => `${m}/${d}(${w})${c ? ` ${c}` : ''}`,
    'zh-CN': (m, d, w, c) => `${m}月${d}日(周${w})${c ?? ''}`,
    en: (m, d, w, c) => {
      const weekday = { 一: 'Mon', 二: 'Tue', 三: 'Wed', 四: 'Thu', 五: 'Fri', 日: 'Sun' }[w] ?? w;
      return `${weekday} ${d} ${['', 'Jan', 'Feb'][m]}${c ? ` ${c}` : ''}`;
    },
  };
  const changed: Record<Locale, string> = { 'zh-TW': '時間、地點', 'zh-CN': '时间、地点', en: 'time, place' };

  function expected(kind: MailKind, locale: Locale): string {
    const row = subjectRows.get(names[kind] ?? '')?.[locales.indexOf(locale)] ?? '(no such row)';
    const w = time[locale];
    const replyBy: Partial<Record<MailKind, string>> = {
      notice: w(1, 30, '五', '10:00'),
      escalation: w(2, 24, '二', '18:00'),
      alternate: w(1, 30, '五', '18:00'),
    };
    const due: Partial<Record<MailKind, string>> = {
      confirmMinutes: w(2, 3, '二', '10:30'),
      improvementPlan: w(2, 12, '四'),
      draftLimit: w(2, 1, '日', '09:30'),
    };
    const values: Record<string, string> = {
      title: '專案 A 跨部門進度協調',
      when: whenOf[locale],
      replyBy: replyBy[kind] ?? '',
      whatChanged: changed[locale],
      due: due[kind] ?? w(2, 6, '五'),
      date: w(2, 2, '一'),
      n: kind === 'hostBrief' ? '11' : '2',
      v: '2',
      closes: w(2, 5, '四', '10:30'),
      task: action.task,
    };
    return row.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `?${name}?`);
  }

  test.each(all.filter(([kind]) => names[kind] !== undefined))('%s in %s', async (kind, locale) => {
    expect((await renderMail(mailOf(kind, locale))).subject).toBe(expected(kind, locale));
  });

  test('the zone stands in the subject where the reader has another', async () => {
    const reader = people.find((p) => p.id === 'p7')!;
    const subject = async (locale: Locale, timeZone: string): Promise<string> =>
      (await renderMail(mailOf('replyReminder', locale, { reader: { ...reader, timeZone } }))).subject;
    expect(await subject('en', 'America/New_York')).toContain('Mon 2 Feb 09:30 (Taipei)');
    expect(await subject('zh-TW', 'America/New_York')).toContain('2/2(一) 09:30 台北時間');
    // The same clock: Shanghai, Taipei.
    expect(await subject('zh-CN', 'Asia/Shanghai')).toContain('2月2日(周一)09:30)');
  });

  test('H3 no name of a person stands in a subject', async () => {
    for (const [kind, locale] of all) {
      const { subject } = await renderMail(mailOf(kind, locale));
      for (const { name } of people) expect(subject).not.toContain(name);
    }
  });
});
