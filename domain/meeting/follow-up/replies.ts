import type { Instant } from '../../calendar/index.js';
import { changed } from '../change.js';
import type { Change, EffectReply } from '../effects.js';
import type { MeetingState } from '../state.js';
import { assign } from './escalation.js';
import { taskById } from './items.js';
import { publishSurvey } from './survey.js';
import { topicChainFound } from './topics.js';

type Reply<T extends EffectReply['type']> = Extract<EffectReply, { type: T }>;

/** F3: who may decide was found. */
export function chainFound(state: MeetingState, reply: Reply<'chainFound'>, now: Instant): Change {
  const task = taskById(state, reply.about);
  if (task?.kind === 'topicStuck') return topicChainFound(state, task, reply, now);
  return assign(state, reply.about, reply, now);
}

/** F5: the box was closed and counted; one that comes twice changes nothing. */
export function surveyClosed(state: MeetingState, reply: Reply<'surveyClosed'>, now: Instant): Change {
  return state.survey?.status === 'closing' ? publishSurvey(state, state.survey, reply, now) : changed(state);
}
