import { addDays } from '../dates.js';
import type { LocalDate } from '../types.js';

/** The dates of `days` days in a row, as announcements put it: "from 15 February, 9 days". */
export function span(first: LocalDate, days: number): LocalDate[] {
  return Array.from({ length: days }, (_, i) => addDays(first, i));
}
