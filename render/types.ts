import type { DepartmentId, Locale, PersonId } from '../domain/meeting/state.js';
import type { Instant } from '../domain/calendar/index.js';
import type { FollowUp } from '../domain/series/follow-up.js';

/** A person as a mail needs them, resolved at sending. */
export interface PersonCard {
  id: PersonId;
  name: string;
  /** H4: in languages that have one of their own. */
  names?: Partial<Record<Locale, string>>;
  email?: string;
  locale?: Locale;
  timeZone?: string;
  /** H4, H6: whose mailbox takes their mails. */
  through?: PersonId;
}

export interface DepartmentCard {
  id: DepartmentId;
  name: string;
  /** H5 */
  names?: Partial<Record<Locale, string>>;
}

/** The text of the minutes (M1, M2), kept in the archive. */
export interface MinutesText {
  summary?: string;
  topics: { topicId: string; conclusion?: string }[];
  nextMeetingAt?: Instant;
  /** S1: as it stood when the minutes were drafted. */
  followUp?: FollowUp;
}

/** E12, in the order of the form. */
export const analysisParts = [
  'what',
  'why',
  'who',
  'where',
  'when',
  'how',
  'problem',
  'cause',
  'solution',
  'riskControl',
] as const;
export type AnalysisText = Partial<Record<(typeof analysisParts)[number], string | undefined>>;
/** By topic. */
export type AnalysisTexts = Record<string, AnalysisText>;
