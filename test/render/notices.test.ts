import { describe, expect, test } from 'vitest';
import { renderMail } from '../../render/mail/index.js';
import type { RenderedMail } from '../../render/mail/index.js';
import { locales, translator } from '../../locales/index.js';
import { minutesDocument, minutesMarkdown } from '../../render/minutes.js';
import { signInSheet } from '../../render/sign-in.js';
import { departments, done, mailOf, people, planned } from './fixture.js';
import { linksIn, visible } from './reading.js';
import { at } from '../support/meeting.js';

describe('C1 the shared goal', () => {
  const shared = '三月底前順利出貨';
  const cards = { people, departments };

  test('C1 stands in the notice, on the sheet of the opening and in the minutes, in every language', async () => {
    for (const locale of locales) {
      expect((await renderMail(mailOf('notice', locale))).text).toContain(shared);
      const state = planned({ phase: 'execution' });
      const sheet = await signInSheet({ state, locale, ...cards, url: 'https://convoke.example.com/r/x', now: 0 });
      expect(sheet.html).toContain(shared);
      expect(minutesMarkdown(minutesDocument({ state: done(), locale, ...cards }))).toContain(shared);
    }
  });

  test('C1 nothing is said where there is none', async () => {
    const none = planned({ sharedGoal: undefined });
    const label = translator('zh-TW')('mail.label.sharedGoal');
    expect((await renderMail(mailOf('notice', 'zh-TW', { state: none }))).text).not.toContain(label);
    const sheet = await signInSheet({ state: none, locale: 'zh-TW', ...cards, url: 'https://x.example', now: 0 });
    expect(sheet.html).not.toContain(label);
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
    const state = { ...planned(), kind: 'emergency' as const, emergencyReason: '停線' };
    for (const kind of ['change', 'cancellation'] as const) {
      const told = await renderMail(mailOf(kind, 'zh-TW', { state }));
      expect(told.headers).toMatchObject({ 'X-Priority': '1', Importance: 'high', Priority: 'urgent' });
      expect((await renderMail(mailOf(kind, 'zh-TW'))).headers).not.toHaveProperty('X-Priority');
    }
    expect((await renderMail(mailOf('notice', 'zh-TW'))).headers).not.toHaveProperty('X-Priority');
  });

  test('a reply reminder tells key people that an alternate may be needed', async () => {
    const key = await renderMail(mailOf('replyReminder', 'en', { reader: people.find((p) => p.id === 'p6')! }));
    expect(key.text).toContain('key person');
    expect((await renderMail(mailOf('replyReminder', 'en'))).text).not.toContain('key person');
  });
});

describe('E15 adjourned', () => {
  const adjourned = async (params: Record<string, string | boolean>, locale: 'zh-TW' | 'en') => {
    const input = mailOf('change', locale);
    return renderMail({ ...input, effect: { ...input.effect, params: { whatChanged: 'time', ...params } } });
  };

  test('says when it goes on and why, carries the calendar, and asks nobody to reply again', async () => {
    const { subject, text, invitation } = await adjourned({ adjourned: true, reason: '等驗收單' }, 'zh-TW');
    expect(subject).toContain('續開');
    expect(text).toContain('等驗收單');
    expect(text).toContain('不需要重新回覆');
    expect(linksIn(text).some((link) => link.includes('reply='))).toBe(false);
    expect(invitation?.method).toBe('REQUEST');
  });

  test('closed instead, it says that nothing is left to do', async () => {
    const { text } = await adjourned({ calledOff: true }, 'en');
    expect(text).toContain('closed instead');
    expect(text).not.toMatch(/\{|undefined/);
  });
});

describe('S1, E11', () => {
  const followUp = {
    meetingId: 'before',
    title: '上次會議',
    startsAt: at('2026-01-19', '09:30'),
    actions: [
      { id: 'a1', task: '確認模具', owner: 'p7', status: 'done' as const, missed: 0, dueAt: at('2026-01-23', '18:00') },
      {
        id: 'a2',
        task: '備妥料表',
        owner: 'p6',
        status: 'overdue' as const,
        missed: 2,
        dueAt: at('2026-01-27', '18:00'),
      },
    ],
  };

  test('S1 the follow-up of the last meeting stands before the agenda, what is open first; H7 not for external people', async () => {
    const { text } = await renderMail(mailOf('notice', 'zh-TW', { followUp }));
    const [heading, open, over, agenda] = ['上次會議追蹤事項', '備妥料表', '確認模具', '議程'].map((part) =>
      text.indexOf(part),
    );
    expect([heading! > 0, heading! < open!, open! < over!, over! < agenda!]).toEqual([true, true, true, true]);
    expect(text).toContain('已逾期 2 次');
    const outside = await renderMail(
      mailOf('notice', 'zh-TW', { followUp, reader: people.find((p) => p.id === 'p11') }),
    );
    expect(outside.text).not.toContain('備妥料表');
    const empty = await renderMail(mailOf('notice', 'en', { followUp: { ...followUp, actions: [] } }));
    expect(empty.text).toContain('There were no action items.');
  });

  test('S1 the host is offered what waits in the department', async () => {
    const offered = [{ topicId: 'b-t1', title: '倉儲費用', times: 2 }];
    for (const kind of ['draftLimit', 'hostBrief'] as const) {
      const { text } = await renderMail(mailOf(kind, 'zh-TW', { offered }));
      for (const part of ['貴部門尚待討論的議題', '倉儲費用', '已有 2 次會議未結論']) expect(text).toContain(part);
      expect((await renderMail(mailOf(kind, 'zh-TW'))).text).not.toContain('貴部門尚待討論的議題');
    }
  });

  test('S1 E11 a carried topic says how often it was left open, what is asked, and who brings what by when', async () => {
    const carried = {
      from: 'before',
      times: 2,
      reason: 'facts',
      factQuestion: '模具何時完成？',
      department: 'd3',
      bringsMaterial: '回函',
      date: '2026-01-30',
    };
    const agenda = planned().agenda.map((t, i) => (i === 0 ? { ...t, carried } : t));
    const { text } = await renderMail(mailOf('notice', 'zh-TW', { state: planned({ agenda }) }));
    for (const part of ['已有 2 次會議未結論', '待釐清：模具何時完成？', '回函', '應於 2026-01-30 前提出'])
      expect(text).toContain(part);
  });
});
