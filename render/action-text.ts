import type { Instant, ZoneData } from '../domain/calendar/index.js';
import { toLocal } from '../domain/calendar/index.js';
import type { Locale } from '../domain/meeting/state.js';
import { translator } from '../locales/index.js';
import { oneLine } from './text.js';

/** E14: an action exactly as `[任務](負責人:XXX,截止日期:YYYY-MM-DD)`, in ASCII punctuation, on one line; the date in the meeting's zone. */
export function actionText(
  locale: Locale,
  action: { task: string; owner: string; dueAt: Instant },
  zone: ZoneData,
): string {
  return translator(locale)('words.actionText', {
    task: oneLine(action.task),
    owner: oneLine(action.owner),
    date: toLocal(zone, action.dueAt).date,
  });
}
