import type { Instant } from '../../domain/calendar/index.js';
import { ending } from './ending.js';
import { executionAct } from './execution.js';
import { followUpAct } from './follow-up.js';
import { minutesAct } from './minutes.js';
import { noticeAct } from './notice.js';
import type { Stage } from './stage.js';

/** When a story began and ended, in its own time. */
export interface Told {
  began: Instant;
  ended: Instant;
  seriesId?: string;
}

/** One meeting from its preparation to its close. */
export async function tellStory(stage: Stage): Promise<Told> {
  const began = stage.now;
  await noticeAct(stage);
  await executionAct(stage);
  const closed = await minutesAct(stage);
  await followUpAct(stage, closed);
  return { began, ended: await ending(stage) };
}
