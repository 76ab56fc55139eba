/** Y1: the year that is due, and what it proposes for the norms. */
import { makeNorms as lookAtYear, type MadeNorms } from '../../archive/norm-look.js';
import { zoneAround } from '../../archive/review-input.js';
import type { Instant } from '../../domain/calendar/index.js';
import { dueForNorms } from '../../domain/norms-year.js';
import type { Planning } from '../plan-series.js';
import type { Ports } from '../ports.js';

/** The year that is due at a scheduled time, on the organisation's own calendar; none on most days. */
export function dueNorms({ calendar, timeZone }: Planning, scheduledAt: Instant): number | undefined {
  return dueForNorms(scheduledAt, calendar, zoneAround(timeZone, scheduledAt));
}

export const makeNorms = (
  { normProposals }: Pick<Ports, 'normProposals'>,
  planning: Planning,
  job: { year: number; now: Instant },
): Promise<MadeNorms> => lookAtYear(normProposals, planning, job);
