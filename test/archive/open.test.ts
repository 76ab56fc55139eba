import { afterAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { lockFolder } from '../../archive/folder-lock.js';
import { migrations } from '../../archive/migrations/index.js';
import { openArchive } from '../../archive/open.js';
import { describeEachDatabase, describePostgres } from '../support/postgres.js';
import { aMeeting } from '../support/meeting.js';
import { aMeetingId, openTestArchive } from './support.js';

describeEachDatabase('opening', (database) => {
  test('the database is brought to this version, and a second opening finds it there', async () => {
    const archive = await openTestArchive(database());
    const rows = await archive.db.execute(sql`select number, name from record.migrations order by number`);
    expect(rows).toMatchObject({ rows: migrations.map(({ number, name }) => ({ number, name })) });
    await expect(archive.ping()).resolves.toBeUndefined();
    await archive.close();
  });

  test('what goes wrong in the database is told without what was to be kept', async () => {
    const archive = await openTestArchive(database());
    const secret = 'my words \u0000 nobody may read';
    const failing = archive.surveys.answer(aMeetingId(), 'p1', 3, secret);
    const error = (await failing.catch((e: unknown) => e)) as Error;
    expect(error).toMatchObject({ name: 'ArchiveError', retryable: false });
    const told = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    expect(told).not.toContain('my words');
    const minutes = archive.minutes.save(aMeetingId(), { summary: secret, topics: [] });
    expect(((await minutes.catch((e: unknown) => e)) as Error).message).not.toContain('my words');
    await archive.close();
  });
});

describePostgres('opening PostgreSQL', (url) => {
  const withClient = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    return work(client).finally(() => client.end());
  };

  test('several processes that start at once migrate once', async () => {
    const archives = await Promise.all([1, 2, 3].map(() => openArchive({ databaseUrl: url() })));
    const counted = await withClient((client) => client.query('select count(*)::int as n from record.migrations'));
    expect(counted.rows).toEqual([{ n: migrations.length }]);
    await Promise.all(archives.map((archive) => archive.close()));
  });

  test('a database of a newer program is refused in words, and left alone', async () => {
    await (await openArchive({ databaseUrl: url() })).close();
    await withClient((client) => client.query(`insert into record.migrations values (9999, 'later', 'x')`));
    const opening = openArchive({ databaseUrl: url() });
    await expect(opening).rejects.toMatchObject({ code: 'archive.newer', message: expect.stringContaining('9999') });
    await withClient((client) => client.query('delete from record.migrations where number = 9999'));
  });

  test('a migration that was changed after its release is refused', async () => {
    await (await openArchive({ databaseUrl: url() })).close();
    const update = (checksum: string) =>
      withClient((client) => client.query('update record.migrations set checksum = $1 where number = 1', [checksum]));
    const { rows } = await withClient((client) =>
      client.query('select checksum from record.migrations where number = 1'),
    );
    await update('another');
    await expect(openArchive({ databaseUrl: url() })).rejects.toMatchObject({ code: 'archive.migrationChanged' });
    await update(String(rows[0].checksum));
  });

  test('lost connections fail what used them and nothing else; changes are heard again', async () => {
    const archive = await openArchive({ databaseUrl: url(), poolSize: 2 });
    await Promise.all([archive.ping(), archive.ping()]);
    const others = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await withClient((client) => client.query(others));
    await untilTrue(() =>
      archive.ping().then(
        () => true,
        () => false,
      ),
    );
    const other = await openArchive({ databaseUrl: url() });
    const heard = new Set<number>();
    const state = aMeeting({ id: aMeetingId() });
    archive.changes.on(state.id, ({ revision }) => heard.add(revision));
    let revision = 0;
    await untilTrue(async () => {
      await other.view.write({ state: { ...state, revision: ++revision }, audit: [] });
      return heard.size > 0;
    });
    expect(heard.size).toBeGreaterThan(0);
    await Promise.all([archive.close(), other.close()]);
  });

  test('another process hears of a change, and waits for a revision written elsewhere', async () => {
    const [here, there] = await Promise.all([1, 2].map(() => openArchive({ databaseUrl: url() })));
    const state = aMeeting({ id: aMeetingId(), revision: 7 });
    const heard = new Promise((resolve) => here!.changes.on(state.id, resolve));
    const waiting = here!.view.waitForRevision(state.id, 7, 10_000);
    await there!.view.write({ state, audit: [] });
    expect(await heard).toEqual({ meetingId: state.id, revision: 7 });
    expect(await waiting).toBe(true);
    await Promise.all([here!.close(), there!.close()]);
  });

  test('two processes that mention the same people and departments make each once', async () => {
    const archives = await Promise.all([1, 2].map(() => openArchive({ databaseUrl: url() })));
    const mentions = Array.from({ length: 30 }, (_, i) =>
      i % 3 ? { email: `m${i}@race.example` } : { name: `人${i}` },
    );
    const refs = Array.from({ length: 10 }, (_, i) => ({ ref: `部門${i}` }));
    const made = await Promise.all(
      archives.flatMap(({ directory }, i) => [
        directory.ensurePeople(i ? mentions : [...mentions].reverse()),
        directory.ensureDepartments(i ? refs : [...refs].reverse()),
      ]),
    );
    expect(new Set(made.flat().map((row) => row.id)).size).toBe(40);
    await Promise.all(archives.map((archive) => archive.close()));
  });
});

describe('opening', () => {
  test('without a server there is a clear, retryable error', async () => {
    const opening = openArchive({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
    await expect(opening).rejects.toMatchObject({ code: 'ECONNREFUSED', retryable: true });
    await expect(openArchive({})).rejects.toMatchObject({ code: 'archive.nowhere' });
  });
});

describe('a PGlite folder', () => {
  const folders: string[] = [];
  const aFolder = async (): Promise<string> => {
    const folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
    folders.push(folder);
    return path.join(folder, 'database');
  };
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  test('keeps what was written, and has one holder at a time', async () => {
    const dataDir = await aFolder();
    const first = await openArchive({ dataDir });
    const { id } = await first.directory.ensurePerson({ email: 'kept@example.com' });
    const second = openArchive({ dataDir });
    await expect(second).rejects.toMatchObject({
      code: 'archive.folderInUse',
      message: expect.stringContaining(dataDir),
    });
    await first.close();
    const again = await openArchive({ dataDir });
    expect(await again.directory.getPerson('kept@example.com')).toMatchObject({ id });
    await again.close();
  });

  test('is refused while another process holds it, and free at once when that was killed', async () => {
    const folder = await aFolder();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const holder = { pid: child.pid, host: hostname(), nonce: 'x' };
    await writeFile(`${folder}.lock`, JSON.stringify(holder));
    await expect(lockFolder(folder)).rejects.toMatchObject({ message: expect.stringContaining(String(child.pid)) });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const unlock = await lockFolder(folder);
    await unlock();
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });

  test('is taken over from another machine, or from a process id that lives on as something else, once it is stale', async () => {
    const folder = await aFolder();
    for (const holder of [
      { pid: 1, host: 'elsewhere', nonce: 'x' },
      { pid: process.ppid, host: hostname(), nonce: 'x' },
    ]) {
      await writeFile(`${folder}.lock`, JSON.stringify(holder));
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'archive.folderInUse' });
      const longAgo = new Date(Date.now() - 60_000);
      await utimes(`${folder}.lock`, longAgo, longAgo);
      const unlock = await lockFolder(folder);
      await unlock();
    }
  });

  test('of two that take over a stale lock at once, one gets it', async () => {
    const folder = await aFolder();
    await writeFile(`${folder}.lock`, 'half writ');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${folder}.lock`, longAgo, longAgo);
    const takers = await Promise.allSettled([lockFolder(folder), lockFolder(folder)]);
    const won = takers.filter((taker) => taker.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]!.value();
  });
});

/** Repeats without a pause of its own until it holds; the test's timeout ends it. */
async function untilTrue(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
