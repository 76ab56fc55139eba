import { describe, expect, test } from 'vitest';
import { sendReview } from '../../../activities/review/send-review.js';
import type { ReviewMailDeps } from '../../../activities/review/send-review.js';
import { TryAgain } from '../../../activities/mail/send-mails.js';
import { MailRefused, type MailTransport, type OutgoingMail } from '../../../activities/ports.js';
import { figureNames, type Figures } from '../../../domain/review/figures.js';
import type { Proposal } from '../../../domain/review/proposals.js';
import type { ReviewReport } from '../../../domain/review/report.js';
import { defaultNorms } from '../../../domain/norms.js';
import type { SeriesPlan } from '../../../domain/series/plan.js';
import { createLinks } from '../../../render/links.js';
import { at, taiwan } from '../../support/meeting.js';
import { MemoryPorts } from '../../support/memory-ports.js';

const now = at('2026-04-01', '09:00');
const figures = (part: number, whole: number): Figures =>
  Object.fromEntries(figureNames.map((name) => [name, { part, whole }])) as Figures;
const scope = (id: string) => ({ id, now: figures(1, 2), meetings: [] });
const report: ReviewReport = {
  ...{ schemaVersion: 1, quarter: '2026-Q1', from: at('2026-01-01', '00:00'), to: at('2026-04-01', '00:00') },
  ...{ timeZone: 'Asia/Taipei', madeAt: now, organisation: { now: figures(3, 4), meetings: [] } },
  departments: [scope('d1'), scope('d2'), scope('d3')],
  ...{ series: [], hosts: [], trend: [], outcomes: { decided: 1, informed: 0, deferred: 0, dropped: 0 } },
  ...{ speaking: [], actions: [], repeated: [], meetings: [], proposals: [], results: [] },
};
const person = (n: number, more = {}) => ({
  id: `p${n}`,
  name: `人 ${n}`,
  email: `p${n}@example.com`,
  departments: [],
  ...more,
});

/** R2: of a series that p7 hosts and p2 coordinates; nobody is named as host of the other, so that its head, p3, is. */
const seriesOf: Record<string, object> = {
  s1: { host: 'p7', coordinator: 'p2', initiator: { person: 'p8', department: 'd2' } },
  s2: { initiator: { person: 'p8', department: 'd3' } },
};
const proposals = ['s1', 's2'].map((seriesId): Proposal => ({
  ...{
    id: `2026-Q1-${seriesId}-shorten`,
    seriesId,
    title: `系列 ${seriesId}`,
    because: ['m1'],
    params: {},
    score: 0.5,
  },
  change: { kind: 'shorten', fromMinutes: 60, toMinutes: 45 },
}));

function post(trialTo?: { name: string; address: string }, proposed: Proposal[] = []) {
  const ports = new MemoryPorts(
    [
      ...[person(1), person(2), person(3, { locale: 'en' }), person(4, { email: undefined }), person(5), person(9)],
      ...[person(7), person(8, { email: undefined, through: 'p5' })],
    ],
    ['d1', 'd2', 'd3', 'd4'].map((id) => ({ id, name: `部門 ${id}`, ...(id === 'd3' ? { head: 'p3' } : {}) })),
  );
  const leaders = [
    { department: 'd1', person: 'p1' },
    { department: 'd2', parent: 'd1', person: 'p2' },
    { department: 'd3', parent: 'd1', person: 'p3' },
    { department: 'd4', parent: 'd1', person: 'p4' },
  ];
  const reviews = {
    make: () => Promise.resolve(report),
    find: () => Promise.resolve({ ...report, proposals: proposed }),
    leaders: () => Promise.resolve(leaders),
  };
  const series = {
    ...ports.series,
    active: (id: string) => Promise.resolve({ id, template: seriesOf[id] } as unknown as SeriesPlan),
  };
  const deps = (transport: MailTransport): ReviewMailDeps => ({
    ports: Object.assign(Object.create(ports) as MemoryPorts, { reviews, series, transport }),
    links: createLinks({ secrets: ['a-secret-of-at-least-16'], publicUrl: 'http://convoke.test' }),
    from: { name: 'Convoke', address: 'convoke@example.com' },
    trialTo,
    log: { warn: () => undefined },
    heartbeat: () => undefined,
    sinceScheduledMs: () => 0,
    sleep: () => Promise.resolve(),
    planning: {
      norms: () => Promise.resolve({ ...defaultNorms, pmo: { person: 'p9' } }),
      calendar: taiwan,
      timeZone: 'Asia/Taipei',
      locale: 'zh-TW',
    },
  });
  const send = (transport: MailTransport = ports.transport) => sendReview(deps(transport), { quarter: '2026-Q1', now });
  return { ports, send };
}
const sentTo = (ports: MemoryPorts) => ports.outbox.map((m) => m.to.address).sort();
const everybody = ['p1@example.com', 'p2@example.com', 'p3@example.com', 'p9@example.com'];

describe('R1 the review by mail', () => {
  test('R1 the whole to the PMO and to who leads the top, their departments to heads; a head without figures gets none', async () => {
    const { ports, send } = post();
    expect(await send()).toEqual({ sent: 4, failed: 0, skipped: 0 });
    expect(sentTo(ports)).toEqual(everybody);
    const of = (n: number): OutgoingMail => ports.sentTo(`p${n}@example.com`)[0]!;
    expect(of(9).subject).toBe(of(1).subject);
    expect(of(2).subject).toContain('部門 d2');
    expect(of(2).text).not.toContain('部門 d3');
    expect(of(3).subject).toMatch(/^\[Quarterly review\] 2026 Q1/);
    expect(of(1).text).toContain('http://convoke.test/v1/reviews/2026-Q1.html?token=');
  });

  test('R1 killed in the middle and run again: nobody twice', async () => {
    const { ports, send } = post();
    // Two mails go out; at the third the process is no more: it hears of nothing, and does nothing any more.
    let tried = 0;
    await new Promise<void>((dead) => {
      const transport: MailTransport = {
        send: (mail) => {
          if (++tried <= 2) return ports.transport.send(mail);
          if (tried === 4) setImmediate(dead);
          return new Promise(() => undefined);
        },
      };
      void send(transport);
    });
    expect(await send()).toEqual({ sent: 2, failed: 0, skipped: 2 });
    expect(sentTo(ports)).toEqual(everybody);
    expect(await send()).toEqual({ sent: 0, failed: 0, skipped: 4 });
    expect(sentTo(ports)).toEqual(everybody);
  });

  test('R1 a mailbox that refuses holds up nobody; a server that is away is tried again', async () => {
    const { ports, send } = post();
    ports.onSend = (mail) => {
      if (mail.to.address.startsWith('p1@')) throw new MailRefused('550');
      if (mail.to.address.startsWith('p2@')) throw new Error('away');
    };
    await expect(send()).rejects.toThrow(TryAgain);
    ports.onSend = () => undefined;
    expect(await send()).toMatchObject({ sent: 1 });
    expect(ports.of('p1')).toEqual([expect.stringContaining('review 2026-Q1 failed refused')]);
  });

  test('R2 a proposal has its link for who organises the series and for the PMO, each their own; for nobody else', async () => {
    const { ports, send } = post(undefined, proposals);
    expect(await send()).toEqual({ sent: 6, failed: 0, skipped: 0 });
    const links = createLinks({ secrets: ['a-secret-of-at-least-16'], publicUrl: 'http://convoke.test' });
    const linked = async (address: string) => {
      const mails = ports.outbox.filter((m) => m.to.address === address && (m.text + m.html).includes('convoke.test/'));
      const found = mails.flatMap((m) => [...m.text.matchAll(/convoke\.test\/p\/(\S+)/g)].map(([, token]) => token!));
      const claims = await Promise.all(found.map((t) => links.verify(t, { purpose: 'proposal', now })));
      return claims.map((c) => [c!.person, c!.meeting, c!.ref]);
    };
    const [first, second] = proposals.map((p) => p.id);
    expect(await linked('p7@example.com')).toEqual([['p7', '2026-Q1', first]]);
    expect(await linked('p2@example.com')).toEqual([['p2', '2026-Q1', first]]);
    expect(await linked('p3@example.com')).toEqual([['p3', '2026-Q1', second]]);
    expect(await linked('p9@example.com')).toEqual([first, second].map((id) => ['p9', '2026-Q1', id]));
    // Who leads the top reads all of it; H6: an assistant's mailbox gets the mail, and nothing to decide by.
    expect([await linked('p1@example.com'), await linked('p5@example.com')]).toEqual([[], []]);
    expect(ports.sentTo('p1@example.com')[0]!.text).toContain('系列 s1');
    expect(ports.sentTo('p5@example.com')).toHaveLength(1);
    // Who reads no reviews otherwise is told of their own series alone.
    const [host] = ports.sentTo('p7@example.com');
    expect([host!.subject, host!.text]).toEqual([
      expect.stringContaining('您的系列會議'),
      expect.not.stringMatching(/系列 s2|關鍵數字/),
    ]);
  });

  test('H9 in trial mode all go to one address, marked with whom they were for', async () => {
    const { ports, send } = post({ name: 'Trial', address: 'trial@example.com' });
    await send();
    expect(new Set(sentTo(ports))).toEqual(new Set(['trial@example.com']));
    expect(ports.outbox.filter((m) => m.subject.includes('p2@example.com'))).toHaveLength(1);
  });
});
