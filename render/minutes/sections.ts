/**
 * The parts of the minutes in their order. A new part is a builder in a file of its own and a line here; every format
 * (page, mail, PDF, docx, Markdown) then has it.
 */
import type { Section } from '../document.js';
import { actionsSection } from './actions.js';
import { attendanceSection } from './attendance.js';
import { conclusionsSection } from './conclusions.js';
import type { MinutesContext, SectionBuilder } from './context.js';
import { lastMeetingSection } from './follow-up.js';
import { keyPointsSection } from './key-points.js';
import { analysesSection, groupsSection, parkedSection } from './room.js';
import { nextSection } from './next.js';
import { votesSection } from './votes.js';

/** M2: conclusions, actions and the next time always come first. */
const builders: readonly SectionBuilder[] = [
  conclusionsSection,
  actionsSection,
  nextSection,
  lastMeetingSection,
  attendanceSection,
  votesSection,
  keyPointsSection,
  analysesSection,
  groupsSection,
  parkedSection,
];

/** H7: what an extract has; nothing of the others. */
const extract: readonly SectionBuilder[] = [conclusionsSection, actionsSection];

export const minutesSections = (c: MinutesContext): Section[] =>
  (c.extractFor === undefined ? builders : extract).flatMap((build) => build(c));
