/** F4: a topic with unfinished actions at three meetings in a row goes to a higher level, or is made simpler. */
import type { Instant } from '../../calendar/index.js';
import { fault, refuse, Refusal } from '../../errors.js';
import { arm, changed, disarm, mail, nextId, then } from '../change.js';
import type { Actor, CommandInput, CommandResult } from '../commands.js';
import type { Change, Effect, EffectReply, HeldMeeting, TopicAction } from '../effects.js';
import { tracker } from '../people.js';
import type { By, FollowUpTask, MeetingState, PersonId, Topic, TopicChoice } from '../state.js';
import { dateOf, daysLater, silenceAt } from './dates.js';
import { putTask, taskById } from './items.js';
import { decisionChain } from './people.js';

/**
 * At how many meetings in a row, the last of these included, the topic had unfinished actions. A meeting counts when an
 * action made before it was still unfinished at its close; the one before the first of these counts as the one that made it.
 */
export function timesCarried(meetings: HeldMeeting[], actions: Pick<TopicAction, 'createdAt' | 'endedAt'>[]): number {
  const unfinished = (m: HeldMeeting, before: Instant): boolean =>
    actions.some((a) => a.createdAt < before && (a.endedAt === undefined || a.endedAt > m.closedAt));
  let count = 0;
  for (const m of [...meetings].sort((a, b) => b.startsAt - a.startsAt)) {
    if (!unfinished(m, m.openedAt)) return unfinished(m, m.closedAt + 1) ? count + 1 : count;
    count += 1;
  }
  return count;
}

type Counted = Extract<EffectReply, { type: 'topicsCounted' }>['topics'][number];

/** Only a topic of an earlier meeting can be at its third one: the first has minted its id. */
function carriedTopics(state: MeetingState): string[] {
  return state.agenda.map((t) => t.topicId).filter((id) => !id.startsWith(`${state.id}-`));
}

/** At the close; at the publication (`closedAt` undefined) for the agenda that shows it. */
export function countTopics(state: MeetingState, closedAt?: Instant): Effect[] {
  const topics = carriedTopics(state);
  const { startsAt, openedAt, seriesId, previousMeeting } = state;
  const inSeries = closedAt !== undefined && previousMeeting !== undefined && seriesId !== undefined;
  if (topics.length === 0 && !inSeries) return [];
  const actions = state.actions.flatMap(({ topicId, createdAt, endedAt }) =>
    topicId === undefined ? [] : [{ topicId, createdAt, ...(endedAt === undefined ? {} : { endedAt }) }],
  );
  const held = closedAt === undefined ? {} : { held: { startsAt, openedAt: openedAt ?? startsAt, closedAt } };
  return [{ type: 'countTopics', topics, startsAt, ...held, actions, ...(inSeries ? { seriesId } : {}) }];
}

/** The count: shown on the agenda; from three on, host and coordinator are asked once per meeting. */
export function topicsCounted(
  state: MeetingState,
  { topics, held }: Extract<EffectReply, { type: 'topicsCounted' }>,
  now: Instant,
): Change {
  const agenda = state.agenda.map((topic) => {
    const counted = topics.find((t) => t.topicId === topic.topicId);
    if (!counted) return topic;
    const { timesCarried: times, last } = counted;
    return { ...topic, timesCarried: times, ...(last === undefined ? {} : { lastChoice: last }) };
  });
  const shown: Change = changed({ ...state, agenda });
  // Reopened since (M3): its next close counts again.
  if (!held || (state.phase !== 'minutes' && state.phase !== 'followUp')) return shown;
  const stuck = topics.filter((t) => t.timesCarried >= state.norms.topicStuckMeetings);
  return stuck.reduce((change, t) => then(change, (s) => raise(s, t, now)), shown);
}

/** The topic of a task: on the agenda, or what was known of it when it was raised. */
export function stuckTopic(state: MeetingState, { about, topic }: FollowUpTask): Topic | undefined {
  const known = state.agenda.find((t) => t.topicId === about);
  if (known !== undefined || topic === undefined) return known;
  return { topicId: about, ...topic, minutes: 0, priority: 1, order: 0, materials: [], status: 'planned', spentMs: 0 };
}

function raise(state: MeetingState, { topicId, timesCarried, off }: Counted, now: Instant): Change {
  if (state.tasks.some((t) => t.kind === 'topicStuck' && t.about === topicId)) return changed(state);
  const { id, state: counted } = nextId(state, 'q');
  const task: FollowUpTask = {
    id,
    kind: 'topicStuck',
    about: topicId,
    assignee: tracker(state),
    status: 'open',
    dueAt: silenceAt(state, now, state.norms.topicStuckWd),
    asked: 0,
    createdAt: now,
    timesCarried,
    ...(off === undefined ? {} : { topic: off }),
  };
  return askNow({ ...counted, tasks: [...counted.tasks, task] }, task, leaders(state), now);
}

/** Escalate, simplify or hold, with a reason; once it went up, it is for those who are asked there. */
export function chooseForTopic(
  state: MeetingState,
  { id, choice, reason }: CommandInput<'chooseForTopic'>,
  now: Instant,
  by: By,
  actor: Actor,
): Change<CommandResult<'chooseForTopic'>> {
  const task = taskById(state, id);
  if (task?.kind !== 'topicStuck') refuse('NotFound', 'task.unknown', 'id', { id });
  if (task.status !== 'open') refuse('Conflict', 'F4.chosen', 'id', { id });
  if (!mayChoose(state, task, actor)) refuse('Forbidden', 'F4.wentUp', 'id', { id });
  if (!reason.trim()) throw new Refusal('BadInput', [fault('F4.reasonNeeded', 'reason')]);
  const change =
    choice === 'escalate'
      ? goUp(state, { ...task, choice, result: reason }, now)
      : choose(state, task, choice, reason, now, by);
  const after = taskById(change.state, id);
  return { ...change, result: { status: after?.status ?? 'open', choice: after?.choice } };
}

function mayChoose(state: MeetingState, task: FollowUpTask, { person, roles }: Actor): boolean {
  if (roles.includes('admin') || task.step === undefined) return true;
  const asked = task.chain?.length === 0 ? leaders(state) : (task.chain ?? []).slice(task.step);
  return person !== undefined && asked.includes(person);
}

function choose(
  state: MeetingState,
  task: FollowUpTask,
  choice: TopicChoice,
  reason: string,
  now: Instant,
  by: By,
): Change {
  const ended: FollowUpTask = { ...task, status: 'done', choice, result: reason, endedAt: now, endedBy: by };
  const told = mail('topicStuck', `${task.id}:chosen`, others(state, by), { chosen: choice }, task.id);
  return changed(putTask(disarm(state, ['topicSilent'], task.id), ended), told);
}

const leaders = (state: MeetingState): PersonId[] => [state.host, ...(state.coordinator ? [state.coordinator] : [])];
const others = (state: MeetingState, by: By): PersonId[] => leaders(state).filter((p) => p !== by.person);

/** H4: who was asked has left: the chain anew, or host and coordinator as they are now. */
export function askTopicAnew(state: MeetingState, task: FollowUpTask, now: Instant): Change {
  const { chain: _, assignee: __, ...fresh } = task;
  if (task.step !== undefined) return search(state, fresh, now);
  return askNow(state, { ...fresh, assignee: tracker(state) }, leaders(state), now);
}

/** `topicSilent`: no choice, so it goes up; at the top, or with nobody there, weekly again. */
export function topicSilent(state: MeetingState, task: FollowUpTask, now: Instant): Change {
  if (task.step !== undefined && task.chain !== undefined && task.step + 1 >= task.chain.length)
    return askWeekly(state, task, now);
  return goUp(state, task, now);
}

/** To the head of the topic's department, then one up, as after a third miss (F3). */
function goUp(state: MeetingState, task: FollowUpTask, now: Instant): Change {
  if (task.chain === undefined) return search(state, task, now);
  const step = (task.step ?? 0) + 1;
  const assignee = task.chain[step];
  if (assignee === undefined) refuse('Conflict', 'F4.atTop', 'choice', { id: task.id });
  const dueAt = silenceAt(state, now, state.norms.decisionWd);
  return askNow(state, { ...task, step, assignee, dueAt }, [assignee], now);
}

/** Asks for the chain; should no answer come, again after `decisionWd`. */
function search(state: MeetingState, task: FollowUpTask, now: Instant): Change {
  const topic = stuckTopic(state, task);
  const dueAt = silenceAt(state, now, state.norms.decisionWd);
  const { sponsor, norms } = state;
  const department = topic?.department ?? state.initiator.department;
  return changed(waitFor(state, { ...task, step: 0, dueAt }, now), [
    { type: 'findChain', about: task.id, owner: '', department, sponsor, pmo: norms.pmo, date: dateOf(state, now) },
  ]);
}

/** The chain was found; host and coordinator have had their time. */
export function topicChainFound(
  state: MeetingState,
  task: FollowUpTask,
  found: { heads: PersonId[]; sponsor?: PersonId; pmo?: PersonId },
  now: Instant,
): Change {
  if (task.status !== 'open' || task.step === undefined || task.chain !== undefined) return changed(state);
  const chain = decisionChain('', found).filter((p) => !leaders(state).includes(p));
  const [assignee] = chain;
  const known: FollowUpTask = { ...task, chain, step: 0, assignee };
  if (assignee === undefined) return askWeekly(state, known, now);
  const dueAt = silenceAt(state, now, state.norms.decisionWd);
  return askNow(state, { ...known, dueAt }, [assignee], now);
}

function askWeekly(state: MeetingState, task: FollowUpTask, now: Instant): Change {
  const dueAt = daysLater(state, now, state.norms.decisionTopDays);
  const to = task.assignee === undefined ? leaders(state) : [task.assignee];
  return askNow(state, { ...task, dueAt }, to, now);
}

function askNow(state: MeetingState, task: FollowUpTask, to: PersonId[], now: Instant): Change {
  const asked: FollowUpTask = { ...task, asked: task.asked + 1 };
  const params = { replyBy: task.dueAt, up: task.step !== undefined, nobody: task.chain?.length === 0 };
  return changed(waitFor(state, asked, now), mail('topicStuck', `${task.id}:${asked.asked}`, to, params, task.id));
}

function waitFor(state: MeetingState, task: FollowUpTask, now: Instant): MeetingState {
  return arm(putTask(state, task), now, { kind: 'topicSilent', at: task.dueAt, ref: task.id }, true);
}
