import { createHash } from 'node:crypto';
import type { Driver, Session } from './driver.js';
import { ArchiveError } from './errors.js';
import { migrations as released, type Migration } from './migrations/index.js';

/** Any constant of ours; advisory locks belong to one database. */
const lockKey = 4_286_717;

/** The oldest PostgreSQL that the tests run on. */
const oldestServer = 15;

/** Brings the database to this version. Several processes may start at once: one migrates, the others wait for it. */
export async function migrate(driver: Driver, migrations: readonly Migration[] = released): Promise<void> {
  await driver.session(async (session) => {
    await refuseOldServer(session);
    await session.query('select pg_advisory_lock($1)', [lockKey]);
    try {
      await applyAll(session, migrations);
    } finally {
      await session.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
    }
  });
}

async function refuseOldServer(session: Session): Promise<void> {
  const [row] = await session.query("select current_setting('server_version_num')::integer as version");
  const major = Math.floor(Number(row?.['version']) / 10_000);
  if (major >= oldestServer) return;
  const message = `This is PostgreSQL ${major}; Convoke needs ${oldestServer} or newer. Upgrade the server or use another.`;
  throw new ArchiveError('archive.serverTooOld', message, false);
}

async function applyAll(session: Session, migrations: readonly Migration[]): Promise<void> {
  await session.script(`
    create schema if not exists record;
    create schema if not exists view;
    create table if not exists record.migrations (
      number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
    );`);
  const rows = await session.query('select number, checksum from record.migrations order by number');
  const applied = new Map(rows.map((row) => [Number(row['number']), String(row['checksum'])]));
  refuseNewer(Math.max(0, ...applied.keys()), migrations);
  for (const migration of migrations) {
    const checksum = createHash('sha256').update(migration.sql).digest('hex');
    const known = applied.get(migration.number);
    if (known === undefined) await apply(session, migration, checksum);
    else if (known !== checksum) throw changed(migration);
  }
}

async function apply(session: Session, migration: Migration, checksum: string): Promise<void> {
  await session.script('begin');
  try {
    await session.script(migration.sql);
    const insert = 'insert into record.migrations (number, name, checksum) values ($1, $2, $3)';
    await session.query(insert, [migration.number, migration.name, checksum]);
    await session.script('commit');
  } catch (error) {
    await session.script('rollback').catch(() => undefined);
    throw error;
  }
}

function refuseNewer(newest: number, migrations: readonly Migration[]): void {
  const ours = Math.max(0, ...migrations.map((m) => m.number));
  if (newest <= ours) return;
  throw new ArchiveError(
    'archive.newer',
    `This database belongs to a newer Convoke: it is at migration ${newest}, this program knows ${ours}. ` +
      'Start the newer program, or restore the backup made before the upgrade.',
    false,
  );
}

function changed(migration: Migration): ArchiveError {
  return new ArchiveError(
    'archive.migrationChanged',
    `Migration ${migration.number} (${migration.name}) is not the one this database was made with. ` +
      'Use the program that made it; a development database may be deleted.',
    false,
  );
}
