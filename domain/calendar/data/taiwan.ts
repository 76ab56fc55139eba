import type { WorkingCalendar } from '../types.js';
import { span } from './span.js';

/**
 * Days off of the government's office calendars (政府行政機關辦公日曆表, approved by the Executive Yuan, published by the
 * Directorate-General of Personnel Administration), days off in lieu included; plain weekends are not listed.
 * 1 May is a holiday for all from 2026 on, by the act on commemorative days and festivals (紀念日及節日實施條例) of
 * 28 May 2025; before, it was one for workers under the labour standards act only and is not in these calendars.
 */
const HOLIDAYS = [
  // 2024: 中華民國113年政府行政機關辦公日曆表, 院授人培字第11230268412號函, 25 May 2023
  '2024-01-01', // 開國紀念日
  ...span('2024-02-08', 7), // 小年夜 (調整放假)、除夕、春節、補假
  '2024-02-28', // 和平紀念日
  ...span('2024-04-04', 2), // 兒童節及民族掃墓節、補假
  '2024-06-10', // 端午節
  '2024-09-17', // 中秋節
  '2024-10-10', // 國慶日
  // 2025: 中華民國114年政府行政機關辦公日曆表, as revised by 院授人培字第11430248311號函, 13 June 2025
  '2025-01-01', // 開國紀念日
  ...span('2025-01-27', 5), // 小年夜 (調整放假)、除夕、春節
  '2025-02-28', // 和平紀念日
  ...span('2025-04-03', 2), // 補假、兒童節及民族掃墓節
  ...span('2025-05-30', 2), // 補假、端午節
  ...span('2025-09-28', 2), // 孔子誕辰紀念日/教師節、補假
  '2025-10-06', // 中秋節
  '2025-10-10', // 國慶日
  ...span('2025-10-24', 2), // 補假、臺灣光復暨金門古寧頭大捷紀念日
  '2025-12-25', // 行憲紀念日
  // 2026: 中華民國115年政府行政機關辦公日曆表, 院授人培字第11430248312號函, 13 June 2025
  '2026-01-01', // 開國紀念日
  ...span('2026-02-15', 6), // 小年夜、除夕、春節、補假
  ...span('2026-02-27', 2), // 補假、和平紀念日
  ...span('2026-04-03', 4), // 補假、兒童節、清明節、補假
  '2026-05-01', // 勞動節
  '2026-06-19', // 端午節
  '2026-09-25', // 中秋節
  '2026-09-28', // 孔子誕辰紀念日/教師節
  ...span('2026-10-09', 2), // 補假、國慶日
  ...span('2026-10-25', 2), // 臺灣光復暨金門古寧頭大捷紀念日、補假
  '2026-12-25', // 行憲紀念日
  // 2027: 中華民國116年政府行政機關辦公日曆表, 院授人培字第1153026132號函, 21 May 2026
  '2027-01-01', // 開國紀念日
  ...span('2027-02-04', 7), // 小年夜、除夕、春節、補假
  ...span('2027-02-28', 2), // 和平紀念日、補假
  ...span('2027-04-04', 3), // 兒童節、清明節、補假
  ...span('2027-04-30', 2), // 補假、勞動節
  '2027-06-09', // 端午節
  '2027-09-15', // 中秋節
  '2027-09-28', // 孔子誕辰紀念日/教師節
  ...span('2027-10-10', 2), // 國慶日、補假
  '2027-10-25', // 臺灣光復暨金門古寧頭大捷紀念日
  ...span('2027-12-24', 2), // 補假、行憲紀念日
  '2027-12-31', // 2028 開國紀念日補假
];

/** From the same calendars; none since 2026, as the act above made the day before New Year's Eve a holiday. */
const MAKE_UP_DAYS = ['2024-02-17', '2025-02-08'];

/** Taiwan: 2024, 2025, 2026, 2027. */
export const TAIWAN: WorkingCalendar = Object.freeze({
  id: 'TW',
  weekend: Object.freeze([6, 7]),
  holidays: Object.freeze(HOLIDAYS),
  makeUpDays: Object.freeze(MAKE_UP_DAYS),
  dayStart: '08:30',
  dayEnd: '18:00',
  coversUntil: '2027-12-31',
});
