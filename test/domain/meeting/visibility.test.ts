import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { MeetingState, PersonId } from '../../../domain/meeting/state.js';
import {
  contentFor,
  involved,
  isExternal,
  maySee,
  readersOfItem,
  viewFor,
} from '../../../domain/meeting/visibility.js';
import { applyCommand } from '../../../domain/meeting/step.js';
import { Refusal } from '../../../domain/errors.js';
import { aMeeting, at, meetingId } from '../../support/meeting.js';

const now = at('2026-02-03', '10:00');
const member = (person: PersonId) => ({ person, key: `k-${person}`, roles: ['member' as const], scopes: [] });
const admin = { key: 'admin', roles: ['admin' as const], scopes: ['act-as'] };
const by = { person: 'p2', via: 'api' as const };
const dueAt = at('2026-02-10', '18:00');
const tracked = (id: string, owner: PersonId) => ({
  id: `${meetingId}-${id}`,
  owner,
  status: 'open' as const,
  dueAt,
  firstDueAt: dueAt,
  dues: [],
  missed: 0,
  missedTotal: 0,
  obstacles: [],
  percent: 0,
  notes: [],
  reports: 0,
  createdAt: now,
  createdBy: by,
});

/** A word for each thing that can be hidden, so that a leak is found by its name. */
function full(overrides: Partial<MeetingState> = {}): MeetingState {
  const base = aMeeting({ phase: 'followUp' });
  const [one, two] = base.agenda;
  const t1 = one!.topicId;
  const t2 = two!.topicId;
  return {
    ...base,
    participants: base.participants.map((p) => (p.person === 'p11' ? { ...p, topics: [t1] } : p)),
    supportDepartments: [{ department: 'd9', person: 'p20' }],
    agenda: [
      {
        ...one!,
        conclusion: 'CONCLUSION-ONE',
        materials: [
          { id: `${meetingId}-m1`, title: 'RELEASED', owner: 'p6', dueAt, released: true },
          { id: `${meetingId}-m2`, title: 'INTERNAL', owner: 'p6', dueAt },
        ],
      },
      {
        ...two!,
        title: 'TOPIC-TWO',
        conclusion: 'CONCLUSION-TWO',
        expectedConclusion: 'EXPECTED-TWO',
        presenter: 'p7',
      },
    ],
    capReason: 'CAP-REASON',
    rsvps: { p7: { reply: 'declined', comment: 'COMMENT-P7', at: now, by: { person: 'p7', via: 'link' } } },
    keyPoints: [
      { id: `${meetingId}-k1`, topicId: t2, text: 'KEYPOINT-TWO', kind: 'concern', at: now, by },
      { id: `${meetingId}-k2`, topicId: t1, text: 'KEYPOINT-ONE', kind: 'information', at: now, by },
    ],
    votes: [
      {
        id: `${meetingId}-v1`,
        topicId: t2,
        motion: 'MOTION-TWO',
        secret: false,
        status: 'closed',
        electorate: ['p2', 'p6'],
        required: 2,
        openedAt: now,
        complete: true,
      },
    ],
    actions: [
      { ...tracked('a1', 'p9'), task: 'ACTION-TWO', topicId: t2, supporting: [] },
      { ...tracked('a2', 'p11'), task: 'ACTION-EXTERNAL', topicId: t1, supporting: [], internalContact: 'p3' },
    ],
    tasks: [
      {
        id: `${meetingId}-q1`,
        kind: 'talk',
        about: `${meetingId}-a1`,
        assignee: 'p3',
        status: 'open',
        dueAt,
        asked: 1,
        createdAt: now,
        result: 'TALK-TWO',
      },
    ],
    warnings: [{ code: 'P6.noMinutes', path: 'agenda[1].minutes', params: { title: 'TOPIC-TWO' } }],
    ...overrides,
  };
}

const confidentialTopic = (): MeetingState => {
  const state = full();
  return { ...state, agenda: state.agenda.map((t) => (t.title === 'TOPIC-TWO' ? { ...t, confidential: true } : t)) };
};
const seen = (state: MeetingState, person: PersonId): string =>
  JSON.stringify(viewFor(state, member(person), now, 'X'));
const secretsOfTwo = [
  'TOPIC-TWO',
  'CONCLUSION-TWO',
  'EXPECTED-TWO',
  'KEYPOINT-TWO',
  'MOTION-TWO',
  'ACTION-TWO',
  'TALK-TWO',
];

describe('H10 who knows of a meeting', () => {
  const everybody = [...involved(full()), 'p99', 'p98'];

  test('everybody with a part, administrators, services and the PMO; nobody else', () => {
    const state = { ...full(), norms: { ...full().norms, pmo: { person: 'p98' } } };
    for (const person of everybody) expect(maySee(state, member(person), now)).toBe(person !== 'p99');
    expect(maySee(state, admin, now)).toBe(true);
    expect(maySee(state, { key: 'k1', roles: ['service'] }, now)).toBe(true);
  });

  test('a confidential one: not the PMO, not another system, but the key that made it', () => {
    const norms = { ...full().norms, pmo: { person: 'p98' } };
    const state = full({ confidential: true, norms, createdBy: { key: 'k1', via: 'api' } });
    expect(maySee(state, member('p98'), now)).toBe(false);
    expect(maySee(state, { key: 'k2', roles: ['service'] }, now)).toBe(false);
    expect(maySee(state, { key: 'k1', roles: ['service'] }, now)).toBe(true);
    expect(maySee(state, admin, now)).toBe(true);
    expect(maySee(state, member('p20'), now)).toBe(true);
  });

  test('a command on it is answered as for one that never was', () => {
    const state = full({ confidential: true, phase: 'notice' });
    const actor = { ...member('p99'), via: 'api' as const };
    try {
      applyCommand(state, 'cancel', { reason: 'x' }, { now, actor });
      throw new Error('it went through');
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      expect((error as Refusal).type).toBe('NotFound');
      expect((error as Refusal).faults).toMatchObject([{ code: 'meeting.unknown', params: { id: meetingId } }]);
    }
  });
});

describe('H10 a confidential topic', () => {
  test('is shown to who has it and to the offices, and to nobody else in any part of the meeting', () => {
    const state = confidentialTopic();
    for (const person of ['p1', 'p2', 'p3', 'p4', 'p5', 'p7'])
      for (const word of secretsOfTwo) expect(seen(state, person)).toContain(word);
    for (const person of ['p8', 'p10', 'p20', 'p11'])
      for (const word of secretsOfTwo) expect(seen(state, person)).not.toContain(word);
  });

  test('stays as a place in the agenda, with its minutes', () => {
    const view = viewFor(confidentialTopic(), member('p8'), now, 'X')!;
    expect(view.agenda[1]).toMatchObject({ title: 'X', minutes: 15, hidden: true, materials: [] });
    expect(contentFor(view, { summary: 'all', topics: confidentialTopic().agenda })).toMatchObject({
      summary: 'all',
      topics: [{ topicId: `${meetingId}-t1` }],
    });
  });

  test('whoever owns an action of it reads that action; whoever votes reads the motion', () => {
    const owner = seen(confidentialTopic(), 'p9');
    expect(owner).toContain('ACTION-TWO');
    expect(owner).not.toContain('TOPIC-TWO');
    expect(seen(confidentialTopic(), 'p6')).toContain('MOTION-TWO');
    expect(seen(confidentialTopic(), 'p6')).not.toContain('KEYPOINT-TWO');
  });
});

describe('H7 external people', () => {
  test('see their own topics, what was released to them, their actions; no list, vote or survey', () => {
    const view = viewFor(full(), member('p11'), now)!;
    expect(view.agenda.map((t) => t.title)).toEqual(['交期']);
    expect(view.agenda[0]!.materials.map((m) => m.title)).toEqual(['RELEASED']);
    expect(view.participants.map((p) => p.person)).toEqual(['p11']);
    expect(view.actions.map((a) => a.task)).toEqual(['ACTION-EXTERNAL']);
    const text = JSON.stringify(view);
    for (const word of [...secretsOfTwo, 'INTERNAL', 'KEYPOINT-ONE', 'CAP-REASON', 'COMMENT-P7', '"p9"', '"p20"'])
      expect(text).not.toContain(word);
    expect(view).toMatchObject({ host: 'p2', coordinator: 'p3', votes: [], supportDepartments: [] });
  });

  test('read of their topics what confirmed minutes say, and of a draft nothing', () => {
    expect(seen(full(), 'p11')).toContain('CONCLUSION-ONE');
    const draft = full({ minutes: { version: 1, versions: [], dueAt } });
    expect(seen(draft, 'p11')).not.toContain('CONCLUSION-ONE');
    expect(viewFor(draft, member('p11'), now)!.minutes).toBeUndefined();
    const content = { summary: 'SUMMARY', topics: full().agenda.map(({ topicId }) => ({ topicId })) };
    expect(contentFor(viewFor(full(), member('p11'), now)!, content)).toEqual({
      topics: [{ topicId: `${meetingId}-t1` }],
    });
  });

  test('who stands in for an external person is external too; who holds an office is not', () => {
    const state = full({ rsvps: { p11: { reply: 'declined', delegate: 'p30', at: now, by } } });
    expect(isExternal(state, 'p30')).toBe(true);
    expect(viewFor(state, member('p30'), now)!.participants.map((p) => p.person)).toEqual(['p11']);
    expect(isExternal({ ...state, deputyHost: 'p11' }, 'p11')).toBe(false);
  });

  test('their action has an internal contact: the coordinator, or who is named; that person may report for them', () => {
    const state = full({ actions: [] });
    const actor = { ...member('p2'), via: 'api' as const };
    const run = (input: object) =>
      applyCommand(state, 'action', { task: 'x', owner: 'p11', dueAt, ...input }, { now, actor }).state;
    expect(run({}).actions[0]).toMatchObject({ internalContact: 'p3' });
    expect(run({ owner: 'p9' }).actions[0]).not.toHaveProperty('internalContact');
    const named = run({ internalContact: 'p7' });
    const report = (person: PersonId) =>
      applyCommand(
        named,
        'progress',
        { id: named.actions[0]!.id, percent: 50 },
        { now, actor: { ...member(person), via: 'api' } },
      );
    expect(report('p7').state.actions[0]).toMatchObject({ percent: 50 });
    expect(() => report('p8')).toThrow();
  });
});

describe('what is shown', () => {
  const anybody = fc.constantFrom(...Array.from({ length: 12 }, (_, i) => `p${i + 1}`), 'p20', 'p30', 'p99');
  const anyMeeting = fc
    .record({
      confidential: fc.boolean(),
      secret: fc.boolean(),
      external: fc.subarray(['p6', 'p7', 'p8', 'p9', 'p10', 'p11']),
      presenter: fc.option(anybody, { nil: undefined }),
      deputyHost: fc.option(anybody, { nil: undefined }),
      owner: anybody,
    })
    .map(({ confidential, secret, external, presenter, deputyHost, owner }): MeetingState => {
      const state = full({ confidential, deputyHost });
      return {
        ...state,
        participants: state.participants.map((p) =>
          external.includes(p.person) ? { ...p, role: 'external' } : { ...p, role: 'core' },
        ),
        agenda: state.agenda.map((t, i) => (i === 1 ? { ...t, presenter, confidential: secret } : t)),
        actions: state.actions.map((a, i) => (i === 0 ? { ...a, owner } : a)),
      };
    });

  test('twice is the same as once', () => {
    fc.assert(
      fc.property(anyMeeting, anybody, (state, person) => {
        const once = viewFor(state, member(person), now, 'X');
        fc.pre(once !== undefined);
        expect(viewFor(once, member(person), now, 'X')).toEqual(once);
      }),
    );
  });

  test('in lists is what is shown in the meeting', () => {
    fc.assert(
      fc.property(anyMeeting, anybody, (state, person) => {
        const view = viewFor(state, member(person), now);
        for (const item of [...state.actions, ...state.tasks]) {
          const readers = readersOfItem(state, item) ?? involved(state);
          const shown = [...(view?.actions ?? []), ...(view?.tasks ?? [])].some((x) => x.id === item.id);
          expect([item.id, readers.includes(person)]).toEqual([item.id, shown]);
        }
      }),
    );
  });

  test('to an assistant is what their principal sees, within the dates', () => {
    fc.assert(
      fc.property(anyMeeting, anybody, (state, person) => {
        const assists = [{ person, scopes: ['reply' as const], from: now, until: now + 1 }];
        const assistant = { ...member('p77'), assists };
        expect(viewFor(state, assistant, now, 'X')).toEqual(viewFor(state, member(person), now, 'X'));
        expect(viewFor(state, assistant, now + 1, 'X')).toBeUndefined();
      }),
    );
  });
});
