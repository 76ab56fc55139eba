import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, storeFault } from '../../archive/store/open.js';
import { StoreAway } from '../../archive/store/store.js';
import type { FileStore } from '../../archive/store/store.js';
import { S3Server } from './s3-server.js';

let folder: string;
const s3 = new S3Server();
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convoke-store-'));
  port = await s3.start();
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

async function aFile(bytes: Buffer): Promise<{ hash: string; size: number; path: string }> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(folder, `upload-${hash}`);
  await writeFile(file, bytes);
  return { hash, size: bytes.length, path: file };
}

const stores: [string, () => string][] = [
  ['a folder', () => pathToFileURL(path.join(folder, 'files with space')).href],
  ['a bucket', () => `s3://AKIA:se%2Fcret@127.0.0.1:${port}/bucket/some/prefix?region=eu-central-1&tls=0`],
];

describe.each(stores)('P8 files in %s', (_name, address) => {
  let store: FileStore;
  beforeAll(async () => {
    store = await openStore(address());
  });

  test('come back as they were', async () => {
    for (const size of [1, 300_000, 3_000_000]) {
      const file = await aFile(randomBytes(size));
      await store.put(file.hash, file.size, file.path);
      const back = await store.get(file.hash);
      expect(
        createHash('sha256')
          .update(await buffer(back!))
          .digest('hex'),
      ).toBe(file.hash);
    }
  });

  test('the same twice, and at once, is there once', async () => {
    const file = await aFile(randomBytes(50_000));
    await Promise.all([1, 2, 3].map(() => store.put(file.hash, file.size, file.path)));
    await store.put(file.hash, file.size, file.path);
    expect((await buffer((await store.get(file.hash))!)).length).toBe(50_000);
  });

  test('what is not there is null; what is no hash never reaches the store', async () => {
    expect(await store.get('0'.repeat(64))).toBeNull();
    expect(await store.get('../../etc/passwd')).toBeNull();
    await expect(store.put('../x', 1, '/dev/null')).rejects.toThrow(RangeError);
  });
});

test('P8 a folder has no half files', async () => {
  const names = await readdir(path.join(folder, 'files with space'), { recursive: true });
  expect(names.filter((n) => n.length > 2 && !/^[0-9a-f]{2}\/[0-9a-f]{64}$/.test(n))).toEqual([]);
});

test('P8 a store that is away says so, without its key', async () => {
  const store = await openStore(`s3://AKIA:secret@127.0.0.1:${port}/other?region=eu-central-1&tls=0`);
  const file = await aFile(randomBytes(10));
  await expect(store.put(file.hash, file.size, file.path)).rejects.toThrow(StoreAway);
  await expect(store.put(file.hash, file.size, file.path)).rejects.not.toThrow(/AKIA|secret/);
});

test.each([
  ['file:///var/lib/files', undefined],
  ['file://files', /three slashes/],
  ['file:///', /folder/],
  ['s3://k:s@host/bucket', undefined],
  ['s3://host/bucket', /key/],
  ['s3://k:s@host', /bucket/],
  ['s3://k:s@host/bucket?tsl=0', /tsl/],
  ['https://host/bucket', /file:\/\/\//],
  ['files', /URL/],
])('FILES_URL %s', (address, fault) => {
  if (fault === undefined) expect(storeFault(address)).toBeUndefined();
  else expect(storeFault(address)).toMatch(fault);
});
