import { describe, expect, test } from '@jest/globals';
import type { MailKind } from '../../domain/meeting/effects.js';
import type { Locale } from '../../domain/meeting/state.js';
import { catalogues, locales } from '../../locales/index.js';
import { NothingToSay, renderMail } from '../../render/mail/index.js';
import type { RenderedMail } from '../../render/mail/index.js';
import { at } from '../support/meeting.js';
import {
  action,
  decisionTask,
  departments,
  done,
  escalatedAction,
  kinds,
  links,
  mailOf,
  people,
  plan,
  planned,
  publicUrl,
} from './fixture.js';
import { subjectRows } from './subject-table.js';

const all = kinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const));
const linkPattern = /https:\/\/convoke\.example\.com\/(?:r|feedback)\/([\w.-]+)(\?reply=\w+)?/g;
const linksIn = (text: string): string[] => [...text.matchAll(linkPattern)].map((m) => m[0]);
/** What a reader of the HTML reads. */
const visible = (html: string): string =>
  html
    .replace(/<(style|title)>.*?<\/\1>/gs, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

const keyPattern = new RegExp(`(^|\\s)(${Object.keys(catalogues.en).join('|')})\\.[a-z][\\w.]+`);
const whenOf: Record<Locale, string> = {
  'zh-TW': '2/2(一) 09:30',
  'zh-CN': '2月2日(周一)09:30',
  en: 'Mon 2 Feb 09:30',
};
const yearOf: Record<Locale, RegExp> = { 'zh-TW': /2026\/2\/2\(一\)/, 'zh-CN': /2026年2月2日/, en: /Mon 2 Feb 2026/ };
const zoneOf: Record<Locale, string> = { 'zh-TW': '台北時間，UTC+8', 'zh-CN': '台北时间，UTC+8', en: 'Taipei, UTC+8' };

describe.each(all)('%s in %s', (kind, locale) => {
  const rendered = renderMail(mailOf(kind, locale));

  test('leaves no key, placeholder or undefined', async () => {
    const { subject, text, html } = await rendered;
    for (const part of [subject, text, visible(html)]) {
      expect(part).not.toMatch(/undefined|\[object|NaN|null/);
      expect(part.match(/\{[a-zA-Z]+\}/)?.[0]).toBeUndefined();
      expect(part.match(keyPattern)?.[0]).toBeUndefined();
    }
  });

  test('says which meeting, when and in which zone, and has the link, in text and HTML alike', async () => {
    const { text, html } = await rendered;
    for (const part of [text, visible(html)]) {
      expect(part).toContain('專案 A 跨部門進度協調');
      expect(part).toMatch(yearOf[locale]);
      expect(part).toContain(zoneOf[locale]);
    }
    expect(linksIn(text).length).toBeGreaterThan(0);
    expect([...new Set(linksIn(html))].sort()).toEqual([...new Set(linksIn(text))].sort());
  });

  test('text and HTML say the same', async () => {
    const { text, html } = await rendered;
    const seen = visible(html);
    for (const line of text.split('\n')) {
      const words = line
        .replace(/https?:\S+/g, '')
        .replace(/^(\*\*\*|==|-- ?|- |・)+|(\*\*\*|==)$/g, '')
        .split(/[:：—]/)
        .map((x) => x.trim())
        .filter((x) => x !== '');
      for (const word of words) expect(seen.replaceAll(' ', '')).toContain(word.replaceAll(' ', ''));
    }
  });

  test('every link is a token for the reader', async () => {
    const input = mailOf(kind, locale);
    for (const url of linksIn((await rendered).text)) {
      const token = /\/(?:r|feedback)\/([\w.-]+)/.exec(url)?.[1] ?? '';
      const claims = await links.verify(token, { now: input.now });
      expect(claims).toMatchObject({ person: input.reader.id, meeting: input.state.id });
      expect(url.startsWith(`${publicUrl}/feedback/`)).toBe(claims?.purpose === 'survey');
    }
  });

  test('carries its language, and no picture or script', async () => {
    const { html, headers } = await rendered;
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}">`));
    expect(headers['Content-Language']).toBe(locale);
    expect(html).not.toMatch(/<img|<script|<link|url\(/i);
  });
});

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
    confirmMinutes: 'confirm minutes',
    minutes: 'minutes',
    draftMinutes: 'draft minutes',
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
      const weekday = { 一: 'Mon', 二: 'Tue', 三: 'Wed', 四: 'Thu', 五: 'Fri' }[w] ?? w;
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
    };
    const due: Partial<Record<MailKind, string>> = {
      confirmMinutes: w(2, 3, '二', '10:30'),
      improvementPlan: w(2, 12, '四'),
    };
    const values: Record<string, string> = {
      title: '專案 A 跨部門進度協調',
      when: whenOf[locale],
      replyBy: replyBy[kind] ?? '',
      whatChanged: changed[locale],
      due: due[kind] ?? w(2, 6, '五'),
      date: w(2, 2, '一'),
      n: '2',
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

describe('N1 notice', () => {
  const notice = (more = {}): Promise<RenderedMail> => renderMail(mailOf('notice', 'zh-TW', more));

  test('has goal, C1 shared goal, place, link, agenda in order with minutes, presenter and expected conclusion, materials', async () => {
    const { text } = await notice();
    const expected = [
      '確認專案 A 的交期',
      '三月底前順利出貨',
      '3F 會議室',
      'https://meet.example.com/a?room=1,2',
      '1. 專案 A 交期 — 15 分鐘',
      '報告人：林美玲（研發部）',
      '預期結論：確認新的交期與里程碑',
      '2. 關鍵零件缺料 — 15 分鐘',
      '開放討論 — 10 分鐘',
      '專案進度表',
      '負責人：林美玲；1/30(五) 12:00 前備妥',
    ];
    for (const part of expected) expect(text).toContain(part);
    const reversed = planned().agenda.map((t) => ({ ...t, priority: 4 - t.priority }));
    const other = (await notice({ state: planned({ agenda: reversed }) })).text;
    expect(other.indexOf('產線人力調度')).toBeLessThan(other.indexOf('專案 A 交期'));
  });

  test('N2 asks for one of three answers, the button of coming first', async () => {
    const { text, html } = await notice();
    expect(linksIn(text).map((l) => l.split('?')[1])).toEqual(['reply=accepted', 'reply=declined', 'reply=tentative']);
    expect(html.indexOf('reply=accepted')).toBeLessThan(html.indexOf('會議目標'));
  });

  test('H3 lists every role of the reader', async () => {
    const state = planned({ coordinator: 'p1', recorder: 'p1' });
    const { text } = await notice({ reader: people.find((p) => p.id === 'p1'), state });
    const roles = text.slice(text.indexOf('您的角色'), text.indexOf('出席人員'));
    for (const role of [
      '發起人',
      '協調人',
      '紀錄',
      '核心成員（研發部）',
      '報告議題：專案 A 交期',
      '準備資料：專案進度表',
    ])
      expect(roles).toContain(role);
  });

  test('H7 an external person gets no list of the others', async () => {
    const { text } = await notice({ reader: people.find((p) => p.id === 'p11') });
    expect(text).not.toContain('出席人員');
    expect(text).not.toContain('許雅婷');
  });

  test("the reader's own time stands beside the meeting's where their clock differs", async () => {
    const reader = { ...people.find((p) => p.id === 'p7')!, timeZone: 'America/New_York' };
    const { text, html } = await renderMail(mailOf('notice', 'en', { reader }));
    for (const part of [text, visible(html)]) {
      expect(part).toContain('Mon 2 Feb 2026 09:30–10:30 (Taipei, UTC+8)');
      expect(part).toContain('Sun 1 Feb 2026 20:30–21:30 (New York, UTC-5)');
    }
  });

  test('the host, who counts as coming, is not asked', async () => {
    const { text } = await notice({ reader: people.find((p) => p.id === 'p2') });
    expect(text).toContain('您主持這場會議');
    expect(text).not.toContain('請於 1/30');
  });

  test('carries the calendar object, which its hash sums up', async () => {
    const { invitation } = await notice();
    expect(invitation?.method).toBe('REQUEST');
    expect(invitation?.content(5)).toContain('SEQUENCE:5\r\n');
    expect(invitation?.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('N4, X1', () => {
  test('a change says what and why, and asks again when the time is another', async () => {
    const { text } = await renderMail(mailOf('change', 'zh-TW'));
    expect(text).toContain('這場會議的時間、地點已變更');
    expect(text).toContain('會議室調整');
    expect(text).toContain('請於 1/30(五) 10:00 前重新回覆');
  });

  test('a change that leaves an answer standing says so', async () => {
    const state = planned({ rsvps: { p7: { reply: 'tentative', at: 0, by: { via: 'link' } } } });
    const { text } = await renderMail(mailOf('change', 'en', { state }));
    expect(text).toContain('Your reply “Tentative” still holds');
  });

  test('codes that nobody knows are not shown', async () => {
    const input = mailOf('change', 'en');
    const effect = { ...input.effect, params: { whatChanged: 'place,<b>,constructor' } };
    expect((await renderMail({ ...input, effect })).subject).toContain(': place, now');
  });

  test('a cancellation gives the reason and takes the meeting out of the calendar', async () => {
    const { text, invitation } = await renderMail(mailOf('cancellation', 'zh-CN'));
    expect(text).toContain('專案暫停');
    expect(invitation?.method).toBe('CANCEL');
  });

  test('who was taken off the list is not told that the meeting is cancelled', async () => {
    const state = planned({ participants: planned().participants.filter((p) => p.person !== 'p7') });
    const { subject, text, invitation } = await renderMail(mailOf('cancellation', 'en', { state }));
    expect(subject).toBe('[Meeting changed] 專案 A 跨部門進度協調: people, now Mon 2 Feb 09:30');
    expect(text).toContain('no longer on the list');
    expect(text).not.toContain('Goal');
    expect(invitation?.method).toBe('CANCEL');
  });

  test('an emergency is urgent in every way and says why', async () => {
    const { headers, text } = await renderMail(mailOf('emergency', 'zh-TW'));
    expect(headers).toMatchObject({ 'X-Priority': '1', Importance: 'high', Priority: 'urgent' });
    expect(text).toContain('主要供應商通知延遲出貨');
    expect((await renderMail(mailOf('notice', 'zh-TW'))).headers).not.toHaveProperty('X-Priority');
  });

  test('a reply reminder tells key people that an alternate may be needed', async () => {
    const key = await renderMail(mailOf('replyReminder', 'en', { reader: people.find((p) => p.id === 'p6')! }));
    expect(key.text).toContain('key person');
    expect((await renderMail(mailOf('replyReminder', 'en'))).text).not.toContain('key person');
  });
});

describe('E14, F1–F3', () => {
  const exact: Record<Locale, string> = {
    'zh-TW': `[${action.task}](負責人:Alice Wang,截止日期:2026-02-06)`,
    'zh-CN': `[${action.task}](负责人:Alice Wang,截止日期:2026-02-06)`,
    en: `[${action.task}](Owner: Alice Wang, due: 2026-02-06)`,
  };

  test.each(locales)('E14 the sentence stands exactly in %s', async (locale) => {
    for (const kind of ['minutes', 'actionReminder', 'missed', 'pleaseCheck', 'decided'] as const) {
      const { text, html } = await renderMail(mailOf(kind, locale));
      expect(text).toContain(exact[locale]);
      expect(html).toContain(exact[locale]);
    }
  });

  test('F2 the owner is asked what blocks it and for a new date; F3 forewarned at the second miss', async () => {
    const { text } = await renderMail(mailOf('missed', 'en'));
    expect(text).toContain('what blocks it');
    expect(text).toContain('Mon 2 Mar at the latest');
    expect(text).toContain('missed deadline number 2. One more');
    const input = mailOf('missed', 'en');
    const first = await renderMail({ ...input, effect: { ...input.effect, params: { missed: 1 } } });
    expect(first.text).not.toContain('One more');
  });

  test('F3 at the third miss the owner hears that it went up, and is asked nothing', async () => {
    const input = mailOf('missed', 'en', { state: done({ actions: [escalatedAction] }) });
    const third = await renderMail({ ...input, effect: { ...input.effect, params: { missed: 3, escalated: true } } });
    expect(third.text).toContain('gone to a higher level');
    expect(third.text).not.toContain('propose a new date');
  });

  test('the coordinator who hears of a miss gets no link of the owner', async () => {
    const { text } = await renderMail(mailOf('missed', 'en', { reader: people.find((p) => p.id === 'p3')! }));
    const token = /\/r\/([\w.-]+)/.exec(text)?.[1] ?? '';
    expect(await links.verify(token, { now: 0 })).toMatchObject({ purpose: 'talk', person: 'p3' });
  });

  test('F3 an escalation gives dates, obstacle and the decision needed; nobody is copied or ranked', async () => {
    const { text } = await renderMail(mailOf('escalation', 'en'));
    for (const date of ['Fri 6 Feb 2026', 'Tue 10 Feb 2026', 'Fri 13 Feb 2026']) expect(text).toContain(date);
    expect(text.match(/○ missed/g)).toHaveLength(3);
    expect(text).toContain('樣品卡在海關');
    for (const choice of ['reassign', 'simplify', 'new date', 'cancel']) expect(text).toContain(choice);
    for (const { id, name } of people.filter((p) => p.id !== 'p7'))
      expect([id, text.includes(name)]).toEqual([id, false]);
  });

  test('an escalation one level up, asked again, or without anybody above, says so', async () => {
    const say = async (task: object, params: object): Promise<string> => {
      const input = mailOf('escalation', 'en', {
        state: done({ actions: [escalatedAction], tasks: [{ ...decisionTask, ...task }] }),
      });
      return (
        await renderMail({ ...input, effect: { ...input.effect, params: { ...input.effect.params, ...params } } })
      ).text;
    };
    expect(await say({ step: 1 }, { again: true })).toContain('so it is now yours');
    expect(await say({ step: 1 }, { again: true })).toContain('every week');
    expect(await say({ step: 0 }, { again: false })).toContain('one level up');
    expect(await say({ chain: [], step: 0 }, { nobody: true })).toContain('coordinator and host');
  });

  test.each([
    ['reassign', /^\[Decided\]/, 'reassign it'],
    ['cancel', /^\[Decided\]/, 'cancel it'],
    ['silence', /^\[New due date Fri 6 Feb\]/, 'was set to'],
    ['moved', /^\[New due date Fri 6 Feb\]/, 'is now'],
    ['returned', /^\[Not done yet, due Fri 6 Feb\]/, 'open again'],
  ])('what became of it: %s', async (decision, subject, said) => {
    const input = mailOf('decided', 'en');
    const mail = await renderMail({ ...input, effect: { ...input.effect, params: { decision } } });
    expect(mail.subject).toMatch(subject);
    expect(mail.text).toContain(said);
  });

  test('a plan runs the same mails, with its own form', async () => {
    for (const kind of ['actionReminder', 'missed', 'pleaseCheck', 'decided'] as const) {
      const input = mailOf(kind, 'zh-TW', { reader: people.find((p) => p.id === 'p1')! });
      const { text } = await renderMail({ ...input, effect: { ...input.effect, ref: plan.id } });
      expect(text).toContain('[「專案 A 跨部門進度協調」改善計畫](負責人:林美玲,截止日期:2026-02-12)');
    }
    const check = mailOf('pleaseCheck', 'zh-TW');
    const { text } = await renderMail({ ...check, effect: { ...check.effect, ref: plan.id } });
    expect(text).toContain('縮短報告時間');
  });

  test('a mail about something that is not there is not made up', async () => {
    const input = mailOf('missed', 'en');
    await expect(renderMail({ ...input, effect: { ...input.effect, ref: 'gone-a9' } })).rejects.toThrow(NothingToSay);
  });
});

describe('M1, M2, F5, F6', () => {
  const headings: Record<Locale, string[]> = {
    'zh-TW': ['核心結論', '行動項目', '建議下次會議時間', '出席情形', '表決', '要點'],
    'zh-CN': ['核心结论', '行动项', '建议下次会议时间', '出席情况', '表决', '要点'],
    en: ['Core conclusions', 'Action items', 'Suggested next meeting', 'Attendance', 'Votes', 'Key points'],
  };

  test.each(locales)('M2 conclusions, actions and next time are always there (%s)', async (locale) => {
    const empty = done({ agenda: [], actions: [], votes: [], keyPoints: [], attendance: {} });
    const { nextMeetingAt: _, ...minutes } = empty.minutes!;
    for (const state of [done(), { ...empty, minutes }]) {
      const { text } = await renderMail(mailOf('minutes', locale, { state }));
      const sections = text.split(/\n\n/).filter((part) => part.startsWith('== '));
      for (const heading of headings[locale]) {
        const section = sections.find((s) => s.startsWith(`== ${heading} ==\n`)) ?? '';
        expect([heading, section.split('\n').length]).toEqual([heading, expect.any(Number)]);
        expect(section.split('\n')[1]?.trim()).toBeTruthy();
      }
    }
  });

  test('M1 a draft is marked as what it is', async () => {
    const { text, html } = await renderMail(mailOf('draftMinutes', 'en'));
    expect(text.startsWith('*** Draft, not confirmed ***')).toBe(true);
    expect(visible(html)).toContain('Draft, not confirmed');
    expect((await renderMail(mailOf('minutes', 'en'))).text).not.toContain('not confirmed');
  });

  test('votes give rule, denominator and counts', async () => {
    const { text } = await renderMail(mailOf('minutes', 'en'));
    expect(text).toContain('5 of 7 agree, 5 needed: passed');
    expect(text).toContain('5 agree, 1 against, 1 neutral');
  });

  test('the kept text of the minutes wins over the draft', async () => {
    const minutes = {
      summary: 'The date moves.',
      topics: [{ topicId: action.topicId!, conclusion: 'Second supplier approved.' }],
      nextMeetingAt: at('2026-02-10', '14:00'),
    };
    const { text } = await renderMail(mailOf('minutes', 'en', { minutes }));
    expect(text).toContain('The date moves.');
    expect(text).toContain('Second supplier approved.');
    expect(text).toContain('Tue 10 Feb 2026 14:00');
    expect(text).not.toContain('第二供應商報價');
  });

  test('who owns actions gets their links first, who owns none is told so', async () => {
    const mine = await renderMail(mailOf('minutes', 'en'));
    const token = /\/r\/([\w.-]+)/.exec(mine.text)?.[1] ?? '';
    expect(await links.verify(token, { now: 0 })).toMatchObject({ purpose: 'progress', ref: action.id });
    const none = await renderMail(mailOf('minutes', 'en', { reader: people.find((p) => p.id === 'p6')! }));
    expect(none.text).toContain('You own no action');
  });

  test('M1 the draft is in the mail that asks for its confirmation, with the limit', async () => {
    const { text } = await renderMail(mailOf('confirmMinutes', 'en'));
    expect(text).toContain('confirm them by Tue 3 Feb 10:30');
    expect(text).toContain('== Core conclusions ==');
  });

  test('F5 the survey is anonymous, says from how many answers, and its link leads to /feedback', async () => {
    for (const kind of ['survey', 'surveyReminder'] as const) {
      const { text } = await renderMail(mailOf(kind, 'en'));
      expect(text).toContain('suggestions from 5; fewer suggestions are held until the series has 5');
      expect(text).toContain('Thu 5 Feb 10:30');
      expect(linksIn(text)).toEqual([expect.stringContaining('/feedback/')]);
    }
  });

  test('F6 the plan mail gives score and limit', async () => {
    const { text } = await renderMail(mailOf('improvementPlan', 'en'));
    expect(text).toContain('gave 2.4 on average, below 3.0');
  });
});

describe('hostile text (design §7)', () => {
  const evil = '</title><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\r\nBcc: evil@example.net\u202e\u0000';
  const evilPeople = people.map((p) => ({ ...p, name: `${p.name}<script>"\r\nX: y` }));
  const evilDepartments = departments.map((d) => ({ ...d, name: `<b>${d.name}"onload="` }));

  test.each(kinds)('%s escapes everything that somebody typed', async (kind) => {
    const input = mailOf(kind, 'en');
    const wound = <T>(value: T): T =>
      JSON.parse(
        JSON.stringify(value, (key, v: unknown) =>
          typeof v === 'string' &&
          [
            'title',
            'goal',
            'sharedGoal',
            'place',
            'onlineLink',
            'task',
            'text',
            'conclusion',
            'motion',
            'expectedConclusion',
            'link',
            'emergencyReason',
            'cancelReason',
            'reason',
            'factQuestion',
            'bringsMaterial',
            'note',
          ].includes(key) &&
          key !== 'id'
            ? evil
            : v,
        ),
      ) as T;
    const { subject, html, text } = await renderMail({
      ...input,
      state: wound(input.state),
      effect: { ...input.effect, params: { ...input.effect.params, reason: evil } },
      people: evilPeople,
      departments: evilDepartments,
    });
    expect(subject).not.toMatch(/[\r\n\u0000\u202e]/);
    expect(text).not.toMatch(/[\u0000\u202e]/);
    expect(html).not.toMatch(/<script|<img|<b>|[\u0000\u202e]/);
    expect(html.match(/<title>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<[^>]*\sonload=/);
    // Plain text: nothing that was typed begins a line of its own where one line is expected.
    expect(text.split('\n').filter((line) => line.startsWith('Bcc:'))).toEqual([]);
  });

  test('only http and https become links', async () => {
    for (const onlineLink of [
      'javascript:alert(1)',
      'data:text/html,x',
      ' JaVaScRiPt:alert(1)',
      'file:///etc/passwd',
      '//evil',
    ]) {
      const { html } = await renderMail(mailOf('notice', 'en', { state: planned({ onlineLink }) }));
      const targets = [...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1]);
      expect(
        targets.filter(
          (t) => !t?.startsWith('https://convoke.example.com/') && t !== 'https://files.example.com/plan.xlsx',
        ),
      ).toEqual([]);
    }
  });

  test('a very long title keeps the subject short and whole', async () => {
    const { subject } = await renderMail(mailOf('notice', 'zh-TW', { state: planned({ title: '🙂會'.repeat(400) }) }));
    expect([...subject].length).toBeLessThan(230);
    expect(subject).not.toContain('\ufffd');
    expect(subject).toContain('…');
  });

  test('people and departments that were erased have a word of their own', async () => {
    for (const kind of kinds) {
      const { text } = await renderMail(mailOf(kind, 'en', { people: [], departments: [] }));
      expect(text).not.toMatch(/undefined|\bp\d\b|\bd\d\b/);
    }
  });
});
