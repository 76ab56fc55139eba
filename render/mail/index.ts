/** Every mail of words.md: an effect, the meeting as it is now, and a reader → subject, text and HTML. */
import type { MailKind } from '../../domain/meeting/effects.js';
import type { Locale } from '../../domain/meeting/state.js';
import { translator } from '../../locales/index.js';
import { calendarContentHash, calendarText } from '../calendar.js';
import type { MailDocument } from '../document.js';
import { isInvited } from '../invitees.js';
import { oneLine } from '../text.js';
import { alternate, draftLimit, hostBrief, otherTime, preRead } from './before.js';
import { contextOf } from './context.js';
import type { MailBuilder, MailContext, MailInput } from './context.js';
import { corrected, minutesExtract, objection, objectionAnswered, reopened } from './corrections.js';
import { decided, escalation, improvementPlan } from './decisions.js';
import { mailHtml } from './html.js';
import { actionReminder, missed, pleaseCheck, talk } from './ladder.js';
import { cancellation, change, emergency, notice } from './notices.js';
import { whenLines } from './parts.js';
import { mailText } from './plain.js';
import { confirmMinutes, draftMinutes, minutes, survey, surveyReminder } from './records.js';
import { replyHeld, timeProposed } from './calendar-replies.js';
import { notHeld, notOpened, replyChanged, replyReminder } from './replies.js';
import { seenBy } from './seen.js';

export type { MailInput } from './context.js';
export { NothingToSay } from './item-parts.js';

const builders: Record<MailKind, MailBuilder> = {
  notice,
  emergency,
  change,
  cancellation,
  notHeld,
  replyReminder,
  replyChanged,
  replyHeld,
  timeProposed,
  notOpened,
  draftLimit,
  preRead,
  hostBrief,
  alternate,
  otherTime,
  confirmMinutes,
  minutes,
  draftMinutes,
  corrected,
  objection,
  objectionAnswered,
  minutesExtract,
  reopened,
  survey,
  surveyReminder,
  actionReminder,
  missed,
  talk,
  pleaseCheck,
  escalation,
  decided,
  improvementPlan,
};

export interface Invitation {
  method: 'REQUEST' | 'CANCEL';
  /** Of what the recipient sees: the same hash = nothing new for them. */
  hash: string;
  content(sequence: number): string;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** Notice, emergency, change and cancellation carry the calendar object. */
  invitation?: Invitation;
}

/** What the mail says, before it becomes text and HTML. NothingToSay when what it is about does not exist. */
export async function mailDocument(input: MailInput): Promise<MailDocument> {
  const c = contextOf(seenBy(input));
  const body = await builders[c.kind](c);
  return {
    title: c.title,
    when: whenLines(c),
    sections: [],
    ...body,
    wanted: [...throughLine(c), ...body.wanted],
    // A line break in a title must never become a header of its own.
    subject: oneLine(body.subject),
    footer: [c.say('mail.footer.sent'), c.say('mail.footer.personal')],
  };
}

/** H6: whom a mail in an assistant's mailbox is for; never in the subject (H3). */
function throughLine({ reader, say, names }: MailContext): string[] {
  return reader.through === undefined ? [] : [say('mail.through', { name: names.person(reader.id) })];
}

export async function renderMail(given: MailInput): Promise<RenderedMail> {
  const input = seenBy(given);
  const document = await mailDocument(input);
  const say = translator(input.locale);
  const invitation = invitationOf(input);
  return {
    subject: document.subject,
    text: mailText(document, say),
    html: mailHtml(document, input.locale),
    headers: { 'Content-Language': input.locale, ...(input.effect.mail === 'emergency' ? urgent : {}) },
    ...(invitation === undefined ? {} : { invitation }),
  };
}

/** H9: a subject marked with whom the mail was for. */
export function trialSubject(locale: Locale, to: { name: string; address: string }, subject: string): string {
  return oneLine(translator(locale)('mail.trial.subject', { ...to, subject }));
}

/** X1: urgent, in the three ways that mail programs know. */
const urgent = { 'X-Priority': '1', Importance: 'high', Priority: 'urgent' };

const carriesInvitation: readonly MailKind[] = ['notice', 'emergency', 'change', 'cancellation'];

function invitationOf(input: MailInput): Invitation | undefined {
  const { effect, state, reader, now, from } = input;
  if (!carriesInvitation.includes(effect.mail)) return undefined;
  const comes = state.phase !== 'cancelled' && isInvited(state, reader.id);
  const method = comes ? 'REQUEST' : 'CANCEL';
  const calendar = { ...input, method, mailDomain: domainOf(from.address) } as const;
  return {
    method,
    hash: calendarContentHash(calendar),
    content: (sequence) => calendarText(calendar, sequence, now),
  };
}

/** The domain of UIDs and Message-IDs. */
export const domainOf = (address: string): string => address.split('@').at(-1) || 'convoke.invalid';
