/**
 * Mails that belong to no meeting: one per person, claimed under kind and occasion before sending, so that what is run twice, or
 * killed in the middle, is mailed once.
 */
import pLimit from 'p-limit';
import type { Locale, PersonId } from '../../domain/meeting/state.js';
import { domainOf, trialSubject } from '../../render/mail/index.js';
import type { RenderedMail } from '../../render/mail/index.js';
import { oneLine } from '../../render/text.js';
import type { MailSummary } from '../index.js';
import type { MailKey, Person, Ports } from '../ports.js';
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

type Outcome = 'sent' | 'failed' | 'skipped' | 'later';

export async function sendOwnMails(deps: OwnMailDeps, mails: OwnMails): Promise<MailSummary> {
  const readers = await withMailboxes(deps.ports, await deps.ports.directory.people(mails.to), mails.to);
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  const limit = pLimit(atOnce);
  let later = 0;
  const one = async (reader: Person): Promise<void> => {
    const outcome = await sendTo(deps, mails, reader).catch((error: unknown): Outcome => {
      deps.log.warn({ mail: mails.kind, person: reader.id, reason: reasonOf(error) }, 'a mail waits');
      return 'later';
    });
    if (outcome === 'later') later++;
    else summary[outcome]++;
    deps.heartbeat(summary.sent + summary.failed + summary.skipped + later);
  };
  await Promise.all(readers.map((reader) => limit(() => one(reader))));
  if (later > 0) throw new TryAgain('some readers are not reached yet');
  return summary;
}

async function sendTo(deps: OwnMailDeps, { kind, occasion, now, write }: OwnMails, reader: Person): Promise<Outcome> {
  const { ports, from } = deps;
  const key: MailKey = { meetingId: '', kind, person: reader.id, occasion };
  const messageId = messageIdOf(key, domainOf(from.address));
  if ((await ports.claims.claim(key, now, messageId)) === 'done') return 'skipped';
  if (reader.email === undefined) {
    await ports.claims.markFailed(key, now, 'noChannel');
    return 'failed';
  }
  const mail = addressed(deps, { ...reader, email: reader.email }, await write(reader));
  try {
    await ports.transport.send({ ...mail, messageId });
  } catch (error) {
    const refused = error instanceof MailRefused;
    if (!refused && deps.sinceScheduledMs() < giveUpMs) return 'later';
    await ports.claims.markFailed(key, now, `${refused ? 'refused' : 'gaveUp'} ${reasonOf(error)}`);
    return 'failed';
  }
  await sentForSure(deps, key, now);
  return 'sent';
}

/** H9: in trial mode everything goes to one address, marked with whom it was for. */
function addressed({ trialTo }: OwnMailDeps, reader: Person & { email: string }, mail: Written) {
  const to = { name: oneLine(reader.name), address: reader.email };
  const { locale, subject, ...rest } = mail;
  if (trialTo === undefined) return { ...rest, to, subject };
  return { ...rest, to: trialTo, subject: trialSubject(locale, to, subject) };
}
