import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pollForReplies } from '../../../infra/replies/imap.js';
import { letter } from '../../api/replies/clients.js';
import { Dovecot, hasDovecot } from './dovecot.js';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const never = 3_600_000;
const told = { uid: 'abcdefghijklmnop@example.org', attendee: 'an@example.org' };

(hasDovecot ? describe : describe.skip)('N2: answers from a mailbox (Dovecot)', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await Dovecot.start();
  });
  afterAll(() => server?.stop());

  const look = async (take: (source: Buffer) => Promise<boolean>): Promise<unknown[]> => {
    const warned: unknown[] = [];
    const poller = pollForReplies({ url: server.url, everyMs: never }, take, { warn: (d) => void warned.push(d) });
    await poller.stop();
    return warned;
  };

  test('each message is taken once; what must wait is brought again', async () => {
    const letters = [0, 1, 2].map((n) => letter('gmail', { ...told, sequence: n }));
    for (const source of letters) await server.put(source);
    const seen: string[] = [];
    const first = await look((source) => {
      seen.push(/SEQUENCE:(\d)/.exec(source.toString())?.[1] ?? '');
      return Promise.resolve(!source.toString().includes('SEQUENCE:1'));
    });
    expect(first).toEqual([]);
    expect(seen.sort()).toEqual(['0', '1', '2']);
    const again: string[] = [];
    await look((source) => Promise.resolve(again.push(source.toString()) > 0));
    expect(again).toHaveLength(1);
    expect(again[0]).toContain('SEQUENCE:1');
    expect(await look(() => Promise.reject(new Error('nothing is left')))).toEqual([]);
  });

  test('a mailbox that cannot be reached is told once, and looked into again', async () => {
    const warned: unknown[] = [];
    const url = server.url.replace(/:\d+\//, ':1/');
    const poller = pollForReplies({ url, everyMs: never }, () => Promise.resolve(true), {
      warn: (details) => void warned.push(details),
    });
    await poller.looked();
    await poller.looked();
    await poller.stop();
    expect(warned).toEqual([{ reason: 'ECONNREFUSED' }]);
  });
});
