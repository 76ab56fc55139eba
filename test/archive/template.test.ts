import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../../archive/migrations/index.js';
import { openArchive } from '../../archive/open.js';
import { copyTemplate, makeTemplate } from '../../archive/template.js';
import { sharedTemplates } from '../support/shared.js';

describe('a first opening copies what the build has made', () => {
  let folder: string;
  let templates: string;
  beforeEach(async () => {
    templates = (await sharedTemplates()).folder;
    folder = await mkdtemp(path.join(tmpdir(), 'template-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const treeOf = async (at: string): Promise<string[]> => (await readdir(at, { recursive: true })).sort();

  test('a new folder is a copy: at this version, writable, and the template stays as it was', async () => {
    const before = await treeOf(templates);
    const dataDir = path.join(folder, 'archive');
    const archive = await openArchive({ dataDir, templates });
    const { rows } = (await archive.db.execute(sql`select number from record.migrations order by number`)) as {
      rows: unknown;
    };
    expect(rows).toEqual(migrations.map(({ number }) => ({ number })));
    const { id } = await archive.directory.ensurePerson({ email: 'copied@example.com' });
    await archive.close();
    expect(await readdir(folder)).toEqual(['archive']);
    expect(await treeOf(templates)).toEqual(before);

    const again = await openArchive({ dataDir, templates });
    expect(await again.directory.getPerson('copied@example.com')).toMatchObject({ id });
    await again.close();
  });

  test('of another version, or none, it is left alone, and so is a folder that has something in it', async () => {
    const [stale, dataDir] = [path.join(folder, 'templates'), path.join(folder, 'archive')];
    await mkdir(path.join(stale, '0123456789abcdef0123456789abcdef', 'base'), { recursive: true });
    expect(copyTemplate(stale, dataDir)).toBe(false);
    expect(copyTemplate(path.join(folder, 'nowhere'), dataDir)).toBe(false);
    expect(existsSync(dataDir)).toBe(false);

    await mkdir(dataDir);
    await writeFile(path.join(dataDir, 'PG_VERSION'), 'mine');
    expect(copyTemplate(templates, dataDir)).toBe(false);
    expect(await readFile(path.join(dataDir, 'PG_VERSION'), 'utf8')).toBe('mine');
    expect((await readdir(folder)).sort()).toEqual(['archive', 'templates']);
  });

  test('what a killed process had copied is not taken for a database', async () => {
    const dataDir = path.join(folder, 'archive');
    await mkdir(path.join(`${dataDir}.new`, 'base'), { recursive: true });
    await writeFile(path.join(`${dataDir}.new`, 'PG_VERSION'), 'half');
    await mkdir(dataDir);
    expect(copyTemplate(templates, dataDir)).toBe(true);
    expect(await readdir(folder)).toEqual(['archive']);
    expect(await treeOf(dataDir)).toEqual(await treeOf(await makeTemplate(templates)));
  });
});
