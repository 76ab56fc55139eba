import { describe, expect, test } from 'vitest';
import { fault } from '../../../domain/errors.js';
import type { CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import { allowedIn, possibleNow } from '../../../domain/meeting/phases.js';
import type { MeetingState, Phase } from '../../../domain/meeting/state.js';
import { applyBoxComplete, applyCommand, applyReply, applyTimer } from '../../../domain/meeting/step.js';
import { advance, refusal, send, simulate, story, waits } from '../../support/simulate.js';
import { aMeeting, admin, at, meetingId, person } from '../../support/meeting.js';
import { create, inBerlin, monday, published, wednesday } from './support.js';

const host = person('p2');
const names = Object.keys(allowedIn) as CommandName[];
const phases: Phase[] = ['preparation', 'notice', 'execution', 'minutes', 'followUp', 'closed', 'cancelled', 'lapsed'];

const inPhase = (phase: Phase): MeetingState => aMeeting({ phase, actions: [anAction()] });

function anAction(): MeetingState['actions'][number] {
  const by = { via: 'api' as const };
  const dueAt = at('2026-02-10', '18:00');
  const dues = [{ dueAt, setAt: monday, by, missed: false }];
  const counts = { missed: 0, missedTotal: 0, percent: 0, reports: 0 };
  const lists = { dues, obstacles: [], notes: [], supporting: [] };
  const made = { createdAt: monday, createdBy: by };
  return {
    id: `${meetingId}-a1`,
    owner: 'p7',
    status: 'open',
    dueAt,
    firstDueAt: dueAt,
    task: '驗收',
    ...counts,
    ...lists,
    ...made,
  };
}

describe('Phases: what is possible when', () => {
  const cases = phases.flatMap((phase) =>
    names.filter((n) => !allowedIn[n].includes(phase)).map((n) => [phase, n] as const),
  );

  test.each(cases)('Phases: in %s, %s is refused with 409 saying what is possible', (phase, name) => {
    const state = inPhase(phase);
    const input = { id: `${meetingId}-a1`, person: 'p6', topicId: 'x' } as unknown as CommandInput<typeof name>;
    const refused = refusal(() => applyCommand(state, name, input, { now: monday, actor: admin }));
    const ended = ['closed', 'cancelled', 'lapsed'].includes(phase);
    expect(refused.type).toBe('Conflict');
    expect(refused.faults).toEqual([
      fault(ended ? 'phase.ended' : 'phase.notNow', '', { command: name, phase, possible: possibleNow(phase) }),
    ]);
  });

  test('Phases: a meeting that is over takes nothing', () => {
    for (const phase of ['closed', 'lapsed'] as const) expect(possibleNow(phase)).toEqual([]);
    // N4: for ten seconds.
    expect(possibleNow('cancelled')).toEqual(['undoCancel']);
  });

  test('Phases: cancelling only before execution', () => {
    expect(allowedIn.cancel).toEqual(['preparation', 'notice']);
  });

  test('Phases: who may not do it learns nothing about the phase', () => {
    const refused = refusal(() => applyCommand(inPhase('closed'), 'open', {}, { now: monday, actor: person('p7') }));
    expect(refused.type).toBe('Forbidden');
  });
});

describe('Phases: lapsing', () => {
  test('Phases: a draft lapses at its start; the initiator alone is told; its topics are released', () => {
    const sim = advance(simulate(create(), wednesday), monday);
    expect(sim.state).toMatchObject({ phase: 'lapsed', endedAt: monday, timers: [] });
    expect(story(sim)).toEqual([
      '2026-01-29 10:00 draftLimit → p2',
      '2026-01-30 10:00 draftLimit → p2',
      '2026-02-02 09:30 notHeld → p1',
    ]);
    expect(sim.mails[2]?.effect.params).toEqual({ draft: true });
    expect(sim.effects.at(-1)?.effect).toMatchObject({
      type: 'putBacklog',
      topics: [
        { topicId: `${meetingId}-t1`, reason: 'lapsed', department: 'd1' },
        { topicId: `${meetingId}-t2`, reason: 'lapsed', department: 'd1' },
      ],
    });
  });

  test('Phases: a meeting not opened lapses 4 h after its planned end, without minutes and survey', () => {
    const announced = simulate(create({ publish: true }), wednesday);
    expect(advance(announced, at('2026-02-02', '14:30') - 1).state.phase).toBe('notice');
    const sim = advance(announced, at('2026-02-02', '14:30'));
    expect(sim.state).toMatchObject({ phase: 'lapsed', timers: [] });
    expect(sim.state.minutes).toBeUndefined();
    expect(sim.state.survey).toBeUndefined();
    expect(story(sim).at(-1)).toBe('2026-02-02 14:30 notHeld → p1');
    expect(sim.mails.at(-1)?.effect.params).toEqual({ draft: false });
  });

  test('Phases: until then it can still be opened', () => {
    const sim = advance(simulate(create({ publish: true }), wednesday), at('2026-02-02', '14:29'));
    expect(send(sim, 'open', {}, host).state.phase).toBe('execution');
  });

  test('Phases: in Berlin 4 h after the end are 4 h also when the clock goes forward', () => {
    const startsAt = inBerlin.at('2026-03-28', '23:30');
    const state = published({ startsAt }, { ...inBerlin, now: inBerlin.at('2026-03-20', '10:00') });
    expect(waits(state).at(-1)).toBe('2026-03-29 05:30 lapse');
  });

  test('Phases: nothing happens to a meeting that is over', () => {
    const sim = advance(simulate(create(), wednesday), monday);
    for (const kind of ['lapse', 'replyReminder', 'autoClose', 'missed'] as const)
      expect(applyTimer(sim.state, { key: kind, kind, at: monday }, monday)).toEqual({
        state: sim.state,
        effects: [],
        result: undefined,
      });
    expect(applyBoxComplete(sim.state, 'survey', monday).state).toBe(sim.state);
    expect(applyReply(sim.state, { type: 'minutesDrafted', hash: 'h' }, monday).state).toBe(sim.state);
  });
});

describe('Phases: revision', () => {
  test('Phases: every change raises it by one, what changes nothing does not', () => {
    const { state } = create();
    const noticed = applyCommand(state, 'publish', {}, { now: wednesday, actor: admin }).state;
    expect([state.revision, noticed.revision]).toEqual([1, 2]);
    const same = applyCommand(
      noticed,
      'reschedule',
      { startsAt: monday, reason: 'x' },
      { now: wednesday, actor: admin },
    );
    expect(same.state.revision).toBe(2);
    const fired = noticed.timers[0]!;
    const after = applyTimer(noticed, fired, fired.at).state;
    expect(after.revision).toBe(3);
    expect(applyTimer(after, fired, fired.at).state).toBe(after);
  });
});

describe('Phases: the end', () => {
  const hour = 3_600_000;
  const end = at('2026-02-02', '10:20');
  const held = () => {
    const opened = send(advance(simulate(create({ publish: true }), wednesday), monday), 'open', {}, host);
    return send(send(advance(opened, end), 'close', {}, host), 'confirmMinutes', {}, host);
  };

  test('Phases: followUp → closed when survey and objections are over and nothing else is open', () => {
    expect(waits(held().state)).toEqual([
      '2026-02-04 08:40 surveyReminder',
      '2026-02-04 10:20 objectionsEnd',
      '2026-02-05 10:20 surveyEnd',
    ]);
    expect(advance(held(), at('2026-02-05', '10:20') - 1).state.phase).toBe('followUp');
    const sim = advance(held(), at('2026-02-05', '10:20'));
    expect(sim.state).toMatchObject({ phase: 'closed', endedAt: at('2026-02-05', '10:20'), timers: [] });
  });

  test('Phases: an open action holds the end', () => {
    const due = { task: '驗收', owner: 'p7', dueAt: at('2026-02-20', '18:00') };
    let sim = send(held(), 'action', due, person('p3'));
    const { id } = sim.result;
    expect(advance(sim, at('2026-02-12', '12:00')).state.phase).toBe('followUp');
    sim = { ...send(advance(sim, at('2026-02-12', '12:00')), 'complete', { id }, person('p7')), result: sim.result };
    expect(send(sim, 'confirm', { id }, person('p3')).state).toMatchObject({ phase: 'closed', timers: [] });
  });

  test('Phases: the objection window holds the end as well', () => {
    const confirmed = advance(held(), at('2026-02-03', '10:00'));
    const silentSurvey = {
      ...confirmed,
      state: {
        ...confirmed.state,
        survey: undefined,
        timers: confirmed.state.timers.filter((t) => t.kind === 'objectionsEnd'),
      },
    };
    expect(advance(silentSurvey, at('2026-02-04', '10:20') - 1).state.phase).toBe('followUp');
    expect(advance(silentSurvey, at('2026-02-04', '10:20')).state.phase).toBe('closed');
  });

  test('E14 an action made in the meeting outlives its minutes', () => {
    const opened = send(advance(simulate(create({ publish: true }), wednesday), monday), 'open', {}, host);
    const made = send(opened, 'action', { task: '驗收', owner: 'p7', dueAt: at('2026-02-03', '18:00') }, host);
    expect(waits(made.state)).toContain('2026-02-03 18:00 missed');
    expect(advance(made, monday + 40 * hour).state.actions[0]).toMatchObject({ status: 'overdue', missed: 1 });
  });
});
