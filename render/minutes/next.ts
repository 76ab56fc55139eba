import { text } from '../document.js';
import { always } from './context.js';
import type { SectionBuilder } from './context.js';

/** M2: the suggested next time, always with year and zone. */
export const nextSection: SectionBuilder = (c) => {
  const at = c.content.nextMeetingAt ?? c.state.minutes?.nextMeetingAt;
  return always(c, 'next', at === undefined ? [] : [text(c.when.full(at))]);
};
