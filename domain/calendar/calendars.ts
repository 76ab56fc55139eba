import type { WorkingCalendar } from './types.js';

/** Weekends only: for everybody whose public holidays nobody has configured. */
export const NO_HOLIDAYS: WorkingCalendar = Object.freeze({
  id: 'none',
  weekend: Object.freeze([6, 7]),
  holidays: Object.freeze([]),
  makeUpDays: Object.freeze([]),
  dayStart: '08:30',
  dayEnd: '18:00',
});
