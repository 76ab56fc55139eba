import { CHINA } from './data/china.js';
import { TAIWAN } from './data/taiwan.js';
import type { LocalDate, WorkingCalendar } from './types.js';

/** Weekends only: for everybody whose public holidays nobody has configured. */
export const NO_HOLIDAYS: WorkingCalendar = Object.freeze({
  id: 'none',
  weekend: Object.freeze([6, 7]),
  holidays: Object.freeze([]),
  makeUpDays: Object.freeze([]),
  dayStart: '08:30',
  dayEnd: '18:00',
});

/** The calendars that ship with the product. */
export type CalendarId = 'CN' | 'TW' | 'none';

const BY_ID: Readonly<Record<CalendarId, WorkingCalendar>> = { CN: CHINA, TW: TAIWAN, none: NO_HOLIDAYS };

/** Zone names in lower case, old names of the same zones included. */
const BY_ZONE: Readonly<Record<string, WorkingCalendar>> = {
  'asia/taipei': TAIWAN,
  roc: TAIWAN,
  'asia/shanghai': CHINA,
  'asia/chongqing': CHINA,
  'asia/chungking': CHINA,
  'asia/harbin': CHINA,
  'asia/urumqi': CHINA,
  'asia/kashgar': CHINA,
  prc: CHINA,
};

/** The calendar of the country that a zone belongs to; weekends only where none ships. Never fails. */
export function calendarFor(zoneName: string): WorkingCalendar {
  const name = zoneName.toLowerCase();
  return Object.hasOwn(BY_ZONE, name) ? BY_ZONE[name]! : NO_HOLIDAYS;
}

/** A calendar by its id, as the setting CONVOKE_CALENDAR names it. */
export function calendarById(id: CalendarId): WorkingCalendar {
  return BY_ID[id];
}

/** Whether the holidays of that day are known; if not, only the weekend is, and a hint is due. */
export function isCovered(cal: WorkingCalendar, date: LocalDate): boolean {
  return cal.coversUntil === undefined || date <= cal.coversUntil;
}
