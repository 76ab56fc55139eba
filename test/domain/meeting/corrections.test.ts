import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { objectionsOf, versionsOf } from '../../../domain/meeting/corrections.js';
import { extractOf, extractReaders, fullReaders } from '../../../domain/meeting/extract.js';
import { applyCommand, applyReply } from '../../../domain/meeting/step.js';
import { advance, clock, codes, send, simulate } from '../../support/simulate.js';
import type { Simulation } from '../../support/simulate.js';
import { at, person } from '../../support/meeting.js';
import { create, monday, topic, wednesday } from './support.js';

const host = person('p2');
const recorder = person('p4');
const external = person('p8');
const participants = [
  { person: 'p1', department: 'd1', role: 'core' as const },
  { person: 'p2', department: 'd1', role: 'head' as const },
  { person: 'p6', department: 'd2', role: 'head' as const, key: true },
  { person: 'p7', department: 'd3', role: 'support' as const },
  { person: 'p8', department: 'd8', role: 'external' as const },
];
const agenda = [topic('交期', 20, 1), topic('人力', 20, 2, { presenter: 'p8' })];

function opened(): Simulation {
  const announced = simulate(create({ publish: true, participants, agenda }), wednesday);
  return send(advance(announced, monday), 'open', {}, host);
}

/** The first topic decided, the second live; closed at 10:20. */
function closed(): Simulation {
  let sim = opened();
  const [first, second] = sim.state.agenda.map((t) => t.topicId) as [string, string];
  sim = send(sim, 'startTopic', { topicId: first }, host);
  sim = send(
    sim,
    'finishTopic',
    { topicId: first, outcome: 'decided', basis: 'noObjection', conclusion: '三月交貨' },
    host,
  );
  sim = send(sim, 'startTopic', { topicId: second }, host);
  return send(advance(sim, at('2026-02-02', '10:20')), 'close', {}, host);
}

const confirmed = (): Simulation => send(closed(), 'confirmMinutes', {}, host);
const minutes = (sim: Simulation) => sim.state.minutes!;
const told = (sim: Simulation, kind: string): string[] =>
  sim.mails.filter((m) => m.effect.mail === kind).map((m) => `${m.effect.occasion} → ${m.effect.to.join(' ')}`);
const full = 'p1 p2 p6 p7 p3 p4 p90';

describe('M3 corrections', () => {
  test('M3 a correction is a new version, and everybody who has the minutes gets the difference', () => {
    const sim = send(confirmed(), 'minutes', { hash: 'h2', reason: '誤植', changed: [] }, recorder);
    expect(told(sim, 'corrected')).toEqual([`v2 → ${full}`]);
    expect(sim.mails.at(-1)?.effect.params).toMatchObject({
      version: 2,
      hash: 'h2',
      before: 1,
      beforeHash: 'h1',
      reason: '誤植',
    });
    expect(minutes(sim).versions.at(-1)).toMatchObject({ version: 2, kind: 'correction', reason: '誤植' });
    expect(codes(() => send(sim, 'minutes', { hash: 'h2', reason: 'x' }, recorder))).toEqual(['M3.nothingChanged']);
  });

  test('M3 it can be objected to for 2 working days', () => {
    const later = advance(confirmed(), at('2026-02-04', '09:00'));
    const sim = send(later, 'minutes', { hash: 'h2', reason: 'x' }, host);
    expect(clock(sim.state, minutes(sim).objectionsUntil ?? 0)).toBe('2026-02-06 09:00');
  });

  test('M3 who had the draft learns with the confirmation what changed since', () => {
    const sent = advance(closed(), at('2026-02-03', '10:30'));
    const sim = send(send(sent, 'minutes', { hash: 'h2' }, recorder), 'confirmMinutes', {}, host);
    expect(told(sim, 'corrected')).toEqual([]);
    expect(sim.mails.find((m) => m.effect.mail === 'minutes')?.effect.params).toMatchObject({ beforeHash: 'h1' });
  });

  test('M3 versions rise by one, and every reader gets each difference once', () => {
    const move = fc.constantFrom('edit', 'confirm', 'object', 'accept', 'reject', 'reopen', 'close', 'wait');
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        let sim: Simulation = closed();
        moves.forEach((name, i) => {
          const open = sim.state.minutes?.objections?.find((o) => o.status === 'open')?.id ?? 'x';
          const act: Record<string, () => Simulation> = {
            edit: () => send(sim, 'minutes', { hash: `e${i}`, reason: 'r' }, recorder),
            confirm: () => send(sim, 'confirmMinutes', {}, host),
            object: () => send(sim, 'objection', { text: 'x' }, person('p7')),
            accept: () => send(sim, 'answerObjection', { id: open, accepted: true, hash: `a${i}` }, host),
            reject: () => send(sim, 'answerObjection', { id: open, accepted: false, reason: 'r' }, host),
            reopen: () => send(sim, 'reopen', { reason: 'r' }, host),
            close: () => send(sim, 'close', {}, host),
            wait: () => advance(sim, sim.now + 5 * 3_600_000),
          };
          try {
            sim = act[name]!();
          } catch (error) {
            if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
          }
        });
        const numbers = versionsOf(sim.state).map((v) => v.version);
        expect(numbers).toEqual(numbers.map((_, i) => i + 1));
        for (const kind of ['minutes', 'draftMinutes', 'corrected', 'minutesExtract']) {
          const got = sim.mails
            .filter((m) => m.effect.mail === kind)
            .flatMap((m) => m.effect.to.map((p) => `${m.effect.occasion} ${p}`));
          expect(new Set(got).size).toBe(got.length);
        }
        // What a difference starts from, its readers have got.
        const steps = sim.mails.filter((m) => m.effect.mail === 'corrected').map((m) => m.effect.params);
        steps.forEach((p, i) => i > 0 && expect(p['before']).toBe(steps[i - 1]!['version']));
        expect(sim.mails.filter((m) => m.effect.mail === 'survey')).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });
});

describe('M3 objections', () => {
  test('M3 recorded; host and recorder are told; accepted, the correction follows', () => {
    const [first] = confirmed().state.agenda;
    const raised = send(confirmed(), 'objection', { text: '應為四月', topicId: first!.topicId }, person('p7'));
    expect(told(raised, 'objection')).toEqual([`${raised.result.id}:1 → p2 p4`]);
    const sim = send(raised, 'answerObjection', { id: raised.result.id, accepted: true, hash: 'h2' }, recorder);
    expect(sim.result).toEqual({ status: 'accepted', version: 2 });
    expect(told(sim, 'corrected')).toEqual([`v2 → ${full}`]);
    expect(minutes(sim).versions.at(-1)).toMatchObject({ objection: raised.result.id, reason: '應為四月' });
    const again = () => send(sim, 'answerObjection', { id: raised.result.id, accepted: false, reason: 'x' }, host);
    expect(codes(again)).toEqual(['M3.answered']);
  });

  test('H1 raised at night it is asked about again in the hours of who is asked, never at night', () => {
    const night = advance(confirmed(), at('2026-02-02', '22:30'));
    const raised = send(night, 'objection', { text: '應為四月' }, person('p7'));
    expect(clock(raised.state, raised.result.answerBy)).toBe('2026-02-05 08:30');
    const asked = advance(raised, at('2026-02-12', '18:00')).mails.filter((m) => m.effect.mail === 'objection');
    expect(asked.map((m) => clock(raised.state, m.at))).toEqual(['2026-02-02 22:30', '2026-02-05 08:30']);
  });

  test('M3 rejected with a reason, which the objector gets', () => {
    const raised = send(confirmed(), 'objection', { text: 'x' }, person('p7'));
    const { id } = raised.result;
    expect(codes(() => send(raised, 'answerObjection', { id, accepted: false }, host))).toEqual(['M3.rejectReason']);
    expect(codes(() => send(raised, 'answerObjection', { id, accepted: true }, host))).toEqual(['M3.correctionNeeded']);
    const sim = send(raised, 'answerObjection', { id, accepted: false, reason: '錄音如此' }, host);
    expect(told(sim, 'objectionAnswered')).toEqual([`${id}:rejected → p7`]);
  });

  test('M3 only by readers, after the sending, within 2 working days', () => {
    expect(codes(() => send(closed(), 'objection', { text: 'x' }, person('p7')))).toEqual(['M3.notSent']);
    expect(codes(() => send(confirmed(), 'objection', { text: 'x' }, person('p55')))).toEqual(['auth.notAllowed']);
    const busy = send(
      confirmed(),
      'action',
      { task: 'T', owner: 'p1', dueAt: at('2026-03-02', '18:00') },
      person('p3'),
    );
    const late = advance(busy, at('2026-02-04', '10:21'));
    expect(codes(() => send(late, 'objection', { text: 'x' }, person('p7')))).toEqual(['M3.windowOver']);
  });

  test('M3 unanswered: asked twice, then it holds nothing up', () => {
    const raised = send(confirmed(), 'objection', { text: 'x' }, person('p7'));
    const sim = advance(raised, at('2026-02-06', '10:20'));
    expect(told(sim, 'objection')).toHaveLength(2);
    expect(told(sim, 'objectionAnswered')).toEqual([`${raised.result.id}:unanswered → p7`]);
    expect(advance(raised, at('2026-02-06', '10:19')).state.phase).toBe('followUp');
    expect(sim.state.phase).toBe('closed');
  });
});

describe('M3 reopening', () => {
  test('M3 before the confirmation, within 24 h: back to execution, deferred topics planned and out of the backlog', () => {
    const sim = send(closed(), 'reopen', { reason: '漏了一題' }, host);
    expect(sim.state.phase).toBe('execution');
    expect([sim.state.minutes, sim.state.closedAt]).toEqual([undefined, undefined]);
    const [decided, second] = sim.state.agenda;
    expect(decided).toMatchObject({ outcome: 'decided' });
    expect(second).toMatchObject({ status: 'planned' });
    expect(second).not.toHaveProperty('outcome');
    expect(sim.effects.map((e) => e.effect)).toContainEqual({ type: 'withdrawBacklog', topics: [second!.topicId] });
    expect(told(sim, 'reopened')).toEqual(['v1 → p1 p2 p6 p7 p8 p3 p4']);
    expect(sim.state.timers.map((t) => t.kind)).toEqual(expect.arrayContaining(['autoClose', 'surveyEnd']));
    expect(sim.state.timers.some((t) => t.kind.startsWith('minutes'))).toBe(false);
  });

  test('M3, E6 what was parked leaves the backlog too; what another meeting has taken is not parked here any more', () => {
    let sim = send(opened(), 'park', { text: '停車場' }, host);
    sim = send(sim, 'park', { text: '加班費' }, host);
    const [first, second] = sim.state.floor!.parked.map((p) => p.topicId) as [string, string];
    const back = send(
      send(advance(sim, at('2026-02-02', '10:20')), 'close', {}, host),
      'reopen',
      { reason: 'x' },
      host,
    );
    expect(back.effects.map((e) => e.effect)).toContainEqual({
      type: 'withdrawBacklog',
      topics: [...back.state.agenda.map((t) => t.topicId), first, second],
    });
    const { state } = applyReply(back.state, { type: 'backlogKept', topics: [first] }, back.now);
    expect(state.floor?.parked.map((p) => p.topicId)).toEqual([second]);
    const { effects } = applyCommand(state, 'close', {}, { now: back.now, actor: host });
    const put = effects.flatMap((e) => (e.type === 'putBacklog' ? e.topics : []));
    expect(put.filter((t) => t.reason === 'parked').map((t) => t.topicId)).toEqual([second]);
  });

  test('M3 an objection that was open when the close was taken back stays on record, and its objector is told', () => {
    // Closed by the clock at 14:30, sent as a draft at 10:30 next morning; reopening is possible until 14:30.
    const sent = advance(opened(), at('2026-02-03', '11:00'));
    expect(sent.state.minutes).toMatchObject({ sentAsDraft: true });
    const raised = send(sent, 'objection', { text: '人數有誤' }, person('p7'));
    const sim = send(raised, 'reopen', { reason: '人數要重算' }, host);
    const { id } = raised.result;
    expect(told(sim, 'objectionAnswered')).toEqual([`${id}:reopened → p7`]);
    expect(objectionsOf(sim.state)).toMatchObject([
      { id, text: '人數有誤', status: 'reopened', answer: { by: { person: 'p2' }, reason: '人數要重算' } },
    ]);
    expect(sim.state.timers.some((t) => t.kind === 'objectionSilent')).toBe(false);
    const again = send(send(sim, 'close', {}, host), 'confirmMinutes', {}, host);
    expect(objectionsOf(again.state)).toHaveLength(1);
    const answer = { id, accepted: false, reason: 'x' };
    expect(codes(() => send(again, 'answerObjection', answer, host))).toEqual(['M3.answered']);
    // A new one has an id of its own.
    expect(send(again, 'objection', { text: 'x' }, person('p7')).result.id).not.toBe(id);
    expect(told(advance(again, at('2026-02-13', '18:00')), 'objectionAnswered')).toHaveLength(1);
  });

  test('M3 the next close drafts anew and asks anew, with no second survey', () => {
    const again = send(send(closed(), 'reopen', { reason: 'x' }, host), 'close', {}, host);
    expect(minutes(again)).toMatchObject({ version: 2, hash: 'h1' });
    expect(told(again, 'confirmMinutes').slice(0, 2)).toEqual(['close → p4', 'close:v2 → p4']);
    expect(told(again, 'survey')).toHaveLength(1);
    expect(again.effects.filter((e) => e.effect.type === 'openSurvey')).toHaveLength(1);
  });

  test('M3 not after the confirmation, nor after 24 h; a forgotten one closes by itself', () => {
    expect(codes(() => send(confirmed(), 'reopen', { reason: 'x' }, host))).toEqual(['M3.confirmed']);
    const late = advance(closed(), at('2026-02-03', '10:21'));
    expect(codes(() => send(late, 'reopen', { reason: 'x' }, host))).toEqual(['M3.reopenTooLate']);
    const night = advance(closed(), at('2026-02-02', '22:00'));
    const sim = advance(send(night, 'reopen', { reason: 'x' }, host), at('2026-02-02', '23:00'));
    expect(sim.state).toMatchObject({ phase: 'minutes', closedBy: 'clock' });
  });
});

describe('H7 the extract', () => {
  test('H7 external people get it with the confirmation, never the minutes', () => {
    const draft = advance(closed(), at('2026-02-03', '10:30'));
    expect(draft.mails.some((m) => m.effect.mail === 'minutesExtract')).toBe(false);
    const sim = send(draft, 'confirmMinutes', {}, host);
    expect(told(sim, 'minutesExtract')).toEqual(['v1 → p8']);
    for (const m of sim.mails)
      if (['minutes', 'draftMinutes', 'survey'].includes(m.effect.mail)) expect(m.effect.to).not.toContain('p8');
    expect([fullReaders(sim.state), extractReaders(sim.state)]).toEqual([full.split(' '), ['p8']]);
  });

  test('H7 or when the host releases it, once per version', () => {
    const sim = send(closed(), 'releaseExtract', {}, host);
    expect(sim.result).toEqual({ people: 1 });
    expect(codes(() => send(sim, 'releaseExtract', {}, host))).toEqual(['H7.extractReleased']);
    expect(told(send(sim, 'confirmMinutes', {}, host), 'minutesExtract')).toHaveLength(1);
  });

  test('H7 a correction of their own topics reaches them, another one does not', () => {
    const [first, second] = confirmed().state.agenda.map((t) => t.topicId) as [string, string];
    const other = send(confirmed(), 'minutes', { hash: 'h2', reason: 'x', changed: [first] }, host);
    expect(told(other, 'minutesExtract')).toEqual(['v1 → p8']);
    const own = send(other, 'minutes', { hash: 'h3', reason: 'x', changed: [second] }, host);
    expect(told(own, 'minutesExtract')).toEqual(['v1 → p8', 'v3 → p8']);
    expect(own.state.minutes?.extractVersions).toEqual([1, 2, 3]);
    expect(told(own, 'corrected').join(' ')).not.toContain('p8');
  });

  test('H7 it holds own topics and actions only, and they object to those only', () => {
    const { state } = confirmed();
    const [first, second] = state.agenda.map((t) => t.topicId) as [string, string];
    const extract = extractOf(state, 'p8');
    expect(extract.agenda.map((t) => t.topicId)).toEqual([second]);
    expect([extract.votes, extract.actions, extract.keyPoints, Object.keys(extract.attendance)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(codes(() => send(confirmed(), 'objection', { text: 'x', topicId: first }, external))).toEqual([
      'E4.noSuchTopic',
    ]);
    expect(send(confirmed(), 'objection', { text: 'x', topicId: second }, external).result.id).toMatch(/-o1$/);
  });
});
