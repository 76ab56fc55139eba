import { beforeAll, expect, test } from 'vitest';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { aState, anAction } from '../states.js';
import { describeEachArchive } from '../support.js';

describeEachArchive('figures of today', (archive) => {
  let state: MeetingState;
  let hidden: MeetingState;
  beforeAll(async () => {
    const base = aState({ phase: 'followUp' });
    const topicId = base.agenda[1]!.topicId;
    const block = { department: 'd3', at: 1, by: { via: 'api' as const }, asked: 0, acceptedAt: 2, head: 'p8' };
    const escalation = { id: `${base.id}-q1`, kind: 'escalation' as const, about: `${base.id}-a4`, asked: 1 };
    state = {
      ...base,
      agenda: [base.agenda[0]!, { ...base.agenda[1]!, confidential: true }],
      actions: [
        anAction(base.id, 1, { owner: 'p7', status: 'open' }),
        anAction(base.id, 2, { owner: 'p7', status: 'overdue' }),
        anAction(base.id, 3, { owner: 'p7', status: 'reported' }),
        anAction(base.id, 4, { owner: 'p7', status: 'escalated' }),
        anAction(base.id, 5, { owner: 'p9', block }),
        anAction(base.id, 6, { owner: 'p9', status: 'done' }),
        anAction(base.id, 7, { owner: 'p3' }),
        anAction(base.id, 8, { owner: 'p5', topicId }),
      ],
      tasks: [{ ...escalation, assignee: 'p6', status: 'open', dueAt: 99, createdAt: 50, chain: ['p6'], step: 0 }],
    };
    const other = aState({ phase: 'followUp', confidential: true });
    hidden = { ...other, actions: [anAction(other.id, 1, { owner: 'p7', dueAt: 1 })] };
    for (const s of [state, hidden]) await archive().view.write({ state: s, audit: [] });
  });
  const pairs = async (people: string[], all: boolean): Promise<string[]> =>
    (await archive().dashboard.waiting({ people, all })).map((w) => `${w.from}>${w.to} ${w.count}/${w.overdue}`).sort();

  test('who waits for whom: the tracker for owners, owners for the check, for a department, for a decision', async () => {
    // p3 coordinates, p2 hosts; p3's own action is p2's to wait for.
    expect(await pairs([], true)).toEqual(['p2>p3 1/0', 'p3>p6 1/1', 'p3>p7 2/1', 'p7>p3 1/0', 'p9>p8 1/0']);
  });

  test('H10 confidential meetings and topics are seen by who has a part in them', async () => {
    expect(await pairs(['nobody'], false)).toEqual([]);
    // p5 sponsors, and so reads all of both.
    expect(await pairs(['p5'], false)).toContain('p3>p5 1/0');
    expect(await pairs(['p5'], false)).toContain('p3>p7 3/1');
    // p9 sits in both, and reads neither p5's action nor what is for others.
    expect(await pairs(['p9'], false)).not.toContain('p3>p5 1/0');
  });

  test('F3 open decisions', async () => {
    const [found, ...rest] = await archive().dashboard.escalations({ people: [], all: true });
    expect(rest).toEqual([]);
    const task = state.actions[3]!.task;
    expect(found).toMatchObject({ title: task, meetingId: state.id, assignee: 'p6', dueAt: 99, createdAt: 50 });
    expect(await archive().dashboard.escalations({ people: ['nobody'], all: false })).toEqual([]);
  });
});
