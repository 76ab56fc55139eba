import { and, eq } from 'drizzle-orm';
import type { Driver } from './driver.js';
import type { InvitationPort } from './ports.js';
import { invitations } from './schema/index.js';

/** Compares and keeps in one statement: `repeats` is 0 exactly when the content is new. */
const nextInvitation = {
  name: 'next_invitation',
  text: `insert into record.invitations as i (meeting_id, person, sequence, hash, method) values ($1, $2, 0, $3, $4)
    on conflict (meeting_id, person) do update set
      sequence = case when i.hash = excluded.hash and i.method = excluded.method then i.sequence else i.sequence + 1 end,
      repeats = case when i.hash = excluded.hash and i.method = excluded.method then i.repeats + 1 else 0 end,
      hash = excluded.hash, method = excluded.method, recorded_at = now()
    returning sequence, repeats`,
};

export function createInvitations(driver: Driver): InvitationPort {
  return {
    async next(meetingId, person, hash, method) {
      const [row] = await driver.run(nextInvitation, [meetingId, person, hash, method]);
      return { sequence: Number(row?.['sequence']), repeat: Number(row?.['repeats']) > 0 };
    },
    async current(meetingId, person) {
      const [row] = await driver.db
        .select({ sequence: invitations.sequence, method: invitations.method, hash: invitations.hash })
        .from(invitations)
        .where(and(eq(invitations.meetingId, meetingId), eq(invitations.person, person)));
      return row ?? null;
    },
  };
}
