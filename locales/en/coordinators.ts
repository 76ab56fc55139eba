import type { coordinators as base } from '../zh-TW/coordinators.js';

/** R4: why somebody could coordinate the next meeting. */
export const coordinators: Record<keyof typeof base, string> = {
  'stage.newcomer': 'has not watched a meeting yet',
  'stage.observer': 'is watching meetings',
  'stage.coHost': 'is ready to coordinate',
  'stage.host': 'is ready to host',
  noLoad: 'coordinates no meeting now',
  load: 'coordinates {count} that are not over',
  never: 'has coordinated none in two years',
  last: 'coordinated last on {date}',
  observeFirst: 'should watch {count} more first',
};
