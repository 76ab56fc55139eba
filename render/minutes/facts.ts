/** The head of the minutes: what meeting it was, who led it, and how far the minutes have come. */
import type { Instant } from '../../domain/calendar/index.js';
import type { Adjournment, MeetingState } from '../../domain/meeting/state.js';
import type { Translate } from '../../locales/index.js';
import type { Fact } from '../document.js';
import { fact } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import type { When } from '../when.js';
import type { MinutesContext } from './context.js';

export function statusOf({ state, say, when }: Pick<MinutesContext, 'state' | 'say' | 'when'>): string {
  const at = state.minutes?.confirmedAt;
  return at === undefined ? say('minutes.status.draft') : say('minutes.status.confirmed', { at: when.time(at) });
}

export function minutesFacts({ state, say, when, names }: MinutesContext): Fact[] {
  const { minutes } = state;
  const recorder = state.recorder ?? state.coordinator;
  return [
    ...fact(say('mail.label.when'), when.span(state.startsAt, state.plannedEndAt)),
    ...heldFact(state, say, when),
    ...fact(say('mail.label.place'), oneLine(state.place ?? state.onlineLink ?? '')),
    ...fact(say('words.host'), names.person(state.actingHost ?? state.host)),
    ...fact(say('minutes.label.recorder'), recorder === undefined ? '' : names.person(recorder)),
    ...fact(say('mail.label.goal'), manyLines(state.goal)),
    ...fact(say('mail.label.sharedGoal'), manyLines(state.sharedGoal ?? '')),
    ...fact(say('minutes.label.status'), statusOf({ state, say, when })),
    ...fact(say('minutes.label.version'), say('minutes.version', { v: minutes?.version ?? 0 })),
  ];
}

/** When it really was, where that differs from the plan. */
function heldFact(
  { openedAt, closedAt, startsAt, plannedEndAt, closedBy, adjournments }: MeetingState,
  say: Translate,
  when: When,
): Fact[] {
  const sittings = adjournments ?? [];
  const since = sittings.length === 0 ? openedAt : sittings.at(-1)?.resumedAt;
  const span = when.span(since ?? startsAt, closedAt ?? plannedEndAt);
  if (sittings.length > 0) return fact(say('minutes.label.held'), heldSpans(openedAt, sittings, span, when));
  if (closedBy === 'clock') return fact(say('minutes.label.held'), say('minutes.closedByClock', { span }));
  return span === when.span(startsAt, plannedEndAt) ? [] : fact(say('minutes.label.held'), span);
}

/** E15: each sitting from its opening to its interruption; the last one only if it was taken up again. */
function heldSpans(openedAt: Instant | undefined, sittings: Adjournment[], last: string, when: When): string[] {
  const began = [openedAt, ...sittings.map((s) => s.resumedAt)];
  const spans = sittings.map((s, i) => when.span(began[i] ?? s.startsAt, s.at));
  return sittings.at(-1)?.resumedAt === undefined ? spans : [...spans, last];
}
