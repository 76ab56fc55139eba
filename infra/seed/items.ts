/** Actions and improvement plans, and how they went until the last day (F1–F3, F6). */
import { DAY, HOUR, type Instant } from '../../domain/calendar/index.js';
import { dueIn } from '../../domain/meeting/follow-up/dates.js';
import { assign, escalate } from '../../domain/meeting/follow-up/escalation.js';
import { isEnded, itemsOf, newTracked, putItem } from '../../domain/meeting/follow-up/items.js';
import { askForDate } from '../../domain/meeting/follow-up/ladder.js';
import { nextId } from '../../domain/meeting/change.js';
import type { Action, FollowUpTask, MeetingState, Tracked } from '../../domain/meeting/state.js';
import type { Making } from './meeting.js';
import type { Random } from './random.js';
import type { Circle } from './series.js';
import { about, vocabulary } from './words.js';

export function actionsOf(
  state: MeetingState,
  circle: Circle,
  making: Making,
  closedAt: Instant,
  mood: number,
): MeetingState {
  const { random, world } = making;
  const words = vocabulary[circle.locale];
  const topics = state.agenda.filter((t) => t.outcome === 'decided' || t.outcome === 'informed');
  let next = state;
  for (let i = 0; i < making.actions; i++) {
    const owner = random.pick(circle.people);
    const topic = topics.length === 0 ? undefined : random.pick(topics);
    const { id, state: counted } = nextId(next, 'a');
    const dueAt = dueIn(state, closedAt, random.int(3, 25));
    const base = newTracked({ id, owner: owner.id, department: owner.department, dueAt }, closedAt, {
      person: circle.recorder.id,
      via: 'api',
    });
    const supporting = random.chance(0.2)
      ? [random.pick(circle.people).department].filter((d) => d !== owner.department)
      : [];
    const action: Action = {
      ...gone(base, random, world.now, owner.reliable + mood * 0.15, circle),
      task: about(random.pick(words.tasks), circle.subject),
      ...(topic === undefined ? {} : { topicId: topic.topicId }),
      supporting,
    };
    next = asked({ ...counted, actions: [...counted.actions, action] }, action, circle);
  }
  return next;
}

/** F2, F3: who is asked about what is late, and who has decided. */
function asked(state: MeetingState, action: Action, circle: Circle): MeetingState {
  const last = action.dues.at(-1)!;
  const heads = [circle.host.id];
  if (action.status === 'overdue') return askForDate(state, action, last.dueAt);
  if (action.status === 'escalated')
    return assign(escalate(state, action, last.dueAt).state, action.id, { heads }, last.dueAt).state;
  if (!action.cancelledByDecision || action.endedAt === undefined) return state;
  const raised = assign(escalate(state, action, last.dueAt).state, action.id, { heads }, last.dueAt).state;
  const done: Partial<FollowUpTask> = {
    status: 'done',
    endedAt: action.endedAt,
    decision: { decision: 'cancel', reason: vocabulary[circle.locale].obstacles[0]! },
  };
  const tasks = raised.tasks.map((t) => (t.about === action.id ? { ...t, ...done } : t));
  return putItem({ ...raised, tasks }, action);
}

/** In time; else missed once or more, each time with a new date; a few are cancelled by decision. */
function gone<T extends Tracked>(
  item: T,
  random: Random,
  now: Instant,
  reliable: number,
  circle?: Pick<Circle, 'locale'>,
): T {
  let next = item;
  while (!random.chance(reliable) && next.missedTotal < 5) {
    if (next.dueAt > now) return begun(next, random, now);
    const missed = { ...next, missed: next.missed + 1, missedTotal: next.missedTotal + 1 };
    const dues = missed.dues.map((d, i) => (i === missed.dues.length - 1 ? { ...d, missed: true } : d));
    const setAt = missed.dueAt + random.int(2, 30) * HOUR;
    if (setAt > now) return { ...missed, dues, status: missed.missed >= 3 ? 'escalated' : 'overdue' };
    if (missed.missed >= 3 && random.chance(0.3))
      return { ...missed, dues, status: 'cancelled', cancelledByDecision: true, endedAt: setAt };
    const dueAt = missed.dueAt + random.int(3, 10) * DAY;
    const by = { person: item.owner, via: 'link' as const };
    const reason = vocabulary[circle?.locale ?? 'en'].obstacles;
    const text = random.pick(reason);
    next = {
      ...missed,
      // F3: a decision at the third resets the count.
      missed: missed.missed >= 3 ? 0 : missed.missed,
      dueAt,
      dues: [...dues, { dueAt, setAt, by, missed: false, reason: text }],
      obstacles: [...missed.obstacles, { at: setAt, by, text }],
    };
  }
  const since = next.dues.at(-1)!.setAt;
  const reportedAt = Math.round(next.dueAt - random.next() ** 2 * (next.dueAt - since) * 0.9 - HOUR);
  if (reportedAt > now) return begun(next, random, now);
  const checkedAt = reportedAt + random.int(1, 40) * HOUR;
  const reported = {
    ...next,
    reports: 1,
    reportedAt,
    reportedBy: { person: item.owner, via: 'link' as const },
    percent: 100,
  };
  return checkedAt > now ? { ...reported, status: 'reported' } : { ...reported, status: 'done', endedAt: checkedAt };
}

const begun = <T extends Tracked>(item: T, random: Random, now: Instant): T =>
  now - item.createdAt < 2 * DAY ? item : { ...item, percent: random.int(0, 8) * 10 };

/** F6: what was raised and is not settled yet goes its way too. */
export function plansOf(state: MeetingState, random: Random, now: Instant): MeetingState {
  const plans = state.plans.map((plan) =>
    plan.status === 'open' && plan.reports === 0 ? gone(plan, random, now, 0.7) : plan,
  );
  return { ...state, plans };
}

/** When all of it had ended; undefined: not yet. */
export function settledAt(state: MeetingState): Instant | undefined {
  const { survey, minutes } = state;
  const items = itemsOf(state);
  if (state.phase !== 'followUp' || survey?.status !== 'published' || !items.every(isEnded)) return undefined;
  return Math.max(...items.map((x) => x.endedAt ?? 0), survey.publishedAt ?? 0, minutes?.objectionsUntil ?? 0);
}
