import { describe, expect, test } from 'vitest';
import type { Locale } from '../../domain/meeting/state.js';
import { locales } from '../../locales/index.js';
import { NothingToSay, renderMail } from '../../render/mail/index.js';
import { peopleOf } from '../../render/names.js';
import { action, decisionTask, done, escalatedAction, links, mailOf, people, plan } from './fixture.js';

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

  test('M3 an action that was corrected: what it was before, and until when now; one that was withdrawn has no date', async () => {
    const input = mailOf('decided', 'en');
    const by = { via: 'api' } as const;
    const before = { task: 'Report', owner: 'p9', dueAt: action.dueAt };
    const amendment = { part: 'action', id: action.id, before, version: 2, at: 1, by } as const;
    const minutes = { ...input.state.minutes!, amendments: [amendment] };
    const told = (decision: string) => ({ ...input.effect, params: { decision } });
    const state = { ...input.state, minutes };
    expect(peopleOf(state)).toContain('p9');
    const owner = people.find((p) => p.id === 'p9')!.name;
    const mended = await renderMail({ ...input, state, effect: told('amended') });
    expect(mended.text).toContain(`Before: [Report](Owner: ${owner}, due: 2026-02-06)`);
    expect(mended.text).toContain('Please do it by Fri 6 Feb 18:00.');
    const withdrawn = { ...action, status: 'cancelled' as const, withdrawn: { at: 1, by, reason: 'Twice' } };
    const actions = input.state.actions.map((a) => (a.id === action.id ? withdrawn : a));
    const gone = await renderMail({ ...input, state: { ...state, actions }, effect: told('withdrawn') });
    expect(gone.text).toContain('Reason: Twice');
    expect(gone.text).not.toMatch(/^(By|Progress so far):/m);
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
