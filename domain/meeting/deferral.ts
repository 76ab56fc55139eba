import { toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { fault, Refusal } from '../errors.js';
import type { Fault } from '../errors.js';
import type { Deferral, MeetingState, Topic } from './state.js';

/**
 * E11: what was begun and is put off goes with the open question, the department that brings what, and the date, all of
 * them. A topic that was not called may be put off without: it is only taken off today's agenda. (What the close itself
 * interrupts, E14, does not pass here.)
 */
export function deferralOf(
  state: MeetingState,
  topic: Topic,
  given: Omit<Deferral, 'reason'> | undefined,
  now: Instant,
): Deferral {
  if (given === undefined && topic.status !== 'live') return { reason: 'unreached' };
  const { factQuestion, department, bringsMaterial, date } = given ?? {};
  const today = toLocal(state.zone, now).date;
  const faults: Fault[] = [];
  if (!factQuestion) faults.push(fault('E11.questionNeeded', 'deferral.factQuestion'));
  if (!department) faults.push(fault('E11.departmentNeeded', 'deferral.department'));
  if (!bringsMaterial) faults.push(fault('E11.materialNeeded', 'deferral.bringsMaterial'));
  if (!date) faults.push(fault('E11.dateNeeded', 'deferral.date'));
  else if (date < today) faults.push(fault('E11.datePast', 'deferral.date', { date, today }));
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  return { ...given, reason: 'facts' };
}
