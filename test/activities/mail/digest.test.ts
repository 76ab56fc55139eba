import { describe, expect, test } from 'vitest';
import { sendDigests } from '../../../activities/mail/digest.js';
import type { DigestDeps } from '../../../activities/mail/digest.js';
import { sendMails, TryAgain } from '../../../activities/mail/send-mails.js';
import type { Digest, DigestItem, DigestPort } from '../../../activities/ports.js';
import { MailRefused } from '../../../activities/ports.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { action, done, planned } from '../../render/fixture.js';
import { at } from '../../support/meeting.js';
import { bench, hour, job, people, type Bench } from './bench.js';

const slot = at('2026-02-05', '08:40');
const now = slot + 60_000;

/** Digests in memory: one entry list per person, claimed whole. */
class MemoryDigests implements DigestPort {
  readonly waiting: { person: string; item: DigestItem }[] = [];
  claimed: (Digest & { person: string; by: string; status: string })[] = [];
  onMarkSent: () => void = () => undefined;

  put(item: DigestItem, to: string[]): Promise<void> {
    this.waiting.push(...to.map((person) => ({ person, item })));
    return Promise.resolve();
  }
  people(): Promise<string[]> {
    const open = this.claimed.filter((d) => d.status === 'claimed').map((d) => d.person);
    return Promise.resolve([...new Set([...this.waiting.map((w) => w.person), ...open])]);
  }
  claim(person: string, day: number, by: string): Promise<Digest | 'elsewhere' | null> {
    const open = this.claimed.find((d) => d.person === person && d.status === 'claimed');
    if (open) return Promise.resolve(open.by === by ? open : 'elsewhere');
    const items = this.waiting.filter((w) => w.person === person).map((w) => w.item);
    if (items.length === 0) return Promise.resolve(null);
    const rest = this.waiting.filter((w) => w.person !== person);
    this.waiting.splice(0, this.waiting.length, ...rest);
    const digest = { id: `${person}:${day}:${this.claimed.length}`, slot: day, items, person, by, status: 'claimed' };
    this.claimed.push(digest);
    return Promise.resolve(digest);
  }
  async markSent(id: string): Promise<void> {
    await Promise.resolve();
    this.onMarkSent();
    this.claimed.find((d) => d.id === id)!.status = 'sent';
  }
  markFailed(id: string, _at: number, reason: string): Promise<void> {
    this.claimed.find((d) => d.id === id)!.status = `failed ${reason}`;
    return Promise.resolve();
  }
}

interface Post extends Bench {
  digests: MemoryDigests;
  all: DigestDeps;
  states: Record<string, MeetingState>;
}

/** They live where the meeting is held, unless a test says otherwise. */
const local = people.map(({ timeZone: _, ...person }) => person);

function post(directory = local): Post {
  const b = bench({}, directory);
  const digests = new MemoryDigests();
  const states: Record<string, MeetingState> = {};
  const view = { write: () => Promise.resolve(), meeting: (id: string) => Promise.resolve(states[id] ?? null) };
  const ports = Object.assign(b.ports, { digests, view });
  return { ...b, digests, states, all: { ...b.deps, ports } };
}

const own = done();
const other: MeetingState = { ...done(), id: 'bbbbccccddddeeee', title: '供應商交期協調' };
const reminder = (state: MeetingState): DigestItem => ({
  meetingId: state.id,
  mail: 'actionReminder',
  occasion: 'o',
  ref: action.id,
  params: { dueAt: action.dueAt },
});
const digestJob = { state: own, slot, now };

describe('H2 the digest', () => {
  test('H2 two meetings are one mail, in the reader’s language, each line with its own link', async () => {
    const { digests, all, ports, states } = post();
    states[other.id] = other;
    await digests.put(reminder(own), ['p7']);
    await digests.put(reminder(other), ['p7']);
    expect(await sendDigests(all, digestJob)).toEqual({ sent: 1, failed: 0, skipped: 0 });
    const [mail] = ports.sentTo('p7@example.com');
    expect(ports.outbox).toHaveLength(1);
    expect(mail?.subject).toBe('[Today] 2 meeting items, Thu 5 Feb');
    for (const text of [mail?.text, mail?.html]) {
      expect(text).toContain('專案 A 跨部門進度協調');
      expect(text).toContain('供應商交期協調');
    }
    expect(new Set(mail?.text.match(/https:\S+\/r\/\S+/g)).size).toBe(2);
    expect(await sendDigests(all, digestJob)).toEqual({ sent: 0, failed: 0, skipped: 0 });
  });

  test('H2 what was settled meanwhile is left out; a digest of nothing is not sent', async () => {
    const { digests, all, ports, states } = post();
    const doneItem = { ...action, status: 'done' as const };
    states[other.id] = { ...other, actions: [doneItem] };
    await digests.put(reminder(own), ['p7']);
    await digests.put(reminder(other), ['p7']);
    await sendDigests(all, digestJob);
    expect(ports.outbox.map((m) => m.subject)).toEqual(['[Today] 1 meeting items, Thu 5 Feb']);
    await digests.put(reminder(other), ['p7']);
    await sendDigests(all, digestJob);
    expect(ports.outbox).toHaveLength(1);
    expect(digests.claimed.map((d) => d.status)).toEqual(['sent', 'sent']);
  });

  test('H1 whose clock nobody knew at first gets it in their own morning, and is not claimed before', async () => {
    const abroad = local.map((p) => (p.id === 'p7' ? { ...p, timeZone: 'America/New_York' } : p));
    const b = post(abroad);
    await b.digests.put(reminder(own), ['p7']);
    await expect(sendDigests(b.all, digestJob)).rejects.toThrow(TryAgain);
    expect([b.ports.outbox, b.digests.claimed]).toEqual([[], []]);
    const inTheMorning = { ...b.all, sinceScheduledMs: () => 13 * hour };
    expect(await sendDigests(inTheMorning, digestJob)).toEqual({ sent: 1, failed: 0, skipped: 0 });
  });

  test('H3 several reminders of one action are one line', async () => {
    const { digests, all, ports } = post();
    const overdue = { ...own, actions: [{ ...action, status: 'overdue' as const, missed: 1 }] };
    await digests.put({ ...reminder(own), mail: 'missed', params: { dueAt: action.dueAt, missed: 1 } }, ['p7']);
    await digests.put({ ...reminder(own), mail: 'decided', params: { decision: 'moved' } }, ['p7']);
    await sendDigests(all, { ...digestJob, state: overdue });
    expect(ports.outbox[0]?.subject).toContain('1 meeting items');
  });

  test('F5 who has answered the survey gets no line about it, and the record is the same', async () => {
    const { digests, all, ports } = post();
    const closesAt = slot + 24 * hour;
    const state: MeetingState = { ...own, survey: { eligible: ['p7', 'p8'], opensAt: 1, closesAt, status: 'open' } };
    const item: DigestItem = { meetingId: own.id, mail: 'surveyReminder', occasion: 's', params: { closesAt } };
    await digests.put(item, ['p7', 'p8']);
    ports.silentPeople = ['p8'];
    expect(await sendDigests(all, { ...digestJob, state })).toEqual({ sent: 2, failed: 0, skipped: 0 });
    expect(ports.outbox.map((m) => m.to.address)).toEqual(['p8@example.com']);
    expect(digests.claimed.map((d) => d.status)).toEqual(['sent', 'sent']);
  });

  test('H2 a worker that dies after the claim, or after the sending, loses nothing: the same mail again, same Message-ID', async () => {
    const { digests, all, ports } = post();
    await digests.put(reminder(own), ['p7']);
    ports.onSend = () => {
      throw new Error('killed');
    };
    await expect(sendDigests(all, digestJob)).rejects.toThrow(TryAgain);
    const ids: string[] = [];
    ports.onSend = (mail) => void ids.push(mail.messageId);
    digests.onMarkSent = () => {
      throw new Error('killed');
    };
    const dying = { ...all, sleep: () => Promise.reject(new Error('killed')) };
    await expect(sendDigests(dying, digestJob)).rejects.toThrow(TryAgain);
    digests.onMarkSent = () => undefined;
    await sendDigests(all, digestJob);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  test('H2 while another meeting sends it, ours is tried again', async () => {
    const { digests, all } = post();
    await digests.put(reminder(own), ['p7']);
    await digests.claim('p7', slot, other.id);
    await expect(sendDigests(all, digestJob)).rejects.toThrow(TryAgain);
  });

  test('H4 who has no address, or one that is refused, is shown to the host', async () => {
    const without = local.map(({ email, ...p }) => (p.id === 'p8' ? p : { ...p, ...(email ? { email } : {}) }));
    const { digests, all, ports } = post(without);
    await digests.put({ ...reminder(own), mail: 'decided' }, ['p8', 'p7']);
    ports.onSend = () => {
      throw new MailRefused('550 5.1.1');
    };
    expect(await sendDigests(all, digestJob)).toEqual({ sent: 0, failed: 2, skipped: 0 });
    expect(digests.claimed.map((d) => d.status).sort()).toEqual(['failed noChannel', 'failed refused 550 5.1.1']);
  });
});

describe('H2 unsubscribing means the digest', () => {
  const unsubscribed = people.map((p) => (p.id === 'p7' ? { ...p, digestOnly: true } : p));

  test('H2 a reminder goes to the others alone, with the fields of RFC 8058; the rules hear of who wants the digest', async () => {
    const { deps, ports } = bench({}, unsubscribed);
    const effect = { mail: 'replyReminder', occasion: 'r', to: ['p7', 'p8'] } as const;
    const result = await sendMails(deps, job({ ...effect, to: ['p7', 'p8'] }, planned()));
    expect(result).toEqual({ sent: 1, failed: 0, skipped: 0, digestOnly: ['p7'] });
    const [mail] = ports.outbox;
    expect(mail?.to.address).toBe('p8@example.com');
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const link = /^<(https:\/\/convoke\.example\.com\/u\/[\w.-]+)>$/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1];
    expect(mail?.text).toContain(link);
    expect(mail?.html).toContain(link);
  });

  test('H2 what goes at once goes to everybody, without those fields', async () => {
    const { deps, ports } = bench({}, unsubscribed);
    expect((await sendMails(deps, job({ to: ['p7', 'p8'] }))).sent).toBe(2);
    for (const mail of ports.outbox) expect(mail.headers).not.toHaveProperty('List-Unsubscribe');
  });
});
