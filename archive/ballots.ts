import { and, eq } from 'drizzle-orm';
import { refuse } from '../domain/errors.js';
import type { Choice, MeetingId, PersonId, Tally } from '../domain/meeting/state.js';
import { Batches } from './batches.js';
import type { Driver, Row } from './driver.js';
import type { BallotBoxes, BallotProgress, Cast, CastOutcome } from './ports.js';
import { ballotBoxes, openBallotBoxes, openBallotSeats } from './schema/index.js';
import type { Scrub } from './scrub.js';

export interface Ballots extends BallotBoxes {
  /**
   * One round trip; the ballot is kept when it answers. Who it may be from is the caller's business. `enteredBy`: the key that
   * spoke for the person (design §6, act-as), kept without a time for a secret vote. `complete` whenever the box has all it
   * can get, also at a repeat, so that a signal lost on its way is sent again.
   */
  cast(voteId: string, person: PersonId, choice: Choice, enteredBy?: string): Promise<Cast>;
  /** Null: no such vote. */
  progress(voteId: string): Promise<BallotProgress | null>;
  /** What this person may see of their own ballot: a secret one only that it is in. Null: not in the electorate of this vote. */
  own(voteId: string, person: PersonId): Promise<{ voted: boolean; choice?: Choice } | null>;
  /** Whose ballots a key put in, by vote; for the audit. Only closed votes. */
  marks(meetingId: MeetingId): Promise<{ voteId: string; person: PersonId; enteredBy: string }[]>;
}

const openBox = { name: 'open_ballots', text: 'select record.open_ballots($1, $2, $3, $4, $5)' };
const castBallots = { name: 'cast_ballots', text: 'select * from record.cast_ballots($1, $2, $3, $4)' };
const closeBallots = { name: 'close_ballots', text: 'select * from record.close_ballots($1)' };

export function createBallots(driver: Driver, scrub: Scrub): Ballots {
  const { db } = driver;
  const queue = new Batches<Ballot, Cast>((voteId, ballots) => castAll(driver, voteId, ballots));
  return {
    async open({ voteId, meetingId, secret, electorate, at = 0 }) {
      await driver.run(openBox, [voteId, meetingId, secret, [...new Set(electorate)], at]);
    },

    async cast(voteId, person, choice, enteredBy) {
      return queue.add(voteId, { person, choice, enteredBy });
    },

    async close(voteId) {
      const [row] = await driver.run(closeBallots, [voteId]);
      if (row?.['known'] !== true) refuse('NotFound', 'E8.noSuchVote');
      if (row['secret'] === true) await scrub.now('ballots');
      else scrub.later('ballots');
      return tallyOf(row);
    },

    async progress(voteId) {
      const [box] = await db.select().from(ballotBoxes).where(eq(ballotBoxes.voteId, voteId));
      if (box === undefined) return null;
      if (box.status === 'closed') return closedProgress(box);
      const seats = await db.select().from(openBallotSeats).where(eq(openBallotSeats.voteId, voteId));
      const [open] = await db.select().from(openBallotBoxes).where(eq(openBallotBoxes.voteId, voteId));
      if (open === undefined) return this.progress(voteId); // closed in between
      const choices = Object.fromEntries(seats.flatMap((s) => (s.choice === null ? [] : [[s.person, s.choice]])));
      return { ...common(box), voted: open.voted, ...(box.secret ? {} : { choices }) };
    },

    async own(voteId, person) {
      const [seat] = await db
        .select()
        .from(openBallotSeats)
        .where(and(eq(openBallotSeats.voteId, voteId), eq(openBallotSeats.person, person)));
      if (seat !== undefined) return ownBallot(seat.voted, seat.choice ?? undefined);
      const [box] = await db.select().from(ballotBoxes).where(eq(ballotBoxes.voteId, voteId));
      if (box === undefined || !box.electorate.includes(person)) return null;
      return ownBallot(box.voters?.includes(person) ?? false, box.ballots?.[person]?.choice);
    },

    async marks(meetingId) {
      const rows = await db.select().from(ballotBoxes).where(eq(ballotBoxes.meetingId, meetingId));
      return rows.flatMap(({ voteId, marks }) =>
        Object.entries(marks ?? {}).map(([person, enteredBy]) => ({ voteId, person, enteredBy })),
      );
    },
  };
}

interface Ballot {
  person: PersonId;
  choice: Choice;
  enteredBy: string | undefined;
}

async function castAll(driver: Driver, voteId: string, ballots: Ballot[]): Promise<Cast[]> {
  const [row] = await driver.run(castBallots, [
    voteId,
    ballots.map((ballot) => ballot.person),
    ballots.map((ballot) => ballot.choice),
    ballots.map((ballot) => ballot.enteredBy ?? null),
  ]);
  const complete = row?.['complete'] as boolean[];
  return (row?.['outcomes'] as CastOutcome[]).map((outcome, i) => ({ outcome, complete: complete[i] === true }));
}

type Box = typeof ballotBoxes.$inferSelect;

const common = (box: Box) => ({
  meetingId: box.meetingId,
  status: box.status,
  secret: box.secret,
  electorate: box.electorate.length,
});

function closedProgress(box: Box): BallotProgress {
  const tally = { agree: box.agree ?? 0, against: box.against ?? 0, neutral: box.neutral ?? 0 };
  const entries = Object.entries(box.ballots ?? {}).map(([person, ballot]) => [person, ballot.choice] as const);
  const choices = box.secret ? {} : { choices: Object.fromEntries(entries) };
  return { ...common(box), voted: box.voters?.length ?? 0, tally, ...choices };
}

function ownBallot(voted: boolean, choice: Choice | undefined): { voted: boolean; choice?: Choice } {
  return choice === undefined ? { voted } : { voted, choice };
}

function tallyOf(row: Row): Tally {
  return { agree: Number(row['agree']), against: Number(row['against']), neutral: Number(row['neutral']) };
}
