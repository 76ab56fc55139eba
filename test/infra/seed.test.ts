import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { SeedMeeting } from '../../archive/seed.js';
import { calendarById } from '../../domain/calendar/index.js';
import { effectiveness } from '../../domain/meeting/follow-up/effectiveness.js';
import { isEnded } from '../../domain/meeting/phases.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { involved, viewFor } from '../../domain/meeting/visibility.js';
import { requiredVotes } from '../../domain/meeting/votes.js';
import { meetingRow, taskRows } from '../../archive/view-rows.js';
import { generate } from '../../infra/seed/generate.js';
import { defaults, readSeedOptions } from '../../infra/seed/options.js';
import { seed } from '../../infra/seed/seed.js';
import { StartProblem } from '../../infra/problem.js';
import { Names, idsIn } from '../../api/present/context.js';
import { presentMeeting } from '../../api/present/meeting.js';
import { openTestArchive } from '../archive/support.js';
import { describeEachDatabase } from '../support/postgres.js';

const small = { ...defaults, meetings: 60, actions: 400, years: 1, departments: 8, people: 60, until: '2026-06-30' };
const place = { timeZone: 'Asia/Taipei', calendar: calendarById('TW'), now: Date.UTC(2026, 6, 1) };
const made = (options: Partial<typeof small> = {}): { now: number; meetings: SeedMeeting[] } => {
  const generated = generate({ ...small, ...options }, place);
  return { now: generated.now, meetings: [...generated.meetings()] };
};

describe('a generated organisation', () => {
  test('the same options give the same, another seed another one', () => {
    const text = (options = {}): string => JSON.stringify(made(options));
    expect(text()).toBe(text());
    expect(text({ seed: '2' })).not.toBe(text());
  });

  test('without --until nothing lies ahead of the clock: before 18:00 its last day is the one before', () => {
    const lastDay = (now: number): string => {
      const { until: _, ...rest } = small;
      const generated = generate(rest, { ...place, now });
      expect(generated.now).toBeLessThanOrEqual(now);
      return generated.until;
    };
    expect(lastDay(Date.UTC(2026, 6, 1, 9, 59))).toBe('2026-06-30');
    expect(lastDay(Date.UTC(2026, 6, 1, 10))).toBe('2026-07-01');
  });

  test('its meetings are what the rules leave behind', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), (seedText) => {
        const { now, meetings } = made({ seed: seedText });
        expect(meetings).toHaveLength(60);
        for (const { state } of meetings) expectTrue(state, now);
      }),
      { numRuns: 6 },
    );
  });

  test('every phase, habit and kind of ending is there', () => {
    const { meetings } = made({ meetings: 900, actions: 6_000, years: 2 });
    const states = meetings.map((m) => m.state);
    expect(new Set(states.map((s) => s.phase))).toEqual(
      new Set(
        ['preparation', 'notice', 'minutes', 'followUp', 'closed', 'cancelled', 'lapsed'].filter((p) =>
          states.some((s) => s.phase === p),
        ),
      ),
    );
    for (const phase of ['notice', 'followUp', 'closed', 'cancelled', 'lapsed'])
      expect(states.some((s) => s.phase === phase)).toBe(true);
    expect(states.some((s) => s.kind === 'emergency')).toBe(true);
    expect(states.some((s) => s.participants.length > 15)).toBe(true);
    expect(states.some((s) => s.agenda.some((t) => (t.carried?.times ?? 0) >= 2))).toBe(true);
    expect(states.some((s) => s.plans.length > 0)).toBe(true);
    const actions = states.flatMap((s) => s.actions);
    expect(Math.abs(actions.length - 6_000)).toBeLessThan(600);
    for (const status of ['open', 'done', 'cancelled']) expect(actions.some((a) => a.status === status)).toBe(true);
  });

  test('options: what is wrong is said', () => {
    expect(readSeedOptions(['--meetings', '12', '--seed=x'])).toMatchObject({ meetings: 12, seed: 'x', actions: 80 });
    for (const args of [['--meetings', 'many'], ['--until', '31.3.2026'], ['--what'], ['--people', '5']])
      expect(() => readSeedOptions(args)).toThrow(StartProblem);
  });
});

test('its meetings can be told like any other', async () => {
  const nobody = { people: async () => [], departments: async () => [] };
  for (const { state } of made().meetings) {
    const names = await Names.load(nobody, idsIn(state), 'en');
    const telling = { names, zone: state.zone, meetingLocale: state.locale, locale: 'en' as const };
    expect(presentMeeting(telling, state, { now: place.now, unreachable: [] })).toMatchObject({ id: state.id });
  }
});

function expectTrue(state: MeetingState, now: number): void {
  const held = state.closedAt !== undefined;
  const topics = new Set(state.agenda.map((t) => t.topicId));
  const people = involved(state);
  expect(topics.size).toBe(state.agenda.length);
  expect(new Set(state.participants.map((p) => p.person)).size).toBe(state.participants.length);
  expect(meetingRow(state).people).toEqual(people);
  expect(taskRows(state)).toHaveLength(state.plans.length + state.tasks.length);
  expect(viewFor(state, { person: state.host, roles: ['member'] }, now)).toBeDefined();
  if (held) {
    expect(state.agenda.every((t) => t.outcome !== undefined)).toBe(true);
    expect(state.closedAt! <= now).toBe(true);
    expect(state.survey!.eligible.every((p) => state.attendance[p]?.present)).toBe(true);
  }
  for (const vote of state.votes) {
    expect(vote.required).toBe(requiredVotes(vote.electorate.length, state.norms));
    expect(vote.electorate.every((p) => state.attendance[p]?.present)).toBe(true);
    expect(vote.passed).toBe(vote.tally!.agree >= vote.required);
  }
  for (const action of state.actions) {
    expect(action.topicId === undefined || topics.has(action.topicId)).toBe(true);
    expect(action.dues.at(-1)!.dueAt).toBe(action.dueAt);
    expect(action.dues.filter((d) => d.missed)).toHaveLength(action.missedTotal);
    expect([action.reportedAt ?? 0, action.endedAt ?? 0, action.createdAt].every((at) => at <= now)).toBe(true);
    if (action.status === 'open') expect(action.dueAt > now).toBe(true);
    const asking = { overdue: 'talk', escalated: 'escalation' }[action.status as string];
    if (asking !== undefined)
      expect(state.tasks.some((t) => t.about === action.id && t.kind === asking && t.status === 'open')).toBe(true);
  }
  if (state.phase === 'closed') {
    expect(state.effectiveness).toBe(effectiveness(state.survey?.mean, state.actions));
    expect([...state.actions, ...state.plans].every((x) => x.status === 'done' || x.status === 'cancelled')).toBe(true);
  }
  expect(isEnded(state.phase)).toBe(state.endedAt !== undefined);
}

describeEachDatabase('npm run seed', (database) => {
  test('writes lists, minutes, votes and surveys; refuses a database in use, and adds when told so', async () => {
    const archive = await openTestArchive(database());
    const lines: string[] = [];
    const progress = (line: string): void => void lines.push(line);
    try {
      const options = { ...small, add: false };
      const meetings = made().meetings.map((m) => m.state);
      await seed(archive, generate(options, place), { options, progress });
      expect(lines.at(-1)).toMatch(/8 departments, 60 people, .* 60 meetings from 2025-06-30 to 2026-06-30/);
      expect(await archive.seeding.meetings()).toBe(60);
      const closed = meetings.find((m) => m.phase === 'closed' && m.votes.length > 0)!;
      const kept = (await archive.view.meeting(closed.id))!;
      expect(kept.actions).toEqual(closed.actions);
      expect(await archive.minutes.load(closed.id, kept.minutes!.hash!)).toMatchObject({ topics: expect.any(Array) });
      expect(await archive.surveys.result(closed.id)).toMatchObject({ answers: closed.survey!.answers });
      expect(await archive.ballots.close(closed.votes[0]!.id)).toEqual(closed.votes[0]!.tally);
      expect((await archive.directory.getPerson(closed.host))?.name).not.toBe('');
      await expect(seed(archive, generate(options, place), { options, progress })).rejects.toThrow(
        /60 meetings already/,
      );
      const again = { ...options, add: true };
      await expect(
        seed(archive, generate({ ...again, seed: '2' }, place), { options: again, progress }),
      ).resolves.toBeUndefined();
      await expect(
        seed(archive, generate({ ...again, seed: '2' }, place), { options: again, progress }),
      ).rejects.toThrow(/another --seed/);
      expect(await archive.seeding.meetings()).toBe(120);
    } finally {
      await archive.close();
    }
  });
});
