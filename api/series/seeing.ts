/** H7, H10: what a caller may see of a series: what they would see of a meeting of it. */
import { occurrenceMeetingId } from '../../archive/series.js';
import type { SeriesRow } from '../../archive/series.js';
import { DAY, toLocal } from '../../domain/calendar/index.js';
import { Refusal } from '../../domain/errors.js';
import { createMeeting } from '../../domain/meeting/create.js';
import type { Locale, MeetingState } from '../../domain/meeting/state.js';
import { viewFor } from '../../domain/meeting/visibility.js';
import { nextOccurrence } from '../../domain/series/occurrences.js';
import { meetingOf, zoneOf } from '../../domain/series/plan.js';
import type { MeetingTemplate } from '../../domain/series/plan.js';
import { translator } from '../../locales/index.js';
import type { Principal } from '../auth.js';
import type { Api } from '../context.js';
import { organises, seesSeries } from './service.js';

/** Of a template what differs by who looks. */
export type SeenSeries = Pick<MeetingTemplate, 'coordinator'> & {
  agenda: Pick<MeetingTemplate['agenda'][number], 'title' | 'minutes' | 'priority'>[];
  participants: Pick<MeetingTemplate['participants'][number], 'person' | 'department' | 'role' | 'key'>[];
};

/** Undefined: nothing of it. */
export async function seenSeries(
  api: Api,
  row: SeriesRow,
  principal: Principal,
  locale: Locale,
): Promise<SeenSeries | undefined> {
  if (!seesSeries(principal, row)) return undefined;
  const { actor } = principal;
  const now = api.deps.clock();
  const example = await exampleOf(api, row, now);
  if (example !== undefined) return viewFor(example, actor, now, translator(locale)('words.confidentialTopic'));
  // Refused by the norms of today: who can mend it sees it, and whoever would if it held nothing to hide.
  const { agenda, participants } = row.data.template;
  const hides = agenda.some((t) => t.confidential) || participants.some((p) => p.role === 'external');
  return !hides || actor.roles.includes('admin') || organises(actor, row) ? row.data.template : undefined;
}

/** The meeting that it would make next; an ended series has no next date. */
async function exampleOf(api: Api, { id, data: plan }: SeriesRow, now: number): Promise<MeetingState | undefined> {
  const { calendar } = api.deps.config;
  const zone = zoneOf(plan, now);
  const { date } = toLocal(zone, now + 30 * DAY);
  const next = nextOccurrence(plan.rule, calendar, zone, now + 1) ?? { key: date, date, startsAt: now + 30 * DAY };
  const input = meetingOf(plan, next, occurrenceMeetingId(id, next.key), plan.template.initiator.person);
  const context = { now, norms: await api.deps.norms(now), calendar, zone, by: { via: 'engine' as const } };
  try {
    return createMeeting(input, context).state;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}
