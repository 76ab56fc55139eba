/** Handing in a material (P8): bytes are stored under their hash first, then the command tells the meeting of them. */
import { StoreAway } from '../../archive/store/store.js';
import type { MaterialFile, Topic } from '../../domain/meeting/state.js';
import type { ApiDeps } from '../deps.js';
import { Problem, problem, unavailable } from '../errors.js';
import { fault } from '../../domain/errors.js';
import { missingColumns } from './columns.js';
import { mediaTypes } from './names.js';
import type { Received } from './receive.js';

/** Checks what came against its topic, and keeps the bytes. Answers what the command needs to know of the file. */
export async function storeFile(
  { files }: Pick<ApiDeps, 'files'>,
  topic: Pick<Topic, 'format'>,
  { path, ...file }: NonNullable<Received['file']>,
): Promise<MaterialFile> {
  if (topic.format !== 'free' && file.type === mediaTypes.xlsx) await refuseMissingColumns(path);
  await storing(() => files.put(file.hash, file.size, path));
  return file;
}

async function refuseMissingColumns(path: string): Promise<void> {
  const missing = await missingColumns(path);
  if (missing === 'unreadable') problem('BadInput', 'P8.unreadable', 'file');
  if (missing.length > 0) throw new Problem('BadInput', [fault('P8.columns', 'file', { columns: missing })]);
}

/** The store that does not answer is 503, like the database. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreAway) throw unavailable('P8.storeAway', 5, error);
    throw error;
  }
}
