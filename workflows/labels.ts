/** A meeting's fixed label in the Temporal UI; operator text is English (design §2). */
import type { MeetingState } from '../domain/meeting/state.js';

export function summaryOf(state: MeetingState): string {
  return state.title.length > 150 ? `${state.title.slice(0, 149)}…` : state.title;
}

export function detailsOf(state: MeetingState): string {
  const goal = state.goal.replace(/[\\`*_[\]<>#|]/g, '\\$&');
  return `**Goal** ${goal.slice(0, 1_000)}\n\n${state.kind} meeting of ${state.participants.length} people, ${state.durationMinutes} min`;
}
