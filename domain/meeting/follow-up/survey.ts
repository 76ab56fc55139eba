/** F5, F6: the anonymous survey; its answers live in the archive's box, here are only its window and its result. */
import { addWorkingDays } from '../../calendar/index.js';
import type { Instant } from '../../calendar/index.js';
import { arm, changed, disarm, mail, timerKey } from '../change.js';
import type { Change } from '../effects.js';
import { normsOf } from '../floor.js';
import { daysAndClockOf } from '../hours.js';
import { leader, participantOf } from '../people.js';
import type { MeetingState, PersonId, SurveyState, Timer } from '../state.js';
import { reminderBefore } from './dates.js';
import { raisePlan } from './plans.js';

/**
 * F5: suggestions are asked for where enough could come together to show them: at this meeting, or in its series (decision
 * 0025). `mayAnswer`: how many people.
 */
export function asksForSuggestions({ seriesId, norms }: Pick<MeetingState, 'seriesId' | 'norms'>, mayAnswer: number) {
  return seriesId !== undefined || mayAnswer >= norms.surveyMinForSuggestions;
}

/** Called at the close: the window opens and the first mail goes at once (H2). With nobody to ask, all is published. */
export function openSurvey(state: MeetingState, now: Instant): Change {
  const { calendar, zone, norms } = state;
  const eligible = eligibleFor(state);
  const wd = state.kind === 'emergency' ? norms.emergencySurveyWd : norms.surveyWd;
  const closesAt = addWorkingDays(calendar, zone, now, wd);
  const survey: SurveyState = { eligible, opensAt: now, closesAt, status: 'open' };
  if (eligible.length === 0) return publishSurvey(state, { ...survey, closesAt: now }, { answers: 0 }, now);
  const main = arm({ ...state, survey }, now, {
    kind: 'surveyReminder',
    at: reminderBefore(state, closesAt, normsOf(state).surveyReminderWdBefore),
  });
  const reminded = armSurveyReminder(main, now);
  return changed(arm(reminded, now, { kind: 'surveyEnd', at: closesAt }, true), [
    { type: 'openSurvey', eligible, closesAt },
    ...mail('survey', 'survey', eligible, { closesAt }),
  ]);
}

/** H1: who lives by another clock is reminded by that one, as long as the others' reminder is still ahead. */
export function armSurveyReminder(state: MeetingState, now: Instant): MeetingState {
  const { survey } = state;
  if (survey?.status !== 'open' || !state.timers.some((t) => t.key === timerKey('surveyReminder'))) return state;
  return survey.eligible
    .filter((p) => state.clocks?.away[p])
    .reduce((s, person) => {
      const at = reminderBefore(
        state,
        survey.closesAt,
        normsOf(state).surveyReminderWdBefore,
        daysAndClockOf(state, person),
      );
      return arm(s, now, { kind: 'surveyReminder', at: Math.max(at, now), ref: person }, true);
    }, state);
}

/** F5, H7: whoever was there at any time, and who led; external people have no survey. */
function eligibleFor(state: MeetingState): PersonId[] {
  const came = Object.entries(state.attendance)
    .filter(([, entry]) => entry.present || entry.log.some((x) => x.present))
    .map(([person]) => person);
  const people = state.openedAt === undefined ? came : [...came, leader(state)];
  return [...new Set(people)].filter((p) => participantOf(state, p)?.role !== 'external');
}

/** `surveyReminder`: one reminder; only the sending knows who is still silent, and tells nobody. */
export function remindSurvey(state: MeetingState, timer: Timer): Change {
  const { survey } = state;
  if (survey?.status !== 'open') return changed(state);
  const { closesAt, eligible } = survey;
  const here = timer.ref === undefined ? eligible.filter((p) => !state.clocks?.away[p]) : [timer.ref];
  return changed(state, mail('surveyReminder', 'surveyReminder', here, { closesAt }));
}

/** `surveyEnd`, or the last answer that could come: the box is closed and counted once. */
export function endSurvey(state: MeetingState): Change {
  const { survey, norms } = state;
  if (survey?.status !== 'open') return changed(state);
  const closing = disarm({ ...state, survey: { ...survey, status: 'closing' } }, ['surveyReminder', 'surveyEnd']);
  const { surveyMinForMean: minForMean, surveyMinForSuggestions: minForSuggestions } = norms;
  return changed(closing, [{ type: 'closeSurvey', minForMean, minForSuggestions }]);
}

/** The box has everyone's answer. */
export function surveyComplete(state: MeetingState, _now: Instant): Change {
  return endSurvey(state);
}

/** Published once, at the end. F6: a mean below 3 raises an improvement plan at once. */
export function publishSurvey(
  state: MeetingState,
  survey: SurveyState,
  counted: { answers: number; mean?: number },
  now: Instant,
): Change {
  const { answers, mean } = counted;
  const published = { ...state, survey: { ...survey, status: 'published' as const, answers, mean, publishedAt: now } };
  const low = mean !== undefined && mean < state.norms.planBelow;
  return low ? raisePlan(published, 'survey', mean, now) : changed(published);
}
