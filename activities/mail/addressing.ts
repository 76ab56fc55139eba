import type { MailEffect, MailKind } from '../../domain/meeting/effects.js';
import type { Locale, MeetingState } from '../../domain/meeting/state.js';
import { trialSubject } from '../../render/mail/index.js';
import type { RenderedMail } from '../../render/mail/index.js';
import { nameIn } from '../../render/names.js';
import type { MailJob } from '../index.js';
import type { OutgoingMail, Person } from '../ports.js';
import type { MailAddress, MailDeps } from './deps.js';

/** Mails about actions: an answer is for who tracks them, before the host. */
const followUp: readonly MailKind[] = [
  'actionReminder',
  'missed',
  'talk',
  'pleaseCheck',
  'escalation',
  'decided',
  'improvementPlan',
  'onLeave',
  'blockAsked',
  'blocker',
];

/**
 * From and envelope in our domain, the person in Reply-To (design §7). In trial mode (H9) everything goes to one address,
 * marked with whom it was for, and an answer reaches nobody else.
 */
export function addressed(
  { trialTo }: Pick<MailDeps, 'trialTo'>,
  { effect, state }: MailJob,
  reader: Person & { email: string },
  people: Person[],
  locale: Locale,
  { subject, headers }: RenderedMail,
): Pick<OutgoingMail, 'to' | 'subject' | 'headers' | 'replyTo'> {
  const to = { name: nameIn(locale, reader), address: reader.email };
  if (trialTo !== undefined) {
    return { to: trialTo, subject: trialSubject(locale, to, subject), headers };
  }
  const replyTo = answersTo(effect, state, people, reader, locale);
  return { to, subject, headers, ...(replyTo === undefined ? {} : { replyTo }) };
}

/** F5: an answer to a survey mail would carry a name, so it has nobody to go to. Nobody answers to themselves. */
function answersTo(
  { mail: kind, ref }: MailEffect,
  state: MeetingState,
  people: Person[],
  reader: Person,
  locale: Locale,
): MailAddress | undefined {
  if (kind === 'survey' || kind === 'surveyReminder') return undefined;
  // H7: an external owner has somebody in the house to answer to.
  const contact = state.actions.find((a) => a.id === ref && a.owner === reader.id)?.internalContact;
  const hosts = [state.actingHost, state.host, state.deputyHost];
  const order = followUp.includes(kind)
    ? [contact, state.coordinator, ...hosts, state.initiator.person]
    : [...hosts, state.coordinator, state.initiator.person];
  const found = order
    .filter((id) => id !== undefined && id !== reader.id)
    .map((id) => people.find((p) => p.id === id))
    .find((p) => p?.email !== undefined);
  return found?.email === undefined ? undefined : { name: nameIn(locale, found), address: found.email };
}
