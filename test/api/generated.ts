/** An API over a generated organisation. */
import { calendarById } from '../../domain/calendar/index.js';
import { generate } from '../../infra/seed/generate.js';
import { defaults, type SeedOptions } from '../../infra/seed/options.js';
import { seed } from '../../infra/seed/seed.js';
import { openTestArchive } from '../archive/support.js';
import type { TestDatabase } from '../support/postgres.js';
import { startApi } from './support.js';

/** One year of four departments and thirty people; `size` says how much happened, and until when. */
export async function startOverGenerated(
  database: TestDatabase,
  size: Pick<SeedOptions, 'meetings' | 'actions' | 'until'>,
) {
  const archive = await openTestArchive(database);
  const options = { ...defaults, years: 1, departments: 4, people: 30, ...size };
  const place = { timeZone: 'Asia/Taipei', calendar: calendarById('TW'), now: 0 };
  await seed(archive, generate(options, place), { options, progress: () => undefined });
  return { api: await startApi({ archive }), archive };
}
