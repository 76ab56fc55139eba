import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTransport } from 'nodemailer';
import { lockDataFolder } from '../../infra/embedded/data-folder.js';
import { startInbox } from '../../infra/embedded/inbox.js';
import { createWhole } from '../../infra/embedded/whole-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convoke-embedded-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the lock on the data folder (design §4)', () => {
  const lockFile = () => path.join(folder, 'convoke.lock');
  const left = (holder: object) =>
    writeFile(lockFile(), JSON.stringify({ birth: 'long ago', since: '2026-01-01', ...holder }));

  test('held: refused naming the holder; given back: free', async () => {
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(
      new RegExp(`in use by another Convoke: process ${process.pid} on`),
    );
    lock.release();
    lock.release();
    const again = await lockDataFolder(folder);
    again.release();
  });

  test('of many that come at once exactly one gets it, also over a stale lock', async () => {
    for (const stale of [false, true]) {
      if (stale) await left({ pid: 2 ** 22 + 1, host: hostname() });
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(folder)));
      const got = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(got).toHaveLength(1);
      got[0]!.release();
    }
  });

  test('the lock of a process that is gone, or whose number another process has now, is taken over', async () => {
    await left({ pid: 2 ** 22 + 1, host: hostname() });
    (await lockDataFolder(folder)).release();
    await left({ pid: process.pid, host: hostname() });
    (await lockDataFolder(folder)).release();
    await writeFile(lockFile(), 'half a l');
    (await lockDataFolder(folder)).release();
  });

  test('the lock of another machine counts for as long as it is kept fresh', async () => {
    await left({ pid: 7, host: 'elsewhere' });
    await expect(lockDataFolder(folder)).rejects.toThrow(/process 7 on elsewhere/);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(lockFile(), aMinuteAgo, aMinuteAgo);
    (await lockDataFolder(folder)).release();
  });

  test('a folder that cannot be made is a start problem', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(lockDataFolder(path.join(folder, 'file', 'data'))).rejects.toThrow(/cannot be used.*CONVOKE_DATA/);
  });

  test('a file made whole is made once', async () => {
    const file = path.join(folder, 'whole');
    expect([createWhole(file, 'first'), createWhole(file, 'second')]).toEqual([true, false]);
    expect(await readFile(file, 'utf8')).toBe('first');
  });
});

describe('the development inbox', () => {
  test('takes mail, shows it, keeps it over a restart and says nothing itself', async () => {
    const inbox = await startInbox({ folder, smtpPort: 0, webPort: 0 });
    const transport = createTransport({ url: inbox.smtpUrl });
    await transport.sendMail({
      from: { name: 'Convoke', address: 'convoke@example.org' },
      to: { name: '王小明', address: 'ming@example.org' },
      subject: '【開會通知】專案 A',
      text: '請回覆',
      icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
    });
    transport.close();

    const [mail, ...others] = await inbox.messages();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      subject: '【開會通知】專案 A',
      recipients: ['ming@example.org'],
      from: 'convoke@example.org',
    });
    expect(mail!.text).toContain('請回覆');
    expect(await inbox.source(mail!.id)).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
    expect((await fetch(inbox.webUrl, { headers: { accept: 'text/html' } })).headers.get('content-type')).toContain(
      'text/html',
    );
    await inbox.stop();

    const later = await startInbox({ folder, smtpPort: 0, webPort: 0 });
    expect((await later.messages()).map(({ subject }) => subject)).toEqual(['【開會通知】專案 A']);
    await later.stop();
    await expect(fetch(later.webUrl)).rejects.toThrow();
  });
});
