import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/meeting/commands.js';
import { freshId } from '../support/creation.js';
import { EngineMeeting } from '../support/engine.js';
import { admin, aMeeting, person } from '../support/meeting.js';
import { useEngine } from '../support/use-engine.js';

const engine = useEngine();

/** Held now, everybody there. Its timers lie in the server's past, so it has none. */
async function held(): Promise<EngineMeeting> {
  const id = freshId();
  const base = aMeeting({ phase: 'execution', lastEventAt: Date.now(), timers: [] });
  const state = JSON.parse(JSON.stringify(base).replaceAll(base.id, id)) as typeof base;
  const later = Date.now() + 3_600_000;
  const autoClose = { key: 'autoClose', kind: 'autoClose' as const, at: later };
  return EngineMeeting.start(engine.temporal().client, { state: { ...state, timers: [autoClose] } });
}

/** All at once: who got through, and why the others did not. */
async function race<T>(all: (() => Promise<T>)[]): Promise<{ won: T[]; lost: number }> {
  const settled = await Promise.allSettled(all.map((one) => one()));
  const won = settled.flatMap((s) => (s.status === 'fulfilled' ? [s.value] : []));
  return { won, lost: settled.length - won.length };
}

describe('what two people do in the same second is ordered by the workflow', () => {
  test('E4, E6, E13 two topics, two turns, two moves of a note: one wins, and the revision tells the same story', async () => {
    const meeting = await held();
    const { agenda } = await meeting.state();
    const topics = await race(agenda.map((t) => () => meeting.send('startTopic', { topicId: t.topicId }, admin)));
    expect([topics.won.length, topics.lost]).toEqual([1, 1]);

    const speakers = ['p6', 'p8', 'p9'];
    const asked = await race(speakers.map((p) => () => meeting.send('queueTurn', { person: p }, person(p))));
    expect(asked.won.map((a) => a.result.status).sort()).toEqual(['queued', 'queued', 'speaking']);
    const first = asked.won.find((a) => a.result.status === 'speaking')!;
    await meeting.send('endTurn', { id: first.result.id }, admin);
    const waiting = asked.won.filter((a) => a !== first).map((a) => a.result.id);
    const turns = await race(waiting.map((id) => () => meeting.send('startTurn', { id }, admin)));
    expect([turns.won.length, turns.lost]).toEqual([1, 1]);

    const note = await meeting.send('note', { text: '提前?', column: 'idea' }, person('p6'));
    const to = (column: string, actor: Actor) => () =>
      meeting.send('moveNote', { id: note.result.id, column, from: 'idea' }, actor);
    const moves = await race([to('problem', admin), to('cause', person('p2'))]);
    expect([moves.won.length, moves.lost]).toEqual([1, 1]);

    const state = await meeting.state();
    expect(state.agenda.filter((t) => t.status === 'live')).toHaveLength(1);
    expect(state.floor?.turns.filter((t) => t.status === 'speaking').map((t) => t.id)).toEqual([
      turns.won[0]?.result.id,
    ]);
    expect(state.floor?.notes.map((n) => n.column)).toEqual([moves.won[0]?.result.column]);
    // One start, three turns, an end, a start, a note, a move: what was refused left no trace.
    expect(state.revision).toBe(1 + 1 + 3 + 1 + 1 + 1 + 1);
    expect(moves.won[0]?.revision).toBe(state.revision);
    await meeting.handle.terminate();
  });

  test('E15 adjourning tells all, and opening goes on', async () => {
    const meeting = await held();
    const until = Date.now() + 10 * 60_000;
    await meeting.send('adjourn', { until }, person('p2'));
    expect((await meeting.refused('startTopic', { topicId: `${meeting.id}-t1` }, admin)).faults[0]?.code).toBe(
      'E15.adjourned',
    );
    await meeting.send('open', {}, person('p2'));
    const state = await meeting.state();
    expect(state.adjournments?.[0]?.resumedAt).toBeDefined();
    const mine = engine.activities.mails.filter((m) => m.state.id === meeting.id);
    expect(mine.map((m) => [m.effect.mail, m.effect.params['adjourned']])).toEqual([['change', true]]);
    await meeting.handle.terminate();
  });
});
