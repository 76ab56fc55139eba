import { rm } from 'node:fs/promises';
import { openArchive, type Archive, type ArchiveOptions } from '../../archive/open.js';
import { archiveFolder } from './shared.js';

/** An empty archive on PGlite that nobody else has; gone when it is closed. */
export async function openEmptyArchive(
  options: Omit<ArchiveOptions, 'dataDir' | 'databaseUrl'> = {},
): Promise<Archive> {
  const { dataDir } = await archiveFolder();
  const archive = await openArchive({ ...options, dataDir });
  return {
    ...archive,
    async close() {
      await archive.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
