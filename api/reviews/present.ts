/** R1: a review in the caller's words: names as they are now, moments in the organisation's zone. */
import { zoneOfQuarter } from '../../archive/review-input.js';
import type { ReviewRow } from '../../archive/reviews.js';
import { toIso } from '../../domain/calendar/index.js';
import type { Instant } from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { figureNames, valueOf, type Figures } from '../../domain/review/figures.js';
import { departmentsIn, peopleIn } from '../../domain/review/names.js';
import type { Quarter, ReviewReport, ScopeFigures } from '../../domain/review/report.js';
import type { Api } from '../context.js';
import { Names } from '../present/context.js';
import type { figuresShape, reviewRowShape, ReviewAnswer } from '../schemas/reviews.js';
import type { z } from 'zod';

export async function presentReview(api: Api, report: ReviewReport, locale: Locale): Promise<ReviewAnswer> {
  const { directory } = api.deps.archive;
  const names = await Names.load(directory, { people: peopleIn(report), departments: departmentsIn(report) }, locale);
  const zone = zoneOfQuarter(report.timeZone, report.quarter);
  const iso = (t: Instant): string => toIso(zone, t);
  const maybe = (id: string | undefined) => (id === undefined ? {} : { department: names.department(id) });
  const [host] = report.hosts;
  const { quarter, timeZone, outcomes, proposals, results } = report;
  return {
    ...{ quarter, timeZone, outcomes },
    from: iso(report.from),
    to: iso(report.to),
    madeAt: iso(report.madeAt),
    organisation: compared(report.organisation),
    departments: report.departments.map((d) => ({ department: names.department(d.id ?? ''), ...compared(d) })),
    series: report.series.map((s) => ({ seriesId: s.id ?? '', title: s.title ?? '', ...compared(s) })),
    ...(host === undefined ? {} : { host: compared(host) }),
    trend: report.trend.map((t) => ({ quarter: t.quarter, figures: presentFigures(t.figures) })),
    speaking: report.speaking.map(({ department, ms }) => ({
      department: names.department(department),
      minutes: Math.round(ms / 6_000) / 10,
    })),
    actions: report.actions.map(({ task, owner, department, createdAt, missed, dueAt, endedAt, ...rest }) => ({
      ...rest,
      title: task,
      ...maybe(department),
      owner: names.person(owner),
      createdAt: iso(createdAt),
      missed: missed.map(iso),
      dueAt: iso(dueAt),
      ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    })),
    repeated: report.repeated.map(({ department, ...rest }) => ({ ...rest, ...maybe(department) })),
    meetings: report.meetings.map(({ startsAt, department, departments, ...rest }) => ({
      ...rest,
      startsAt: iso(startsAt),
      department: names.department(department),
      departments: departments.map((d) => names.department(d)),
    })),
    proposals: proposals.map(({ becauseAt, ...p }) => ({
      ...p,
      ...(becauseAt === undefined ? {} : { becauseAt: becauseAt.map(iso) }),
    })),
    results: results.map((r) => ({ ...r, acceptedAt: iso(r.acceptedAt) })),
  };
}

function compared({ now, before, yearBefore, meetings }: ScopeFigures) {
  return {
    now: presentFigures(now),
    ...(before === undefined ? {} : { before: presentFigures(before) }),
    ...(yearBefore === undefined ? {} : { yearBefore: presentFigures(yearBefore) }),
    meetings,
  };
}

export function presentFigures(figures: Figures): z.output<typeof figuresShape> {
  return Object.fromEntries(
    figureNames.map((name) => {
      const { part, whole } = figures[name];
      const value = valueOf(figures[name]);
      return [name, { part, whole, ...(value === undefined ? {} : { value }) }];
    }),
  ) as z.output<typeof figuresShape>;
}

export async function presentRows(
  api: Api,
  quarter: Quarter,
  rows: ReviewRow[],
  locale: Locale,
): Promise<z.output<typeof reviewRowShape>[]> {
  const { archive, config } = api.deps;
  const zone = zoneOfQuarter(config.timeZone, quarter);
  const names = await Names.load(archive.directory, { people: [], departments: rows.map((r) => r.department) }, locale);
  // Who hosted is the meeting's to say: nobody is ranked by it (R4).
  return rows.map(({ at, department, host: _, ...row }) => ({
    ...row,
    at: toIso(zone, at),
    department: names.department(department),
  }));
}
