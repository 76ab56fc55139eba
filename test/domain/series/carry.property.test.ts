/** S1: over random lives of a series a carried topic is never lost and never on two agendas. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import type { Change, Effect, EffectReply, TakenTopic } from '../../../domain/meeting/effects.js';
import { isEnded } from '../../../domain/meeting/phases.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyCommand, applyReply, applyTimer } from '../../../domain/meeting/step.js';
import { admin } from '../../support/meeting.js';
import { create, monday, topic, wednesday } from '../meeting/support.js';

/** As the archive keeps it (archive/migrations/0012-series.ts; test/archive/backlog.test.ts). */
class Backlog {
  readonly rows = new Map<string, { topic: TakenTopic; takenBy?: string }>();
  private readonly ended = new Set<string>();

  put(meeting: string, { topics, final, done = [] }: Extract<Effect, { type: 'putBacklog' }>): void {
    if (this.ended.has(meeting)) return;
    for (const t of topics) {
      const row = this.rows.get(t.topicId);
      if (row?.takenBy === undefined || row.takenBy === meeting)
        this.rows.set(t.topicId, { topic: { ...t, from: meeting } });
    }
    if (!final) return;
    for (const id of done) if (this.rows.get(id)?.takenBy === meeting) this.rows.delete(id);
    for (const row of this.rows.values()) if (row.takenBy === meeting) delete row.takenBy;
    this.ended.add(meeting);
  }

  take(
    meeting: string,
    seriesId: string | undefined,
    { topicIds, except }: Extract<Effect, { type: 'takeBacklog' }>,
  ): TakenTopic[] {
    if (this.ended.has(meeting)) return [];
    for (const [id, row] of this.rows) {
      const wanted = (row.topic.seriesId !== undefined && row.topic.seriesId === seriesId) || topicIds.includes(id);
      if (wanted && row.takenBy === undefined && !except.includes(id)) row.takenBy = meeting;
    }
    return [...this.rows.values()].filter((r) => r.takenBy === meeting).map((r) => r.topic);
  }
}

class Life {
  readonly backlog = new Backlog();
  readonly meetings: MeetingState[] = [];
  private now = wednesday;

  /** `repeat`: every call of the archive comes twice, as after a worker's end. */
  constructor(private readonly repeat: boolean) {}

  begin(n: number): void {
    const id = `meeting${String.fromCharCode(97 + this.meetings.length)}`.padEnd(16, 'a');
    const agenda = Array.from({ length: n }, (_, i) => topic(`${id} ${i}`, 5, 2));
    this.meetings.push(undefined as never);
    this.settle(this.meetings.length - 1, create({ id, agenda, seriesId: 's1', startsAt: monday }, { now: this.now }));
  }

  command<N extends CommandName>(i: number, name: N, input: CommandInput<N>): void {
    const state = this.meetings[i]!;
    const now = ['open', 'startTopic', 'finishTopic', 'close'].includes(name) ? monday : this.now;
    try {
      this.settle(i, applyCommand(state, name, input, { now, actor: admin }));
    } catch {
      // Not possible now: nothing happens.
    }
  }

  lapse(i: number): void {
    const state = this.meetings[i]!;
    const timer = state.timers.find((t) => t.kind === 'lapse');
    if (timer) this.settle(i, applyTimer(state, timer, timer.at));
  }

  /** N4: the 10 s of the undo are over. */
  final(i: number): void {
    const state = this.meetings[i]!;
    const timer = state.timers.find((t) => t.kind === 'cancelFinal');
    if (timer) this.settle(i, applyTimer(state, timer, timer.at));
  }

  private settle(i: number, change: Change<unknown>): void {
    this.meetings[i] = change.state;
    const queue = [...change.effects];
    for (let effect = queue.shift(); effect; effect = queue.shift()) {
      const reply = this.perform(change.state, effect);
      if (this.repeat) this.perform(change.state, effect);
      if (!reply) continue;
      const answered = applyReply(this.meetings[i], reply, this.now);
      this.meetings[i] = answered.state;
      queue.push(...answered.effects);
    }
  }

  private perform({ id, seriesId }: MeetingState, effect: Effect): EffectReply | undefined {
    if (effect.type === 'putBacklog') this.backlog.put(id, effect);
    if (effect.type !== 'takeBacklog') return undefined;
    return { type: 'backlogTaken', topics: this.backlog.take(id, seriesId, effect) };
  }
}

const isLive = (s: MeetingState): boolean =>
  ['preparation', 'notice', 'execution'].includes(s.phase) || s.cancelling !== undefined;
const settled = (s: MeetingState): string[] =>
  s.phase === 'cancelled' || s.phase === 'lapsed'
    ? []
    : s.agenda.filter((t) => t.status === 'finished' && t.outcome !== 'deferred').map((t) => t.topicId);

function check(life: Life): void {
  const minted = new Set(
    life.meetings.flatMap((s) => Array.from({ length: s.counters['t'] ?? 0 }, (_, i) => `${s.id}-t${i + 1}`)),
  );
  const live = life.meetings.filter(isLive);
  const ended = life.meetings.filter((s) => !isLive(s));
  for (const id of minted) {
    const places = [
      ...live.filter((s) => s.agenda.some((t) => t.topicId === id)).map((s) => `on ${s.id}`),
      ...ended.filter((s) => settled(s).includes(id)).map((s) => `settled in ${s.id}`),
      ...(life.backlog.rows.has(id) && life.backlog.rows.get(id)!.takenBy === undefined ? ['waiting'] : []),
    ];
    expect([id, places]).toEqual([id, [expect.any(String)]]);
  }
  for (const s of life.meetings) expect(new Set(s.agenda.map((t) => t.topicId)).size).toBe(s.agenda.length);
}

const step = fc.record({
  what: fc.constantFrom(
    'begin',
    'publish',
    'open',
    'decide',
    'drop',
    'defer',
    'leaveOut',
    'takeBack',
    'cancel',
    'undo',
    'final',
    'lapse',
    'close',
    'close',
  ),
  which: fc.nat({ max: 3 }),
  n: fc.nat({ max: 5 }),
});

describe('S1 carry-over', () => {
  it('S1 a topic is in one place only, always: on one agenda, waiting, or settled', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, repeat) => {
        const life = new Life(repeat);
        life.begin(2);
        for (const { what, which, n } of steps) {
          const i = Math.max(0, life.meetings.length - 1 - which);
          const state = life.meetings[i]!;
          const id = state.agenda[n % Math.max(1, state.agenda.length)]?.topicId ?? '';
          if (what === 'begin' && life.meetings.length < 12) life.begin(n % 4);
          else if (what === 'publish') life.command(i, 'publish', {});
          else if (what === 'open') life.command(i, 'open', {});
          else if (what === 'cancel') life.command(i, 'cancel', { reason: 'x' });
          else if (what === 'undo') life.command(i, 'undoCancel', {});
          else if (what === 'final') life.final(i);
          else if (what === 'close') life.command(i, 'close', {});
          else if (what === 'lapse' && !isEnded(state.phase)) life.lapse(i);
          else if (what === 'leaveOut') {
            const agenda = state.agenda.filter((t) => t.carried === undefined || t.topicId !== id);
            life.command(i, 'patch', {
              agenda: agenda.map(({ topicId, title, minutes, priority }) => ({ topicId, title, minutes, priority })),
            });
          } else if (what === 'takeBack') life.command(i, 'takeTopics', { topicIds: state.leftOut ?? [] });
          else if (['decide', 'drop', 'defer'].includes(what)) {
            life.command(i, 'startTopic', { topicId: id });
            const outcome = what === 'decide' ? 'decided' : what === 'drop' ? 'dropped' : 'deferred';
            const input = { topicId: id, outcome, basis: 'ruling', conclusion: 'x' } as const;
            life.command(
              i,
              'finishTopic',
              outcome === 'deferred'
                ? {
                    topicId: id,
                    outcome,
                    deferral: { factQuestion: 'q?', department: 'd1', bringsMaterial: 'm', date: '2026-03-02' },
                  }
                : input,
            );
          }
          check(life);
        }
      }),
      { numRuns: 300 },
    );
  });
});
