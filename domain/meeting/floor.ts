/** What happens in the room besides topics and votes: who speaks, what is parked, groups, analyses, the wall of notes. */
import type { Instant } from '../calendar/index.js';
import { defaultNorms } from '../norms.js';
import type { Norms } from '../norms.js';
import type { MeetingState } from './state.js';
import type { By, DepartmentId, PersonId, TopicId } from './words.js';

export type TurnKind = 'discussion' | 'report';

/** E6: one turn to speak. A queued one that is withdrawn is gone; who did it is in the audit. */
export interface Turn {
  id: string;
  kind: TurnKind;
  /** One of them at least: a person, or a department whoever speaks for it. */
  person?: PersonId;
  department?: DepartmentId;
  topicId?: TopicId;
  status: 'queued' | 'speaking' | 'ended';
  /** E6: by what an over-long turn is known; from recorded times, without a timer. */
  limitMs: number;
  at: Instant;
  startedAt?: Instant;
  endedAt?: Instant;
}

/** E6: a digression that waits for the next agenda, under the identity it will have there. */
export interface Parked {
  topicId: TopicId;
  text: string;
  department: DepartmentId;
  turnId?: string;
  at: Instant;
  by: By;
}

/** E10 */
export interface Group {
  name: string;
  members: PersonId[];
  report?: string;
  reportedAt?: Instant;
}

export interface Breakout {
  id: string;
  topicId: TopicId;
  startedAt: Instant;
  endsAt: Instant;
  endedAt?: Instant;
  groups: Group[];
}

/** E12: the text is in the archive under its hash. */
export interface Analysis {
  topicId: TopicId;
  version: number;
  hash: string;
  at: Instant;
  by: By;
}

export type NoteTarget = 'topic' | 'keyPoint' | 'action';

/** E13. Their order within a column is their order in the list. */
export interface Note {
  id: string;
  text: string;
  column: string;
  at: Instant;
  by: By;
  became?: { kind: NoteTarget; id: string };
}

export interface Floor {
  turns: Turn[];
  parked: Parked[];
  breakouts: Breakout[];
  analyses: Analysis[];
  notes: Note[];
}

/** E15: the same meeting goes on at `until`; what was announced before stands here. */
export interface Adjournment {
  startsAt: Instant;
  plannedEndAt: Instant;
  at: Instant;
  until: Instant;
  resumedAt?: Instant;
}

const empty: Floor = { turns: [], parked: [], breakouts: [], analyses: [], notes: [] };

/** Absent until something happens in the room. */
export function floorOf(state: Pick<MeetingState, 'floor'>): Floor {
  return state.floor ?? empty;
}

export function withFloor(state: MeetingState, change: Partial<Floor>): MeetingState {
  return { ...state, floor: { ...floorOf(state), ...change } };
}

/** A meeting that was made before a norm existed takes the standard's value. */
export function normsOf(state: Pick<MeetingState, 'norms'>): Norms {
  return { ...defaultNorms, ...state.norms };
}

/** E15: the sitting was interrupted and has not been taken up again. */
export function isAdjourned(state: Pick<MeetingState, 'phase' | 'adjournments'>): boolean {
  const last = state.adjournments?.at(-1);
  return state.phase === 'execution' && last !== undefined && last.resumedAt === undefined;
}

/** When the present sitting began. */
export function sittingSince(state: MeetingState): Instant {
  return state.adjournments?.at(-1)?.resumedAt ?? state.openedAt ?? state.startsAt;
}
