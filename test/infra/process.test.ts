import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Linter } from 'eslint';
import { startScript, type TestProcess } from '../support/processes.js';

// Each test starts several processes, each with a Temporal server of its own.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const anyPorts = { PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', SMTP_PORT: '0', INBOX_PORT: '0' };
const ready = /^Convoke is ready: (http:\/\/127\.0\.0\.1:\d+)$/m;

describe('a process from start to end (issue 3 §1)', () => {
  let folder: string;
  let processes: TestProcess[];
  let other: Server;

  const start = (env: Record<string, string> = {}): TestProcess => {
    const started = startScript('test/infra/process.fixture.ts', { CONVOKE_DATA: folder, ...anyPorts, ...env });
    processes.push(started);
    return started;
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convoke-process-'));
    processes = [];
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    other.close();
    for (const { child, exited } of processes) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  });

  test('says when all answers; SIGTERM drains in the reverse order and exits 0; a second start goes on', async () => {
    const first = start();
    const [, url] = await first.line(ready);
    const answer = (await (await fetch(url!)).json()) as { publicUrl: string; temporalUiUrl: string };
    expect(answer.publicUrl).toBe(url);
    expect((await fetch(answer.temporalUiUrl)).status).toBe(200);
    expect((await stat(path.join(folder, 'admin-key'))).mode & 0o777).toBe(0o600);
    const key = await readFile(path.join(folder, 'admin-key'), 'utf8');

    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(first.output().match(/stopped \w+/g)).toEqual(['stopped api', 'stopped worker', 'stopped archive']);

    const second = start();
    await second.line(ready);
    expect(await readFile(path.join(folder, 'admin-key'), 'utf8')).toBe(key);
    // Ctrl-C reaches us twice under npm: from the terminal and from npm itself.
    second.child.kill('SIGINT');
    second.child.kill('SIGINT');
    expect(await second.exited).toBe(0);
    expect(second.output()).toContain('stopped worker');
  });

  test('a second process on the data folder gets one message and exit 1; a killed holder’s folder is free', async () => {
    const holder = start();
    await holder.line(ready);

    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      /^The data folder .* is in use by another Convoke: process \d+ on .*CONVOKE_DATA.*\n$/,
    );
    expect(second.output()).toContain(`process ${holder.child.pid}`);

    holder.child.kill('SIGKILL');
    await holder.exited;
    await start().line(ready);
  });

  test('a taken port, faulty settings and a missing binary are one message each, exit 1, no stack', async () => {
    const taken = String((other.address() as AddressInfo).port);

    for (const setting of ['PORT', 'SMTP_PORT', 'INBOX_PORT', 'TEMPORAL_PORT']) {
      const refused = start({ [setting]: taken });
      expect(await refused.exited).toBe(1);
      expect(refused.output()).toMatch(new RegExp(`^Port ${taken} \\(${setting}\\) on 127.0.0.1 is taken.*$`, 'm'));
      expect(refused.output()).not.toMatch(/\n\s+at |Error/);
    }

    const faulty = start({ PORT: 'http', CONVOKE_TIME_ZONE: 'Mars/Base', CONVOKE_SECRET: 'short' });
    expect(await faulty.exited).toBe(1);
    expect(faulty.output()).toMatch(
      /3 settings are wrong or missing\.\n {2}- PORT .*\n {2}- CONVOKE_SECRET .*\n {2}- CONVOKE_TIME_ZONE /,
    );
    expect(faulty.output()).not.toMatch(/short|\n\s+at /);

    const without = start({ TEMPORAL_CLI: path.join(folder, 'nothing') });
    expect(await without.exited).toBe(1);
    expect(without.output()).toMatch(/^TEMPORAL_CLI is .*nothing, but that is no working temporal CLI.*$/m);
  });

  test('the embedded Temporal server is started again when it ends by itself', async () => {
    const running = start();
    await running.line(ready);
    const pidFile = path.join(folder, 'temporal', 'temporal.pid');
    process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGKILL');

    await running.line(/starting it again/);
    // Its stopping asks the server once more (see the fixture), so that it has to answer again.
    running.child.kill('SIGTERM');
    expect(await running.exited).toBe(0);
    expect(running.output()).toContain('stopped worker');
  });

  test('a worker that fails ends the process with 1 and says why', async () => {
    const broken = start({ TEST_WORKER_FAILS: '1' });
    expect(await broken.exited).toBe(1);
    expect(broken.output()).toContain('Convoke stops: the worker broke');
    expect(broken.output()).toContain('stopped archive');
  });
});

describe('Node too old', () => {
  const preload = path.resolve('infra/node-version.cjs');

  test('one message that names the wanted version, exit 1', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '20.19.9' } }); require(${JSON.stringify(preload)});`;
    const failed = await promisify(execFile)(process.execPath, ['-e', pretend]).catch(
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Convoke needs Node\.js 20\.20 or newer/) });
    await expect(promisify(execFile)(process.execPath, ['-r', preload, '-e', ''])).resolves.toMatchObject({
      stderr: '',
    });
  });

  test('its file is JavaScript that any Node can read', async () => {
    const source = await readFile(preload, 'utf8');
    const config = { languageOptions: { ecmaVersion: 5 as const, sourceType: 'script' as const } };
    expect(new Linter().verify(source, config)).toEqual([]);
  });
});
