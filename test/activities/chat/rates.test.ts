/** F7: each vendor's documented rate, against a server that keeps to it; by a clock of the test's own. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { ChatBusy, vendors, type Vendor } from '../../../activities/chat/channel.js';
import { Pace, type ChatTime } from '../../../activities/chat/pace.js';
import { ChatsWait, sendChats } from '../../../activities/chat/send-chats.js';
import { sendMails } from '../../../activities/mail/send-mails.js';
import { bench, job, people, start } from '../mail/bench.js';
import { chatAt, manyUsers, refusals, VendorServer, type Reply } from './vendors.js';

const second = 1_000;
const minute = 60 * second;

/** At most `count` within any `windowMs`: to each person, to all of them, or to one group. */
interface Limit {
  of: 'each' | 'all' | 'group';
  count: number;
  windowMs: number;
}

/** As docs/chat.md has them. */
const documented: Record<Vendor, Limit[]> = {
  wecom: [
    { of: 'each', count: 30, windowMs: minute },
    { of: 'all', count: 300, windowMs: minute },
    { of: 'group', count: 20, windowMs: minute },
  ],
  dingtalk: [
    { of: 'all', count: 1_000, windowMs: minute },
    { of: 'group', count: 20, windowMs: minute },
  ],
  feishu: [
    { of: 'each', count: 5, windowMs: second },
    { of: 'all', count: 50, windowMs: second },
    { of: 'all', count: 1_000, windowMs: minute },
    { of: 'group', count: 5, windowMs: second },
    { of: 'group', count: 100, windowMs: minute },
  ],
  slack: [
    { of: 'each', count: 1, windowMs: second },
    { of: 'all', count: 300, windowMs: minute },
    { of: 'group', count: 1, windowMs: second },
  ],
  webhook: [
    { of: 'all', count: 10, windowMs: second },
    { of: 'group', count: 10, windowMs: second },
  ],
};

/** What a group's robot answers, where that is another code than for people. */
const groupRefusals: Partial<Record<Vendor, Reply>> = {
  dingtalk: { body: { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' } },
  feishu: { body: { code: 11232, msg: 'frequency limited' } },
};
/** After how long each says, or documents, that it may be tried again. */
const busyMs: Record<Vendor, { personal: number; group: number }> = {
  wecom: { personal: minute, group: minute },
  dingtalk: { personal: minute, group: 10 * minute },
  feishu: { personal: minute, group: minute },
  slack: { personal: 7 * second, group: 7 * second },
  webhook: { personal: 7 * second, group: 7 * second },
};

/** Time that passes only where somebody waits. */
class Clock implements ChatTime {
  // From now on: signatures are checked by the real clock, too.
  at = Date.now();
  readonly now = (): number => this.at;
  sleep = (ms: number): Promise<void> => {
    this.at += ms;
    return Promise.resolve();
  };
}

/** Refuses whatever is more than the vendor allows, and counts it. */
class Gate {
  refused: number[] = [];
  private readonly taken = new Map<string, number[]>();

  constructor(
    private readonly server: VendorServer,
    private readonly limits: Limit[],
    private readonly clock: Clock,
  ) {
    server.clock = clock.now;
    server.tooMany = (group, to) => this.answer(group, to);
  }

  private answer(group: boolean, to: string): Reply | undefined {
    const { at } = this.clock;
    const { vendor } = this.server;
    const own = this.limits.filter(({ of }) => (of === 'group') === group);
    const names = own.map(({ of }, i) => `${i} ${of === 'each' ? to : of}`);
    const full = own.some(({ count, windowMs }, i) => {
      const recent = (this.taken.get(names[i]!) ?? []).filter((t) => t > at - windowMs);
      return recent.length >= count;
    });
    if (full) {
      this.refused.push(at);
      return (group ? groupRefusals[vendor] : undefined) ?? refusals[vendor].limited;
    }
    for (const name of names) this.taken.set(name, [...(this.taken.get(name) ?? []), at]);
    return undefined;
  }
}

/** As the sending does it: what is too much waits as long as it says. Returns for how long each time. */
async function patiently(clock: Clock, send: () => Promise<void>): Promise<number[]> {
  const waited: number[] = [];
  for (;;) {
    try {
      await send();
      return waited;
    } catch (error) {
      if (!(error instanceof ChatBusy)) throw error;
      waited.push(error.afterMs);
      await clock.sleep(error.afterMs);
    }
  }
}

const message = (n: number) => ({ title: `第 ${n} 則`, lines: [`內容 ${n}。`], links: [] });

describe.each(vendors)('%s', (vendor) => {
  let server: VendorServer;
  let clock: Clock;
  beforeEach(async () => {
    server = await new VendorServer(vendor).start();
    clock = new Clock();
  });
  afterEach(() => server.stop());

  const gate = (): Gate => new Gate(server, documented[vendor], clock);
  const chat = () => chatAt(server, {}, clock);

  test('F7 a group gets a burst at the vendor’s rate: nothing is refused, lost or doubled', async () => {
    const strict = gate();
    const group = chat().groups.get('g')!;
    const { count, windowMs } = documented[vendor].filter(({ of }) => of === 'group').at(-1)!;
    const [n, from] = [count * 2 + 3, clock.at];
    for (let i = 0; i < n; i++) await patiently(clock, () => group.send(message(i), `k${i}`));
    expect(strict.refused).toEqual([]);
    expect(server.groupTexts.map((text) => text.split('\n')[0])).toEqual(
      Array.from({ length: n }, (_, i) => message(i).title),
    );
    // As fast as it is allowed, and no faster.
    expect(clock.at - from).toBe(2 * windowMs + (vendor === 'slack' ? 2 * second : 0));
  });

  test('F7 people get a burst at the vendor’s rate, one of them more than the others', async () => {
    const strict = gate();
    const channel = chat().personal[vendor]!;
    const each = documented[vendor].find(({ of }) => of === 'each');
    const many = Math.min(40, (each?.count ?? 5) + 3);
    const sent = [...Array.from({ length: many }, () => 'linmei'), ...manyUsers];
    for (const [i, to] of sent.entries()) await patiently(clock, () => channel.send(to, message(i), `k${i}`));
    expect(strict.refused).toEqual([]);
    expect(server.taken.map((t) => [t.to, t.text.split('\n')[0]])).toEqual(sent.map((to, i) => [to, message(i).title]));
  });

  test('F7 two processes together are too many: what is refused goes after the time that the vendor names', async () => {
    const strict = gate();
    const groups = [chat(), chat()].map((c) => c.groups.get('g')!);
    const { count } = documented[vendor].find(({ of }) => of === 'group')!;
    const n = count + 1;
    const waited: number[] = [];
    for (let i = 0; i < n; i++)
      waited.push(...(await patiently(clock, () => groups[i % 2]!.send(message(i), `k${i}`))));
    expect(strict.refused).toHaveLength(1);
    expect(waited).toEqual([busyMs[vendor].group]);
    expect(new Set(server.groupTexts).size).toBe(n);
    expect(server.groupTexts).toHaveLength(n);
  });

  test('F7 a mail to many: whoever the vendor has no room for gets it when there is, once', async () => {
    // Half of what one process would send: as if others used the account, too.
    new Gate(server, [{ of: 'all', count: 4, windowMs: busyMs[vendor].personal }], clock);
    const readers = people.slice(0, 10).map((p, i) => ({ ...p, chats: { [vendor]: manyUsers[i]! } }));
    const b = bench({ chat: chat() }, readers);
    const whole = job({ to: readers.map((p) => p.id) });
    let left = (await sendMails(b.deps, whole)).chats ?? [];
    const waits: number[] = [];
    while (left.length > 0 && waits.length < 10) {
      const rest = { ...whole, effect: { ...whole.effect, to: left }, waitedMs: 0 };
      const wait = await sendChats(b.deps, rest).then(
        () => undefined,
        (error: unknown) => error as ChatsWait,
      );
      if (wait === undefined) left = [];
      else {
        expect(wait).toBeInstanceOf(ChatsWait);
        waits.push(wait.afterMs!);
        b.elapsed += wait.afterMs!;
        await clock.sleep(wait.afterMs!);
      }
    }
    expect(left).toEqual([]);
    expect(server.taken.map((t) => t.to).sort()).toEqual(manyUsers.slice(0, 10).sort());
    expect(waits.every((ms) => ms === busyMs[vendor].personal)).toBe(true);
    expect(b.ports.outbox).toHaveLength(10);
    expect(whole.now).toBe(start);
  });
});

test('F7 whoever asks when, never more than so many go within the time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 9 }).map((n) => n * 500),
      fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 40 }),
      async (count, windowMs, gaps) => {
        let now = 0;
        const went: number[] = [];
        const time = { now: () => now, sleep: (ms: number) => Promise.resolve(void went.push(now + ms)) };
        const pace = new Pace(count, windowMs, time);
        for (const gap of gaps) {
          now += gap;
          const before = went.length;
          const busy = await pace.turn().then(
            () => undefined,
            (error: unknown) => error as ChatBusy,
          );
          if (busy !== undefined) expect(busy.afterMs).toBeGreaterThan(5_000);
          else if (went.length === before) went.push(now);
        }
        expect(went.every((t, i) => i < count || t - went[i - count]! >= windowMs)).toBe(true);
      },
    ),
  );
});
