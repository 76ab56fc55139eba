/** R1, R4, H7, H10: who reads what of a quarter's review. */
import type { DepartmentId, PersonId } from '../meeting/words.js';
import { isPmo } from '../pmo.js';
import type { ReviewReport, ScopeFigures } from './report.js';

/** Who leads a department on the day that counts: its acting head, else its head (H5). */
export interface Leader {
  department: DepartmentId;
  parent?: DepartmentId;
  person?: PersonId;
}

/** `departments`: all of them, or those that are the reader's; the organisation's own figures are for everybody of the house. */
export interface Audience {
  departments: 'all' | DepartmentId[];
  /** R4: whose own habits are shown, to nobody else. */
  person?: PersonId;
}

/**
 * Executives (the PMO, and who leads a department that has none above it) read all; other heads their departments with
 * those below; everybody else the organisation's figures.
 */
export function audienceOf(
  person: PersonId,
  leaders: Leader[],
  pmo?: { person?: string; department?: string },
  leads: DepartmentId[] = [],
): Audience {
  const led = leaders.filter((l) => l.person === person);
  const isTop = led.some((l) => l.parent === undefined || !leaders.some((x) => x.department === l.parent));
  const office = { person, leads: [...leads, ...led.map((l) => l.department)] };
  if (isTop || isPmo(office, pmo)) return { departments: 'all', person };
  return {
    departments: below(
      led.map((l) => l.department),
      leaders,
    ),
    person,
  };
}

/** Of who leads a department on the day that counts. */
export const leadsPmo = (
  person: PersonId,
  leaders: Leader[],
  pmo?: { person?: string; department?: string },
): boolean => isPmo({ person, leads: leaders.filter((l) => l.person === person).map((l) => l.department) }, pmo);

/** These and all under them, each once, whatever loops there are. */
function below(departments: DepartmentId[], leaders: Leader[]): DepartmentId[] {
  const found = new Set(departments);
  for (const id of found) for (const l of leaders) if (l.parent === id) found.add(l.department);
  return [...found];
}

/** R1: executives, and heads whose departments, or those below, are in the report; each once. */
export function readersOf(
  report: ReviewReport,
  leaders: Leader[],
  pmo?: { person?: string; department?: string },
): { person: PersonId; audience: Audience }[] {
  const people = new Set(leaders.flatMap((l) => l.person ?? []));
  if (pmo?.person !== undefined) people.add(pmo.person);
  const inReport = new Set(report.departments.map((d) => d.id));
  return [...people].sort().flatMap((person) => {
    const audience = audienceOf(person, leaders, pmo);
    if (audience.departments === 'all') return [{ person, audience }];
    const departments = audience.departments.filter((d) => inReport.has(d));
    return departments.length === 0 ? [] : [{ person, audience: { ...audience, departments } }];
  });
}

/** The part of a report that is for this reader; `answerable`: what they may answer, whosever the series is (R2). */
export function reviewFor(
  report: ReviewReport,
  { departments, person }: Audience,
  answerable: { id: string }[] = [],
): ReviewReport {
  const hosts = report.hosts.filter((h) => h.id === person);
  if (departments === 'all') return { ...report, hosts };
  const own = new Set(departments);
  const meetings = report.meetings.filter((m) => own.has(m.department));
  const seen = new Set(meetings.map((m) => m.id));
  const part = <S extends ScopeFigures>(scope: S): S => ({
    ...scope,
    meetings: scope.meetings.filter((m) => seen.has(m)),
  });
  const series = report.series.map(part).filter((s) => s.meetings.length > 0);
  const isOwn = ({ seriesId }: { seriesId: string }): boolean => series.some((s) => s.id === seriesId);
  return {
    ...report,
    organisation: part(report.organisation),
    departments: report.departments.filter((d) => d.id !== undefined && own.has(d.id)),
    series,
    // Of their own meetings they know all.
    hosts,
    speaking: report.speaking.filter((s) => own.has(s.department)),
    actions: report.actions.filter((a) => a.department !== undefined && own.has(a.department)),
    repeated: report.repeated
      .filter((t) => t.department !== undefined && own.has(t.department))
      .map((t) => ({ ...t, meetings: t.meetings.filter((m) => seen.has(m)) })),
    meetings,
    proposals: report.proposals.filter((p) => isOwn(p) || answerable.some(({ id }) => id === p.id)),
    results: report.results.filter(isOwn),
  };
}
