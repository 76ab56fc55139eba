import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../../infra/embedded/child.js';
import * as en from '../../locales/en/demo.js';
import { sharedBuild } from '../support/shared.js';
import { hasTerminals, Terminal } from '../support/terminal.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const controlC = '\x03';

const statusOf = async (address: string, headers: Record<string, string>): Promise<{ status: number }> => {
  const answer = await fetch(address, { headers });
  await answer.body?.cancel();
  return { status: answer.status };
};

describe.skipIf(!hasTerminals)('npm run demo on a terminal', () => {
  let folder: string;
  let terminal: Terminal | undefined;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'convoke-demo-terminal-'));
  });
  afterEach(async () => {
    terminal?.close();
    await terminal?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  test('the English sample, one meeting: it stays up to be looked at until Ctrl-C, and then nothing is left', async () => {
    await sharedBuild();
    const env = { ...process.env, TMPDIR: folder, LANG: 'C', CONVOKE_LOCALE: '', TERM: 'xterm', NO_COLOR: '1' };
    const command = ['npm', 'run', '--silent', 'demo', '--', '--lang', 'en', '--short'];
    terminal = new Terminal(command, { cwd: root, env });
    await terminal.until(en.demo.stay);

    const told = terminal.shown.replaceAll('\r', '');
    const acts = ['act.notice', 'act.execution', 'act.minutes', 'act.followUp', 'act.end', 'act.review'] as const;
    const places = acts.map((act) => told.indexOf(`\n${en.demo[act]}\n`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    for (const subject of ['[Meeting notice]', '[Minutes]', '[Improvement plan due'])
      expect(told).toContain(`✉ ${subject}`);
    expect(told).not.toMatch(/\{\w+\}|undefined|NaN/);

    const addresses = told.slice(told.indexOf(en.demo.look)).match(/http:\/\/\S+/g) ?? [];
    expect(addresses.length).toBeGreaterThanOrEqual(4);
    const key = told.slice(told.indexOf(en.demo['look.key'])).split('\n')[0]!.trim().split(/\s+/).at(-1)!;
    const headers = { authorization: `Bearer ${key}`, accept: 'text/html,*/*' };
    // On a busy machine the API asks to come back later.
    for (const address of addresses)
      await vi.waitFor(
        async () => expect({ address, ...(await statusOf(address, headers)) }).toMatchObject({ status: 200 }),
        {
          timeout: 60_000,
          interval: 200,
        },
      );

    const family = terminal.family();
    // npm, the demo itself, the Temporal server and its guard.
    expect(family.length).toBeGreaterThanOrEqual(4);
    terminal.type(controlC);
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown).toContain(en.demo.stopping);
    await vi.waitFor(() => expect(family.filter(isAlive)).toEqual([]), { timeout: 30_000 });
    expect(readdirSync(folder).filter((name) => name.startsWith('convoke-demo-'))).toEqual([]);
  });
});
