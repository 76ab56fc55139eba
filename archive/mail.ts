import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { Instant } from '../domain/calendar/index.js';
import type { MailKind } from '../domain/meeting/effects.js';
import type { MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import type { MailClaims, MailKey } from './ports.js';
import { digestItems, digests, mail } from './schema/index.js';

/** What became of one mail; the host sees these (GET …/deliveries). */
export interface Delivery {
  kind: MailKind;
  person: PersonId;
  occasion: string;
  messageId?: string;
  status: 'claimed' | 'sent' | 'failed';
  /** Workflow time of the claim. */
  at: Instant;
  sentAt?: Instant;
  reason?: string;
}

export interface Claims extends MailClaims {
  /** In the order of claiming; then what went with a digest. */
  deliveries(meetingId: MeetingId): Promise<Delivery[]>;
}

const claimMail = {
  name: 'claim_mail',
  text: `insert into record.mail as m (meeting_id, kind, person, occasion, message_id, status, at)
    values ($1, $2, $3, $4, $5, 'claimed', $6)
    on conflict (meeting_id, kind, person, occasion) do update set claims = m.claims + 1
    returning status`,
};

export function createClaims(driver: Driver): Claims {
  const { db } = driver;
  const isMail = (key: MailKey) =>
    and(
      eq(mail.meetingId, key.meetingId),
      eq(mail.kind, key.kind),
      eq(mail.person, key.person),
      eq(mail.occasion, key.occasion),
    );
  return {
    async claim(key, at, messageId) {
      const [row] = await driver.run(claimMail, [key.meetingId, key.kind, key.person, key.occasion, messageId, at]);
      return row?.['status'] === 'claimed' ? 'send' : 'done';
    },
    async markSent(key, at) {
      // Also where the claim is gone (a restored backup): what was sent is kept as sent.
      await db
        .insert(mail)
        .values({ ...key, status: 'sent', at, sentAt: at })
        .onConflictDoUpdate({
          target: [mail.meetingId, mail.kind, mail.person, mail.occasion],
          set: { status: 'sent', sentAt: at, reason: null },
          setWhere: ne(mail.status, 'sent'),
        });
    },
    async markFailed(key, _at, reason) {
      await db
        .update(mail)
        .set({ status: 'failed', reason })
        .where(and(isMail(key), ne(mail.status, 'sent')));
    },
    async deliveries(meetingId) {
      const rows = await db
        .select()
        .from(mail)
        .where(eq(mail.meetingId, meetingId))
        .orderBy(asc(mail.at), asc(mail.recordedAt), sql`${mail.person}`);
      const inDigests = await db
        .select({
          kind: digestItems.kind,
          person: digestItems.person,
          occasion: digestItems.occasion,
          messageId: digests.messageId,
          status: digests.status,
          at: digestItems.at,
          sentAt: digests.sentAt,
          reason: digests.reason,
        })
        .from(digestItems)
        .innerJoin(digests, eq(digests.id, digestItems.digest))
        .where(eq(digestItems.meetingId, meetingId))
        .orderBy(asc(digestItems.at), asc(digestItems.person), asc(digestItems.kind));
      return [...rows, ...inDigests].map((row) => ({
        kind: row.kind as MailKind,
        person: row.person,
        occasion: row.occasion,
        ...(row.messageId === null ? {} : { messageId: row.messageId }),
        status: row.status,
        at: row.at,
        ...(row.sentAt === null ? {} : { sentAt: row.sentAt }),
        ...(row.reason === null ? {} : { reason: row.reason }),
      }));
    },
  };
}
