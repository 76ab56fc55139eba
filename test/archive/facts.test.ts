import { expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { factsFrom } from '../../archive/facts.js';
import { openArchive, type Archive } from '../../archive/open.js';
import { reviewInput } from '../../archive/review-input.js';
import { calendarById } from '../../domain/calendar/index.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { factsOf } from '../../domain/review/facts.js';
import { aState } from './states.js';
import { describeEachArchive, rowsOf } from './support.js';
import { describePostgres } from '../support/postgres.js';

describeEachArchive('R1 facts', (archive) => {
  const stored = async (id: string) => {
    const [row] = await rowsOf(archive(), sql`select * from view.facts where meeting_id = ${id}`);
    return row && factsFrom(row);
  };

  test('a burst writes the row that the rule makes, and again when it changes', async () => {
    const state = aState({ seriesId: 'se1' });
    await archive().view.write({ state, audit: [] });
    expect(await stored(state.id)).toEqual(factsOf(state));
    const survey = { eligible: [], opensAt: 1, closesAt: 2, status: 'published' as const, answers: 4, mean: 2.75 };
    const next: MeetingState = { ...state, revision: 2, survey, effectiveness: 2.5, seriesId: undefined };
    await archive().view.write({ state: next, audit: [], told: { at: 9, run: 'r', after: 1 } });
    expect(await stored(state.id)).toEqual(factsOf(next));
    expect((await stored(state.id))!.seriesId).toBeUndefined();
  });

  test('an older burst leaves it alone', async () => {
    const state = aState({ revision: 5 });
    await archive().view.write({ state, audit: [] });
    await archive().view.write({ state: { ...state, revision: 4, phase: 'cancelled' }, audit: [] });
    expect(await stored(state.id)).toEqual(factsOf(state));
  });
});

/** As a program writes that knows four parts; they are the same, so that their rows are not looked at. */
const asBefore = (archive: Archive, where = sql`true`) =>
  rowsOf(
    archive,
    sql`select view.write_burst(m.id, m.revision, m.state, m.parts[1:4], '{"","","",""}', '[]'::jsonb) from view.meetings m
      where ${where}`,
  );

describePostgres('R1 facts of before', (url) => {
  test('meetings that an older program wrote get theirs behind the opening, by any number of processes', async () => {
    const first = await openArchive({ databaseUrl: url() });
    const states = Array.from({ length: 230 }, () => aState());
    for (const state of states) await first.view.write({ state, audit: [] });
    await rowsOf(first, sql`delete from view.facts`);
    await asBefore(first);
    await first.close();
    const [again, other] = await Promise.all([
      openArchive({ databaseUrl: url() }),
      openArchive({ databaseUrl: url() }),
    ]);
    expect(await again.reviews.behind()).toBe(true);
    await Promise.all([again.reviews.catchUp(), other.reviews.catchUp()]);
    expect(await other.reviews.behind()).toBe(false);
    await other.close();
    const rows = await rowsOf(again, sql`select * from view.facts order by meeting_id`);
    await again.close();
    expect(rows.map(factsFrom)).toEqual(states.map(factsOf).sort((a, b) => (a.meetingId < b.meetingId ? -1 : 1)));
  });

  test('a review waits for them; one that was cut off leaves nothing to be done twice', async () => {
    const archive = await openArchive({ databaseUrl: url() });
    await archive.view.write({ state: aState(), audit: [] });
    await asBefore(archive, sql`m.id > 'k'`);
    await asBefore(archive, sql`m.id = (select max(id) from view.meetings)`);
    expect(await archive.reviews.behind()).toBe(true);
    await archive.reviews.make(reviewInput({ calendar: calendarById('TW'), timeZone: 'Asia/Taipei' }, '2025-Q1'));
    expect(await archive.reviews.behind()).toBe(false);
    await archive.close();
  });

  test('what an older program changed is counted as it is now', async () => {
    const archive = await openArchive({ databaseUrl: url() });
    const state = aState();
    await archive.view.write({ state, audit: [] });
    expect(await archive.reviews.behind()).toBe(false);
    await rowsOf(archive, sql`update view.facts set invited = 99 where meeting_id = ${state.id}`);
    await asBefore(archive, sql`m.id = ${state.id}`);
    expect(await archive.reviews.behind()).toBe(true);
    await archive.reviews.catchUp();
    expect(await archive.reviews.behind()).toBe(false);
    const [row] = await rowsOf(archive, sql`select * from view.facts where meeting_id = ${state.id}`);
    expect(factsFrom(row!)).toEqual(factsOf(state));
    // The next burst of today's program writes the fifth part again.
    const next = { ...state, revision: 2, effectiveness: 3 };
    await archive.view.write({ state: next, audit: [] });
    const [then] = await rowsOf(archive, sql`select * from view.facts where meeting_id = ${state.id}`);
    expect(factsFrom(then!)).toEqual(factsOf(next));
    await archive.close();
  });
});
