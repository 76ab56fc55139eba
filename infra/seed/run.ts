/** `npm run seed`: a generated organisation, written into a database. */
import path from 'node:path';
import { openArchive, type Archive } from '../../archive/open.js';
import { loadConfig, type Config } from '../config.js';
import { lockDataFolder, type DataFolderLock } from '../embedded/data-folder.js';
import { reasonOf, StartProblem } from '../problem.js';
import { toStderr, type Progress } from '../progress.js';
import { generate } from './generate.js';
import { help, readSeedOptions } from './options.js';
import { seed } from './seed.js';

async function main(): Promise<void> {
  const options = readSeedOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  const config = loadConfig(process.env);
  const generated = generate(options, { timeZone: config.timeZone, calendar: config.calendar, now: Date.now() });
  const { archive, lock } = await opened(config);
  try {
    await seed(archive, generated, { options, progress: progressLine() });
  } finally {
    await archive.close();
    lock?.release();
  }
}

async function opened({ databaseUrl, dataFolder }: Config): Promise<{ archive: Archive; lock?: DataFolderLock }> {
  if (databaseUrl !== undefined) return { archive: await openArchive({ databaseUrl }) };
  const lock = await lockDataFolder(dataFolder);
  try {
    return { archive: await openArchive({ dataDir: path.join(dataFolder, 'archive') }), lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** On a terminal one line that changes; else a line now and then. */
function progressLine(): Progress {
  if (!process.stderr.isTTY) return toStderr;
  return (line) => process.stderr.write(`\r\u001b[K${line}${line.endsWith('…') ? '' : '\n'}`);
}

main().catch((error: unknown) => {
  toStderr(error instanceof StartProblem ? error.message : `The seeding failed: ${reasonOf(error)}`);
  if (!(error instanceof StartProblem)) toStderr(error instanceof Error ? (error.stack ?? '') : '');
  process.exitCode = 1;
});
