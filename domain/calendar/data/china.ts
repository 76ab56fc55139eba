import type { WorkingCalendar } from '../types.js';
import { span } from './span.js';

/**
 * Holidays of the State Council's notices, weekends within a holiday included, and the weekend days that work for
 * them. 2027 is missing: its notice was not to be found when this was written (23 November 2026); from then on only
 * weekends count until it is added here or configured.
 */
const HOLIDAYS = [
  // 2024: 国务院办公厅关于2024年部分节假日安排的通知, 国办发明电〔2023〕7号, 25 October 2023
  // (9 February, New Year's Eve, is recommended leave and so no holiday)
  ...span('2024-01-01', 1), // 元旦
  ...span('2024-02-10', 8), // 春节
  ...span('2024-04-04', 3), // 清明节
  ...span('2024-05-01', 5), // 劳动节
  ...span('2024-06-10', 1), // 端午节
  ...span('2024-09-15', 3), // 中秋节
  ...span('2024-10-01', 7), // 国庆节
  // 2025: 国务院办公厅关于2025年部分节假日安排的通知, 国办发明电〔2024〕12号, 12 November 2024
  ...span('2025-01-01', 1), // 元旦
  ...span('2025-01-28', 8), // 春节
  ...span('2025-04-04', 3), // 清明节
  ...span('2025-05-01', 5), // 劳动节
  ...span('2025-05-31', 3), // 端午节
  ...span('2025-10-01', 8), // 国庆节、中秋节
  // 2026: 国务院办公厅关于2026年部分节假日安排的通知, 4 November 2025
  ...span('2026-01-01', 3), // 元旦
  ...span('2026-02-15', 9), // 春节
  ...span('2026-04-04', 3), // 清明节
  ...span('2026-05-01', 5), // 劳动节
  ...span('2026-06-19', 3), // 端午节
  ...span('2026-09-25', 3), // 中秋节
  ...span('2026-10-01', 7), // 国庆节
];

/** From the same notices. */
const MAKE_UP_DAYS = [
  ...['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'],
  ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
];

/** China: 2024, 2025, 2026. */
export const CHINA: WorkingCalendar = Object.freeze({
  id: 'CN',
  weekend: Object.freeze([6, 7]),
  holidays: Object.freeze(HOLIDAYS),
  makeUpDays: Object.freeze(MAKE_UP_DAYS),
  dayStart: '08:30',
  dayEnd: '18:00',
  coversUntil: '2026-12-31',
});
