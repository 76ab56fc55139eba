/** Many rows at once, for a database that is filled and not lived in (infra/seed). */
import type { Instant } from '../domain/calendar/index.js';
import type { Choice, DepartmentId, Locale, MeetingState, PersonId } from '../domain/meeting/state.js';
import type { SeriesPlan } from '../domain/series/plan.js';
import { nameKeysOf } from './directory.js';
import type { Driver } from './driver.js';
import { fold } from './ids.js';
import { hashOf } from './minutes.js';
import type { AuditEntry, MinutesContent } from './ports.js';
import { ballotBoxes, departments, memberships, minutes, people, series, surveyBoxes } from './schema/index.js';
import type { View } from './view.js';

export interface SeedDepartment {
  id: DepartmentId;
  name: string;
  head: PersonId;
  parent?: DepartmentId;
}

export interface SeedPerson {
  id: PersonId;
  name: string;
  names: Partial<Record<Locale, string>>;
  email: string;
  locale: Locale;
  departments: DepartmentId[];
}

export interface SeedSeries {
  plan: SeriesPlan;
  department: DepartmentId;
  people: PersonId[];
}

/** A box as its closing leaves it. */
export interface SeedBallots {
  voteId: string;
  secret: boolean;
  electorate: PersonId[];
  choices: Record<PersonId, Choice>;
  at: Instant;
}

export interface SeedMeeting {
  state: MeetingState;
  audit: AuditEntry[];
  /** Kept under its hash, which `state.minutes` gets. */
  minutes?: MinutesContent;
  ballots?: SeedBallots[];
  survey?: {
    seriesId?: string;
    eligible: PersonId[];
    closesAt: Instant;
    answers: number;
    scores?: number[];
    mean?: number;
    answered: PersonId[];
    suggestions: string[];
  };
}

export interface Seeding {
  /** How many meetings there are. */
  meetings(): Promise<number>;
  /** Departments by name and people by address that are there already are refused by the database: nothing is written. */
  organisation(departments: SeedDepartment[], people: SeedPerson[], series: SeedSeries[]): Promise<void>;
  /** Some meetings with all that belongs to them; the view is written the way workflows write it. */
  write(meetings: SeedMeeting[]): Promise<void>;
  /** Statistics for the planner, after much was written. */
  finish(): Promise<void>;
}

/** PostgreSQL takes 65,535 values in one statement. */
const most = 1_000;

export function createSeeding(driver: Driver, view: Pick<View, 'write'>): Seeding {
  const { db } = driver;
  return {
    async meetings() {
      const [row] = await driver.run(
        { name: 'count_meetings', text: 'select count(*) as count from view.meetings' },
        [],
      );
      return Number(row?.['count']);
    },

    async organisation(made, members, plans) {
      await db.transaction(async (tx) => {
        for (const part of parts(made))
          await tx.insert(departments).values(part.map((d) => ({ ...d, nameKey: fold(d.name) })));
        for (const part of parts(members)) {
          await tx
            .insert(people)
            .values(part.map(({ departments: _, ...p }) => ({ ...p, nameKeys: nameKeysOf(p.name, p.names) })));
          const belongs = part.flatMap((p) => p.departments.map((department) => ({ person: p.id, department })));
          await tx.insert(memberships).values(belongs);
        }
        for (const part of parts(plans))
          await tx
            .insert(series)
            .values(part.map((s) => ({ id: s.plan.id, data: s.plan, department: s.department, people: s.people })));
      });
    },

    async write(list) {
      const kept = list.map((m) => ({ ...m, state: withHash(m) }));
      const texts = kept.flatMap(({ state, minutes: content }) =>
        content === undefined ? [] : [{ meetingId: state.id, hash: state.minutes!.hash!, content }],
      );
      const boxes = kept.flatMap(({ state, ballots = [] }) => ballots.map((b) => ballotRow(state.id, b)));
      const surveys = kept.flatMap(({ state, survey }) => (survey === undefined ? [] : [surveyRow(state.id, survey)]));
      for (const part of parts(texts)) await db.insert(minutes).values(part).onConflictDoNothing();
      for (const part of parts(boxes)) await db.insert(ballotBoxes).values(part).onConflictDoNothing();
      for (const part of parts(surveys)) await db.insert(surveyBoxes).values(part).onConflictDoNothing();
      const waiting = [...kept];
      const writer = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
          await view.write({ state: next.state, audit: next.audit });
      };
      await Promise.all(Array.from({ length: driver.kind === 'pglite' ? 1 : 6 }, writer));
    },

    async finish() {
      await driver.session(async (session) => session.script('analyze'));
    },
  };
}

function withHash({ state, minutes: content }: SeedMeeting): MeetingState {
  if (content === undefined || state.minutes === undefined) return state;
  const hash = hashOf(content);
  const versions = state.minutes.versions.map((v) => ({ ...v, hash }));
  return { ...state, minutes: { ...state.minutes, hash, versions } };
}

function ballotRow(meetingId: string, { voteId, secret, electorate, choices, at }: SeedBallots) {
  const count = (choice: Choice): number => Object.values(choices).filter((c) => c === choice).length;
  const ballots = Object.fromEntries(Object.entries(choices).map(([p, choice]) => [p, { choice, recordedAt: at }]));
  return {
    voteId,
    meetingId,
    secret,
    electorate,
    status: 'closed' as const,
    agree: count('agree'),
    against: count('against'),
    neutral: count('neutral'),
    voters: Object.keys(choices).sort(),
    // E8: a secret vote keeps who has voted, never how.
    ballots: secret ? null : ballots,
  };
}

function surveyRow(meetingId: string, survey: NonNullable<SeedMeeting['survey']>) {
  const { scores, mean, seriesId, answered, ...rest } = survey;
  const published = scores === undefined ? {} : { scores, mean, answered };
  return {
    ...rest,
    ...published,
    meetingId,
    status: 'closed' as const,
    ...(seriesId === undefined ? {} : { seriesId }),
  };
}

function* parts<T>(list: T[]): Generator<T[]> {
  for (let i = 0; i < list.length; i += most) yield list.slice(i, i + most);
}
