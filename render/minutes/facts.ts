/** The head of the minutes: what meeting it was, who led it, and how far the minutes have come. */
import type { MeetingState } from '../../domain/meeting/state.js';
import type { Translate } from '../../locales/index.js';
import type { Fact } from '../document.js';
import { fact } from '../document.js';
import { manyLines, oneLine } from '../text.js';
import type { When } from '../when.js';
import type { MinutesContext } from './context.js';

export function minutesFacts({ state, say, when, names }: MinutesContext): Fact[] {
  const { minutes } = state;
  const status =
    minutes?.confirmedAt === undefined
      ? say('minutes.status.draft')
      : say('minutes.status.confirmed', { at: when.time(minutes.confirmedAt) });
  const recorder = state.recorder ?? state.coordinator;
  return [
    ...fact(say('mail.label.when'), when.span(state.startsAt, state.plannedEndAt)),
    ...heldFact(state, say, when),
    ...fact(say('mail.label.place'), oneLine(state.place ?? state.onlineLink ?? '')),
    ...fact(say('words.host'), names.person(state.actingHost ?? state.host)),
    ...fact(say('minutes.label.recorder'), recorder === undefined ? '' : names.person(recorder)),
    ...fact(say('mail.label.goal'), manyLines(state.goal)),
    ...fact(say('mail.label.sharedGoal'), manyLines(state.sharedGoal ?? '')),
    ...fact(say('minutes.label.status'), status),
    ...fact(say('minutes.label.version'), say('minutes.version', { v: minutes?.version ?? 0 })),
  ];
}

/** When it really was, where that differs from the plan. */
function heldFact(
  { openedAt, closedAt, startsAt, plannedEndAt, closedBy }: MeetingState,
  say: Translate,
  when: When,
): Fact[] {
  const span = when.span(openedAt ?? startsAt, closedAt ?? plannedEndAt);
  if (closedBy === 'clock') return fact(say('minutes.label.held'), say('minutes.closedByClock', { span }));
  return span === when.span(startsAt, plannedEndAt) ? [] : fact(say('minutes.label.held'), span);
}
