import type { MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';

/** An answer that waits for the host: what a form shows of it. */
export interface HeldLetter {
  /** Made from the message, so that the same one is kept once. */
  letter: string;
  meetingId: MeetingId;
  address: string;
  attendee: string;
  name: string;
  comment: string;
  /** The address that it delegates to; empty: none. */
  delegate: string;
}

/** N2: what came from calendar programs. Addresses are kept here and nowhere else. */
export interface CalendarReplies {
  /**
   * Whether this answer is newer than the last that was kept for that person: a higher SEQUENCE, or the same and written
   * later (RFC 5546, 2.1.5). One that is, is kept in the same statement; the same one again is no news, and harmless.
   */
  isNews(meetingId: MeetingId, person: PersonId, sequence: number, stampedAt: number): Promise<boolean>;
  /** A repeat changes nothing. */
  hold(letter: HeldLetter): Promise<void>;
  held(letter: string): Promise<HeldLetter | null>;
}

const news = {
  name: 'calendar_reply_is_news',
  text: `insert into record.calendar_replies as r (meeting_id, person, sequence, stamped_at) values ($1, $2, $3, $4)
    on conflict (meeting_id, person) do update set sequence = excluded.sequence, stamped_at = excluded.stamped_at,
      recorded_at = now()
    where (r.sequence, r.stamped_at) <= (excluded.sequence, excluded.stamped_at)
    returning 1 as news`,
};

const hold = {
  name: 'hold_letter',
  text: `insert into record.held_letters (letter, meeting_id, address, attendee, name, comment, delegate)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict (letter) do nothing`,
};

const held = {
  name: 'held_letter',
  text: `select letter, meeting_id, address, attendee, name, comment, delegate from record.held_letters where letter = $1`,
};

export function createCalendarReplies(driver: Driver): CalendarReplies {
  return {
    async isNews(meetingId, person, sequence, stampedAt) {
      const rows = await driver.run(news, [meetingId, person, sequence, stampedAt]);
      return rows.length > 0;
    },
    async hold({ letter, meetingId, address, attendee, name, comment, delegate }) {
      await driver.run(hold, [letter, meetingId, address, attendee, name, comment, delegate]);
    },
    async held(letter) {
      const [row] = await driver.run(held, [letter]);
      if (row === undefined) return null;
      const text = (column: string): string => String(row[column]);
      return {
        letter: text('letter'),
        meetingId: text('meeting_id'),
        address: text('address'),
        attendee: text('attendee'),
        name: text('name'),
        comment: text('comment'),
        delegate: text('delegate'),
      };
    },
  };
}
