import type { Instant } from '../../calendar/index.js';
import { changed } from '../change.js';
import type { Change } from '../effects.js';
import type { MeetingState, Timer } from '../state.js';
import { askStanding } from './absence.js';
import { blockCheck } from './blocks.js';
import { decisionSilent } from './escalation.js';
import { findItem, isBlocked, isEnded, taskById } from './items.js';
import type { Item } from './items.js';
import { coordinatorSilent, remind } from './ladder.js';
import { accept } from './reports.js';
import { endSurvey, remindSurvey } from './survey.js';
import { topicSilent } from './topics.js';

/** The clock's part of the follow-up; the timer is off the state's list already. One that has lost its ground is nothing. */
export function followUpTimer(state: MeetingState, timer: Timer, now: Instant): Change {
  const ref = timer.ref ?? '';
  switch (timer.kind) {
    case 'surveyReminder':
      return remindSurvey(state, timer);
    case 'surveyEnd':
      return endSurvey(state);
    case 'topicSilent': {
      const task = taskById(state, ref);
      return task?.status === 'open' ? topicSilent(state, task, now) : changed(state);
    }
    case 'decisionSilent': {
      const task = taskById(state, ref);
      return task?.status === 'open' ? decisionSilent(state, task, now) : changed(state);
    }
    default: {
      const item = findItem(state, ref);
      return item && !isEnded(item) ? rung(state, item, timer, now) : changed(state);
    }
  }
}

function rung(state: MeetingState, item: Item, timer: Timer, now: Instant): Change {
  switch (timer.kind) {
    case 'reminder':
      return remind(state, item, now);
    case 'missed':
      return item.status === 'open' ? askStanding(state, item, 'due', now) : changed(state);
    case 'ownerSilent':
      return item.status === 'overdue' ? askStanding(state, item, 'silence', now) : changed(state);
    case 'coordinatorSilent':
      return item.status === 'overdue' ? coordinatorSilent(state, item, now) : changed(state);
    case 'blockCheck':
      return isBlocked(item) ? blockCheck(state, item, now) : changed(state);
    case 'acceptSilence':
      return item.status === 'reported' ? accept(state, item, now) : changed(state);
    default:
      return changed(state);
  }
}
