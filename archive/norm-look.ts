/** Y1: what a year that is over proposes for the norms, looked at once by whoever asks first. */
import type { Instant, WorkingCalendar } from '../domain/calendar/index.js';
import type { Norms } from '../domain/norms.js';
import { proposeNorms } from '../domain/norms-proposals.js';
import { spanOfYear, waitingFor } from '../domain/norms-year.js';
import type { NormProposalsPort } from './norm-proposals.js';
import { zoneAround, zoneOfQuarter } from './review-input.js';

export interface MadeNorms {
  /** How many proposals wait for an answer. */
  open: number;
  /** When whoever has not answered is reminded, the earliest first. */
  remindAt: Instant[];
}

export interface NormsOrganisation {
  norms(at: Instant): Promise<Norms>;
  calendar: WorkingCalendar;
  timeZone: string;
}

/** Any number of times: what was found first stays, and so does when it is to be answered. */
export async function makeNorms(
  normProposals: NormProposalsPort,
  { norms, calendar, timeZone }: NormsOrganisation,
  { year, now }: { year: number; now: Instant },
): Promise<MadeNorms> {
  const looked = await normProposals.year(year);
  const madeAt = looked?.madeAt ?? now;
  const inForce = await norms(madeAt);
  const terms = waitingFor(madeAt, inForce, calendar, zoneAround(timeZone, madeAt));
  if (looked === null) {
    const { from, to } = spanOfYear(year, zoneOfQuarter(timeZone, `${year}-Q4`));
    const facts = await normProposals.facts(from, to);
    const meetings = facts.filter((m) => !m.emergency).length;
    await normProposals.keep({ year, madeAt, dueAt: terms.dueAt, meetings }, proposeNorms(year, facts, inForce));
  }
  const proposals = await normProposals.list(year);
  return { open: proposals.filter((p) => p.state === 'open').length, remindAt: terms.remindAt };
}
