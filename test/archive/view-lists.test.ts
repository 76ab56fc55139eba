import { expect, test } from 'vitest';
import type { FollowUpTask, MeetingState, Plan } from '../../domain/meeting/state.js';
import { aState, anAction } from './states.js';
import { aDepartment, aPerson, describeEachArchive, fresh } from './support.js';

describeEachArchive('lists of the view', (archive) => {
  const write = (state: MeetingState) => archive().view.write({ state, audit: [] });

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
    expect(await ids({ visibleTo: { people: [person] } })).toEqual([3, 2, 1]);
    expect(await ids({ department, visibleTo: { people: [aPerson()] } })).toEqual([]);
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
    expect((await view.tasks({ person, visibleTo: { people: [aPerson()] }, limit: 9 })).items).toEqual([]);
    const first = await view.actions({ person, limit: 1 });
    const second = await view.actions({ person, limit: 1, ...(first.next ? { cursor: first.next } : {}) });
    expect([...first.items, ...second.items].map((item) => item.action.id)).toEqual([mine[1]!.id, mine[0]!.id]);
    expect(second.next).toBeUndefined();
  });
});
