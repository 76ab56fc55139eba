/** Files in a folder: `<first two of the hash>/<hash>`, written beside and moved there whole. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isHash, StoreAway } from './store.js';
import type { FileStore } from './store.js';

export function diskStore(folder: string): FileStore {
  const placeOf = (hash: string): string => path.join(folder, hash.slice(0, 2), hash);
  return {
    async put(hash, size, from) {
      if (!isHash(hash)) throw new RangeError('no hash');
      const place = placeOf(hash);
      try {
        if ((await sizeOf(place)) === size) return;
        await mkdir(path.dirname(place), { recursive: true });
        await placed(from, `${place}.${randomUUID()}`, place);
      } catch (error) {
        throw new StoreAway('the folder of files takes nothing', { cause: error });
      }
    },
    async get(hash) {
      if (!isHash(hash)) return null;
      const handle = await open(placeOf(hash)).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return null;
        throw new StoreAway('the folder of files cannot be read', { cause: error });
      });
      return handle === null ? null : createReadStream('', { fd: handle });
    },
  };
}

/** On the disk before it has its name: a crash leaves no half file under a hash. */
async function placed(from: string, beside: string, place: string): Promise<void> {
  try {
    await copyFile(from, beside);
    const handle = await open(beside, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function sizeOf(place: string): Promise<number | undefined> {
  return stat(place).then(
    (found) => found.size,
    () => undefined,
  );
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
