/** H2: whether what waits for a digest is still wanted when it leaves; what was settled meanwhile is left out. */
import type { Instant } from '../calendar/index.js';
import type { MailEffect } from './effects.js';
import { findItem, isBlocked, isEnded as isDone, taskById } from './follow-up/items.js';
import { isEnded } from './phases.js';
import { noticeLimit } from './preparation.js';
import { isReminderWanted } from './preparers.js';
import type { MeetingState, PersonId } from './state.js';

export type Waiting = Pick<MailEffect, 'mail' | 'ref' | 'params' | 'occasion'>;

export function isStillWanted(state: MeetingState, waiting: Waiting, person: PersonId, now: Instant): boolean {
  const { mail, ref = '' } = waiting;
  if (mail === 'decided') return findItem(state, ref) !== undefined;
  if (isEnded(state.phase)) return false;
  switch (mail) {
    case 'replyReminder':
      return isBefore(state, waiting, now) && state.rsvps[person] === undefined;
    case 'preRead':
      return (
        isBefore(state, waiting, now) &&
        state.readings?.[person] === undefined &&
        state.rsvps[person]?.reply !== 'declined'
      );
    case 'prepareReminder':
      return isBefore(state, waiting, now) && isReminderWanted(state, person, now);
    case 'draftLimit': {
      const limit = noticeLimit(state.startsAt, state.kind, state.norms);
      return state.phase === 'preparation' && now < limit && waiting.params['limit'] === limit;
    }
    case 'confirmMinutes':
      return state.minutes?.confirmedAt === undefined && state.minutes?.sentAt === undefined;
    case 'surveyReminder':
      return state.survey?.status === 'open' && now < state.survey.closesAt;
    case 'talk':
    case 'escalation': {
      const task = taskById(state, ref);
      return task?.status === 'open' && (task.assignee === undefined || task.assignee === person);
    }
    case 'actionReminder':
    case 'missed':
    case 'pleaseCheck':
    case 'improvementPlan':
    case 'onLeave':
      return isItemWanted(state, waiting, person);
    case 'blockAsked':
      return isAsked(state, waiting);
    case 'blocker': {
      const item = findItem(state, ref);
      return item !== undefined && isBlocked(item) && item.block?.head === person;
    }
    default:
      return true;
  }
}

/** N4: of the start that holds; what was said of a former one is no more. Its occasion ends with it. */
function isBefore({ phase, startsAt }: MeetingState, { occasion }: Waiting, now: Instant): boolean {
  return phase === 'notice' && now < startsAt && occasion.split(':').at(-1) === String(startsAt);
}

/** F2: it was not answered yet, and what was accepted is still in doubt. */
function isAsked(state: MeetingState, { ref = '', params }: Waiting): boolean {
  const block = findItem(state, ref)?.block;
  if (block === undefined) return false;
  return params['again'] === true ? block.rechecking === true : block.acceptedAt === undefined;
}

/** The item as it was when the rule spoke: not done, its date not moved, not another's by now. */
function isItemWanted(state: MeetingState, { mail, ref = '', params }: Waiting, person: PersonId): boolean {
  const item = findItem(state, ref);
  if (item === undefined || isDone(item)) return false;
  if (mail === 'pleaseCheck') return item.status === 'reported';
  const dueAt = params['dueAt'];
  if (item.status === 'reported' || (typeof dueAt === 'number' && dueAt !== item.dueAt)) return false;
  return mail !== 'actionReminder' || item.owner === person;
}
