/** F3: the upper rungs of the ladder: the third miss escalates once, a decision brings the item back down. */
import type { Instant } from '../../calendar/index.js';
import { arm, changed, nextId } from '../change.js';
import type { Change } from '../effects.js';
import type { FollowUpTask, MeetingState, PersonId } from '../state.js';
import { dateOf, daysLater, silenceAt } from './dates.js';
import { itemById, openTask, putItem, putTask, stopClock } from './items.js';
import type { Item } from './items.js';
import { ask } from './mails.js';
import { decisionChain, trackerOf } from './people.js';

/** The third miss: a decision task, and the question who is to decide; until the answer comes it has no assignee. */
export function escalate(state: MeetingState, item: Item, now: Instant, cause?: FollowUpTask['cause']): Change {
  const raised: Item = { ...item, status: 'escalated', block: undefined };
  const { id, state: counted } = nextId(putItem(stopClock(state, item.id), raised), 'q');
  const dueAt = silenceAt(state, now, state.norms.decisionWd);
  const task: FollowUpTask = {
    id,
    kind: 'escalation',
    about: item.id,
    ...(cause === undefined ? {} : { cause }),
    status: 'open',
    dueAt,
    asked: 0,
    createdAt: now,
  };
  return search({ ...counted, tasks: [...counted.tasks, task] }, item, task, now);
}

/** Asks for the chain, again after `decisionWd` should no answer come: it never stalls. */
function search(state: MeetingState, item: Item, task: FollowUpTask, now: Instant): Change {
  const dueAt = silenceAt(state, now, state.norms.decisionWd);
  return changed(waitFor(state, { ...task, dueAt }, now), [
    {
      type: 'findChain',
      about: item.id,
      owner: item.owner,
      department: item.department,
      sponsor: state.sponsor,
      pmo: state.norms.pmo,
      date: dateOf(state, now),
    },
  ]);
}

/** H5: the department, or who was asked, is no more: the chain is asked for again, from its beginning. */
export function searchAgain(state: MeetingState, item: Item, task: FollowUpTask, now: Instant): Change {
  const { chain: _, step: __, assignee: ___, ...fresh } = task;
  return search(state, item, fresh, now);
}

/** The reply: the first of the chain is asked. One that comes twice, or when all is over, changes nothing. */
export function assign(
  state: MeetingState,
  itemId: string,
  found: { heads: PersonId[]; sponsor?: PersonId; pmo?: PersonId },
  now: Instant,
): Change {
  const task = openTask(state, itemId, 'escalation');
  if (!task || task.chain !== undefined) return changed(state);
  const item = itemById(state, itemId);
  return askStep(state, item, { ...task, chain: decisionChain(item.owner, found) }, 0, now);
}

/** `decisionSilent`: unanswered, so one up; at the top, or when nobody was found, weekly again. */
export function decisionSilent(state: MeetingState, task: FollowUpTask, now: Instant): Change {
  const item = itemById(state, task.about);
  if (task.chain === undefined) return search(state, item, task, now);
  const above = (task.step ?? 0) + 1;
  return above < task.chain.length ? askStep(state, item, task, above, now) : askWeekly(state, item, task, now);
}

/** A rejected report: the same decision is wanted again, of the same person. */
export function reopen(state: MeetingState, item: Item, now: Instant): Change {
  const last = state.tasks.filter((t) => t.about === item.id && t.kind === 'escalation').at(-1);
  const escalated: Item = { ...item, status: 'escalated' };
  const next = putItem(stopClock(state, item.id), escalated);
  if (!last) return escalate(next, escalated, now);
  const { endedAt: _, endedBy: __, ...task } = last;
  const open: FollowUpTask = { ...task, status: 'open' };
  const kept = putTask(next, open);
  return open.chain === undefined
    ? search(kept, escalated, open, now)
    : askStep(kept, escalated, open, open.step ?? 0, now);
}

function askStep(state: MeetingState, item: Item, task: FollowUpTask, step: number, now: Instant): Change {
  const assignee = task.chain?.[step];
  if (assignee === undefined) return askWeekly(state, item, { ...task, step }, now);
  const dueAt = silenceAt(state, now, state.norms.decisionWd);
  return askNow(state, item, { ...task, step, assignee, dueAt }, now);
}

function askWeekly(state: MeetingState, item: Item, task: FollowUpTask, now: Instant): Change {
  return askNow(state, item, { ...task, dueAt: daysLater(state, now, state.norms.decisionTopDays) }, now);
}

/** Whoever is asked; with nobody to decide, who tracks it and the host, that they find somebody. */
function askNow(state: MeetingState, item: Item, task: FollowUpTask, now: Instant): Change {
  const nobody = [trackerOf(state, item), state.host].filter((p) => p !== item.owner);
  const to = task.assignee === undefined ? nobody : [task.assignee];
  const asked = ask(waitFor(state, task, now), task, to, { item, replyBy: task.dueAt });
  return changed(asked.state, asked.effects);
}

function waitFor(state: MeetingState, task: FollowUpTask, now: Instant): MeetingState {
  return arm(putTask(state, task), now, { kind: 'decisionSilent', at: task.dueAt, ref: task.id }, true);
}
