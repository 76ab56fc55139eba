import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Archive } from '../../archive/open.js';
import { describeEachDatabase, describePostgres } from '../support/postgres.js';
import { attacks } from './attacks.js';
import { dump, type Dump } from './attacker.js';
import { aMeetingId, aPerson, fresh, openTestArchive } from './support.js';
import { dumpWiped, left } from './wiped.js';
import { aTarget, best, bound, boxes, hits, many, people, survey, type Told, vote } from './told.js';

describeEachDatabase('F5, E8 anonymity', (database) => {
  let archive: Archive;
  beforeAll(async () => {
    archive = await openTestArchive(database());
  });
  afterAll(() => archive?.close());

  describe('after the close, with the whole database', () => {
    let ballots: { told: Told[]; dumped: Dump };
    let answers: { told: Told[]; dumped: Dump };
    beforeAll(async () => {
      const votes = await many(() => vote(archive));
      for (const { box } of votes) await archive.ballots.close(box);
      const surveys = await many(() => survey(archive));
      for (const { box } of surveys) await archive.surveys.close(box, 3, 5);
      const dumped = await dumpWiped(archive, [...votes, ...surveys]);
      ballots = { told: votes, dumped };
      answers = { told: surveys, dumped };
    });

    for (const [name, attack] of Object.entries(attacks)) {
      test(`E8 ${name} tells no more of secret ballots than guessing`, () => {
        expect(hits(attack, ballots.dumped, ballots.told)).toBeLessThanOrEqual(bound(1 / 3));
      });
      test(`F5 ${name} tells no more of suggestions than guessing`, () => {
        expect(hits(attack, answers.dumped, answers.told)).toBeLessThanOrEqual(bound(1 / people));
      });
    }

    test('the counts, the texts and who took part are there: nothing was hidden by losing it', async () => {
      for (const { box, truth } of ballots.told) {
        expect(await archive.ballots.progress(box)).toMatchObject({
          voted: people,
          tally: { agree: 4, against: 4, neutral: 4 },
        });
        expect(await archive.ballots.own(box, [...truth.keys()][0]!)).toEqual({ voted: true });
      }
      for (const { box, tokens } of answers.told) {
        expect((await archive.surveys.result(box))?.suggestions.sort()).toEqual(tokens);
      }
    });

    test('the tables of open boxes hold no byte of a closed one', () => {
      const open = ballots.dumped.files.filter(({ table }) => table.startsWith('record.open_'));
      expect(open.length).toBeGreaterThanOrEqual(5);
      expect(left(ballots.dumped, [...ballots.told, ...answers.told])).toEqual([]);
    });

    test('no time stands beside a ballot or an answer', () => {
      const rows = ballots.dumped.rows.filter(({ table }) => /ballot|survey|suggestion/.test(table));
      const timed = rows.filter(({ row }) => /\d{4}-\d\d-\d\dT/.test(JSON.stringify(row)));
      expect(rows.length).toBeGreaterThanOrEqual(2 * boxes);
      expect(timed).toEqual([]);
    });
  });

  test('E8 a vote that closes while another is open leaves nothing in the pages they shared', async () => {
    const [closing, staying] = [await vote(archive), await vote(archive)];
    await archive.ballots.close(closing.box);
    const dumped = await dumpWiped(archive, [closing]);
    expect(best(dumped, [closing])).toBeLessThanOrEqual(people / 3 + 4);
    expect(dumped.files.some(({ table, bytes }) => /open_ballot/.test(table) && bytes.includes(closing.box))).toBe(
      false,
    );
    expect(dumped.files.some(({ table, bytes }) => /open_ballot/.test(table) && bytes.includes(staying.box))).toBe(
      true,
    );
    expect(await archive.ballots.close(staying.box)).toEqual({ agree: 4, against: 4, neutral: 4 });
  });

  test('F5 below the limits neither scores nor who answered are kept, and held texts lie with their series', async () => {
    const meetingId = aMeetingId();
    const seriesId = `s${fresh()}`;
    const eligible = Array.from({ length: 6 }, aPerson);
    await archive.surveys.open({ meetingId, eligible, closesAt: 1, seriesId });
    await archive.surveys.answer(meetingId, eligible[2]!, 1, 'held words');
    await archive.surveys.close(meetingId, 3, 5);
    const { rows } = await dump(archive);
    const box = rows.find(({ table, row }) => table === 'record.survey_boxes' && row['meeting_id'] === meetingId);
    expect(box?.row).toMatchObject({ answers: 1, scores: null, mean: null, answered: null, suggestions: [] });
    const held = rows.filter((row) => JSON.stringify(row.row).includes('held words'));
    expect(held.map(({ table, row }) => [table, row['series_id']])).toEqual([['record.held_suggestions', seriesId]]);
  });

  describe('the attacks are sharp: they name nearly everyone', () => {
    const nearlyAll = (count: number): number => 0.9 * count * people;

    test('while a box is open (ballots)', async () => {
      const told = await many(() => vote(archive), 1);
      expect(hits(attacks['replayCounters']!, await dump(archive), told)).toBeGreaterThanOrEqual(0.9 * (people - 1));
      await archive.ballots.close(told[0]!.box);
    });

    test('while a box is open (answers)', async () => {
      const told = await many(() => survey(archive), 3);
      expect(hits(attacks['joinByTransaction']!, await dump(archive), told)).toBeGreaterThanOrEqual(nearlyAll(3));
      expect(hits(attacks['matchByArrival']!, await dump(archive), told)).toBeGreaterThanOrEqual(nearlyAll(3));
      for (const { box } of told) await archive.surveys.close(box, 3, 5);
    });

    test('after a close that deletes and does not wipe', async () => {
      const told = [await survey(archive)];
      await archive.db.execute(sql`select record.close_survey(${told[0]!.box}, 3, 5)`);
      expect(hits(attacks['joinByTransaction']!, await dump(archive), told)).toBeGreaterThanOrEqual(nearlyAll(1));
      const ballots = [await vote(archive)];
      await archive.db.execute(sql`select record.close_ballots(${ballots[0]!.box})`);
      expect(hits(attacks['replayCounters']!, await dump(archive), ballots)).toBeGreaterThanOrEqual(0.9 * (people - 1));
      // Closing again wipes: a process that died in between is made good.
      await archive.ballots.close(ballots[0]!.box);
      await archive.surveys.close(told[0]!.box, 3, 5);
      const dumped = await dumpWiped(archive, [...ballots, ...told]);
      expect(best(dumped, ballots)).toBeLessThanOrEqual(people / 3 + 4);
      expect(best(dumped, told)).toBeLessThanOrEqual(6);
    });

    test('in tables as one would make them at first', async () => {
      const db = archive.db;
      for (const statement of [
        'create schema naive',
        'create table naive.answered (person text, at timestamptz)',
        'create table naive.suggestion (suggestion text, at timestamptz)',
        'create table naive.idempotency (person text, body_hash text)',
      ]) {
        await db.execute(sql.raw(statement));
      }
      const truth = new Map(Array.from({ length: people }, () => [aPerson(), `words ${fresh()}`]));
      const scores = new Map([...truth.keys()].map((person, i) => [person, String(1 + (i % 5))]));
      let at = 1_700_000_000;
      for (const [person, words] of truth) {
        at += 2;
        await db.transaction(async (tx) => {
          await tx.execute(sql`insert into naive.answered values (${person}, to_timestamp(${at}))`);
          await tx.execute(sql`insert into naive.suggestion values (${words}, to_timestamp(${at}))`);
          const body = JSON.stringify({ score: Number(scores.get(person)) });
          await tx.execute(
            sql`insert into naive.idempotency values (${person}, encode(sha256(convert_to(${body}, 'UTF8')), 'hex'))`,
          );
        });
      }
      const dumped = await dump(archive, ['naive']);
      const told = [aTarget('x', truth, [...truth.keys()])];
      for (const name of ['joinByTransaction', 'matchByArrival', 'matchByPlace', 'matchByTime']) {
        expect([name, hits(attacks[name]!, dumped, told)]).toEqual([name, people]);
      }
      expect(hits(attacks['guessHashes']!, dumped, [aTarget('x', scores, [])])).toBe(people);
      await db.execute(sql.raw('drop schema naive cascade'));
    });
  });
});

describePostgres('F5, E8 anonymity beside a backup', (url) => {
  test('a close does not wait for it, and what it held is wiped soon after it has ended, without another close', async () => {
    const archive = await openTestArchive({ kind: 'postgres', url: url() });
    const backup = new pg.Client({ connectionString: url() });
    await backup.connect();
    const held = await vote(archive);
    await backup.query('begin isolation level repeatable read');
    await backup.query('select count(*) from record.open_ballot_boxes, record.open_ballot_seats');
    expect(await archive.ballots.close(held.box)).toEqual({ agree: 4, against: 4, neutral: 4 });
    // The backup is still at it, and we are here.
    await backup.query('commit');
    await backup.end();
    const dumped = await dumpWiped(archive, [held]);
    expect(left(dumped, [held])).toEqual([]);
    expect(best(dumped, [held])).toBeLessThanOrEqual(people / 3 + 4);
    await archive.close();
  });

  test('nor for who writes in another database of the server: what that held is wiped soon after it has ended', async () => {
    const archive = await openTestArchive({ kind: 'postgres', url: url() });
    const elsewhere = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
    await elsewhere.connect();
    const held = await vote(archive);
    await elsewhere.query('begin');
    await elsewhere.query('select pg_current_xact_id()');
    expect(await archive.ballots.close(held.box)).toEqual({ agree: 4, against: 4, neutral: 4 });
    expect(left(await dump(archive), [held])).not.toEqual([]);
    await elsewhere.query('commit');
    await elsewhere.end();
    expect(left(await dumpWiped(archive, [held]), [held])).toEqual([]);
    await archive.close();
  });

  test('votes that close side by side with ballots of others lose none of them', async () => {
    const archive = await openTestArchive({ kind: 'postgres', url: url() });
    const told = await Promise.all(
      Array.from({ length: 8 }, () =>
        vote(archive).then(async (cast) => {
          await archive.ballots.close(cast.box);
          return cast;
        }),
      ),
    );
    for (const { box } of told) {
      expect(await archive.ballots.progress(box)).toMatchObject({
        voted: people,
        tally: { agree: 4, against: 4, neutral: 4 },
      });
    }
    await archive.close();
  });
});
