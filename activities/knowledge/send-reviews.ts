/**
 * R5: one mail per owner with the entries whose review date has come. Each entry is claimed for its reader and due date before
 * sending, so that a round that is run twice, or killed in the middle, asks nobody twice.
 */
import pLimit from 'p-limit';
import { askedToday, type Asked } from '../../archive/knowledge-asked.js';
import { occasionOf, reviewMail, type DueEntry } from '../../archive/knowledge-care.js';
import { zoneAround } from '../../archive/review-input.js';
import type { Instant, LocalDate } from '../../domain/calendar/index.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { domainOf, trialSubject } from '../../render/mail/index.js';
import { knowledgeReviewMail } from '../../render/mail/knowledge.js';
import { oneLine } from '../../render/text.js';
import type { MailSummary } from '../index.js';
import { withMailboxes } from '../mail/cast.js';
import type { MailDeps } from '../mail/deps.js';
import { messageIdOf } from '../mail/message-id.js';
import { giveUpMs } from '../mail/moot.js';
import { reasonOf } from '../mail/reasons.js';
import { TryAgain } from '../mail/send-mails.js';
import { sentForSure } from '../mail/sent.js';
import type { Planning } from '../plan-series.js';
import type { OutgoingMail, Person, Ports } from '../ports.js';
import { MailRefused } from '../ports.js';

const atOnce = 4;
/** In one mail; what is over comes on the next working days. */
export const mostInOneMail = 20;

export type KnowledgeMailDeps = Omit<MailDeps, 'ports' | 'render' | 'chat'> & {
  ports: Pick<Ports, 'directory' | 'standing' | 'knowledgeCare' | 'transport'>;
  planning: Planning;
};

export interface KnowledgeMailJob {
  people: PersonId[];
  /** Workflow time. */
  now: Instant;
}

type Outcome = 'sent' | 'failed' | 'skipped' | 'later';

export async function sendKnowledgeReviews(deps: KnowledgeMailDeps, job: KnowledgeMailJob): Promise<MailSummary> {
  const asked = await askedToday(deps.ports, deps.planning, job.now);
  const summary: MailSummary = { sent: 0, failed: 0, skipped: 0 };
  const limit = pLimit(atOnce);
  let later = 0;
  const one = async (person: PersonId): Promise<void> => {
    const outcome = await sendTo(deps, job.now, person, asked).catch((error: unknown): Outcome => {
      deps.log.warn({ mail: reviewMail, person, reason: reasonOf(error) }, 'a mail waits');
      return 'later';
    });
    if (outcome === 'later') later++;
    else summary[outcome]++;
    deps.heartbeat(summary.sent + summary.failed + summary.skipped + later);
  };
  await Promise.all(job.people.map((person) => limit(() => one(person))));
  if (later > 0) throw new TryAgain('some owners of knowledge are not reached yet');
  return summary;
}

async function sendTo(
  deps: KnowledgeMailDeps,
  now: Instant,
  person: PersonId,
  { owners, pmo, today }: Asked,
): Promise<Outcome> {
  const { ports, from } = deps;
  const own = owners.get(person) ?? [];
  const all = person === pmo;
  const due = await ports.knowledgeCare.toTell({ person, all, owners: own, today, limit: mostInOneMail + 1 });
  const told = due.slice(0, mostInOneMail);
  const [reader] = await withMailboxes(ports, await ports.directory.people([person]), [person]);
  if (told.length === 0 || reader?.email === undefined) return 'skipped';
  const occasions = told.map(occasionOf);
  const key = { meetingId: '', kind: reviewMail, person, occasion: occasions.join(' ') } as const;
  const messageId = messageIdOf(key, domainOf(from.address));
  const ours = await ports.knowledgeCare.claim(person, occasions, now, messageId);
  const entries = told.filter((entry) => ours.includes(occasionOf(entry)));
  if (entries.length === 0) return 'skipped';
  const mail = await written(deps, now, {
    reader: { ...reader, email: reader.email },
    entries,
    today,
    more: due.length > told.length,
  });
  try {
    await ports.transport.send({ ...mail, messageId });
  } catch (error) {
    const refused = error instanceof MailRefused;
    if (!refused && deps.sinceScheduledMs() < giveUpMs) {
      deps.log.warn({ mail: reviewMail, person, reason: reasonOf(error) }, 'a mail is tried again');
      return 'later';
    }
    await ports.knowledgeCare.settle(person, ours, now, `${refused ? 'refused' : 'gaveUp'} ${reasonOf(error)}`);
    return 'failed';
  }
  const markSent = (): Promise<void> => ports.knowledgeCare.settle(person, ours, now);
  await sentForSure({ ...deps, ports: { claims: { markSent } } }, key, now);
  return 'sent';
}

async function written(
  { ports, links, planning, trialTo }: KnowledgeMailDeps,
  now: Instant,
  { reader, ...told }: { reader: Person & { email: string }; entries: DueEntry[]; today: LocalDate; more: boolean },
): Promise<Omit<OutgoingMail, 'messageId'>> {
  const locale = reader.locale ?? planning.locale;
  const by = reader.through === undefined ? {} : { by: reader.through };
  const departments = await ports.directory.departments([...new Set(told.entries.flatMap((e) => e.department ?? []))]);
  const { message: _, ...mail } = await knowledgeReviewMail({
    ...{ ...told, reader, locale, departments, zone: zoneAround(planning.timeZone, now) },
    linkTo: ({ id }) => links.url({ purpose: 'knowledge', person: reader.id, meeting: id, ...by }, now),
  });
  const to = { name: oneLine(reader.name), address: reader.email };
  if (trialTo === undefined) return { ...mail, to };
  return { ...mail, to: trialTo, subject: trialSubject(locale, to, mail.subject) };
}
