import { describe, expect, test } from 'vitest';
import { sendMails, TryAgain } from '../../../activities/mail/send-mails.js';
import type { MailDeps } from '../../../activities/mail/send-mails.js';
import { MailRefused } from '../../../activities/ports.js';
import { done, kinds, mailOf } from '../../render/fixture.js';
import { bench, everyone, hour, job, people, sequenceOf } from './bench.js';

describe('one mail to everyone it is for', () => {
  test('each person gets one, in their own language, from us, with the host in Reply-To', async () => {
    const { deps, ports, beats } = bench();
    expect(await sendMails(deps, job({}))).toEqual({ sent: everyone.length, failed: 0, skipped: 0 });
    expect(ports.outbox.map((m) => m.to.address).sort()).toEqual(everyone.map((p) => `${p}@example.com`).sort());
    expect(ports.sentTo('p7@example.com')[0]?.subject).toMatch(/^\[Meeting notice\]/);
    expect(ports.sentTo('p8@example.com')[0]?.subject).toMatch(/^【会议通知】/);
    expect(ports.sentTo('p1@example.com')[0]?.subject).toMatch(/^【開會通知】/);
    expect(ports.sentTo('p1@example.com')[0]?.replyTo).toEqual({ name: '王大明', address: 'p2@example.com' });
    // Nobody answers to themselves.
    expect(ports.sentTo('p2@example.com')[0]?.replyTo?.address).not.toBe('p2@example.com');
    expect(beats).toHaveLength(everyone.length);
  });

  test('a second run sends nothing: every claim says it is done', async () => {
    const { deps, ports } = bench();
    await sendMails(deps, job({}));
    expect(await sendMails(deps, job({}))).toEqual({ sent: 0, failed: 0, skipped: everyone.length });
    expect(ports.outbox).toHaveLength(everyone.length);
  });

  test.each(kinds)('%s goes out', async (kind) => {
    const { deps, ports } = bench();
    const { effect, state, now } = mailOf(kind, 'zh-TW');
    expect((await sendMails(deps, { effect, state, now })).sent).toBe(1);
    expect(ports.outbox[0]?.text).toContain('專案 A 跨部門進度協調');
  });

  test('the text of the minutes comes from the archive', async () => {
    const { deps, ports } = bench();
    ports.texts['h1'] = { summary: 'Kept in the archive.', topics: [] };
    const state = done();
    await sendMails(
      deps,
      job({ mail: 'minutes', to: ['p7'] }, { ...state, minutes: { ...state.minutes!, hash: 'h1' } }),
    );
    expect(ports.outbox[0]?.text).toContain('Kept in the archive.');
  });
});

describe('H4 who cannot be reached', () => {
  test('without an address, or erased: shown to the host, nobody else waits', async () => {
    const without = people
      .filter((p) => p.id !== 'p9')
      .map(({ email, ...p }) => (p.id === 'p8' ? p : { ...p, ...(email ? { email } : {}) }));
    const { deps, ports } = bench({}, without);
    expect(await sendMails(deps, job({}))).toEqual({ sent: everyone.length - 2, failed: 2, skipped: 0 });
    expect(ports.of('p8')).toEqual(['notice notice failed noChannel']);
    expect(ports.of('p9')).toEqual(['notice notice failed noChannel']);
  });

  test('a refused address is given up at once, and the reason names nobody', async () => {
    const { deps, ports, logged } = bench();
    ports.onSend = (mail) => {
      if (mail.to.address === 'p6@example.com') throw new MailRefused('550 5.1.1 <p6@example.com> no such user');
    };
    expect(await sendMails(deps, job({}))).toMatchObject({ failed: 1 });
    expect(ports.of('p6')).toEqual(['notice invite:0 failed refused 550 5.1.1']);
    expect(logged.join()).not.toContain('p6@example.com');
    expect(await sendMails(deps, job({}))).toMatchObject({ sent: 0, failed: 0 });
  });

  test('a temporary failure holds up nobody; only the unsent are tried again, with the same Message-ID', async () => {
    const b = bench();
    const tried: string[] = [];
    b.ports.onSend = (mail) => {
      if (mail.to.address !== 'p6@example.com') return;
      tried.push(mail.messageId);
      if (tried.length < 3)
        throw Object.assign(new Error('451 4.7.1 <p6@example.com> greylisted'), { responseCode: 451 });
    };
    await expect(sendMails(b.deps, job({}))).rejects.toThrow(TryAgain);
    expect(b.ports.outbox).toHaveLength(everyone.length - 1);
    await expect(sendMails(b.deps, job({}))).rejects.toThrow(TryAgain);
    expect(await sendMails(b.deps, job({}))).toEqual({ sent: 1, failed: 0, skipped: everyone.length - 1 });
    expect(new Set(tried).size).toBe(1);
    expect(b.ports.outbox).toHaveLength(everyone.length);
    expect(b.logged.join()).toContain('451 4.7.1');
    expect(b.logged.join()).not.toContain('@example.com');
  });

  test('after two days of it the host is told', async () => {
    const b = bench();
    b.ports.onSend = () => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNECTION' });
    };
    const effect = { mail: 'minutes', occasion: 'v1', to: ['p6'] } as const;
    const one = job({ ...effect, to: ['p6'] }, done());
    b.elapsed = 47 * hour;
    await expect(sendMails(b.deps, one)).rejects.toThrow(TryAgain);
    b.elapsed = 48 * hour;
    expect(await sendMails(b.deps, one)).toEqual({ sent: 0, failed: 1, skipped: 0 });
    expect(b.ports.of('p6')).toEqual(['minutes v1 failed gaveUp ECONNECTION']);
  });

  test('the error that goes into the history names no person, address or number', async () => {
    const b = bench();
    b.ports.onSend = () => {
      throw new Error('451 p6@example.com');
    };
    const error = await sendMails(b.deps, job({})).catch((e: unknown) => e as Error);
    expect((error as Error).message).not.toMatch(/@|\d|p6/);
  });

  test('a mail about something that is not there is given up, not tried for days', async () => {
    const b = bench();
    const gone = job({ mail: 'missed', occasion: 'x', ref: 'gone-a9', to: ['p7'] }, done());
    expect(await sendMails(b.deps, gone)).toEqual({ sent: 0, failed: 1, skipped: 0 });
    expect(b.ports.of('p7')).toEqual(['missed x failed nothingToSay']);
  });

  test('while the archive is away nothing is sent, and it is tried again', async () => {
    const b = bench();
    b.ports.onClaim = () => {
      throw new Error('connection terminated');
    };
    await expect(sendMails(b.deps, job({}))).rejects.toThrow(TryAgain);
    expect(b.ports.outbox).toHaveLength(0);
    b.ports.onClaim = () => undefined;
    expect((await sendMails(b.deps, job({}))).sent).toBe(everyone.length);
  });
});

describe('after the server’s 250 (design §7)', () => {
  test('"sent" is written until it is written, and nothing goes twice', async () => {
    const waits: number[] = [];
    const b = bench({
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    let away = 9;
    b.ports.onMarkSent = () => {
      if (away-- > 0) throw new Error('archive is away');
    };
    expect(await sendMails(b.deps, job({ to: ['p7'] }))).toEqual({ sent: 1, failed: 0, skipped: 0 });
    expect(b.ports.outbox).toHaveLength(1);
    expect(b.ports.of('p7')).toEqual(['notice invite:0 sent']);
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
    expect(b.beats.filter((n) => n === -1)).toHaveLength(9);
  });

  test('a kill at any moment loses no mail, and only those in flight come twice, with the same Message-ID and SEQUENCE', async () => {
    class Killed extends Error {}
    // What the mails say is no matter here.
    const content = (n: number): string => `SEQUENCE:${n}`;
    const invitation = { method: 'REQUEST' as const, hash: 'h', content };
    const render: MailDeps['render'] = () =>
      Promise.resolve({
        subject: 's',
        text: 't',
        html: 'h',
        headers: {},
        message: { title: '', lines: [], links: [] },
        invitation,
      });
    for (let killAt = 0; killAt < 40; killAt += 1) {
      const b = bench({ render });
      let step = 0;
      let dead = false;
      // From the kill on nothing that the old attempt does reaches the outside: its promises never come back.
      const moment = (): void => {
        if (!dead && step++ === killAt) dead = true;
        if (dead) throw new Killed();
      };
      b.ports.onClaim = moment;
      b.ports.onSend = moment;
      b.ports.onMarkSent = moment;
      const attempt = sendMails({ ...b.deps, sleep: () => Promise.reject(new Killed()) }, job({}));
      await attempt.catch(() => undefined);
      b.ports.onClaim = b.ports.onSend = b.ports.onMarkSent = () => undefined;
      await sendMails(b.deps, job({}));
      for (const person of everyone) {
        const got = b.ports.sentTo(`${person}@example.com`);
        expect(got.length).toBeGreaterThanOrEqual(1);
        expect(got.length).toBeLessThanOrEqual(2);
        expect(new Set(got.map((m) => m.messageId)).size).toBe(1);
        expect(new Set(got.map(sequenceOf)).size).toBe(1);
        expect(b.ports.of(person)).toEqual(['notice invite:0 sent']);
      }
      const twice = b.ports.outbox.length - everyone.length;
      expect(twice).toBeLessThanOrEqual(4);
      if (!dead) return;
    }
  });

  test('Message-IDs come from the claim: other people, mails and meetings have others', async () => {
    const b = bench();
    await sendMails(b.deps, job({}));
    await sendMails(b.deps, job({ mail: 'replyReminder', occasion: 'a' }));
    await sendMails(b.deps, job({ mail: 'replyReminder', occasion: 'b' }));
    const ids = b.ports.outbox.map((m) => m.messageId);
    expect(new Set(ids).size).toBe(3 * everyone.length);
    for (const id of ids) expect(id).toMatch(/^<[0-9a-f]{32}@mail\.example\.com>$/);
    const again = bench();
    await sendMails(again.deps, job({}));
    expect(again.ports.outbox.map((m) => m.messageId).sort()).toEqual(ids.slice(0, everyone.length).sort());
  });
});
