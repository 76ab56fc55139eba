/** Anything that may happen to a meeting, valid or not, drawn from numbers so that a failing run shrinks well. */
import fc from 'fast-check';
import type { Instant } from '../../../domain/calendar/index.js';
import type { Actor, CommandInput, CommandName } from '../../../domain/meeting/commands.js';
import type { EffectReply } from '../../../domain/meeting/effects.js';
import { allowedIn, possibleNow } from '../../../domain/meeting/phases.js';
import type { MeetingState, Timer } from '../../../domain/meeting/state.js';
import { nextTimer } from '../../support/simulate.js';
import { admin, meetingId, person, service } from '../../support/meeting.js';
import { people, topic } from './support.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface Move {
  /** `possible`: a command that the phase allows; else one that may be in the wrong phase. */
  what:
    | CommandName
    | 'possible'
    | 'wait'
    | 'waitLong'
    | 'toTimer'
    | 'toStart'
    | 'reply'
    | 'box'
    | 'staleTimer'
    | 'carryOver'
    /** S1: another meeting of the series begins. */
    | 'next';
  /** Which of the possible commands. */
  which: number;
  who: number;
  n: number;
  m: number;
  k: number;
}

const names = Object.keys(allowedIn) as CommandName[];
const moving: Move['what'][] = [
  ...(['queueTurn', 'startTurn', 'endTurn', 'startBreakouts', 'note', 'noteBecomes'] as const),
  'open',
  'startTopic',
  'finishTopic',
  'openVote',
  'closeVote',
  'action',
  'confirm',
  'decide',
];
const others: Move['what'][] = [
  ...(['wait', 'toTimer', 'toTimer', 'toStart', 'waitLong'] as const),
  ...(['reply', 'box', 'staleTimer', 'carryOver', 'next'] as const),
];

const small = fc.nat(97);
const what = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Move['what']>('possible') },
  { weight: 4, arbitrary: fc.constantFrom(...moving) },
  { weight: 4, arbitrary: fc.constantFrom(...others) },
  { weight: 1, arbitrary: fc.constantFrom<Move['what'][]>(...names) },
);
export const moves = fc.array(fc.record({ what, which: small, who: small, n: small, m: small, k: small }), {
  minLength: 1,
  maxLength: 80,
  size: 'max',
});

/** The command a move stands for; cancelling and closing are rarer than the phase would have them. */
export function commandOf({ what: name, which, m }: Move, state: MeetingState): CommandName | undefined {
  if (name !== 'possible') return names.find((x) => x === name);
  const possible = possibleNow(state.phase).filter((x) => !['cancel', 'close', 'adjourn'].includes(x) || m % 8 === 0);
  return pick(possible, which);
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const oneOf = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const id = (n: number): string => `p${1 + (n % 12)}`;

/** Mostly who may do everything, else somebody. */
export function actorOf({ who }: Move): Actor {
  return who % 3 < 2 ? admin : who % 17 === 0 ? service : person(id(who));
}

/** When it happens. */
export function timeOf(move: Move, state: MeetingState, now: Instant): Instant {
  switch (move.what) {
    case 'wait':
      return now + move.n * minute;
    case 'waitLong':
      return now + move.n * 2 * hour;
    case 'toTimer':
      return Math.max(now, nextTimer(state)?.at ?? now);
    case 'toStart':
      return state.startsAt - (move.n % 3) * 5 * minute > now ? state.startsAt - (move.n % 3) * 5 * minute : now;
    default:
      return now;
  }
}

/** What the archive may say at any time; all else it says when it is asked (world.ts). */
export function replyOf({ n, m, k }: Move, state: MeetingState): EffectReply {
  return oneOf<EffectReply>(
    [
      { type: 'minutesDrafted', hash: `h${n}` },
      { type: 'surveyClosed', answers: n % 6, ...(n % 6 > 2 ? { mean: 1 + (m % 5) } : {}) },
      {
        type: 'topicsCounted',
        held: true,
        topics: state.agenda.map((t) => ({ topicId: t.topicId, timesCarried: k % 5 })),
      },
      { type: 'voteCounted', voteId: pick(state.votes, n)?.id ?? 'x', tally: { agree: n, against: m, neutral: 0 } },
    ],
    n + m + k,
  );
}

export const boxOf = ({ n, m }: Move, state: MeetingState): string =>
  m % 3 === 0 ? 'survey' : (pick(state.votes, n)?.id ?? 'x');

/** One that is not armed any more, or not at this time. */
export function staleTimerOf({ n }: Move, state: MeetingState): Timer {
  const armed = pick(state.timers, n);
  return armed ? { ...armed, at: armed.at - minute } : { key: 'lapse', kind: 'lapse', at: state.startsAt };
}

const turn = (s: MeetingState, n: number): string => pick(s.floor?.turns ?? [], n)?.id ?? 'x';
const live = (s: MeetingState, n: number): string =>
  (s.agenda.find((t) => t.status === 'live') ?? pick(s.agenda, n))?.topicId ?? 'x';
/** S1: whose topics may be named: one that is over long ago, and the first of every chain (world.ts). */
export const earlier = ['qqqqqqqqqqqqqqqq', meetingId];
const columns = ['problem', 'idea', 'mine'];

const inputs: { [N in CommandName]: (move: Move, state: MeetingState, now: Instant) => CommandInput<N> } = {
  patch: ({ n, m, k }, s) =>
    oneOf<CommandInput<'patch'>>(
      [
        { place: n % 2 ? `R${m}` : null, reason: k % 2 ? 'why' : undefined },
        { host: id(n), ...(m % 2 ? { coordinator: id(m) } : { coordinator: null }) },
        {
          participants: people(n % 19).map((p) => ({
            ...p,
            role: oneOf(['head', 'core', 'observer'], m + p.person.length),
          })),
        },
        { agenda: [topic('A', m % 40, 1), topic('B', k % 40, n % 3, { presenter: id(n) })] },
        { agenda: s.agenda.map((t) => ({ ...t, minutes: n % 30, materials: [{ title: 'M', owner: id(m) }] })) },
        { startsAt: s.startsAt + (n - 20) * hour, durationMinutes: m * 3 },
        { kind: 'emergency', emergencyReason: 'x' },
        { openDiscussionMinutes: n, breakMinutes: m, deputyHost: id(k), recorder: null },
        { title: 'T', supportDepartments: [] },
        {
          agenda: [
            ...s.agenda.slice(n % 2),
            topic('D', 5, 3, { topicId: `${pick(earlier, k) ?? ''}-t${1 + (m % 4)}` }),
          ],
        },
      ],
      n + 3 * m + k,
    ),
  publish: () => ({}),
  reschedule: ({ n, m }, s) => ({
    startsAt: s.startsAt + (n - 20) * 30 * minute * (m % 4),
    reason: 'x',
    ...(m % 3 ? {} : { durationMinutes: 20 + m }),
  }),
  cancel: () => ({ reason: 'x' }),
  takeTopics: ({ n, m }, s) => ({
    topicIds: [pick(s.leftOut ?? [], n) ?? `${pick(earlier, n) ?? ''}-t${1 + (m % 4)}`],
  }),
  open: () => ({}),
  extend: ({ n, m }) => ({ minutes: n * (1 + (m % 3)) + 1 }),
  close: () => ({}),
  rsvp: ({ n, m, k }) => ({
    person: id(n),
    reply: oneOf(['accepted', 'declined', 'tentative'], m),
    ...(k % 3 ? {} : { delegate: id(k + n) }),
  }),
  undoCancel: () => ({}),
  undoReply: ({ n }) => ({ person: id(n) }),
  reading: ({ n, m }) => ({ person: id(n), read: m % 4 > 0 }),
  alternate: ({ n, m, k }, s, now) => ({
    id: pick(s.alternates ?? [], n)?.id ?? 'x',
    ...oneOf(
      [
        { way: 'delegate' as const, delegate: id(k) },
        { way: 'written' as const, topicId: pick(s.agenda, k)?.topicId ?? 'x', hash: `w${k}` },
        { way: 'otherTime' as const, proposedAt: now + (k - 5) * hour },
      ],
      m,
    ),
  }),
  attendance: ({ n, m, k }, _, now) => ({
    person: id(n),
    present: m % 4 > 0,
    ...(k % 5 ? {} : { at: now - k * 60_000 }),
  }),
  startTopic: ({ n }, s) => ({ topicId: pick(s.agenda, n)?.topicId ?? 'x' }),
  finishTopic: ({ n, m, k }, s) => ({
    topicId: (m % 2 ? s.agenda.find((t) => t.status === 'live') : pick(s.agenda, n))?.topicId ?? 'x',
    outcome: oneOf(['decided', 'informed', 'deferred', 'dropped', 'decided'], m),
    basis: oneOf([undefined, 'vote', 'noObjection', 'ruling'] as const, k),
    conclusion: n % 2 ? 'C' : undefined,
    ...(k % 2
      ? {
          deferral: {
            factQuestion: 'F',
            department: 'd1',
            bringsMaterial: 'M',
            date: k % 3 ? '2036-01-01' : '2026-01-01',
          },
        }
      : {}),
  }),
  material: ({ n, m, k }, s) => ({
    topicId: pick(s.agenda, n)?.topicId ?? 'x',
    ...(k % 2 ? { materialId: pick(pick(s.agenda, n)?.materials ?? [], m)?.id ?? 'x' } : { title: 'M', owner: id(m) }),
    ...(m % 2
      ? { link: `https://example.com/${k}` }
      : { file: { hash: `${n}`, size: m, type: 'text/plain', name: 'a.txt' } }),
  }),
  keyPoint: ({ n }, s) => ({ topicId: pick(s.agenda, n)?.topicId ?? 'x', text: 'K', kind: 'concern' }),
  adjourn: ({ n, m, k }, _, now) => ({
    until: now + (n - 4) * (k % 2 ? hour : minute),
    ...(m % 2 ? { minutes: m + 1 } : {}),
  }),
  queueTurn: ({ n, m, k }, s) => ({
    ...(k % 4 ? { person: id(n) } : { department: `d${n % 9}` }),
    kind: m % 4 ? 'discussion' : 'report',
    ...(m % 3 ? {} : { topicId: pick(s.agenda, k)?.topicId }),
  }),
  startTurn: ({ n }, s) => ({ id: turn(s, n) }),
  endTurn: ({ n, m }, s) => ({
    id: (m % 3 ? s.floor?.turns.find((t) => t.status === 'speaking')?.id : undefined) ?? turn(s, n),
  }),
  withdrawTurn: ({ n }, s) => ({ id: turn(s, n) }),
  park: ({ n, m }, s) => ({ text: `P${n}`, ...(m % 2 ? { turnId: turn(s, m) } : {}) }),
  unpark: ({ n }, s) => ({ topicId: pick(s.floor?.parked ?? [], n)?.topicId ?? 'x' }),
  startBreakouts: ({ n, m, k }, s) => ({
    topicId: live(s, n),
    groups: [
      { name: 'A', members: [id(n), id(m)] },
      { name: 'B', members: [id(k)] },
    ],
    minutes: m + 1,
  }),
  reportBreakout: ({ n, m }, s) => ({
    id: pick(s.floor?.breakouts ?? [], n)?.id ?? 'x',
    group: m % 3 ? 'A' : 'C',
    text: 'R',
  }),
  endBreakouts: ({ n }, s) => ({ id: pick(s.floor?.breakouts ?? [], n)?.id ?? 'x' }),
  analysis: ({ n, m }, s) => ({
    topicId: pick(s.agenda, n)?.topicId ?? 'x',
    hash: `h${m}`,
    ...(m % 4 ? {} : { version: m % 3 }),
  }),
  note: ({ n, m }) => ({ text: `N${n}`, column: oneOf([...columns, undefined], m) }),
  moveNote: ({ n, m, k }, s) => ({
    id: pick(s.floor?.notes ?? [], n)?.id ?? 'x',
    column: oneOf(columns, m),
    ...(k % 2 ? { position: k % 4 } : {}),
    ...(k % 3 ? {} : { from: oneOf(columns, k) }),
  }),
  deleteNote: ({ n }, s) => ({ id: pick(s.floor?.notes ?? [], n)?.id ?? 'x' }),
  noteBecomes: ({ n, m, k }, s, now) => {
    const note = pick(s.floor?.notes ?? [], n)?.id ?? 'x';
    return oneOf<CommandInput<'noteBecomes'>>(
      [
        { id: note, kind: 'topic', minutes: m % 20 },
        { id: note, kind: 'keyPoint', ...(k % 2 ? { topicId: live(s, k) } : {}) },
        { id: note, kind: 'action', owner: id(m), dueAt: now + (k - 5) * day },
      ],
      m,
    );
  },
  proposeTime: ({ n, m, k }, s) => ({ person: id(n), startsAt: s.startsAt + (m - 20) * hour, comment: `${k}` }),
  holdReply: ({ n, m }) => ({ letter: `letter${n}`, reply: 'accepted', ...(m % 2 ? { person: id(m) } : {}) }),
  settleReply: ({ n, m }, s) => ({
    id: pick(s.heldReplies ?? [], n)?.id ?? 'x',
    ...(m % 3 ? { person: id(m) } : {}),
  }),
  openVote: ({ n }, s) => ({
    topicId: (n % 4 ? s.agenda.find((t) => t.status === 'live') : pick(s.agenda, n))?.topicId ?? 'x',
    motion: 'M',
    secret: n % 2 === 0,
  }),
  closeVote: ({ n, m, k }, s) => ({
    voteId: (k % 3 ? s.votes.find((v) => v.status === 'open') : pick(s.votes, k))?.id ?? 'x',
    tally: { agree: n % 9, against: m % 5, neutral: 0 },
  }),
  action: ({ n, m, k }, _, now) => ({ task: 'A', owner: id(n), dueAt: now + (m - 5) * day, department: `d${k % 10}` }),
  amendAction: ({ n, m, k }, s, now) => ({
    id: itemId(s, n),
    owner: id(k),
    ...(m % 2 ? { dueAt: now + (m - 5) * day } : {}),
    reason: 'x',
  }),
  withdrawAction: ({ n }, s) => ({ id: itemId(s, n), reason: 'x' }),
  editKeyPoint: ({ n, m }, s) => ({ id: pick(s.keyPoints, n)?.id ?? 'x', text: `K${m}` }),
  deleteKeyPoint: ({ n }, s) => ({ id: pick(s.keyPoints, n)?.id ?? 'x' }),
  minutes: ({ n, m }) => ({ hash: `e${n}`, ...(m % 2 ? { reason: 'x' } : {}) }),
  confirmMinutes: () => ({}),
  reopen: () => ({ reason: 'x' }),
  objection: ({ n, m }, s) => ({ text: 'O', topicId: pick(s.agenda, n)?.topicId, ...(m % 2 ? { person: id(m) } : {}) }),
  answerObjection: ({ n, m, k }, s) => ({
    id: pick(s.minutes?.objections ?? [], n)?.id ?? 'x',
    accepted: m % 2 === 0,
    hash: `c${k}`,
    reason: 'x',
  }),
  releaseExtract: () => ({}),
  progress: ({ n, m, k }, s, now) => ({
    id: itemId(s, n),
    percent: m,
    ...(k % 2 ? { newDueAt: now + (k - 3) * day } : {}),
    ...(k % 3 ? {} : { obstacle: 'O' }),
    ...(k % 4 === 2 ? { blockedBy: `d${m % 9}`, note: 'N' } : {}),
  }),
  complete: ({ n }, s) => ({ id: itemId(s, n), note: 'N' }),
  confirm: ({ n, m, k }, s, now) => ({
    id: itemId(s, n),
    accepted: m % 3 > 0,
    ...(k % 3 ? {} : { newDueAt: now + (k - 3) * day }),
  }),
  extendAction: ({ n, m }, s, now) => ({ id: itemId(s, n), dueAt: now + (m - 5) * day, reason: 'x' }),
  decide: ({ n, m, k }, s, now) => ({
    id: itemId(s, n),
    decision: oneOf(['reassign', 'simplify', 'cancel', 'extend'], m),
    owner: id(k),
    task: 'S',
    dueAt: now + (k + 1) * day,
    reason: 'x',
  }),
  completeTask: ({ n, m }, s, now) => ({
    id: pick([...s.tasks, ...s.plans], n)?.id ?? 'x',
    text: 'T',
    newDueAt: now + (m % 12) * day,
  }),
  blocked: ({ n, m, k }, s, now) => ({
    id: itemId(s, n),
    accepted: k % 3 > 0,
    ...(m % 2 ? { until: now + (m % 9) * day } : {}),
  }),
  unblock: ({ n, m }, s, now) => ({ id: itemId(s, n), dueAt: now + (m % 12) * day }),
  moveDepartment: ({ n, m }) => ({ from: `d${n % 9}`, to: `d${m % 9}` }),
  personLeft: ({ n, m, k }) => ({ left: id(n), ...(k % 2 ? { successor: id(m) } : {}) }),
  chooseForTopic: ({ n, m }, s) => ({
    id: pick(s.tasks, n)?.id ?? 'x',
    choice: oneOf(['escalate', 'simplify', 'hold'], m),
    reason: 'x',
  }),
};

const itemId = (s: MeetingState, n: number): string => pick([...s.actions, ...s.plans], n)?.id ?? 'x';

export function inputOf<N extends CommandName>(
  name: N,
  move: Move,
  state: MeetingState,
  now: Instant,
): CommandInput<N> {
  return inputs[name](move, state, now);
}
