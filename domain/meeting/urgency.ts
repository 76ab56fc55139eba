/** H2: what goes at once, what at its rung's own time, and what waits for the digest. */
import type { MailEffect, MailKind } from './effects.js';
import type { MeetingState } from './state.js';

/**
 * - atOnce: at its event, whatever the hour; nobody unsubscribes from it
 * - clock: a rung with a clock time of its own, inside the recipient's hours; else, and for who wants no others, the digest
 * - digest: waits for the next 08:40 of the recipient
 */
export type Urgency = 'atOnce' | 'clock' | 'digest';

const urgencies: Record<MailKind, Urgency> = {
  notice: 'atOnce',
  emergency: 'atOnce',
  change: 'atOnce',
  cancellation: 'atOnce',
  notHeld: 'atOnce',
  // Confirms what the reader, or somebody in their name, did a moment ago (N2).
  replyChanged: 'atOnce',
  // An answer, a wish, that waits for the host (N2).
  replyHeld: 'atOnce',
  timeProposed: 'atOnce',
  // What changes or questions minutes that people have (M3).
  corrected: 'atOnce',
  minutesExtract: 'atOnce',
  objection: 'atOnce',
  objectionAnswered: 'atOnce',
  reopened: 'atOnce',
  // The people of a meeting that should be running now (E15); tomorrow it helps nobody.
  notOpened: 'atOnce',
  alternate: 'atOnce',
  otherTime: 'atOnce',
  // To who prepares something and is not invited, what the notice, its change and the cancellation are to the others (P8).
  prepare: 'atOnce',
  prepareOff: 'atOnce',
  hostBrief: 'atOnce',
  minutes: 'atOnce',
  draftMinutes: 'atOnce',
  survey: 'atOnce',
  escalation: 'atOnce',
  // Asks for a choice, or says what it was, as an escalation does (F4).
  topicStuck: 'atOnce',
  improvementPlan: 'atOnce',
  replyReminder: 'clock',
  preRead: 'clock',
  prepareReminder: 'clock',
  draftLimit: 'clock',
  confirmMinutes: 'clock',
  surveyReminder: 'digest',
  actionReminder: 'digest',
  missed: 'digest',
  talk: 'digest',
  pleaseCheck: 'digest',
  decided: 'digest',
  onLeave: 'digest',
  blockAsked: 'digest',
  blocker: 'digest',
};

/** M1: the recorder is told at the close, the hour that the meeting chose; the two rungs after it keep the working hours. */
export function urgencyOf({ mail, occasion }: Pick<MailEffect, 'mail' | 'occasion'>): Urgency {
  return mail === 'confirmMinutes' && /^close(:|$)/.test(occasion) ? 'atOnce' : urgencies[mail];
}

/** X1: what an emergency is urgent for: that it is held, when and where, and that it is not; all else waits as ever. */
export function isUrgent(state: Pick<MeetingState, 'kind'>, mail: string): boolean {
  return (
    state.kind === 'emergency' &&
    ['emergency', 'change', 'cancellation', 'notOpened', 'prepare', 'prepareOff'].includes(mail)
  );
}

/** Strongest first: which of two mails of one moment sets the subject (H3), and the order in a digest. */
const order: readonly MailKind[] = [
  'escalation',
  'topicStuck',
  'missed',
  'talk',
  'improvementPlan',
  'alternate',
  'confirmMinutes',
  'notOpened',
  'draftLimit',
  'replyReminder',
  'preRead',
  'prepareReminder',
  'actionReminder',
  'pleaseCheck',
  'blockAsked',
  'blocker',
  'surveyReminder',
];

/** Smaller is stronger; news come after all that asks for something. */
export function rankOf(kind: MailKind): number {
  const at = order.indexOf(kind);
  return at < 0 ? order.length : at;
}

/** Mails with a form, a list or a secrecy of their own: never told within another one (N1, N4, M1, F5). */
const alone: readonly MailKind[] = [
  'notice',
  'emergency',
  'change',
  'cancellation',
  'notHeld',
  'prepare',
  'prepareOff',
  'minutes',
  'draftMinutes',
  'survey',
  'surveyReminder',
  'replyChanged',
  'replyHeld',
  'timeProposed',
  'corrected',
  'minutesExtract',
  'objection',
  'objectionAnswered',
  'reopened',
];

export const standsAlone = (kind: MailKind): boolean => alone.includes(kind);
