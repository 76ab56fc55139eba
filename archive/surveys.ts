import { and, eq } from 'drizzle-orm';
import { refuse } from '../domain/errors.js';
import type { Instant } from '../domain/calendar/index.js';
import type { MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';
import type { Answered, AnswerOutcome, SurveyBoxes, SurveyResult } from './ports.js';
import { openSurveySeats, surveyBoxes } from './schema/index.js';
import type { Scrub } from './scrub.js';

export interface SurveyStatus {
  status: 'open' | 'closed';
  closesAt: Instant;
  /** How many could answer. */
  of: number;
  eligible: boolean;
  /** While it is open; who answered is nobody's business after that. */
  answered: boolean;
}

export interface Surveys extends SurveyBoxes {
  /** One answer, one transaction. `score` is 1 to 5. `complete` whenever all have answered, also at a repeat. */
  answer(meetingId: MeetingId, person: PersonId, score: number, suggestion?: string): Promise<Answered>;
  /** Null: this meeting has had no survey. */
  status(meetingId: MeetingId, person: PersonId): Promise<SurveyStatus | null>;
}

const openSurvey = { name: 'open_survey', text: 'select record.open_survey($1, $2, $3, $4)' };
const answerSurvey = { name: 'answer_survey', text: 'select * from record.answer_survey($1, $2, $3, $4)' };
const closeSurvey = { name: 'close_survey', text: 'select * from record.close_survey($1, $2, $3)' };

export function createSurveys(driver: Driver, scrub: Scrub): Surveys {
  const { db } = driver;
  const seat = (meetingId: MeetingId, person: PersonId) =>
    and(eq(openSurveySeats.meetingId, meetingId), eq(openSurveySeats.person, person));
  return {
    async open({ meetingId, eligible, closesAt, seriesId }) {
      await driver.run(openSurvey, [meetingId, [...new Set(eligible)], closesAt, seriesId ?? null]);
    },

    async answer(meetingId, person, score, suggestion) {
      if (![1, 2, 3, 4, 5].includes(score)) refuse('BadInput', 'input.choice', 'score', { choices: '1, 2, 3, 4, 5' });
      const words = suggestion?.trim() ?? '';
      const [row] = await driver.run(answerSurvey, [meetingId, person, score, words === '' ? null : words]);
      return { outcome: row?.['outcome'] as AnswerOutcome, complete: row?.['complete'] === true };
    },

    async close(meetingId, minForMean, minForSuggestions) {
      const [row] = await driver.run(closeSurvey, [meetingId, minForMean, minForSuggestions]);
      if (row?.['known'] !== true) refuse('NotFound', 'F5.unknownSurvey');
      await scrub.now('surveys');
      const answers = Number(row['answers']);
      return row['mean'] === null ? { answers } : { answers, mean: Number(row['mean']) };
    },

    async silent(meetingId, people) {
      const rows = await db
        .select({ person: openSurveySeats.person })
        .from(openSurveySeats)
        .where(and(eq(openSurveySeats.meetingId, meetingId), eq(openSurveySeats.answered, false)));
      const silent = new Set(rows.map((row) => row.person));
      return people.filter((person) => silent.has(person));
    },

    async status(meetingId, person) {
      const [box] = await db.select().from(surveyBoxes).where(eq(surveyBoxes.meetingId, meetingId));
      if (box === undefined) return null;
      const [own] = await db.select().from(openSurveySeats).where(seat(meetingId, person));
      const eligible = box.eligible.includes(person);
      const { status, closesAt } = box;
      return { status, closesAt, of: box.eligible.length, eligible, answered: own?.answered ?? false };
    },

    async result(meetingId) {
      const [box] = await db.select().from(surveyBoxes).where(eq(surveyBoxes.meetingId, meetingId));
      if (box?.status !== 'closed') return null;
      return {
        eligible: box.eligible.length,
        answers: box.answers ?? 0,
        ...(box.scores === null ? {} : { scores: byScore(box.scores) }),
        ...(box.mean === null ? {} : { mean: box.mean }),
        suggestions: box.suggestions ?? [],
      };
    },
  };
}

function byScore(scores: number[]): NonNullable<SurveyResult['scores']> {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = scores;
  return { '1': a, '2': b, '3': c, '4': d, '5': e };
}
