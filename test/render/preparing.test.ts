/** P3, P8: what is asked of who presents or prepares something without being invited. */
import { describe, expect, test } from 'vitest';
import { renderMail } from '../../render/mail/index.js';
import { NothingToSay } from '../../render/mail/item-parts.js';
import { mailOf, planned, prepared } from './fixture.js';
import { linksIn } from './reading.js';

const agendaOf = (more: object): ReturnType<typeof planned> => planned({ agenda: prepared, ...more });

describe('P8 who prepares without being invited', () => {
  test('P8 is told what, by when in which zone, and has the form for it; nothing that only the invited need', async () => {
    const { subject, text, invitation } = await renderMail(mailOf('prepare', 'en'));
    expect(subject).toBe('[Please prepare] 專案 A 跨部門進度協調, Mon 2 Feb 09:30 – by Fri 30 Jan 12:00');
    for (const part of ['You are asked to present at this meeting: 產線人力調度', 'Please also prepare', '缺料清單 2'])
      expect(text).toContain(part);
    expect(text).toMatch(/30 Jan(uary)? 2026.*Taipei/);
    expect(text).toContain('確認各班人力');
    expect(text).not.toContain('專案進度表');
    expect(linksIn(text).length).toBeGreaterThan(0);
    expect(invitation).toBeUndefined();
  });

  test('P3 who only presents is asked to present; P8 who only prepares need not come', async () => {
    const presents = agendaOf({ agenda: prepared.map((t) => ({ ...t, materials: [] })) });
    const { subject } = await renderMail(mailOf('prepare', 'zh-TW', { state: presents }));
    expect(subject).toBe('【請準備報告】專案 A 跨部門進度協調(2/2(一) 09:30)');
    const owes = agendaOf({ agenda: prepared.map(({ presenter: _, ...t }) => t) });
    const { text } = await renderMail(mailOf('prepare', 'zh-CN', { state: owes }));
    expect(text).toContain('不必参会');
    expect(text).not.toContain('请您汇报');
  });

  test('N4 what is another now is said, once it is all there there is nothing to say', async () => {
    const input = mailOf('prepare', 'en');
    const effect = { ...input.effect, params: { changed: true } };
    expect((await renderMail({ ...input, effect })).text).toContain('this is how it stands now');
    const handedIn = prepared.map((t) => ({
      ...t,
      materials: t.materials.map((m) => ({ ...m, link: 'https://x.test' })),
    }));
    await expect(
      renderMail(mailOf('prepareReminder', 'en', { state: agendaOf({ agenda: handedIn }) })),
    ).rejects.toBeInstanceOf(NothingToSay);
  });

  test('N4 cancelled, not taken up again, off the agenda: each in its own words', async () => {
    const off = (state: ReturnType<typeof planned>, params = {}) => {
      const input = mailOf('prepareOff', 'en', { state });
      return renderMail({ ...input, effect: { ...input.effect, params } });
    };
    const cancelled = await off(agendaOf({ phase: 'cancelled', cancelReason: 'x' }), { reason: '專案暫停' });
    expect(cancelled.subject).toMatch(/^\[Meeting cancelled\]/);
    expect(cancelled.text).toContain('專案暫停');
    expect((await off(agendaOf({ phase: 'minutes' }), { calledOff: true })).text).toContain('will not go on');
    const gone = await off(planned());
    expect(gone.subject).toMatch(/^\[Nothing to prepare any more\]/);
    // H10: without a part there is nothing to see of the agenda.
    expect(gone.text).not.toContain('關鍵零件缺料');
  });

  test('H10 nothing of a topic that is confidential to others', async () => {
    const agenda = prepared.map((t, i) => (i === 0 ? { ...t, confidential: true } : t));
    const { text, html } = await renderMail(mailOf('prepare', 'zh-TW', { state: agendaOf({ agenda }) }));
    expect(text + html).not.toContain('專案 A 交期');
  });
});
