import { describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { AuditEntry } from '../../archive/ports.js';
import type { Action, FollowUpTask, MeetingState, Plan, Topic } from '../../domain/meeting/state.js';
import { aMeeting } from '../support/meeting.js';
import { aDepartment, aMeetingId, aPerson, describeEachArchive, fresh, rowsOf } from './support.js';

const by = { via: 'api' } as const;

function anAction(meetingId: string, n: number, overrides: Partial<Action> = {}): Action {
  const tracked = {
    status: 'open',
    dueAt: 1000 * n,
    firstDueAt: 1000 * n,
    dues: [],
    missed: 0,
    missedTotal: 0,
  } as const;
  const rest = { obstacles: [], percent: 0, notes: [], reports: 0, createdAt: 1, createdBy: by, supporting: [] };
  return { id: `${meetingId}-a${n}`, owner: aPerson(), task: `任務 ${n}`, ...tracked, ...rest, dues: [], ...overrides };
}

function aState(overrides: Partial<MeetingState> = {}): MeetingState {
  const id = aMeetingId();
  const topic = (n: number): Topic => ({ ...aMeeting().agenda[0]!, topicId: `${id}-t${n}`, title: `議題 ${n}` });
  return { ...aMeeting({ id, revision: 1, agenda: [topic(1), topic(2)] }), ...overrides };
}

const anEntry = (state: MeetingState, event: string): AuditEntry => ({
  meetingId: state.id,
  revision: state.revision,
  at: 5,
  event,
  person: 'p1',
  via: 'api',
});

describeEachArchive('view', (archive) => {
  const write = (state: MeetingState, audit: AuditEntry[] = []) => archive().view.write({ state, audit });

  describe('bursts', () => {
    test('a burst is read back whole', async () => {
      const state = aState();
      await write(state);
      expect(await archive().view.meeting(state.id)).toEqual(state);
      expect(await archive().view.revision(state.id)).toBe(1);
      expect(await archive().view.meeting(aMeetingId())).toBeNull();
      expect(await archive().view.revision(aMeetingId())).toBeNull();
    });

    test('texts come back as they were, whatever is in them', async () => {
      const odd = `"quotes" \\ back, {braces}, NULL, 'one' 😀 \n 會議 $1 null ""`;
      const base = aState();
      const action = anAction(base.id, 1, { task: odd });
      const state = { ...base, title: odd, agenda: [{ ...base.agenda[0]!, title: odd }], actions: [action] };
      await write(state, [{ ...anEntry(state, 'close'), ref: odd }]);
      expect(await archive().view.meeting(state.id)).toEqual(state);
      const { items } = await archive().view.actions({ meeting: state.id, limit: 1 });
      expect(items[0]).toMatchObject({ action, meeting: { title: odd } });
      expect(await archive().audit.timeline(state.id)).toMatchObject([{ ref: odd }]);
    });

    test('an older burst never overwrites a newer row, but its audit is kept', async () => {
      const old = aState();
      const action = anAction(old.id, 1);
      const now: MeetingState = { ...old, revision: 3, phase: 'closed', title: 'new', actions: [action] };
      await write(now, [anEntry(now, 'close')]);
      await write({ ...old, revision: 2 }, [anEntry({ ...old, revision: 2 }, 'rsvp')]);
      expect(await archive().view.meeting(old.id)).toEqual(now);
      expect((await archive().view.actions({ meeting: old.id, limit: 9 })).items).toHaveLength(1);
      const timeline = await archive().audit.timeline(old.id);
      expect(timeline.map((entry) => entry.event)).toEqual(['rsvp', 'close']);
    });

    test('bursts that overtake each other leave the newest', async () => {
      const state = aState();
      const bursts = Array.from({ length: 12 }, (_, i) => {
        const actions = Array.from({ length: i }, (_, n) => anAction(state.id, n, { percent: i }));
        return { ...state, revision: (i * 7) % 12, title: `revision ${(i * 7) % 12}`, actions };
      });
      await Promise.all(bursts.map((burst) => write(burst)));
      const newest = bursts.find((burst) => burst.revision === 11)!;
      expect(await archive().view.meeting(state.id)).toEqual(newest);
      const { items } = await archive().view.actions({ meeting: state.id, limit: 99 });
      expect(items.map((item) => item.action)).toEqual(newest.actions);
    });

    test('a repeated burst changes nothing and is audited once', async () => {
      const state = aState();
      const audit = [anEntry(state, 'publish'), { ...anEntry(state, 'rsvp'), onBehalfOf: 'p2', key: 'k1', ref: 'x' }];
      await write(state, audit);
      await write(state, audit);
      expect(await archive().audit.timeline(state.id)).toEqual(audit);
      expect(await archive().view.meeting(state.id)).toEqual(state);
    });

    test('what is no longer in the meeting is no longer in the lists', async () => {
      const state = aState();
      const actions = [anAction(state.id, 1), anAction(state.id, 2)];
      await write({ ...state, actions });
      const topicId = state.agenda[1]!.topicId;
      expect(await archive().view.meetingsOfTopic(topicId)).toEqual([state.id]);
      await write({ ...state, revision: 2, agenda: [state.agenda[0]!], actions: [actions[1]!] });
      expect(await archive().view.meetingsOfTopic(topicId)).toEqual([]);
      const { items } = await archive().view.actions({ meeting: state.id, limit: 9 });
      expect(items.map((item) => item.action.id)).toEqual([actions[1]!.id]);
    });

    test('a change deep inside an action, topic or column reaches the lists', async () => {
      const state = aState();
      const action = anAction(state.id, 1);
      await write({ ...state, actions: [action] });
      const changed = { ...action, percent: 40, status: 'overdue' as const, dueAt: 77 };
      await write({ ...state, revision: 2, phase: 'closed', startsAt: 42, actions: [changed] });
      const listed = await archive().view.actions({ meeting: state.id, status: ['overdue'], limit: 9 });
      expect(listed.items[0]?.action).toEqual(changed);
      const { items } = await archive().view.meetings({ person: 'p2', to: 43, limit: 100 });
      expect(items.find((row) => row.id === state.id)).toMatchObject({ phase: 'closed', startsAt: 42, revision: 2 });
    });

    test('only the rows that changed are written again', async () => {
      const state = aState();
      const actions = [anAction(state.id, 1), anAction(state.id, 2)];
      await write({ ...state, actions });
      const versions = () =>
        rowsOf(archive(), sql`select id, xmin::text from view.actions where meeting_id = ${state.id} order by id`);
      const before = await versions();
      await write({ ...state, revision: 2, actions: [actions[0]!, { ...actions[1]!, percent: 10 }] });
      const after = await versions();
      expect(after[0]).toEqual(before[0]);
      expect(after[1]?.['xmin']).not.toBe(before[1]?.['xmin']);
    });
  });

  describe('lists', () => {
    test('meetings by phase, department, series, person and time, latest start first', async () => {
      const [department, seriesId, person] = [aDepartment(), `s${fresh()}`, aPerson()];
      const seat = { person, department, role: 'core', key: false, topics: [] } as const;
      const states = [1, 2, 3].map((n) =>
        aState({
          startsAt: n * 1000,
          seriesId,
          participants: [{ ...seat, topics: [] }],
          phase: n === 3 ? 'closed' : 'notice',
        }),
      );
      for (const state of states) await write(state);
      const ids = async (filter: object) =>
        (await archive().view.meetings({ limit: 50, ...filter })).items.map(
          (row) => states.findIndex((s) => s.id === row.id) + 1,
        );
      expect(await ids({ seriesId, series: seriesId })).toEqual([3, 2, 1]);
      expect(await ids({ department })).toEqual([3, 2, 1]);
      expect(await ids({ department, phase: 'notice' })).toEqual([2, 1]);
      expect(await ids({ person })).toEqual([3, 2, 1]);
      expect(await ids({ visibleTo: person })).toEqual([3, 2, 1]);
      expect(await ids({ department, visibleTo: aPerson() })).toEqual([]);
      expect(await ids({ department, from: 2000, to: 3000 })).toEqual([2]);
    });

    test('a row says what a list shows', async () => {
      const state = aState({ seriesId: undefined });
      delete state.seriesId;
      const department = aDepartment();
      await write({ ...state, initiator: { department, person: 'p1' } });
      const { items } = await archive().view.meetings({ department, limit: 1 });
      expect(items[0]).toMatchObject({
        id: state.id,
        kind: 'regular',
        timeZone: 'Asia/Taipei',
        locale: 'zh-TW',
        host: 'p2',
      });
      expect(items[0]).not.toHaveProperty('seriesId');
      expect(items[0]).not.toHaveProperty('state');
    });

    test('pages meet without a gap or a repeat, also among equal times', async () => {
      const seriesId = `s${fresh()}`;
      for (let n = 0; n < 7; n++) await write(aState({ seriesId, startsAt: 1000 * (n % 2) }));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await archive().view.meetings({ series: seriesId, limit: 3, ...(cursor ? { cursor } : {}) });
        seen.push(...page.items.map((row) => row.id));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(7);
      expect(new Set(seen).size).toBe(7);
      await expect(archive().view.meetings({ cursor: 'nonsense', limit: 3 })).rejects.toMatchObject({
        faults: [{ code: 'input.cursor', path: 'cursor' }],
      });
    });

    test('actions and tasks by person and status, next due first', async () => {
      const person = aPerson();
      const state = aState();
      const mine = [anAction(state.id, 2, { owner: person }), anAction(state.id, 1, { owner: person, status: 'done' })];
      const plan: Plan = {
        ...anAction(state.id, 9),
        id: `${state.id}-p1`,
        kind: 'improvementPlan',
        reason: 'survey',
        score: 2,
      };
      const talk: FollowUpTask = {
        id: `${state.id}-q1`,
        kind: 'talk',
        about: mine[0]!.id,
        assignee: person,
        status: 'open',
        dueAt: 500,
        createdAt: 1,
        asked: 1,
      };
      await write({
        ...state,
        actions: [...mine, anAction(state.id, 3)],
        plans: [{ ...plan, owner: person }],
        tasks: [talk],
      });
      const { view } = archive();
      const meeting = { meetingId: state.id, title: state.title, timeZone: 'Asia/Taipei', locale: 'zh-TW' };
      expect((await view.actions({ person, limit: 9 })).items).toEqual([
        { action: mine[1], meeting },
        { action: mine[0], meeting },
      ]);
      expect((await view.actions({ person, status: ['open', 'overdue'], limit: 9 })).items).toHaveLength(1);
      const tasks = await view.tasks({ person, limit: 9 });
      expect(tasks.items.map((item) => item.task.id)).toEqual([talk.id, plan.id]);
      expect((await view.tasks({ person, kind: 'talk', status: ['open'], limit: 9 })).items).toHaveLength(1);
      expect((await view.tasks({ person, visibleTo: aPerson(), limit: 9 })).items).toEqual([]);
      const first = await view.actions({ person, limit: 1 });
      const second = await view.actions({ person, limit: 1, ...(first.next ? { cursor: first.next } : {}) });
      expect([...first.items, ...second.items].map((item) => item.action.id)).toEqual([mine[1]!.id, mine[0]!.id]);
      expect(second.next).toBeUndefined();
    });
  });

  describe('changes', () => {
    test('a burst is heard by who listens to the meeting, and to all', async () => {
      const state = aState();
      const heard: string[] = [];
      const off = [state.id, '*', aMeetingId()].map((id) =>
        archive().changes.on(id, (change) => {
          if (change.meetingId === state.id) heard.push(`${id === '*' ? 'all' : 'one'} ${change.revision}`);
        }),
      );
      await write(state);
      expect(new Set(heard)).toEqual(new Set(['one 1', 'all 1']));
      off.forEach((stop) => stop());
      heard.length = 0;
      await write({ ...state, revision: 2 });
      expect(heard).toEqual([]);
    });

    test('?min_revision= waits until the row is there, and no longer than it may', async () => {
      const state = aState();
      await write(state);
      const { view } = archive();
      expect(await view.waitForRevision(state.id, 1)).toBe(true);
      const waiting = view.waitForRevision(state.id, 3, 5_000);
      await write({ ...state, revision: 2 });
      await write({ ...state, revision: 3 });
      expect(await waiting).toBe(true);
      expect(await view.waitForRevision(state.id, 4, 20)).toBe(false);
      expect(await view.waitForRevision(aMeetingId(), 0, 20)).toBe(false);
    });
  });
});
