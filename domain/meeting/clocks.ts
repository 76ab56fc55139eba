import type { Instant, ZoneData } from '../calendar/index.js';
import { changed } from './change.js';
import type { Change, MailEffect } from './effects.js';
import { isEnded as isDone, itemsOf } from './follow-up/items.js';
import { armItemReminder } from './follow-up/ladder.js';
import { armSurveyReminder } from './follow-up/survey.js';
import { armNotice } from './preparation.js';
import { intoDigest } from './routing.js';
import type { MeetingState, PersonId } from './state.js';

/** H1: some live by another clock than the meeting: their reminders get times of their own. */
export function clocksFound(state: MeetingState, clocks: Record<PersonId, ZoneData>, now: Instant): Change {
  const away = { ...state.clocks?.away, ...clocks };
  let next: MeetingState = { ...state, clocks: { asked: state.clocks?.asked ?? [], away } };
  if (next.phase === 'notice') next = armNotice(next, now);
  for (const item of itemsOf(next))
    if (item.status === 'open' && !isDone(item) && item.owner in clocks) next = armItemReminder(next, item, now);
  return changed(armSurveyReminder(next, now));
}

/** H2: who has unsubscribed gets no reminder singly; none is lost, they wait for the digest. */
export function digestOnly(state: MeetingState, effect: MailEffect, people: PersonId[], now: Instant): Change {
  const put = intoDigest(state, effect, people, now);
  return changed(put.state, put.effects);
}
