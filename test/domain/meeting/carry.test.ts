import { describe, expect, it } from 'vitest';
import type { TakenTopic } from '../../../domain/meeting/effects.js';
import { applyReply } from '../../../domain/meeting/step.js';
import { admin, at, meetingId } from '../../support/meeting.js';
import { codes, send, simulate, advance } from '../../support/simulate.js';
import { create, hintCodes, topic, wednesday } from './support.js';

const from = 'qqqqqqqqqqqqqqqq';
const waiting = (n: number, more: Partial<TakenTopic> = {}): TakenTopic => ({
  topicId: `${from}-t${n}`,
  title: `題目${n}`,
  reason: 'facts',
  department: 'd2',
  from,
  times: n,
  factQuestion: '模具何時完成?',
  bringsDepartment: 'd3',
  bringsMaterial: '交期表',
  ...more,
});
const inSeries = (more = {}) => simulate(create({ seriesId: 's1', ...more }), wednesday);
const take = (sim: ReturnType<typeof inSeries>, topics: TakenTopic[], more = {}) =>
  applyReply(sim.state, { type: 'backlogTaken', topics, ...more }, sim.now);

describe('S1 what waits comes onto the next agenda', () => {
  it('S1 it is asked for at creation, publication and opening, before the notice is written', () => {
    const draft = inSeries();
    const published = send(draft, 'publish', {}, admin);
    const opened = send({ ...published, now: at('2026-02-02', '09:30') }, 'open', {}, admin);
    const kinds = opened.effects
      .map(({ effect }) => (effect.type === 'mail' ? effect.mail : effect.type))
      .filter((kind) => kind !== 'findClocks');
    expect(kinds).toEqual(['takeBacklog', 'takeBacklog', 'notice', 'takeBacklog']);
    expect(create().effects.map((e) => e.type)).not.toContain('takeBacklog');
  });

  it('S1 P6 first on the agenda with 0 minutes and a hint, with its question and who brings what, each once', () => {
    const sim = inSeries();
    const once = take(sim, [waiting(1), waiting(2, { presenter: 'p6' })], { previousMeeting: from });
    expect(once.state.agenda.map((t) => t.title)).toEqual(['題目1', '題目2', '交期', '人力']);
    expect(once.state.agenda[0]).toMatchObject({ minutes: 0, status: 'planned', department: 'd2' });
    expect(once.state.agenda[0]?.carried).toMatchObject({
      from,
      times: 1,
      factQuestion: '模具何時完成?',
      department: 'd3',
      bringsMaterial: '交期表',
    });
    expect(once.state.agenda[1]?.presenter).toBe('p6');
    expect(once.state.previousMeeting).toBe(from);
    expect(hintCodes(once.state).filter((c) => c === 'P6.noMinutes')).toHaveLength(2);
    const twice = applyReply(once.state, { type: 'backlogTaken', topics: [waiting(1), waiting(2)] }, sim.now);
    expect(twice.state).toBe(once.state);
  });

  it('S1 a topic that the host takes off goes back, and does not come again by itself', () => {
    const sim = inSeries();
    const with1 = { ...sim, state: take(sim, [waiting(1)]).state };
    const patched = send(with1, 'patch', { agenda: [topic('交期')] }, admin);
    const put = patched.effects.map((e) => e.effect).find((e) => e.type === 'putBacklog');
    expect(put).toMatchObject({ topics: [{ topicId: `${from}-t1`, times: 1, factQuestion: '模具何時完成?' }] });
    expect(patched.state.leftOut).toEqual([`${from}-t1`]);
    const published = send(patched, 'publish', {}, admin);
    expect(published.effects.at(-2)?.effect).toMatchObject({ type: 'takeBacklog', except: [`${from}-t1`] });
  });

  it('S1 N4 a topic that the host takes after the notice is told to those invited', () => {
    const published = send(inSeries(), 'publish', {}, admin);
    const asked = send(published, 'takeTopics', { topicIds: [`${from}-t1`] }, admin);
    expect(asked.effects.at(-1)?.effect).toMatchObject({ type: 'takeBacklog', announce: true });
    const told = (more = {}) => {
      const { state } = take(asked, [waiting(1)], more);
      return advance({ ...asked, state }, asked.now + 60_000).mails.slice(asked.mails.length);
    };
    expect(told({ announce: true }).map(({ effect }) => [effect.mail, effect.to])).toEqual([
      ['change', ['p1', 'p2', 'p6', 'p7', 'p3', 'p4']],
    ]);
    expect(told()).toEqual([]);
    expect(codes(() => send(asked, 'takeTopics', { topicIds: ['x'] }, { ...admin, roles: ['member'] }))).toEqual([
      'auth.notAllowed',
    ]);
  });

  it('S1 a held meeting counts; the question stays with a topic that was not reached', () => {
    const sim = inSeries();
    const published = send({ ...sim, state: take(sim, [waiting(1)]).state }, 'publish', {}, admin);
    const opened = send({ ...published, now: at('2026-02-02', '09:30') }, 'open', {}, admin);
    const closed = send(opened, 'close', {}, admin);
    const put = closed.effects.map((e) => e.effect).find((e) => e.type === 'putBacklog');
    expect(put).toMatchObject({ final: true, done: [] });
    expect(put?.type === 'putBacklog' && put.topics[0]).toMatchObject({
      topicId: `${from}-t1`,
      reason: 'unreached',
      times: 2,
      factQuestion: '模具何時完成?',
      bringsDepartment: 'd3',
    });
    // What comes back only now is the archive's again.
    expect(take(closed, [waiting(3)]).state).toBe(closed.state);
    const undoable = send(published, 'cancel', { reason: 'x' }, admin);
    expect(undoable.effects.at(-1)?.effect.type).not.toBe('putBacklog');
    const cancelled = advance(undoable, undoable.now + 10_000).effects.at(-1)?.effect;
    expect(cancelled?.type === 'putBacklog' && cancelled.topics[0]).toMatchObject({ times: 1, reason: 'facts' });
  });

  it('S1 a topic of another meeting that an agenda names is taken', () => {
    const { effects } = create({ agenda: [topic('交期'), topic('舊題', 10, 2, { topicId: `${from}-t9` })] });
    expect(effects).toContainEqual({ type: 'takeBacklog', topicIds: [`${from}-t9`], except: [] });
  });
});

describe('S1 N1 a series publishes its drafts', () => {
  it('S1 at the same clock time so many days before', () => {
    const sim = inSeries({ publishDaysBefore: 3 });
    expect(sim.state.timers.find((t) => t.kind === 'autoPublish')?.at).toBe(at('2026-01-30', '09:30'));
    const later = advance(sim, at('2026-01-30', '09:30'));
    expect(later.state.phase).toBe('notice');
    expect(later.mails.map((m) => m.effect.mail)).toEqual(['draftLimit', 'notice']);
  });

  it('S1 moved with the draft, gone once somebody published it', () => {
    const sim = inSeries({ publishDaysBefore: 1 });
    const moved = send(sim, 'reschedule', { startsAt: at('2026-02-04', '14:00'), reason: 'x' }, admin);
    expect(moved.state.timers.find((t) => t.kind === 'autoPublish')?.at).toBe(at('2026-02-03', '14:00'));
    expect(send(moved, 'publish', {}, admin).state.timers.some((t) => t.kind === 'autoPublish')).toBe(false);
  });

  it('S1 N1 what cannot be published says why and stays a draft', () => {
    const noPlace = advance(inSeries({ publishDaysBefore: 3, place: undefined }), at('2026-01-31', '09:30'));
    expect(noPlace.state.phase).toBe('preparation');
    expect(noPlace.state.warnings.at(-1)).toEqual({
      code: 'S1.notPublished',
      path: '',
      params: { missing: ['N1.placeNeeded'] },
    });
    const late = simulate(
      create({ seriesId: 's1', publishDaysBefore: 3 }, { now: at('2026-02-01', '20:00') }),
      at('2026-02-01', '20:00'),
    );
    const told = advance(late, at('2026-02-01', '20:01'));
    expect(told.state.phase).toBe('preparation');
    expect(hintCodes(told.state)).toContain('S1.notPublished');
    expect(meetingId).toBe(told.state.id);
  });
});
