import type { MailKind } from '../../domain/meeting/effects.js';
import type { MailJob } from '../index.js';

/** After two days of temporary failures a recipient is shown to the host as not reached. */
export const giveUpMs = 2 * 24 * 3_600_000;

const beforeTheStart: readonly MailKind[] = [
  'notice',
  'emergency',
  'change',
  'replyReminder',
  'replyChanged',
  'notOpened',
  'draftLimit',
  'preRead',
  'prepare',
  'prepareReminder',
  'hostBrief',
  'alternate',
  'otherTime',
];

/** N4: a meeting that was cancelled before its mails were handed over sends the cancellation alone. */
export function moot({ effect, state }: MailJob): boolean {
  return state.phase === 'cancelled' && beforeTheStart.includes(effect.mail);
}

/** A mail that asks for something that is over by now does not go out late, after days of trying. */
export function expired({ effect, state, now }: MailJob, sinceScheduledMs: number): boolean {
  const closesAt = effect.params['closesAt'] ?? state.survey?.closesAt;
  const end: Partial<Record<MailKind, unknown>> = {
    notice: state.plannedEndAt,
    emergency: state.plannedEndAt,
    change: state.plannedEndAt,
    replyReminder: state.startsAt,
    draftLimit: state.startsAt,
    preRead: state.startsAt,
    prepare: state.startsAt,
    prepareReminder: state.startsAt,
    hostBrief: state.startsAt,
    notOpened: state.plannedEndAt,
    alternate: state.startsAt,
    otherTime: state.startsAt,
    survey: closesAt,
    surveyReminder: closesAt,
  };
  const until = end[effect.mail];
  return typeof until === 'number' && sinceScheduledMs > 0 && now + sinceScheduledMs > until;
}
