/** S1: from a series to the meetings that are to be made now. */
import { DAY } from '../domain/calendar/index.js';
import type { WorkingCalendar } from '../domain/calendar/index.js';
import { Refusal } from '../domain/errors.js';
import { createMeeting } from '../domain/meeting/create.js';
import type { Effect } from '../domain/meeting/effects.js';
import type { Locale, MeetingState } from '../domain/meeting/state.js';
import type { Norms } from '../domain/norms.js';
import { occurrences } from '../domain/series/occurrences.js';
import { dueOccurrences, meetingOf, zoneOf } from '../domain/series/plan.js';
import type { SeriesPlan } from '../domain/series/plan.js';
import { occurrenceMeetingId } from '../archive/series.js';
import type { Ports } from './ports.js';

/** What a new meeting copies from the organisation as it is then. */
export interface Planning {
  norms(at: number): Promise<Norms>;
  calendar: WorkingCalendar;
  /** R1: of the organisation: whose quarters, and the language of who has none. */
  timeZone: string;
  locale: Locale;
}

export interface PlannedSeries {
  meetings: { state: MeetingState; effects: Effect[] }[];
  /** Dates whose meeting the rules refuse as the series describes it, with the codes why. */
  refused: { key: string; codes: string[] }[];
}

/** More than a series of every working day needs in a week; the next day's run makes the rest. */
const most = 10;

type PlanPorts = Pick<Ports, 'series' | 'directory'>;

export async function planSeries(
  ports: PlanPorts,
  planning: Planning | undefined,
  seriesId: string,
  now: number,
): Promise<PlannedSeries> {
  if (planning === undefined) throw new Error('this worker plans no series');
  const plan = await ports.series.active(seriesId);
  const planned: PlannedSeries = { meetings: [], refused: [] };
  if (plan === null) return planned;
  const due = dueOccurrences(plan, planning.calendar, now).map((o) => ({ o, id: occurrenceMeetingId(plan.id, o.key) }));
  const made = await ports.series.made(due.map(({ id }) => id));
  const context = {
    now,
    norms: await planning.norms(now),
    calendar: planning.calendar,
    zone: zoneOf(plan, now),
    by: { via: 'engine' as const },
  };
  const host = await hostOf(ports, plan);
  for (const { o, id } of due.filter((x) => !made.includes(x.id)).slice(0, most)) {
    try {
      const { state, effects } = createMeeting(meetingOf(plan, o, id, host), context);
      planned.meetings.push({ state, effects });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      planned.refused.push({ key: o.key, codes: error.faults.map((f) => f.code) });
    }
  }
  return planned;
}

/** M2: when the series meets after this meeting; unknown while it is paused or over. */
export async function nextInSeries(
  { series }: Pick<Ports, 'series'>,
  planning: Planning | undefined,
  seriesId: string,
  { meetingId, startsAt }: { meetingId: string; startsAt: number },
): Promise<number | undefined> {
  const plan = planning === undefined ? null : await series.active(seriesId);
  if (planning === undefined || plan === null || plan.paused) return undefined;
  const year = 366 * DAY;
  const dates = occurrences(plan.rule, planning.calendar, zoneOf(plan, startsAt), startsAt + 1, startsAt + year);
  // A meeting that was moved ahead of its own date is not followed by itself.
  return dates.find((o) => occurrenceMeetingId(plan.id, o.key) !== meetingId)?.startsAt;
}

/** E2: the head of the initiating department as it is now, else the initiator. */
async function hostOf({ directory }: PlanPorts, { template }: SeriesPlan): Promise<string> {
  const { department, person } = template.initiator;
  return template.host ?? (await directory.departments([department]))[0]?.head ?? person;
}
