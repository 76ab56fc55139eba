/**
 * R5: one mail per owner with the entries whose review date has come. Each entry is claimed for its reader and due date before
 * sending, so that a round that is run twice, or killed in the middle, asks nobody twice.
 */
import { askedToday, type Asked } from '../../archive/knowledge-asked.js';
import { occasionOf, reviewMail, type DueEntry } from '../../archive/knowledge-care.js';
import { zoneAround } from '../../archive/review-input.js';
import type { Instant, LocalDate } from '../../domain/calendar/index.js';
import type { PersonId } from '../../domain/meeting/state.js';
import { domainOf } from '../../render/mail/index.js';
import { knowledgeReviewMail } from '../../render/mail/knowledge.js';
import type { MailSummary } from '../index.js';
import { withMailboxes } from '../mail/cast.js';
import type { MailDeps } from '../mail/deps.js';
import { messageIdOf } from '../mail/message-id.js';
import { addressed, deliver, sendToEach, type Outcome } from '../mail/of-no-meeting.js';
import { sentForSure } from '../mail/sent.js';
import type { Planning } from '../plan-series.js';
import type { OutgoingMail, Person, Ports } from '../ports.js';

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

export async function sendKnowledgeReviews(deps: KnowledgeMailDeps, job: KnowledgeMailJob): Promise<MailSummary> {
  const asked = await askedToday(deps.ports, deps.planning, job.now);
  return sendToEach(deps, reviewMail, job.people, (person) => sendTo(deps, job.now, person, asked));
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
  const markSent = (): Promise<void> => ports.knowledgeCare.settle(person, ours, now);
  return deliver(
    deps,
    reviewMail,
    { ...mail, messageId },
    {
      sent: () => sentForSure({ ...deps, ports: { claims: { markSent } } }, key, now),
      failed: (reason) => ports.knowledgeCare.settle(person, ours, now, reason),
    },
  );
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
  return addressed({ trialTo }, reader, { ...mail, locale });
}
