/** F7 with H1, H2, H3, H9: messages by chat beside mails, on ports in memory and a vendor's server. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChatsWait, sendChats } from '../../../activities/chat/send-chats.js';
import type { MailJob } from '../../../activities/index.js';
import { sendMails, TryAgain } from '../../../activities/mail/send-mails.js';
import type { Person } from '../../../activities/ports.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { links, planned } from '../../render/fixture.js';
import { at } from '../../support/meeting.js';
import { bench, hour, job, people, start, type Bench } from '../mail/bench.js';
import { chatAt, users, VendorServer } from './vendors.js';

let server: VendorServer;
beforeEach(async () => {
  server = await new VendorServer('wecom').start();
});
afterEach(() => server.stop());

const withChat = (ids: Record<string, string> = { p7: users[0]!, p8: users[1]! }): Person[] =>
  people.map((p) => (p.id in ids ? { ...p, chats: { wecom: ids[p.id]! } } : p));
const post = (directory = withChat()): Bench => bench({ chat: chatAt(server) }, directory);
const both = (more: Partial<MailJob['effect']> = {}, state?: MeetingState, now?: number): MailJob =>
  job({ to: ['p7', 'p8'], ...more }, state, now);
const left = (whole: MailJob, waitedMs: number, to = whole.effect.to): MailJob => ({
  ...whole,
  effect: { ...whole.effect, to },
  waitedMs,
});
/** One try a second would be too many for the pace of one chat; each try starts with a new one. */
const again = (b: Bench): Bench['deps'] => ({ ...b.deps, chat: chatAt(server) });
const night = at('2026-01-28', '22:15');

describe('F7 a mail also by chat', () => {
  test('F7 once each, in the reader’s language, with their own link; the claim says by what', async () => {
    const b = post();
    const summary = await sendMails(b.deps, both());
    expect(summary).toEqual({ sent: 2, failed: 0, skipped: 0 });
    expect(server.taken.map((t) => t.to).sort()).toEqual(['linmei', 'wang.wei']);
    const english = server.taken.find((t) => t.to === 'linmei')!;
    expect(english.text).toContain(b.ports.sentTo('p7@example.com')[0]!.subject);
    expect(english.text).toContain('The links are yours alone');
    expect(server.taken.find((t) => t.to === 'wang.wei')!.text).toContain('请勿转发');
    for (const url of english.links) {
      const token = /\/r\/([\w.-]+)/.exec(url)?.[1] ?? '';
      expect(await links.verify(token, { now: start })).toMatchObject({ person: 'p7', purpose: 'reply' });
    }
    expect(b.ports.of('p7')).toEqual(['notice invite:0 sent', 'notice invite:0@wecom sent']);
    await sendMails(again(b), both());
    expect([server.taken.length, b.ports.outbox.length]).toEqual([2, 2]);
  });

  test('who has no chat, or one that is not configured, gets the mail alone', async () => {
    const b = bench(
      { chat: chatAt(server) },
      people.map((p) => (p.id === 'p7' ? { ...p, chats: { slack: 'U1' } } : p)),
    );
    expect(await sendMails(b.deps, both())).toEqual({ sent: 2, failed: 0, skipped: 0 });
    expect(server.taken).toEqual([]);
    expect(b.ports.rows.size).toBe(2);
  });

  test('H4 a chat alone is a channel: nobody is told that they were not reached', async () => {
    const b = post(withChat().map(({ email, ...p }) => (p.id === 'p7' || email === undefined ? p : { ...p, email })));
    expect(await sendMails(b.deps, both())).toEqual({ sent: 1, failed: 0, skipped: 1 });
    expect(b.ports.of('p7')).toEqual(['notice invite:0@wecom sent']);
    expect(server.taken).toHaveLength(2);
  });

  test('a chat that is away holds up no mail; it gets the message later, once', async () => {
    const b = post();
    server.down = true;
    const summary = await sendMails(b.deps, both());
    expect(summary).toEqual({ sent: 2, failed: 0, skipped: 0, chats: ['p7', 'p8'] });
    await expect(sendChats(again(b), left(both(), 1_000))).rejects.toThrow(ChatsWait);
    server.down = false;
    b.elapsed = hour;
    await sendChats(again(b), left(both(), 1_000));
    await sendChats(again(b), left(both(), 1_000));
    expect(server.taken.map((t) => t.to).sort()).toEqual(['linmei', 'wang.wei']);
    expect(b.ports.outbox).toHaveLength(2);
    expect(b.logged.join()).not.toMatch(/linmei|p7|@/);
  });

  test('a mailbox that is away holds up no chat', async () => {
    const b = post();
    b.ports.onSend = () => {
      throw Object.assign(new Error('greylisted'), { responseCode: 451 });
    };
    await expect(sendMails(b.deps, both())).rejects.toThrow(TryAgain);
    expect(server.taken).toHaveLength(2);
    b.ports.onSend = () => undefined;
    await sendMails(again(b), both());
    expect([server.taken.length, b.ports.outbox.length]).toEqual([2, 2]);
  });

  test('too often: tried again when the vendor said so', async () => {
    const b = post(withChat({ p7: 'linmei' }));
    server.troubles = ['limited'];
    expect((await sendMails(b.deps, both())).chats).toEqual(['p7']);
    server.troubles = ['limited'];
    await expect(sendChats(again(b), left(both(), 0, ['p7']))).rejects.toMatchObject({ afterMs: 60_000 });
    await sendChats(again(b), left(both(), 60_000, ['p7']));
    expect(server.taken).toHaveLength(1);
  });

  test('an account that is not there, and one not reached for two days, are shown to the host', async () => {
    const b = post(withChat({ p7: 'nobody', p8: 'wang.wei' }));
    expect(await sendMails(b.deps, both())).toEqual({ sent: 2, failed: 0, skipped: 0 });
    expect(b.ports.of('p7')).toContain('notice invite:0@wecom failed refused wecom user');
    server.down = true;
    const minutes = both({ mail: 'minutes', occasion: 'm', to: ['p8'] });
    await sendMails(again(b), minutes);
    b.elapsed = 49 * hour;
    await sendChats(again(b), left(minutes, 0));
    expect(b.ports.of('p8')).toContain('minutes m@wecom failed gaveUp http 503');
  });

  test('H3 a worker that dies at any moment loses no message, and only one in flight may come twice', async () => {
    class Killed extends Error {}
    for (let killAt = 0; killAt < 14; killAt++) {
      const b = post(withChat({ p7: 'linmei' }));
      server.taken.length = 0;
      let step = 0;
      let dead = false;
      const moment = (): void => {
        if (!dead && step++ === killAt) dead = true;
        if (dead) throw new Killed();
      };
      Object.assign(b.ports, { onClaim: moment, onSend: moment, onMarkSent: moment });
      const dying = { ...b.deps, sleep: () => Promise.reject(new Killed()) };
      const first = await sendMails(dying, both({ to: ['p7'] })).catch(() => undefined);
      Object.assign(b.ports, { onClaim: () => undefined, onSend: () => undefined, onMarkSent: () => undefined });
      dead = false;
      step = Number.NaN;
      const next = first ?? (await sendMails(again(b), both({ to: ['p7'] })));
      if (next.chats) await sendChats(again(b), left(both(), 0, next.chats));
      expect([killAt, server.taken.length >= 1, server.taken.length <= 2]).toEqual([killAt, true, true]);
      expect(new Set(server.taken.map((t) => t.text)).size).toBe(1);
      expect(b.ports.of('p7').filter((row) => row.endsWith('@wecom sent'))).toHaveLength(1);
    }
  });
});

describe('H1 a chat waits for the morning', () => {
  test('H1 at night the mail goes and the message waits until 08:30', async () => {
    const b = post(withChat({ p8: 'wang.wei' }));
    const late = both({}, planned(), night);
    const summary = await sendMails(b.deps, late);
    expect(summary).toEqual({ sent: 2, failed: 0, skipped: 0, chats: ['p8'] });
    expect(b.ports.of('p8')).toEqual(['notice invite:0 sent', 'notice invite:0@wecom claimed']);
    const morning = at('2026-01-29', '08:30');
    const wait = { afterMs: morning - night - 2_000 };
    await expect(sendChats(b.deps, left(late, 2_000, ['p8']))).rejects.toMatchObject(wait);
    expect(server.taken).toEqual([]);
    b.elapsed = wait.afterMs;
    await sendChats(b.deps, left(late, 2_000, ['p8']));
    expect(server.taken.map((t) => t.to)).toEqual(['wang.wei']);
  });

  test('H1 by the recipient’s own clock, and over a weekend', async () => {
    const b = post();
    const away = { asked: ['p7'], away: { p7: { name: 'X', offsets: [{ from: 0, minutes: -300 }] } } };
    const friday = both({}, planned({ clocks: away, startsAt: at('2026-02-05', '10:00') }), at('2026-01-30', '21:00'));
    // 08:00 on Friday in New York, half an hour early; in Taipei the next working day is Monday.
    expect((await sendMails(b.deps, friday)).chats?.sort()).toEqual(['p7', 'p8']);
    await expect(sendChats(b.deps, left(friday, 0))).rejects.toMatchObject({ afterMs: hour / 2 });
    b.elapsed = hour / 2;
    const monday = at('2026-02-02', '08:30') - at('2026-01-30', '21:00') - hour / 2;
    await expect(sendChats(b.deps, left(friday, 0))).rejects.toMatchObject({ afterMs: monday });
    expect(server.taken.map((t) => t.to)).toEqual(['linmei']);
  });

  test('X1 an emergency does not wait', async () => {
    const b = post();
    const kind = { kind: 'emergency', emergencyReason: '供應商停線' } as const;
    const urgent = both({ mail: 'emergency', occasion: 'e' }, planned(kind), night);
    expect(await sendMails(b.deps, urgent)).toEqual({ sent: 2, failed: 0, skipped: 0 });
    expect(server.taken).toHaveLength(2);
    const change = both({ mail: 'change', occasion: 'r2' }, planned({ ...kind, place: '4F' }), night);
    expect(await sendMails(b.deps, change)).toEqual({ sent: 2, failed: 0, skipped: 0 });
  });

  test('H1 what is not urgent of an emergency meeting waits for the morning like any other', async () => {
    const b = post();
    const kind = { kind: 'emergency', emergencyReason: '供應商停線' } as const;
    const brief = both({ mail: 'hostBrief', occasion: 'b', to: ['p8'] }, planned(kind), night);
    expect((await sendMails(b.deps, brief)).chats).toEqual(['p8']);
  });

  test('what was changed in the night is told once in the morning, as it is then', async () => {
    const b = post(withChat({ p8: 'wang.wei' }));
    const notice = both({ to: ['p8'] }, planned(), night);
    const change = both({ mail: 'change', occasion: 'r2', to: ['p8'] }, planned({ place: '4F' }), night + hour);
    await sendMails(b.deps, notice);
    await sendMails(b.deps, change);
    b.elapsed = at('2026-01-29', '08:31') - night;
    await sendChats(b.deps, left(notice, 0));
    await sendChats(b.deps, left(change, 0));
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.text).toContain('变更');
  });

  test('what nobody needs in the morning any more is not said', async () => {
    const b = post(withChat({ p8: 'wang.wei' }));
    const state = planned({ startsAt: at('2026-01-28', '22:00'), plannedEndAt: at('2026-01-28', '23:00') });
    const effect = { mail: 'notOpened', occasion: 'n', to: ['p8'], params: { stage: 1 } } as const;
    const late = both({ ...effect, to: ['p8'] }, state, night);
    expect((await sendMails(b.deps, late)).chats).toEqual(['p8']);
    b.elapsed = at('2026-01-29', '08:31') - night;
    await sendChats(b.deps, left(late, 0));
    expect(server.taken).toEqual([]);
    expect(b.ports.of('p8')).toContain('notOpened n@wecom failed tooLate');
  });
});

describe('whom a message is for', () => {
  test('H6 through an assistant: to their chat, with their links', async () => {
    const directory = withChat({ p8: 'wang.wei', p9: 'linmei' }).map((p) =>
      p.id === 'p8' ? { ...p, through: 'p9' } : p,
    );
    const b = post(directory);
    await sendMails(b.deps, both({ to: ['p8'] }));
    expect(server.taken.map((t) => t.to)).toEqual(['linmei']);
    const token = /\/r\/([\w.-]+)/.exec(server.taken[0]?.links[0] ?? '')?.[1] ?? '';
    expect(await links.verify(token, { now: 0 })).toMatchObject({ person: 'p8', by: 'p9' });
  });

  test('H9 in trial mode a message is a mail to the one address, marked with whom it was for', async () => {
    const trialTo = { name: 'Trial', address: 'trial@example.com' };
    const b = bench({ chat: chatAt(server), trialTo }, withChat({ p7: 'linmei' }));
    await sendMails(b.deps, both({ to: ['p7'] }));
    expect(server.taken).toEqual([]);
    expect(b.ports.outbox.map((m) => m.to.address)).toEqual([trialTo.address, trialTo.address]);
    expect(b.ports.outbox[1]?.subject).toContain('wecom linmei');
    expect(b.ports.outbox[1]?.text).toContain('/r/');
  });

  test('F5 a reminder of the survey by chat says of nobody whether they answered', async () => {
    const closesAt = at('2026-02-05', '10:30');
    const state = planned({ survey: { eligible: ['p7', 'p8'], opensAt: 1, closesAt, status: 'open' } });
    const effect = { mail: 'surveyReminder', occasion: 's', params: { closesAt } } as const;
    const run = async (silent: string[], down: boolean): Promise<string> => {
      const b = post();
      b.ports.silentPeople = silent;
      server.down = down;
      const summary = await sendMails(b.deps, both(effect, state, at('2026-02-04', '08:40')));
      const rows = [...b.ports.rows.values()].map((r) => r.key).sort((x, y) => (x.person < y.person ? -1 : 1));
      return JSON.stringify([summary, rows.map((k) => `${k.person} ${k.occasion}`).sort(), b.logged]);
    };
    for (const down of [false, true]) expect(await run(['p7'], down)).toBe(await run(['p8'], down));
    expect(server.taken.map((t) => t.to)).toEqual(['linmei', 'wang.wei']);
  });
});
