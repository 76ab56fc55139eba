import { describe, expect, test } from 'vitest';
import { minutesDocument, minutesMarkdown } from '../../../render/minutes.js';
import { amendedBetween } from '../../../render/minutes/amended.js';
import { advance, codes, send, simulate } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, person } from '../../support/meeting.js';
import { create, monday, topic, wednesday } from './support.js';

const host = person('p2');
const recorder = person('p4');
const friday = at('2026-02-06', '18:00');

/** Two key points and an action of p6; closed at 10:20. */
function closed(): Simulation {
  let sim: Simulation = send(
    advance(simulate(create({ publish: true, agenda: [topic('交期', 20, 1)] }), wednesday), monday),
    'open',
    {},
    host,
  );
  const topicId = sim.state.agenda[0]!.topicId;
  sim = send(sim, 'startTopic', { topicId }, host);
  for (const text of ['驗收延後一週', '誤記'])
    sim = send(sim, 'keyPoint', { topicId, text, kind: 'concern' }, recorder);
  sim = send(sim, 'action', { task: '追料', owner: 'p6', dueAt: friday }, recorder);
  return send(advance(sim, at('2026-02-02', '10:20')), 'close', {}, host);
}

const points = (sim: Simulation): string[] => sim.state.keyPoints.map((k) => k.text);
const names = { person: (id: string) => id };
const mended = (sim: Simulation, from: number, to: number) =>
  amendedBetween({ state: sim.state, locale: 'zh-TW', names }, from, to).map((p) =>
    'spans' in p ? `${p.part} ${p.spans.filter((s) => s.kind !== 'same').length > 0}` : `${p.person} ${p.present}`,
  );
const told = (sim: Simulation, kind: string) => sim.mails.filter((m) => m.effect.mail === kind).map((m) => m.effect);

describe('M3 what the record says', () => {
  test('M3 a key point is changed and deleted until the confirmation, not after it', () => {
    const sim = closed();
    const [first, second] = sim.state.keyPoints.map((k) => k.id) as [string, string];
    const edited = send(sim, 'editKeyPoint', { id: first, text: '驗收延後兩週' }, recorder);
    const gone = send(edited, 'deleteKeyPoint', { id: second }, host);
    expect(points(gone)).toEqual(['驗收延後兩週']);
    expect(gone.state.keyPoints[0]).toMatchObject({ kind: 'concern' });
    expect(codes(() => send(gone, 'deleteKeyPoint', { id: second }, host))).toEqual(['E5.noSuchPoint']);
    expect(codes(() => send(gone, 'editKeyPoint', { id: first, text: 'x' }, person('p6')))).toEqual([
      'auth.notAllowed',
    ]);
    const confirmed = send(gone, 'confirmMinutes', {}, host);
    expect(codes(() => send(confirmed, 'editKeyPoint', { id: first, text: 'x' }, host))).toEqual(['M3.confirmed']);
    expect(codes(() => send(confirmed, 'attendance', { person: 'p6', present: true }, host))).toEqual(['M3.confirmed']);
  });

  test('E3, M3 the paper sign-in sheet is entered after the close, with its times', () => {
    const late = at('2026-02-02', '09:50');
    let sim: Simulation = send(closed(), 'attendance', { person: 'p6', present: true, at: late }, recorder);
    sim = send(sim, 'attendance', { person: 'p7', present: true }, recorder);
    expect(sim.state.attendance['p6']).toMatchObject({ present: true, log: [{ at: late }] });
    expect(sim.state.attendance['p7']).toMatchObject({ present: true, log: [{ at: sim.state.openedAt }] });
    const left = send(sim, 'attendance', { person: 'p6', present: false, at: late + 600_000 }, recorder);
    expect(left.state.attendance['p6']).toMatchObject({ present: false, log: [{ at: late }, { at: late + 600_000 }] });
    expect(send(left, 'attendance', { person: 'p6', present: false }, recorder).state.attendance['p6']).toBeUndefined();
    for (const wrong of [at('2026-02-02', '08:29'), at('2026-02-02', '10:21')])
      expect(codes(() => send(sim, 'attendance', { person: 'p7', present: true, at: wrong }, recorder))).toEqual([
        'E3.at',
      ]);
    expect(codes(() => send(sim, 'attendance', { person: 'p6', present: true }, person('p6')))).toEqual([
      'auth.notAllowed',
    ]);
  });

  test('M3 a wrong action is corrected: its ladder starts anew and those concerned are told', () => {
    const id = closed().state.actions[0]!.id;
    const due = at('2026-02-10', '18:00');
    const sim = send(
      closed(),
      'amendAction',
      { id, owner: 'p7', task: '追模具', dueAt: due, reason: '誤記' },
      recorder,
    );
    expect(sim.state.actions[0]).toMatchObject({ owner: 'p7', task: '追模具', dueAt: due, firstDueAt: due, missed: 0 });
    expect(sim.state.timers.filter((t) => t.ref === id && t.kind === 'missed').map((t) => t.at)).toEqual([due]);
    expect(told(sim, 'decided')).toMatchObject([{ to: ['p7', 'p6', 'p3'], params: { decision: 'amended' } }]);
    expect(codes(() => send(sim, 'amendAction', { id, reason: 'x' }, host))).toEqual(['M3.nothingChanged']);
    expect(codes(() => send(advance(sim, due), 'amendAction', { id, owner: 'p6', reason: 'x' }, host))).toEqual([
      'E14.duePast',
    ]);
  });

  test('M3 an action that never was is taken back: no deadline, no line in the minutes, no count', () => {
    const id = closed().state.actions[0]!.id;
    const sim = send(closed(), 'withdrawAction', { id, reason: '重複' }, host);
    expect(sim.state.actions[0]).toMatchObject({ status: 'cancelled', cancelledByDecision: true });
    expect(sim.state.timers.filter((t) => t.ref === id)).toEqual([]);
    expect(told(sim, 'decided')).toMatchObject([{ to: ['p6', 'p3'], params: { decision: 'withdrawn' } }]);
    const document = minutesDocument({ state: sim.state, locale: 'zh-TW', people: [], departments: [] });
    expect(minutesMarkdown(document)).not.toContain('追料');
    expect(codes(() => send(sim, 'withdrawAction', { id, reason: 'x' }, host))).toEqual(['M3.actionEnded']);
  });

  test('M3 who had the draft is told what was mended; changes that were undone are left out', () => {
    const draft = advance(closed(), at('2026-02-03', '10:30'));
    expect(draft.state.phase).toBe('followUp');
    const [first] = draft.state.keyPoints.map((k) => k.id) as [string];
    const id = draft.state.actions[0]!.id;
    let sim: Simulation = send(draft, 'editKeyPoint', { id: first, text: '驗收延後兩週' }, recorder);
    sim = send(sim, 'amendAction', { id, owner: 'p7', reason: '誤記' }, recorder);
    for (const present of [true, false]) sim = send(sim, 'attendance', { person: 'p6', present }, recorder);
    sim = send(sim, 'attendance', { person: 'p7', present: true }, recorder);
    expect(sim.state.minutes?.version).toBe(2);
    expect(mended(sim, 1, 2)).toEqual(['keyPoint true', 'action true', 'p7 true']);
    expect(mended(sim, 2, 2)).toEqual([]);
    const sent = send(sim, 'confirmMinutes', {}, host);
    expect(told(sent, 'minutes').at(-1)?.params).toMatchObject({ version: 2, before: 1 });
  });
});
