import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as en from '../../locales/en/demo.js';
// The texts of all languages say the same (test/locales): each sample is played once. English: demo-terminal.test.ts.
import * as zhCN from '../../locales/zh-CN/demo.js';
import * as zhTW from '../../locales/zh-TW/demo.js';
import * as zhTWSeries from '../../locales/zh-TW/demo-series.js';
import { sharedBuild } from '../support/shared.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** What `npm run demo` runs, with a folder for temporary files that must be empty afterwards. */
class Demo {
  out = '';
  err = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(built: string, temporary: string, args: string[]) {
    const env = { ...process.env, TMPDIR: temporary, LANG: 'C', CONVOKE_LOCALE: '' };
    const options = { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
    const run = path.join(built, 'infra', 'demo', 'run.js');
    const child = spawn(process.execPath, ['--enable-source-maps', run, ...args], options);
    child.stdout.on('data', (chunk: Buffer) => (this.out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (this.err += chunk.toString('utf8')));
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, out: this.out, err: this.err }));
    });
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async until(text: string): Promise<void> {
    const gone = this.ended.then(() => Promise.reject(new Error(`ended before it said "${text}": ${this.err}`)));
    const said = (async () => {
      while (!this.out.includes(text)) await delay(20);
    })();
    await Promise.race([said, gone]);
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm run demo', () => {
  let built: string;
  let folder: string;
  beforeAll(async () => {
    built = (await sharedBuild()).folder;
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'convoke-demo-e2e-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const left = (): string[] => readdirSync(folder).filter((name) => name.startsWith('convoke-demo-'));

  const series = { 'zh-TW': { ...zhTW, ...zhTWSeries } };
  const mailsOfSeries = {
    'zh-TW': [
      '【緊急開會通知】',
      '【請安排代理出席】',
      '【請協助決定】',
      '【請提交改善計畫】',
      '【會議紀錄】',
      '【季度檢討報告】',
    ],
  };

  test.each(['zh-TW'] as const)(
    '%s: three meetings of a series and an emergency, with all that happens, within 90 s',
    async (lang) => {
      const began = Date.now();
      const { code, out, err } = await new Demo(built, folder, ['--lang', lang]).ended;
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(Date.now() - began).toBeLessThan(90_000 * Math.max(1, loadavg()[0]! / cpus().length));

      const { demo, instead, series: told, seriesTale } = series[lang];
      const acts = [
        instead['act.notice'],
        instead['act.execution'],
        instead['act.minutes'],
        told['act.emergency'],
        told['act.second'],
        told['act.third'],
        instead['act.followUp'],
        instead['act.end'],
        instead['act.review'],
      ];
      const places = acts.map((act) => out.indexOf(`\n${act}\n`));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
      for (const subject of mailsOfSeries[lang]) expect(out).toContain(`✉ ${subject}`);
      // What was open is carried, voted on in secret, discussed in groups, and in the end nothing waits.
      const bare = (text: string): string => text.replaceAll(/\s/g, '');
      const longest = (text: string): string =>
        bare(text.split(/\{[^}]*\}/).reduce((a, b) => (b.length > a.length ? b : a)));
      for (const text of [told.carriedCame, demo.missed3, told.delegateSent, told.breakouts, told.nothingWaits])
        expect(bare(out)).toContain(longest(text));
      expect(out).toContain(seriesTale.simplerTask);
      expect(out).toMatch(/http:\/\/127\.0\.0\.1:\d+\/v1\/series\/s[a-z2-7]{16}/);
      expect(out + err).not.toMatch(/\{\w+\}|undefined|NaN/);
      expect(left()).toEqual([]);
    },
  );

  test('zh-CN: one meeting of the sample; where nobody can look around it ends by itself', async () => {
    const { code, out, err } = await new Demo(built, folder, ['--lang', 'zh-CN', '--short']).ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const acts = ['act.notice', 'act.execution', 'act.minutes', 'act.followUp', 'act.end', 'act.review'] as const;
    const places = acts.map((act) => out.indexOf(`\n${zhCN.demo[act]}\n`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    for (const subject of ['【会议通知】', '【会议纪要】', '【请提交改进计划】', '【请协助决定】'])
      expect(out).toContain(`✉ ${subject}`);
    expect(out).toContain(zhCN.demo.notATerminal.slice(0, 20));
    expect(out).not.toContain(zhCN.demo.stay);
    expect(out).not.toMatch(/\{\w+\}|undefined|NaN/);
    expect(left()).toEqual([]);
  });

  test('a meeting of one’s own with two people, no topic and no action goes the whole way, too', async () => {
    const file = path.join(folder, 'mine.json');
    const meeting = {
      title: 'Two of us',
      goal: 'Agree on the next step',
      kind: 'regular',
      issueKind: 'other',
      timeZone: 'America/New_York',
      durationMinutes: 30,
      onlineLink: 'https://meet.example.com/42',
      initiator: { department: 'Sales', email: 'ann@example.com', name: 'Ann' },
      participants: [
        { email: 'ann@example.com', name: 'Ann', department: 'Sales', role: 'head' },
        { email: 'ben@example.com', name: 'Ben', department: 'Service', role: 'core' },
      ],
      agenda: [],
    };
    writeFileSync(file, JSON.stringify(meeting));
    const { code, out, err } = await new Demo(built, folder, ['--lang', 'en', '--file', file]).ended;
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('Error') });
    expect(out).toContain('“Where we stand”');
    expect(out).toContain('Demo Head');
    expect(out).toContain(en.ownTale['simplerTask']);
    expect(left()).toEqual([]);
  });

  test('a broken file: each fault with its path, no stack, exit 1', async () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(
      file,
      JSON.stringify({ title: '', durationMinutes: 'long', timeZone: 'Mars/Base', participants: [{}] }),
    );
    const { code, err } = await new Demo(built, folder, ['--lang', 'en', '--file', file]).ended;
    expect(code).toBe(1);
    for (const field of ['title', 'goal', 'durationMinutes', 'timeZone', 'participants[0].email', 'agenda'])
      expect(err).toContain(`  - ${field}: `);
    expect(err).not.toMatch(/^\s+at /m);
    expect(left()).toEqual([]);
  });

  test('stopped in the middle: every part ends, the folder is gone', async () => {
    const demo = new Demo(built, folder, ['--lang', 'en', '--short']);
    await demo.until(en.demo['act.notice']);
    const pidFile = path.join(folder, left()[0] ?? '', 'temporal', 'temporal.pid');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    demo.signal('SIGTERM');
    const { code, out } = await demo.ended;
    expect(code).toBe(143);
    expect(out).toContain(en.demo['interrupted']);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(pidFile)).toBe(false);
    expect(left()).toEqual([]);
  });
});
