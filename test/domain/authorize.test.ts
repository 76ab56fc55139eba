import { describe, expect, test } from 'vitest';
import { Refusal } from '../../domain/errors.js';
import { assistantScopes } from '../../domain/meeting/assistants.js';
import type { AssistantScope } from '../../domain/meeting/assistants.js';
import { authorize, mayVoteFor, permissions, relations } from '../../domain/meeting/authorize.js';
import type { About, Relation } from '../../domain/meeting/authorize.js';
import type { Actor, CommandInput, CommandName } from '../../domain/meeting/commands.js';
import { newTracked } from '../../domain/meeting/follow-up/items.js';
import { applyCommand } from '../../domain/meeting/step.js';
import type { FollowUpTask, MeetingState, TrackedStatus } from '../../domain/meeting/state.js';
import { admin, aMeeting, meetingId, person, service } from '../support/meeting.js';

const a1 = `${meetingId}-a1`;
const talk = `${meetingId}-q1`;
const decision = `${meetingId}-q2`;

/** The only thing the meeting follows up: an action of p7 (d2), with the tasks about it. */
function meeting(
  status: TrackedStatus,
  tasks: FollowUpTask[] = [],
  overrides: Partial<MeetingState> = {},
): MeetingState {
  const base = newTracked({ id: a1, owner: 'p7', department: 'd2', dueAt: 9 }, 0, { via: 'api' });
  const norms = { ...aMeeting().norms, pmo: { person: 'p30' } };
  const actions = [{ ...base, status, task: '回報', supporting: [] }];
  return aMeeting({ deputyHost: 'p8', actingHost: 'p9', norms, actions, tasks, ...overrides });
}

const aTask = (given: Pick<FollowUpTask, 'id' | 'kind'> & Partial<FollowUpTask>): FollowUpTask => ({
  about: a1,
  status: 'open',
  dueAt: 9,
  asked: 1,
  createdAt: 0,
  ...given,
});
const talking = meeting('overdue', [aTask({ id: talk, kind: 'talk', assignee: 'p12' })]);
const deciding = meeting('escalated', [
  aTask({ id: decision, kind: 'escalation', assignee: 'p21', chain: ['p20', 'p21', 'p22'], step: 1 }),
]);
const open = meeting('open');
const absent: MeetingState = {
  ...open,
  alternates: [
    {
      id: `${meetingId}-q9`,
      kind: 'alternate',
      person: 'p10',
      reason: 'declined',
      status: 'open',
      dueAt: 9,
      createdAt: 0,
      asked: 1,
    },
  ],
};

/** P8: p10 presents the first topic, for which p7 prepares something. */
const preparing: MeetingState = {
  ...open,
  agenda: open.agenda.map((t) =>
    t.topicId === `${meetingId}-t1`
      ? { ...t, presenter: 'p10', materials: [{ id: `${meetingId}-m1`, title: '報表', owner: 'p7', dueAt: 9 }] }
      : t,
  ),
};

/** E6, E10, E13: a turn of p10, who sits in a group and has put up a note. */
const [turn, round, sticky] = [`${meetingId}-s1`, `${meetingId}-g1`, `${meetingId}-n1`];
const room = meeting('open', [], {
  phase: 'execution',
  floor: {
    turns: [{ id: turn, kind: 'discussion', person: 'p10', status: 'queued', limitMs: 1, at: 0 }],
    parked: [],
    breakouts: [
      { id: round, topicId: `${meetingId}-t1`, startedAt: 0, endsAt: 9, groups: [{ name: 'A', members: ['p10'] }] },
    ],
    analyses: [],
    notes: [{ id: sticky, text: 'N', column: 'idea', at: 0, by: { person: 'p10', via: 'api' } }],
  },
});

/** Everybody who could try, by what they are. */
const people: Record<string, Actor> = {
  admin,
  service,
  host: person('p2'),
  deputy: person('p8'),
  actingHost: person('p9'),
  coordinator: person('p3'),
  initiator: person('p1'),
  recorder: person('p4'),
  sponsor: person('p5'),
  pmo: person('p30'),
  head: person('p6'),
  owner: person('p7'),
  talker: person('p12'),
  passedOver: person('p20'),
  decider: person('p21'),
  above: person('p22'),
  other: person('p10'),
  stranger: person('p99'),
  nobody: { key: 'k9', roles: ['member'], scopes: [], via: 'api' },
};

const organisers = ['host', 'deputy', 'actingHost', 'coordinator', 'initiator'];
const run = ['admin', 'service', ...organisers];
/** F2: of the organisers only who tracks. */
const movers = ['admin', 'service', 'host', 'actingHost', 'coordinator'];

/** Design §7, row by row: who gets through, about what. `other` is p10, the person whom rsvp and attendance name. */
const table: [CommandName, MeetingState, About, string[]][] = [
  ['patch', open, {}, run],
  ['publish', open, {}, run],
  ['reschedule', open, {}, run],
  ['takeTopics', open, {}, run],
  ['cancel', open, {}, run],
  ['undoCancel', open, {}, run],
  ['open', open, {}, run],
  ['extend', open, {}, run],
  ['close', open, {}, run],
  ['rsvp', open, { person: 'p10' }, [...run, 'pmo', 'other']],
  ['undoReply', open, { person: 'p10' }, [...run, 'pmo', 'other']],
  ['reading', open, { person: 'p10' }, [...run, 'pmo', 'other']],
  ['alternate', absent, { id: `${meetingId}-q9` }, [...run, 'pmo', 'other']],
  ['proposeTime', open, { person: 'p10' }, [...run, 'other']],
  ['holdReply', open, {}, ['admin', 'service']],
  ['settleReply', open, {}, run],
  ['attendance', open, { person: 'p10' }, [...run, 'recorder', 'other']],
  ['startTopic', open, {}, run],
  ['finishTopic', open, {}, run],
  ['keyPoint', open, {}, [...run, 'recorder']],
  ['editKeyPoint', open, {}, [...run, 'recorder']],
  ['deleteKeyPoint', open, {}, [...run, 'recorder']],
  ['adjourn', open, {}, run],
  ['material', open, { topicId: `${meetingId}-t1` }, [...run, 'recorder']],
  ['material', preparing, { topicId: `${meetingId}-t1` }, [...run, 'recorder', 'other']],
  [
    'material',
    preparing,
    { topicId: `${meetingId}-t1`, materialId: `${meetingId}-m1` },
    [...run, 'recorder', 'owner', 'other'],
  ],
  ['queueTurn', room, { person: 'p10' }, [...run, 'recorder', 'other']],
  ['queueTurn', room, {}, [...run, 'recorder']],
  ['startTurn', room, { id: turn }, [...run, 'recorder']],
  ['endTurn', room, { id: turn }, [...run, 'recorder', 'other']],
  ['withdrawTurn', room, { id: turn }, [...run, 'recorder', 'other']],
  ['park', room, {}, [...run, 'recorder']],
  ['unpark', room, {}, [...run, 'recorder']],
  ['startBreakouts', room, {}, run],
  ['reportBreakout', room, { id: round }, [...run, 'recorder', 'other']],
  ['endBreakouts', room, { id: round }, run],
  ['analysis', room, {}, [...run, 'recorder']],
  ['note', room, {}, [...run, 'recorder', 'head', 'owner']],
  ['moveNote', room, { id: sticky }, [...run, 'recorder', 'other']],
  ['deleteNote', room, { id: sticky }, [...run, 'recorder', 'other']],
  ['noteBecomes', room, { id: sticky }, [...run, 'recorder']],
  ['openVote', open, {}, run],
  ['closeVote', open, {}, run],
  ['action', open, {}, [...run, 'recorder']],
  ['amendAction', open, { id: a1 }, [...run, 'recorder']],
  ['withdrawAction', open, { id: a1 }, [...run, 'recorder']],
  ['minutes', open, {}, [...run, 'recorder']],
  ['confirmMinutes', open, {}, [...run, 'recorder']],
  ['reopen', open, {}, run],
  ['answerObjection', open, {}, [...run, 'recorder']],
  ['releaseExtract', open, {}, run],
  ['objection', open, {}, [...run, 'recorder', 'sponsor', 'head', 'owner', 'other']],
  ['progress', open, { id: a1 }, [...run, 'pmo', 'owner']],
  ['complete', open, { id: a1 }, [...run, 'owner']],
  ['confirm', meeting('reported'), { id: a1 }, ['admin', 'service', 'host', 'coordinator']],
  ['extendAction', open, { id: a1 }, [...movers, 'head']],
  ['extendAction', talking, { id: a1 }, [...movers, 'head', 'owner']],
  ['decide', deciding, { id: a1 }, ['admin', 'sponsor', 'decider', 'above']],
  ['decide', deciding, { id: decision }, ['admin', 'sponsor', 'decider', 'above']],
  ['decide', open, { id: a1 }, ['admin', 'sponsor']],
  ['completeTask', talking, { id: talk }, [...run, 'talker']],
  ['completeTask', open, { id: a1 }, [...run, 'owner']],
  ['blocked', open, { id: a1 }, ['admin', 'service', 'host', 'coordinator']],
  ['unblock', open, { id: a1 }, [...run, 'owner']],
  ['moveDepartment', open, {}, ['admin', 'service']],
  ['personLeft', open, {}, ['admin', 'service']],
  ['chooseForTopic', open, { id: 'x' }, run],
];

function attempt(state: MeetingState, name: CommandName, about: About, actor: Actor): Refusal | undefined {
  try {
    authorize(state, name, about as CommandInput<CommandName>, actor);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe('who may do what', () => {
  test.each(table)('%s is for exactly those whom the table names', (name, state, about, allowed) => {
    const through = Object.keys(people).filter((who) => attempt(state, name, about, people[who]!) === undefined);
    expect(through.sort()).toEqual([...allowed].sort());
  });

  test('every command has its row here', () => {
    expect(new Set(table.map(([name]) => name))).toEqual(new Set(Object.keys(permissions)));
  });

  test('a refusal names who may', () => {
    const refusal = attempt(open, 'confirm', { id: a1 }, person('p7'));
    expect([refusal?.type, refusal?.faults]).toEqual([
      'Forbidden',
      [{ code: 'auth.notAllowed', path: '', params: { command: 'confirm', who: ['admin', 'service', 'checker'] } }],
    ]);
  });

  test('what does not exist is not found, rather than forbidden', () => {
    for (const name of ['progress', 'complete', 'confirm', 'extendAction', 'decide', 'completeTask'] as const)
      expect(attempt(open, name, { id: `${meetingId}-a7` }, person('p99'))?.type).toBe('NotFound');
    expect(attempt(open, 'progress', {}, admin)?.type).toBe('NotFound');
  });
});

describe('relations', () => {
  const held = (state: MeetingState, actor: Actor, about: About): Relation[] => relations(state, actor, about).sort();

  test('one’s own reply and attendance; another’s only with act-as', () => {
    expect(held(open, person('p10'), { person: 'p10' })).toEqual(['self']);
    expect(held(open, person('p10'), { person: 'p11' })).toEqual([]);
    const acting: Actor = { person: 'p10', roles: ['member'], scopes: ['act-as'], via: 'api' };
    expect(held(open, acting, { person: 'p11' })).toEqual(['self']);
    expect(held(open, admin, { person: 'p11' })).toEqual(['admin', 'self']);
  });

  test('E8 ballots: one’s own, or a key that may act for others; a service key alone may not', () => {
    expect(mayVoteFor(person('p6'), 'p6')).toBe(true);
    expect(mayVoteFor(person('p2'), 'p6')).toBe(false);
    expect(mayVoteFor(service, 'p6')).toBe(false);
    expect(mayVoteFor({ ...service, scopes: ['act-as'] }, 'p6')).toBe(true);
    expect(mayVoteFor(admin, 'p6')).toBe(true);
  });

  test('F3 owner and sponsor in one person: no decision of their own', () => {
    const own = meeting('escalated', deciding.tasks, { sponsor: 'p7' });
    expect(held(own, person('p7'), { id: decision })).toEqual(['seat']);
    expect(held(own, person('p7'), {})).toEqual(['seat', 'sponsor']);
  });

  test('F1 the coordinator does not check their own', () => {
    const own = meeting('reported', [], { coordinator: 'p7' });
    expect(held(own, person('p7'), { id: a1 })).toEqual(['organiser', 'owner', 'seat', 'tracker']);
  });

  test('F3 before the chain is found nobody is asked; with nobody found coordinator and host decide', () => {
    const searching = meeting('escalated', [aTask({ id: decision, kind: 'escalation' })]);
    const nobody = meeting('escalated', [aTask({ id: decision, kind: 'escalation', chain: [] })]);
    expect(held(searching, person('p3'), { id: a1 })).not.toContain('decider');
    expect(held(nobody, person('p3'), { id: a1 })).toContain('decider');
    expect(held(nobody, person('p2'), { id: a1 })).toContain('decider');
    expect(held(nobody, person('p7'), { id: a1 })).not.toContain('decider');
  });
});

describe('H6 an assistant', () => {
  const day = 86_400_000;
  const helper = (scopes: AssistantScope[], from = 0, until = day): Actor => ({
    ...person('p40'),
    assists: [{ person: 'p7', scopes, from, until }],
  });
  const at = day / 2;
  const tries = <N extends CommandName>(state: MeetingState, name: N, input: CommandInput<N>, actor: Actor) => {
    try {
      return applyCommand(state, name, input, { now: at, actor });
    } catch (error) {
      if (error instanceof Refusal) return error.faults[0]?.code;
      throw error;
    }
  };

  test('H6 with the scope draftProgress tells how far their principal’s action is, recorded as such', () => {
    const told = tries(open, 'progress', { id: a1, percent: 60, note: '樣品已寄出' }, helper(['draftProgress']));
    const [action] = (told as Exclude<typeof told, string | undefined>).state.actions;
    expect(action).toMatchObject({
      percent: 60,
      notes: [{ note: '樣品已寄出', by: { person: 'p40', onBehalfOf: 'p7' } }],
    });
  });

  test('H6 never promises another date for them', () => {
    const late = { id: a1, percent: 60, obstacle: '缺料', newDueAt: at + day };
    expect(tries(talking, 'progress', late, helper(['draftProgress']))).toBe('auth.notAllowed');
  });

  test('H6 nothing without the scope, outside the dates, or for somebody else’s action', () => {
    const said = { id: a1, percent: 60 };
    expect(tries(open, 'progress', said, helper(['reply', 'materials']))).toBe('auth.notAllowed');
    expect(tries(open, 'progress', said, helper(['draftProgress'], 0, at))).toBe('auth.notAllowed');
    expect(tries(open, 'progress', said, helper(['draftProgress'], at + 1, day))).toBe('auth.notAllowed');
    const other = { ...helper([]), assists: [{ ...helper(['draftProgress']).assists![0]!, person: 'p6' }] };
    expect(tries(open, 'progress', said, other)).toBe('auth.notAllowed');
  });

  test('H6 never votes, decides, reports done, objects or confirms minutes, whatever their scopes', () => {
    const all = helper([...assistantScopes]);
    expect(mayVoteFor(all, 'p7')).toBe(false);
    const decider = { ...all, assists: [{ ...all.assists![0]!, person: 'p21' }] };
    expect(tries(deciding, 'decide', { id: a1, decision: 'cancel', reason: 'x' }, decider)).toBe('auth.notAllowed');
    expect(tries(open, 'complete', { id: a1 }, all)).toBe('auth.notAllowed');
    for (const name of ['confirmMinutes', 'openVote', 'objection'] as const)
      expect(tries(open, name, { topicId: `${meetingId}-t1`, motion: 'x', text: 'x', person: 'p7' }, all)).toBe(
        'auth.notAllowed',
      );
  });
});
