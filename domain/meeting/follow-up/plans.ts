/** F6: improvement plans; they run the same ladder as actions. */
import type { Instant } from '../../calendar/index.js';
import { refuse } from '../../errors.js';
import { changed, mail, nextId } from '../change.js';
import type { Change } from '../effects.js';
import type { By, MeetingState, Plan } from '../state.js';
import { dueIn } from './dates.js';
import { newTracked } from './items.js';
import { armDue } from './ladder.js';
import { report } from './reports.js';

/** The initiator is asked at once for a plan, due in 5 wd. */
export function raisePlan(state: MeetingState, reason: Plan['reason'], score: number, now: Instant): Change {
  const { id, state: counted } = nextId(state, 'p');
  const { person: owner, department } = state.initiator;
  const dueAt = dueIn(state, now, state.norms.planDueWd);
  const base = newTracked({ id, owner, department, dueAt }, now, { via: 'clock' });
  const plan: Plan = { ...base, kind: 'improvementPlan', reason, score };
  const added = armDue({ ...counted, plans: [...counted.plans, plan] }, plan, now);
  return changed(added, mail('improvementPlan', id, [owner], { dueAt, reason, score }, id));
}

/** Handing in the text reports the plan done; sponsor, PMO or host check it. */
export function handIn(state: MeetingState, plan: Plan, text: string | undefined, now: Instant, by: By): Change {
  if (!text?.trim()) refuse('BadInput', 'F6.textNeeded', 'text', { id: plan.id });
  return report(state, { ...plan, text }, now, by);
}
