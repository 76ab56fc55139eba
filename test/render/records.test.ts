import { describe, expect, test } from 'vitest';
import type { Locale } from '../../domain/meeting/state.js';
import { locales } from '../../locales/index.js';
import { renderMail } from '../../render/mail/index.js';
import { at } from '../support/meeting.js';
import { action, done, links, mailOf, people } from './fixture.js';
import { linksIn, visible } from './reading.js';

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

  test('F5 a mail asks for a suggestion only where its form does: five can answer, or a series keeps fewer', async () => {
    for (const kind of ['survey', 'surveyReminder'] as const) {
      const mail = mailOf(kind, 'en');
      const told = async (people: number, more = {}) => {
        const eligible = Array.from({ length: people }, (_, i) => `p${i + 1}`);
        const state = { ...mail.state, survey: { ...mail.state.survey!, eligible }, ...more };
        return (await renderMail({ ...mail, state })).text;
      };
      const few = await told(4);
      expect(few).toContain('scores are never kept with a name');
      expect(few).toContain('Fewer than 5 people can answer');
      expect(few).not.toMatch(/leave a suggestion|suggestions from/);
      expect(await told(5)).not.toContain('Fewer than 5');
      const ofSeries = await told(2, { seriesId: 's1' });
      expect(ofSeries).toContain('suggestions from 5');
      if (kind === 'survey') for (const text of [await told(5), ofSeries]) expect(text).toContain('leave a suggestion');
    }
  });

  test('F5 the survey is anonymous, says from how many answers, and its link leads to /feedback', async () => {
    for (const kind of ['survey', 'surveyReminder'] as const) {
      const few = mailOf(kind, 'en');
      const survey = { ...few.state.survey!, eligible: ['p1', 'p2', 'p3', 'p6', 'p7'] };
      const mail = { ...few, state: { ...few.state, survey } };
      const { text } = await renderMail(mail);
      expect(text).toContain('suggestions from 5; this meeting is of no series, so fewer suggestions are deleted');
      const ofSeries = await renderMail({ ...mail, state: { ...mail.state, seriesId: 's1' } });
      expect(ofSeries.text).toContain('suggestions from 5; fewer suggestions are held until the series has 5');
      expect(text).toContain('Thu 5 Feb 10:30');
      expect(linksIn(text)).toEqual([expect.stringContaining('/feedback/')]);
    }
  });

  test('F6 the plan mail gives score and limit', async () => {
    const { text } = await renderMail(mailOf('improvementPlan', 'en'));
    expect(text).toContain('gave 2.4 on average, below 3.0');
  });
});
