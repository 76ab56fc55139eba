import { followUpSection } from '../follow-up.js';
import type { SectionBuilder } from './context.js';

/** S1: what had become of the last meeting's actions when these minutes were drafted. */
export const lastMeetingSection: SectionBuilder = (c) => followUpSection(c, c.content.followUp);
