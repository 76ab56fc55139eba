/**
 * Mails that belong to no meeting: one per person, claimed under kind and occasion before sending, so that what is run twice, or
 * killed in the middle, is mailed once.
 */
import pLimit from 'p-limit';
import type { Locale, PersonId } from '../../domain/meeting/state.js';
import { domainOf, trialSubject } from '../../render/mail/index.js';
import type { RenderedMail } from '../../render/mail/index.js';
import { nameIn } from '../../render/names.js';
import type { MailSummary } from '../index.js';
import type { MailKey, OutgoingMail, Person, Ports } from '../ports.js';
import { MailRefused } from '../ports.js';
import { withMailboxes } from './cast.js';
import type { MailDeps } from './deps.js';
import { messageIdOf } from './message-id.js';
import { giveUpMs } from './moot.js';
import { reasonOf } from './reasons.js';
import { TryAgain } from './send-mails.js';
import { sentForSure } from './sent.js';

const atOnce = 4;

export type OwnMailDeps = Omit<MailDeps, 'ports' | 'render' | 'chat'> & {
  ports: Pick<Ports, 'directory' | 'claims' | 'transport'>;
};

export type Written = Pick<RenderedMail, 'subject' | 'text' | 'html' | 'headers'> & { locale: Locale };

export interface OwnMails {
  kind: MailKey['kind'];
  occasion: string;
  /** Workflow time. */
  now: number;
  to: PersonId[];
  write(reader: Person): Promise<Written>;
}

export type Outcome = 'sent' | 'failed' | 'skipped' | 'later';

export async function sendOwnMails(
  deps: OwnMailDeps,
  { kind, occasion, now, to, write }: OwnMails,
): Promise<MailSummary> {
  const { ports, from } = deps;
  const readers = await withMailboxes(ports, await ports.directory.people(to), to);
  return sendToEach(deps, kind, to, async (person) => {
    const reader = readers.find((r) => r.id === person);
    const key: MailKey = { meetingId: '', kind, person, occasion };
    const messageId = messageIdOf(key, domainOf(from.address));
    if ((await ports.claims.claim(key, now, messageId)) === 'done') return 'skipped';
    if (reader?.email === undefined) {
      await ports.claims.markFailed(key, now, 'noChannel');
      return 'failed';
    }
    const mail = { ...addressed(deps, { ...reader, email: reader.email }, await write(reader)), messageId };
    return deliver(deps, kind, mail, {
      sent: () => sentForSure(deps, key, now),
      failed: (reason) => ports.claims.markFailed(key, now, reason),
    });
  });
}

/** Some at once; whoever cannot be reached now holds up nobody, and is tried again. */
export async function sendToEach(
  { log, heartbeat }: Pick<MailDeps, 'log' | 'heartbeat'>,
  kind: MailKey['kind'],
  people: PersonId[],
  one: (person: PersonId) => Promise<Outcome>,
): Promise<MailSummary> {
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  const limit = pLimit(atOnce);
  let later = 0;
  const each = async (person: PersonId): Promise<void> => {
    const outcome = await one(person).catch((error: unknown): Outcome => {
      log.warn({ mail: kind, person, reason: reasonOf(error) }, 'a mail waits');
      return 'later';
    });
    if (outcome === 'later') later++;
    else summary[outcome]++;
    heartbeat(summary.sent + summary.failed + summary.skipped + later);
  };
  await Promise.all(people.map((person) => limit(() => each(person))));
  if (later > 0) throw new TryAgain('some readers are not reached yet');
  return summary;
}

interface Settle {
  sent(): Promise<void>;
  failed(reason: string): Promise<void>;
}

/** Hands a claimed mail over. A refusal is final, anything else is until it is given up. */
export async function deliver(
  { ports, log, sinceScheduledMs }: Pick<MailDeps, 'log' | 'sinceScheduledMs'> & { ports: Pick<Ports, 'transport'> },
  kind: MailKey['kind'],
  mail: OutgoingMail,
  settle: Settle,
): Promise<Outcome> {
  try {
    await ports.transport.send(mail);
  } catch (error) {
    const refused = error instanceof MailRefused;
    if (!refused && sinceScheduledMs() < giveUpMs) {
      log.warn({ mail: kind, reason: reasonOf(error) }, 'a mail is tried again');
      return 'later';
    }
    await settle.failed(`${refused ? 'refused' : 'gaveUp'} ${reasonOf(error)}`);
    return 'failed';
  }
  await settle.sent();
  return 'sent';
}

/** To somebody by the name that they have in the mail's language (H4). H9: in trial mode to one address, marked with whom it was for. */
export function addressed({ trialTo }: Pick<MailDeps, 'trialTo'>, reader: Person & { email: string }, mail: Written) {
  const { locale, subject, ...rest } = mail;
  const to = { name: nameIn(locale, reader), address: reader.email };
  if (trialTo === undefined) return { ...rest, to, subject };
  return { ...rest, to: trialTo, subject: trialSubject(locale, to, subject) };
}
