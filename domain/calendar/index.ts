/** Working calendars, zones as data, and dates: the one door to this folder. */
export * from './types.js';
export * from './calendars.js';
export * from './config.js';
export { CHINA } from './data/china.js';
export { TAIWAN } from './data/taiwan.js';
export { addDays, compare, DAY, daysBetween, HOUR, isLocalDate, isLocalTime, MINUTE, weekdayOf } from './dates.js';
export { formatOffset, offsetIsValid, parseIsoInstant, toIso } from './iso.js';
export * from './quietHours.js';
export { nextSlot, reminderTime } from './slots.js';
export * from './working-days.js';
export { fromLocal, isAmbiguous, isGap, type LocalMoment, offsetAt, toLocal } from './zone.js';
export { zoneData } from './zone-data.js';
