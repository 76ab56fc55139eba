import type { DepartmentId, PersonId } from '../meeting/words.js';
import type { ReviewReport } from './report.js';

/** Whose names a review can need. */
export const peopleIn = (report: ReviewReport): PersonId[] => [
  ...report.actions.map((a) => a.owner),
  ...report.hosts.flatMap((h) => h.id ?? []),
  ...report.proposals.flatMap(({ change }) => (change.kind === 'dropPeople' ? change.people : [])),
];

/** Whose departments. */
export const departmentsIn = (report: ReviewReport): DepartmentId[] => [
  ...new Set([
    ...report.departments.flatMap((d) => d.id ?? []),
    ...report.meetings.flatMap((m) => [m.department, ...m.departments]),
    ...report.speaking.map((s) => s.department),
    ...[...report.actions, ...report.repeated].flatMap((x) => x.department ?? []),
  ]),
];
