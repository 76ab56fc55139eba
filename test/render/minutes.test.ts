import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { escapeMarkdown } from '../../render/markdown.js';
import { minutesDocument, minutesHtml, minutesMarkdown } from '../../render/minutes.js';
import { draftMinutes } from '../../render/minutes-draft.js';
import { at } from '../support/meeting.js';
import { action, departments, done, people, planned } from './fixture.js';

const input = (state = done()) => ({ state, locale: 'zh-TW' as const, people, departments });

describe('M1 the draft from the record', () => {
  test('has each topic in order, with its conclusion', () => {
    const draft = draftMinutes(done());
    expect(draft.topics.map((t) => t.topicId)).toEqual(done().agenda.map((t) => t.topicId));
    expect(draft.topics[1]?.conclusion).toBe('採購部已取得第二供應商報價。');
    expect(draft.topics[2]).not.toHaveProperty('conclusion');
    expect(draft.nextMeetingAt).toBe(at('2026-02-09', '09:30'));
  });

  test('a topic without conclusion takes the motion that passed', () => {
    const state = done();
    const agenda = state.agenda.map(({ conclusion: _, ...t }) => t);
    expect(draftMinutes({ ...state, agenda }).topics[0]?.conclusion).toBe('交期延後至 3 月 20 日');
    const lost = state.votes.map((v) => ({ ...v, passed: false }));
    expect(draftMinutes({ ...state, agenda, votes: lost }).topics[0]).not.toHaveProperty('conclusion');
  });

  test('E9 no motion that passed before the newest vote on the topic failed', () => {
    const state = done();
    const agenda = state.agenda.map(({ conclusion: _, ...t }) => t);
    const votes = [...state.votes, { ...state.votes[0]!, id: 'v2', motion: '交期不變', passed: false }];
    expect(draftMinutes({ ...state, agenda, votes }).topics[0]).not.toHaveProperty('conclusion');
  });

  test('is the same however often it is made', () => {
    expect(draftMinutes(done())).toEqual(draftMinutes(JSON.parse(JSON.stringify(done())) as ReturnType<typeof done>));
  });
});

describe('M2, M4 the document', () => {
  test('Markdown has the three parts of M2, attendance, votes, and E14 exactly', () => {
    const md = minutesMarkdown(minutesDocument(input()));
    expect(md.startsWith('# 會議紀錄：專案 A 跨部門進度協調\n')).toBe(true);
    for (const heading of ['核心結論', '行動項目', '建議下次會議時間', '出席情形', '表決', '要點'])
      expect(md).toContain(`\n## ${heading}\n`);
    expect(md).toContain('`[完成第二供應商評估報告](負責人:Alice Wang,截止日期:2026-02-06)`');
    expect(md).toContain('2026/2/9(一) 09:30');
    expect(md).toContain('待釐清：夜班實際可增加多少人力?');
  });

  test('E9 a conclusion in other words than the motion stands with what was voted on', () => {
    const state = done();
    const [vote] = state.votes;
    const by = (motion: string): string => {
      const agenda = state.agenda.map((t, i) => (i === 0 ? { ...t, voteId: vote!.id } : t));
      return minutesMarkdown(minutesDocument(input({ ...state, agenda, votes: [{ ...vote!, motion }] })));
    };
    expect(by('交期延後至 3 月 20 日')).toContain('表決通過的提案：交期延後至 3 月 20 日');
    expect(by(state.agenda[0]!.conclusion!)).not.toContain('表決通過的提案');
  });

  test('says when it was really held only where that differs, and who ended it', () => {
    const state = done();
    const facts = (s: typeof state): string[] => minutesDocument(input(s)).facts.map((f) => f.label);
    expect(facts(state)).not.toContain('實際開會');
    expect(facts({ ...state, openedAt: state.startsAt + 600_000 })).toContain('實際開會');
    const clock = minutesDocument(input({ ...state, closedBy: 'clock' })).facts.find((f) => f.label === '實際開會');
    expect(clock?.lines[0]).toContain('由系統結束');
  });

  test('who came, who did not, and for whom somebody stood in', () => {
    const state = done({
      attendance: {
        p1: { present: true, log: [] },
        p2: { present: false, log: [{ at: 0, present: true, by: { via: 'api' } }] },
        p6: { present: false, log: [] },
      },
      rsvps: { p6: { reply: 'declined', delegate: 'p7', at: 0, by: { via: 'link' } } },
    });
    const md = minutesMarkdown(minutesDocument(input(state)));
    expect(md).toContain('出席（2）：林美玲、王大明');
    expect(md).toContain('李承翰（由 Alice Wang 代理）');
  });

  test('a draft says so until somebody confirms', () => {
    const state = done();
    expect(minutesDocument(input(state)).draft).toBe(false);
    const { confirmedAt: _, ...minutes } = state.minutes!;
    const draft = minutesDocument(input({ ...state, minutes }));
    expect(draft.draft).toBe(true);
    expect(minutesMarkdown(draft)).toContain('草稿，尚未確認');
  });

  test('a meeting that held nothing still has every part', () => {
    const md = minutesMarkdown(minutesDocument(input(planned({ agenda: [] }))));
    for (const sentence of [
      '沒有作成結論',
      '沒有行動項目',
      '沒有建議的時間',
      '沒有點名紀錄',
      '沒有表決',
      '沒有記錄要點',
    ])
      expect(md).toContain(sentence);
  });

  test('secret votes show counts and no names', () => {
    const state = done();
    const votes = state.votes.map((v) => ({ ...v, secret: true }));
    const section = minutesDocument(input({ ...state, votes })).sections.find((s) => s.heading === '表決');
    const said = JSON.stringify(section);
    expect(said).toContain('秘密投票');
    for (const { name } of people) expect(said).not.toContain(name);
  });
});

describe('hostile text', () => {
  const evil =
    '# x\n[a](javascript:alert(1)) <script>alert(1)</script> **b** `c` | d\n- e\n1. f\n=== \nhttps://evil.example';

  test('Markdown: no heading, link, HTML, list or code of somebody’s own', () => {
    const state = done({ goal: evil, actions: [{ ...action, task: '`]( ``` <b>' }] });
    const md = minutesMarkdown(minutesDocument(input(state)));
    expect(md.split('\n').filter((l) => l.startsWith('# '))).toHaveLength(1);
    expect(md).not.toMatch(/(^|[^\\])<script/);
    expect(md).not.toMatch(/(^|[^\\])\]\(javascript/);
    expect(md).toContain('````[`]( ``` <b>](負責人:Alice Wang,截止日期:2026-02-06)````');
  });

  test('every character that means something is escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bare = escapeMarkdown(text).replace(/\\[\\`*_{}[\]<>#|~&!/.)+=-]/g, '');
        expect(bare).not.toMatch(/[\\`*_{}[\]<>#|~&!]/);
      }),
    );
  });

  test('HTML: everything is escaped', () => {
    const html = minutesHtml(minutesDocument(input(done({ goal: evil, place: '"><img src=x>' }))));
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;script>');
  });
});
