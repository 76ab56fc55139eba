import type { SeriesRow } from '../../archive/series.js';
import { occurrenceMeetingId } from '../../archive/series.js';
import { DAY, toIso } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { occurrences } from '../../domain/series/occurrences.js';
import { zoneOf } from '../../domain/series/plan.js';
import type { Api } from '../context.js';
import { Names, present } from '../present/context.js';
import type { SeriesAnswer } from '../schemas/series.js';
import { recurrenceOf } from './recurrence.js';
import type { SeenSeries } from './seeing.js';

const mostUpcoming = 10;

/** A series for one reader, with its next dates and the meetings made for them. */
export async function presentSeries(
  api: Api,
  row: SeriesRow,
  locale: Locale,
  seen: SeenSeries = row.data.template,
): Promise<SeriesAnswer> {
  const { archive, config, clock } = api.deps;
  const { id, data: plan } = row;
  const { template, rule } = plan;
  const zone = zoneOf(plan, clock());
  const departments = [template.initiator.department, ...template.participants.map((p) => p.department)];
  const names = await Names.load(archive.directory, { people: row.people, departments }, locale);
  const ahead =
    row.endedAt === undefined ? occurrences(rule, config.calendar, zone, clock(), clock() + 2 * 366 * DAY) : [];
  const next = ahead.slice(0, mostUpcoming).map((o) => ({ ...o, meetingId: occurrenceMeetingId(id, o.key) }));
  const made = await archive.series.made(next.map((o) => o.meetingId));
  return present({
    id,
    revision: row.revision,
    title: template.title,
    goal: template.goal,
    durationMinutes: template.durationMinutes,
    place: template.place,
    onlineLink: template.onlineLink,
    initiator: {
      department: names.department(template.initiator.department),
      person: names.person(template.initiator.person),
    },
    host: names.maybePerson(template.host),
    coordinator: names.maybePerson(seen.coordinator),
    participants: seen.participants.map((p) => ({
      person: names.person(p.person),
      department: names.department(p.department),
      role: p.role,
      key: p.key ?? false,
    })),
    agenda: seen.agenda.map(({ title, minutes, priority }) => ({ title, minutes, priority })),
    timeZone: plan.timeZone,
    recurrence: recurrenceOf(rule),
    leadDays: plan.leadDays,
    publish: plan.publish,
    publishDaysBefore: plan.publishDaysBefore,
    paused: plan.paused,
    skipped: rule.skips,
    moved: rule.moves,
    upcoming: next.map(({ key, date, startsAt, meetingId }) => ({
      date,
      startsAt: toIso(zone, startsAt),
      key,
      ...(made.includes(meetingId) ? { meetingId } : {}),
    })),
    waiting: (await archive.backlog.list({ seriesId: id })).length,
    endedAt: row.endedAt === undefined ? undefined : toIso(zone, row.endedAt),
  });
}
