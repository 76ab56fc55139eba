/** Y1: a year's proposals by mail: to whom, once, and without a way to answer where that is nobody's to hand on. */
import { describe, expect, test } from 'vitest';
import { TryAgain } from '../../../activities/mail/send-mails.js';
import { sendNorms } from '../../../activities/norms/send-norms.js';
import type { NormsMailDeps } from '../../../activities/norms/send-norms.js';
import type { KeptNormProposal } from '../../../archive/norm-proposals.js';
import type { NormProposal } from '../../../domain/norms-proposals.js';
import { defaultNorms } from '../../../domain/norms.js';
import { createLinks } from '../../../render/links.js';
import { at, taiwan } from '../../support/meeting.js';
import { MemoryPorts } from '../../support/memory-ports.js';

const now = at('2026-01-02', '09:00');
const proposal: NormProposal = {
  id: '2025-participantsCap',
  year: 2025,
  kind: 'participantsCap',
  changes: { participantsCap: 10, participantsHintFrom: 9 },
  from: 15,
  to: 10,
  params: { above: 23, aboveMean: 2.9, below: 30, belowMean: 4 },
  effect: { meetings: 210, refused: 14, refusedBefore: 0, hinted: 3, hintedBefore: 12 },
};
const person = (n: number, more = {}) => ({
  id: `p${n}`,
  name: `人 ${n}`,
  email: `p${n}@example.com`,
  departments: [],
  ...more,
});

function post({
  administrators = ['p2', 'p3'],
  pmo = { person: 'p1' },
  trial = false,
}: { administrators?: string[]; pmo?: { person: string } | null; trial?: boolean } = {}) {
  const ports = new MemoryPorts([person(1), person(2, { locale: 'en' }), person(3, { through: 'p4' }), person(4)]);
  const kept: KeptNormProposal[] = [{ proposal, madeAt: now, state: 'open' }];
  const warned: string[] = [];
  const year = { year: 2025, madeAt: now, dueAt: at('2026-01-07', '18:00'), meetings: 210 };
  const own = {
    normProposals: { list: () => Promise.resolve(kept), year: () => Promise.resolve(year) },
    reviews: { leaders: () => Promise.resolve([]) },
    keys: { administrators: () => Promise.resolve(administrators) },
  };
  const deps = {
    ports: Object.assign(Object.create(ports) as MemoryPorts, own),
    links: createLinks({ secrets: ['a-secret-of-at-least-16'], publicUrl: 'http://convoke.test' }),
    from: { name: 'Convoke', address: 'convoke@example.com' },
    trialTo: trial ? { name: 'Trial', address: 'trial@example.com' } : undefined,
    log: { warn: (_: object, message: string) => void warned.push(message) },
    heartbeat: () => undefined,
    sinceScheduledMs: () => 0,
    sleep: () => Promise.resolve(),
    planning: {
      norms: () => Promise.resolve({ ...defaultNorms, ...(pmo === null ? {} : { pmo }) }),
      calendar: taiwan,
      timeZone: 'Asia/Taipei',
      locale: 'zh-TW',
    },
  } as unknown as NormsMailDeps;
  const send = (round = 0) => sendNorms(deps, { year: 2025, round, now });
  const to = (who: string) => ports.sentTo(`${who}@example.com`)[0]!;
  return { ports, kept, warned, send, to };
}

describe('Y1 proposals for the norms by mail', () => {
  test('Y1 each with its figures, its effect and a link of one’s own, in one’s language', async () => {
    const { send, to } = post();
    expect(await send()).toEqual({ sent: 3, failed: 0, skipped: 0, open: 1 });
    expect(to('p1').subject).toBe('【規範建議】2025 年資料提出 1 項建議，請於1/7(三) 18:00前決定');
    expect(to('p1').text).toContain('該年 210 場會議中有 14 場會被拒絕');
    expect(to('p2').text).toContain('Under these norms 14 of 210 meetings of that year would have been refused');
    expect(to('p2').text.match(/http:\/\/convoke\.test\/n\//g)).toHaveLength(2);
    expect(to('p2').text.includes(/\/n\/\S+/.exec(to('p1').text)![0])).toBe(false);
  });

  test('Y1, H6 in an assistant’s mailbox there is no way to answer', async () => {
    const { send, to } = post();
    await send();
    expect(to('p4').text).not.toContain('/n/');
    expect(to('p4').text).toContain('本信不含連結');
  });

  test('Y1 once for each round, however often it is run; a server that is away is tried again', async () => {
    const { ports, send } = post();
    ports.onSend = (mail) => {
      if (mail.to.address.startsWith('p1@')) throw new Error('away');
    };
    await expect(send()).rejects.toThrow(TryAgain);
    ports.onSend = () => undefined;
    expect(await send()).toMatchObject({ sent: 1, skipped: 2 });
    expect(await send()).toMatchObject({ sent: 0, skipped: 3 });
    expect(await send(1)).toMatchObject({ sent: 3 });
    expect(ports.outbox.filter((m) => m.subject.startsWith('【提醒：規範建議】'))).toHaveLength(2);
  });

  test('Y1 nobody is written to when all are answered; where nobody can be asked, the log says so', async () => {
    const { ports, kept, send } = post();
    kept[0] = { ...kept[0]!, state: 'rejected' };
    expect(await send()).toEqual({ sent: 0, failed: 0, skipped: 0, open: 0 });
    expect(ports.outbox).toEqual([]);
    const nobody = post({ administrators: [], pmo: null });
    expect(await nobody.send()).toMatchObject({ sent: 0, open: 1 });
    expect(nobody.warned).toEqual([expect.stringContaining('nobody is asked')]);
  });

  test('H9 in trial mode all go to one address, marked with whom they were for', async () => {
    const { ports, send } = post({ trial: true });
    await send();
    expect(new Set(ports.outbox.map((m) => m.to.address))).toEqual(new Set(['trial@example.com']));
    expect(ports.outbox.filter((m) => m.subject.includes('p2@example.com'))).toHaveLength(1);
  });
});
