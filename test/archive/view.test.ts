import { describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import type { AuditEntry } from '../../archive/ports.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { aState, anAction, anEntry } from './states.js';
import { aMeetingId, describeEachArchive, rowsOf } from './support.js';

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

    test('a listener that fails does not fail the burst, nor the other listeners', async () => {
      const state = aState();
      const heard: number[] = [];
      archive().changes.on(state.id, () => {
        throw new Error('mine');
      });
      archive().changes.on(state.id, ({ revision }) => heard.push(revision));
      await write(state);
      expect(new Set(heard)).toEqual(new Set([1]));
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
