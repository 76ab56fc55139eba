/** The README's own commands, run by bash against the whole product with time travel. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBuilt } from '../support/processes.js';
import type { TestProcess } from '../support/processes.js';
import { read } from './support.js';

const readme = read('README.md');

/** A section of the README, by its heading, without what comes after it. */
const section = (heading: string): string => readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w*)\n([^]*?)^```/gm)].flatMap((match) => (match[1] === language ? [match[2] ?? ''] : []));

describe('a whole meeting by curl, as the README has it', () => {
  let folder: string;
  let product: TestProcess;
  const answer = (pattern: RegExp): string => pattern.exec(product.output())?.[1]?.trim() ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convoke-readme-'));
    const free = Object.fromEntries(
      ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'INBOX_PORT'].map((name) => [name, '0']),
    );
    product = await startBuilt('infra/start.js', {
      ...free,
      CONVOKE_DATA: path.join(folder, 'data'),
      CONVOKE_TIME_TRAVEL: '1',
    });
    await product.line(/Time travel/);
  }, 120_000);
  afterAll(async () => {
    product.child.kill('SIGTERM');
    await product.exited;
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('npm start prints what the README shows', () => {
    const shown = blocks(section('Start it'), '')[0] ?? '';
    const labels = (text: string): string[] => [...text.matchAll(/^ {2}(\w+ ?\w*) {2,}\S/gm)].map((m) => m[1] ?? '');
    expect(shown.split('\n')[0]).toBe('Convoke is ready: http://127.0.0.1:3000');
    expect(labels(product.output()).filter((label) => label !== 'Time travel')).toEqual(labels(shown));
    expect(labels(shown).length).toBeGreaterThan(3);
  });

  test('the commands run a meeting from draft to closed', async () => {
    const convoke = answer(/Convoke is ready: (\S+)/);
    const env = {
      PATH: process.env['PATH'] ?? '',
      CONVOKE: convoke,
      UI: answer(/Temporal UI +(\S+)/),
      KEY: readFileSync(answer(/Admin key +(.+)/), 'utf8').trim(),
    };
    const script = path.join(folder, 'readme.sh');
    await writeFile(script, ['set -euo pipefail', ...blocks(section('A whole meeting by curl'), 'sh')].join('\n'));
    const { stdout } = await promisify(execFile)('bash', [script], { env, cwd: folder, timeout: 100_000 });

    const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
    const whole = JSON.parse(answers.at(-1) ?? '{}') as Record<string, unknown>;
    expect(whole).toMatchObject({ phase: 'closed', title: 'Pilot run of the new product', effectiveness: 5 });
    expect(whole['votes']).toMatchObject([
      { agree: 2, against: 0, neutral: 1, electorate: 3, required: 2, passed: true },
    ]);
    expect(whole['actions']).toMatchObject([{ status: 'done', missed: 0 }]);
    expect(answers.some((line) => line.includes('[Accept the mould](Owner: Wang Bo, due: '))).toBe(true);

    const { items } = (await (
      await fetch(`${convoke}/v1/meetings/${String(whole['id'])}/deliveries`, {
        headers: { authorization: `Bearer ${env.KEY}` },
      })
    ).json()) as { items: { mail: string; status: string }[] };
    const kinds = new Set(items.filter(({ status }) => status === 'sent').map(({ mail }) => mail));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['confirmMinutes', 'minutes', 'notice', 'survey']));
  }, 120_000);
});
