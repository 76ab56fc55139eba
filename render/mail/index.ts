/** Every mail of words.md: an effect, the meeting as it is now, and a reader → subject, text and HTML. */
import type { MailKind } from '../../domain/meeting/effects.js';
import type { Locale } from '../../domain/meeting/state.js';
import { isUrgent, urgencyOf } from '../../domain/meeting/urgency.js';
import { translator } from '../../locales/index.js';
import { calendarContentHash, calendarText } from '../calendar.js';
import type { ChatMessage } from '../chat.js';
import { items } from '../document.js';
import type { Item, Link, MailDocument, Section } from '../document.js';
import { isInvited } from '../invitees.js';
import { oneLine } from '../text.js';
import { alternate, draftLimit, hostBrief, otherTime, preRead } from './before.js';
import { contextOf } from './context.js';
import { corrected, minutesExtract, objection, objectionAnswered, reopened } from './corrections.js';
import type { MailBody, MailBuilder, MailContext, MailInput } from './context.js';
import { decided, escalation, improvementPlan } from './decisions.js';
import { actionReminder, missed, pleaseCheck, talk } from './ladder.js';
import { prepare, prepareOff, prepareReminder } from './preparing.js';
import { cancellation, change, emergency, notice } from './notices.js';
import { whenLines } from './parts.js';
import { rendered } from './rendered.js';
import { confirmMinutes, draftMinutes, minutes, survey, surveyReminder } from './records.js';
import { replyHeld, timeProposed } from './calendar-replies.js';
import { notHeld, notOpened, replyChanged, replyReminder } from './replies.js';
import { seenBy } from './seen.js';
import { blockAsked, blocker, onLeave, topicStuck } from './waiting.js';

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
  prepare,
  prepareReminder,
  prepareOff,
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
  onLeave,
  blockAsked,
  blocker,
  topicStuck,
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
  /** F7: the same for a conversation. */
  message: ChatMessage;
  /** Notice, emergency, change and cancellation carry the calendar object. */
  invitation?: Invitation;
}

/** What a mail says of its own, without the frame. NothingToSay when what it is about does not exist. */
export const bodyOf = (c: MailContext): Promise<MailBody> => Promise.resolve(builders[c.kind](c));

/** What the mail says, before it becomes text and HTML. NothingToSay when what it is about does not exist. */
export async function mailDocument(input: MailInput): Promise<MailDocument> {
  const seen = seenBy(input);
  const c = contextOf(seen);
  const body = await bodyOf(c);
  const fewer = await fewerLink(c);
  return {
    title: c.title,
    when: whenLines(c),
    ...body,
    wanted: [...throughLine(c), ...body.wanted],
    sections: [...(await alsoSections(seen)), ...(body.sections ?? [])],
    // A line break in a title must never become a header of its own.
    subject: oneLine(body.subject),
    footer: [c.say('mail.footer.sent'), c.say('mail.footer.personal')],
    ...(fewer === undefined ? {} : { footerLink: fewer }),
  };
}

/** H6: whom a mail in an assistant's mailbox is for; never in the subject (H3). */
export function throughLine({ reader, say, names }: Pick<MailContext, 'reader' | 'say' | 'names'>): string[] {
  return reader.through === undefined ? [] : [say('mail.through', { name: names.person(reader.id) })];
}

/** H3: what else this mail asks the same reader for, each with its own link. */
async function alsoSections(input: MailInput): Promise<Section[]> {
  const also = input.effect.also ?? [];
  const list = await Promise.all(
    also.map(async (other): Promise<Item> => {
      const c = contextOf({ ...input, effect: { type: 'mail', to: input.effect.to, ...other } });
      const { title, wanted, buttons } = await bodyOf(c);
      const [first = '', ...notes] = wanted;
      return { title: title ?? first, ...(title === undefined ? {} : { body: first }), notes, link: buttons[0] };
    }),
  );
  return list.length === 0
    ? []
    : [{ name: 'asked', heading: translator(input.locale)('mail.heading.also'), blocks: [items(list)] }];
}

/** H2: reminders that go singly lead to the form where they become part of the digest; whose they are decides (H6). */
async function fewerLink(c: MailContext): Promise<Link | undefined> {
  if (c.reader.through !== undefined) return undefined;
  return urgencyOf(c.effect) === 'clock' ? await c.link(c.say('mail.footer.fewer'), 'mails') : undefined;
}

/** RFC 8058: one click in the mail program does what the form does. */
function unsubscribing(link: Link | undefined): Record<string, string> {
  if (link === undefined) return {};
  return { 'List-Unsubscribe': `<${link.url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

export async function renderMail(given: MailInput): Promise<RenderedMail> {
  const input = seenBy(given);
  const document = await mailDocument(input);
  const invitation = invitationOf(input);
  const { headers, ...mail } = rendered(document, input.locale);
  return {
    ...mail,
    headers: {
      ...headers,
      ...unsubscribing(document.footerLink),
      ...(input.effect.mail === 'emergency' || isUrgent(input.state, input.effect.mail) ? urgent : {}),
    },
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
