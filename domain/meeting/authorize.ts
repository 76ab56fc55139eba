import type { Instant } from '../calendar/index.js';
import { refuse } from '../errors.js';
import { alternateById } from './alternates.js';
import { assistsIn } from './assistants.js';
import type { Actor, CommandInput, CommandName } from './commands.js';
import { findItem, openTask, taskById } from './follow-up/items.js';
import type { Item } from './follow-up/items.js';
import { checkerOf } from './follow-up/people.js';
import { floorOf } from './floor.js';
import { hasVote, minutesReaders, participantOf } from './people.js';
import type { FollowUpTask, Material, MeetingState, PersonId } from './state.js';
import { maySee } from './visibility.js';
import { isPmo } from '../pmo.js';

/** What somebody is to a meeting and to the thing that a command is about. */
export type Relation =
  /** A key or sign-in of the administrators; does everything. */
  | 'admin'
  /** A key of another system: does what an organiser may. */
  | 'service'
  /** host, deputy, acting host, coordinator, initiator. */
  | 'organiser'
  | 'recorder'
  /** The sponsor, of what is not their own. */
  | 'sponsor'
  /** The person, if any, that the norm `pmo` names (N2, H8). */
  | 'pmo'
  /** The person whom the command is about, or a key with scope `act-as`. */
  | 'self'
  /** Holds a seat with a vote. */
  | 'seat'
  /** Whose turn to speak it is (E6). */
  | 'speaker'
  /** Sits in the breakout group's round (E10). */
  | 'groupMember'
  /** Who put the note up (E13). */
  | 'author'
  /** N3: the key person whom the alternate task asks. */
  | 'absentee'
  /** H6: an assistant of the person whom it is about, while their dates and scopes say so. */
  | 'assistant'
  /** Owner of the action or plan. */
  | 'owner'
  /** H7: the internal contact of an external owner. */
  | 'contact'
  /** The same, while it is overdue (F2). */
  | 'ownerAfterMiss'
  /** F2: coordinator, host or acting host. */
  | 'tracker'
  /** Head of the action's department: in this meeting, or in the directory, acting heads too. */
  | 'head'
  /** Who checks "done" (F1, F6); never the owner. */
  | 'checker'
  /** Who gets the minutes or an extract of them, for themselves (M3). */
  | 'reader'
  /** Owner of the material that is handed in (P8), or their assistant for materials (H6). */
  | 'preparer'
  /** Who presents the topic that the command is about. */
  | 'presenter'
  /** Whom the talk task asks. */
  | 'assignee'
  /** Whom the decision task asks, and those above in its chain; with nobody found, coordinator and host. Never the owner. */
  | 'decider';

const run: readonly Relation[] = ['admin', 'service', 'organiser'];
const record: readonly Relation[] = ['admin', 'service', 'organiser', 'recorder'];

/** Design §7: who may do what. One row per command, so that a new command cannot be forgotten. */
export const permissions: Record<CommandName, readonly Relation[]> = {
  patch: run,
  publish: run,
  reschedule: run,
  cancel: run,
  undoCancel: run,
  takeTopics: run,
  open: run,
  adjourn: run,
  extend: run,
  close: run,
  rsvp: ['admin', 'service', 'organiser', 'pmo', 'self', 'assistant'],
  undoReply: ['admin', 'service', 'organiser', 'pmo', 'self'],
  alternate: ['admin', 'service', 'organiser', 'pmo', 'absentee'],
  reading: ['admin', 'service', 'organiser', 'pmo', 'self'],
  proposeTime: ['admin', 'service', 'organiser', 'self'],
  holdReply: ['admin', 'service'],
  settleReply: run,
  attendance: ['admin', 'service', 'organiser', 'recorder', 'self'],
  startTopic: run,
  finishTopic: run,
  keyPoint: record,
  editKeyPoint: record,
  deleteKeyPoint: record,
  queueTurn: [...record, 'self'],
  startTurn: record,
  endTurn: [...record, 'speaker'],
  withdrawTurn: [...record, 'speaker'],
  park: record,
  unpark: record,
  startBreakouts: run,
  reportBreakout: [...record, 'groupMember'],
  endBreakouts: run,
  analysis: record,
  note: [...record, 'seat'],
  moveNote: [...record, 'author'],
  deleteNote: [...record, 'author'],
  noteBecomes: record,
  material: ['admin', 'service', 'organiser', 'recorder', 'preparer', 'presenter'],
  openVote: run,
  closeVote: run,
  action: record,
  amendAction: record,
  withdrawAction: record,
  minutes: record,
  confirmMinutes: record,
  progress: ['admin', 'service', 'organiser', 'pmo', 'owner', 'contact', 'assistant'],
  complete: ['admin', 'service', 'organiser', 'owner', 'contact'],
  reopen: run,
  objection: ['admin', 'service', 'reader'],
  answerObjection: record,
  releaseExtract: run,
  confirm: ['admin', 'service', 'checker'],
  extendAction: ['admin', 'service', 'tracker', 'head', 'ownerAfterMiss'],
  decide: ['admin', 'decider', 'sponsor'],
  completeTask: ['admin', 'service', 'organiser', 'assignee', 'owner'],
  blocked: ['admin', 'service', 'checker'],
  unblock: ['admin', 'service', 'organiser', 'checker', 'owner'],
  moveDepartment: ['admin', 'service'],
  personLeft: ['admin', 'service'],
  chooseForTopic: ['admin', 'service', 'organiser', 'decider'],
};

/** Commands about an action, plan or task, by its id. */
const itemCommands: CommandName[] = [
  'progress',
  'amendAction',
  'withdrawAction',
  'complete',
  'confirm',
  'extendAction',
  'decide',
  'completeTask',
  'blocked',
  'unblock',
];

/** What a command is about: a person, or the id of an action, plan or task. */
export interface About {
  person?: PersonId;
  id?: string;
  topicId?: string;
  materialId?: string;
}

/** Throws Forbidden naming who may; NotFound for an action or task that the meeting does not have. */
export function authorize<N extends CommandName>(
  state: MeetingState,
  name: N,
  input: CommandInput<N>,
  actor: Actor,
  now?: Instant,
): void {
  // H10: who may not know of it gets the answer of a meeting that never was.
  if (state.confidential && !maySee(state, actor, now ?? 0))
    refuse('NotFound', 'meeting.unknown', '', { id: state.id });
  const about = input as About;
  if (itemCommands.includes(name)) refuseUnknown(state, name, about.id ?? '');
  if (may(state, name, about, actor, now)) return;
  refuse('Forbidden', 'auth.notAllowed', '', { command: name, who: [...permissions[name]] });
}

/** Whether the table lets this actor do it. */
export function may(state: MeetingState, name: CommandName, about: About, actor: Actor, now?: Instant): boolean {
  const reads = permissions[name].includes('reader') && isReader(state, actor, about);
  const held: Relation[] = [
    ...relations(state, actor, about),
    ...assisting(state, name, about, actor, now),
    ...(reads ? (['reader'] as const) : []),
  ];
  return permissions[name].some((relation) => held.includes(relation));
}

/** M3: for oneself, or for another by a key that may. */
function isReader(state: MeetingState, actor: Actor, { person = actor.person }: About): boolean {
  if (person === undefined || (person !== actor.person && !actsForOthers(actor))) return false;
  return minutesReaders(state).includes(person);
}

/** Ballots bypass the commands (E8): one's own only, or a key that may act for others; a service key alone may not. */
export function mayVoteFor(actor: Actor, person: PersonId): boolean {
  return actor.person === person || actsForOthers(actor);
}

/** Everything that an actor is to this meeting and to what the command is about. */
export function relations(state: MeetingState, actor: Actor, about: About): Relation[] {
  const { person } = actor;
  const found: Relation[] = [];
  if (actor.roles.includes('admin')) found.push('admin');
  if (actor.roles.includes('service')) found.push('service');
  if (about.person !== undefined && (about.person === person || actsForOthers(actor))) found.push('self');
  if (person === undefined) return found;
  const { item, task } = subject(state, about.id);
  const asked = !item && task ? granted([['decider', topicDeciders(task).includes(person)]]) : [];
  const own = offices(state, person, actor).filter((relation) => relation !== 'sponsor' || item?.owner !== person);
  const absent = about.id !== undefined && alternateById(state, about.id)?.person === person;
  return [
    ...found,
    ...own,
    ...asked,
    ...inTheRoom(state, person, about.id),
    ...parts(state, person, about),
    ...(absent ? (['absentee'] as const) : []),
    ...(item ? stakes(state, actor, item, task) : []),
  ];
}

/**
 * H6: replies for their principal, hands in what they prepare, and tells how far their action is; a new date is the
 * owner's own promise.
 * What else there is nobody hands on: votes, the survey, minutes, decisions.
 */
function assisting(
  state: MeetingState,
  name: CommandName,
  about: About & { newDueAt?: Instant },
  actor: Actor,
  now: Instant | undefined,
): Relation[] {
  const prepares = name === 'material' ? materialOf(state, about)?.owner : undefined;
  const owner = findItem(state, about.id ?? '')?.owner;
  return granted([
    ['assistant', name === 'rsvp' && about.person !== undefined && assistsIn(actor, about.person, 'reply', now)],
    [
      'assistant',
      name === 'progress' &&
        about.newDueAt === undefined &&
        owner !== undefined &&
        assistsIn(actor, owner, 'draftProgress', now),
    ],
    ['preparer', prepares !== undefined && assistsIn(actor, prepares, 'materials', now)],
  ]);
}

function actsForOthers(actor: Actor): boolean {
  return actor.roles.includes('admin') || actor.scopes.includes('act-as');
}

/** P8: what somebody is to a topic and to its materials. */
function parts(state: MeetingState, person: PersonId, about: About): Relation[] {
  const topic = state.agenda.find((t) => t.topicId === about.topicId);
  return granted([
    ['presenter', topic?.presenter === person],
    ['preparer', materialOf(state, about)?.owner === person],
  ]);
}

function materialOf(state: MeetingState, { topicId, materialId }: About): Material | undefined {
  return state.agenda.find((t) => t.topicId === topicId)?.materials.find((m) => m.id === materialId);
}

function offices(state: MeetingState, person: PersonId, actor: Actor): Relation[] {
  const { host, deputyHost, actingHost, coordinator, initiator } = state;
  const held: [Relation, boolean][] = [
    ['organiser', [host, deputyHost, actingHost, coordinator, initiator.person].includes(person)],
    ['recorder', state.recorder === person],
    ['sponsor', state.sponsor === person],
    ['pmo', isPmo(actor, state.norms.pmo)],
  ];
  return granted(held);
}

/** E6, E10, E13: what somebody is to a turn, a round of groups or a note. */
function inTheRoom(state: MeetingState, person: PersonId, id: string | undefined): Relation[] {
  const { turns, breakouts, notes } = floorOf(state);
  const seat = participantOf(state, person);
  return granted([
    ['seat', seat !== undefined && hasVote(seat)],
    ['speaker', turns.some((t) => t.id === id && t.person === person)],
    ['groupMember', breakouts.some((b) => b.id === id && b.groups.some((g) => g.members.includes(person)))],
    ['author', notes.some((n) => n.id === id && n.by.person === person)],
  ]);
}

/** What somebody is to an action or plan, or to the task about it when that is what the command names. */
function stakes(state: MeetingState, actor: Actor, item: Item, task: FollowUpTask | undefined): Relation[] {
  const { person = '', leads = [] } = actor;
  const isOwner = item.owner === person;
  const seat = participantOf(state, person);
  const heads = [...leads, ...(seat?.role === 'head' ? [seat.department] : [])] as (string | undefined)[];
  const checkers = [checkerOf(state, item), state.coordinator, state.host];
  return granted([
    ['owner', isOwner && !task],
    ['contact', !task && 'internalContact' in item && item.internalContact === person],
    ['ownerAfterMiss', isOwner && !task && item.status === 'overdue'],
    ['tracker', [state.coordinator, state.host, state.actingHost].includes(person)],
    ['head', heads.includes(item.department)],
    ['checker', !isOwner && checkers.includes(person)],
    ['assignee', task?.kind === 'talk' && task.assignee === person],
    ['decider', !isOwner && deciders(state, item).includes(person)],
  ]);
}

/** F4: the same for a topic's task, which is about no item. */
function topicDeciders(task: FollowUpTask): PersonId[] {
  return task.chain === undefined ? [] : task.chain.slice(task.step ?? 0);
}

/** F3: who is asked now and who stands above; whoever was passed over has had their time. */
function deciders(state: MeetingState, item: Item): (PersonId | undefined)[] {
  const task = openTask(state, item.id, 'escalation');
  if (task?.chain === undefined) return [];
  return task.chain.length === 0 ? [state.coordinator, state.host] : task.chain.slice(task.step ?? 0);
}

function subject(state: MeetingState, id: string | undefined): { item?: Item; task?: FollowUpTask } {
  if (id === undefined) return {};
  const task = taskById(state, id);
  return { item: findItem(state, task?.about ?? id), task };
}

function refuseUnknown(state: MeetingState, name: CommandName, id: string): void {
  if (subject(state, id).item) return;
  refuse('NotFound', name === 'completeTask' ? 'task.unknown' : 'action.unknown', 'id', { id });
}

function granted(held: [Relation, boolean][]): Relation[] {
  return held.filter(([, is]) => is).map(([relation]) => relation);
}
