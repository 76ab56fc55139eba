import type { Instant, PersonalClock } from '../calendar/index.js';
import { changed } from './change.js';
import type { Change, MailEffect } from './effects.js';
import { armDraft } from './drafts.js';
import { isEnded as isDone, itemsOf } from './follow-up/items.js';
import { armItemReminder } from './follow-up/ladder.js';
import { armSurveyReminder } from './follow-up/survey.js';
import { armNotice, onceEach } from './preparation.js';
import { intoDigest } from './routing.js';
import type { MeetingState, PersonId } from './state.js';

/** H1: some live by another clock or calendar than the meeting: their reminders get times of their own. */
export function clocksFound(state: MeetingState, clocks: Record<PersonId, PersonalClock>, now: Instant): Change {
  // Nearly every draft's host lives by the meeting's clock: nothing to write down, no revision.
  if (state.phase === 'preparation' && Object.keys(clocks).length === 0) return changed(state);
  let next: MeetingState = { ...state, clocks: withClocks(state.clocks, clocks) };
  if (next.phase === 'preparation') next = armDraft(next, now);
  if (next.phase === 'notice') next = onceEach(state, armNotice(next, now), Object.keys(clocks));
  for (const item of itemsOf(next))
    if (item.status === 'open' && !isDone(item) && item.owner in clocks) next = armItemReminder(next, item, now);
  return changed(armSurveyReminder(next, now));
}

/** A calendar is kept once, however many work by it. */
function withClocks(before: MeetingState['clocks'], clocks: Record<PersonId, PersonalClock>) {
  const known = { asked: [], ...before, away: { ...before?.away } };
  for (const [person, { calendar, ...zone }] of Object.entries(clocks)) {
    known.away[person] = zone;
    if (calendar === undefined) continue;
    known.calendars = { ...known.calendars, [calendar.id]: calendar };
    known.works = { ...known.works, [person]: calendar.id };
  }
  return known;
}

/** H2: who has unsubscribed gets no reminder singly; none is lost, they wait for the digest. */
export function digestOnly(state: MeetingState, effect: MailEffect, people: PersonId[], now: Instant): Change {
  const put = intoDigest(state, effect, people, now);
  return changed(put.state, put.effects);
}
