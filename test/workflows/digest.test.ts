/** H2 on the real server, with a real database and a real mail server: two meetings, one mail in the morning. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createActivities } from '../../activities/create.js';
import { createSmtpTransport, type SmtpTransport } from '../../activities/mail/smtp-transport.js';
import type { Archive } from '../../archive/open.js';
import { nextSlot } from '../../domain/calendar/index.js';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { createLinks } from '../../render/links.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { created, day } from '../support/creation.js';
import { EngineMeeting, startWorker } from '../support/engine.js';
import { admin, person, taipei, taiwan } from '../support/meeting.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { openEmptyArchive } from '../support/archive.js';

describe('H2 one digest a day', () => {
  let archive: Archive;
  let temporal: TestTemporal;
  let worker: { stop(): Promise<void> };
  let transport: SmtpTransport;
  const mails: ParsedMail[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });

  beforeAll(async () => {
    await once(smtp.listen(0, '127.0.0.1'), 'listening');
    const from = { name: 'Convoke', address: 'convoke@example.com' };
    transport = createSmtpTransport({ url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, from });
    archive = await openEmptyArchive();
    temporal = await testTemporal(searchAttributes);
    const links = createLinks({ secrets: ['a secret for the digest’s test'], publicUrl: 'https://convoke.test' });
    const log = { warn: () => undefined };
    worker = await startWorker(temporal, createActivities({ ports: { ...archive, transport }, links, from, log }));
  });
  afterAll(async () => {
    await worker?.stop();
    transport?.close();
    smtp.close();
    await archive?.close();
    await temporal?.close();
  });

  const subjectsTo = (address: string): string[] =>
    mails.filter((m) => [m.to].flat().some((to) => to?.text.includes(address))).map((m) => m.subject ?? '');

  async function until(meeting: EngineMeeting, instant: number): Promise<void> {
    const now = await virtualNow(temporal.client, meeting.handle.workflowId);
    const id = meeting.handle.workflowId;
    if (instant > now) await fastForward(temporal.client, id, Math.ceil((instant - now) / 1000) + 1);
  }

  test('H2 “done” in two meetings of one coordinator is one mail the next morning, and none before', async () => {
    const who: Record<string, string> = {};
    for (const p of ['p1', 'p2', 'p3', 'p4', 'p6', 'p8', 'p99'])
      who[p] = (await archive.directory.ensurePerson({ email: `${p}@example.com`, name: p })).id;
    const id = (p: string): string => who[p]!;
    const meetings: EngineMeeting[] = [];
    let startsAt = 0;
    for (const title of ['Supplier delay', 'New line']) {
      const { state } = created({
        title,
        initiator: { department: 'd1', person: id('p1') },
        host: id('p2'),
        coordinator: id('p3'),
        recorder: id('p4'),
        participants: [
          { person: id('p2'), department: 'd1', role: 'head' },
          { person: id('p8'), department: 'd3', role: 'core' },
        ],
        supportDepartments: [],
        ...(startsAt === 0 ? {} : { startsAt }),
      });
      startsAt = state.startsAt;
      const meeting = await EngineMeeting.start(temporal.client, { state });
      meetings.push(meeting);
      await meeting.send('publish', {}, admin);
      await until(meeting, startsAt);
      await meeting.send('open', {}, person(id('p2')));
      const action = { task: `Tell the customer of ${title}`, owner: id('p8'), dueAt: startsAt + 14 * day };
      const { result } = await meeting.send('action', action, person(id('p2')));
      await meeting.send('complete', { id: result.id }, person(id('p8')));
    }
    expect(subjectsTo('p3@').filter((s) => s.startsWith('[Today]'))).toEqual([]);
    const slot = nextSlot(taiwan, taipei, startsAt, '08:40');
    for (const meeting of meetings) await until(meeting, slot + 90_000);
    const deadline = Date.now() + 20_000;
    while (!subjectsTo('p3@').some((s) => s.startsWith('[Today]')) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    for (const meeting of meetings) await until(meeting, slot + 3_600_000);
    const digests = mails.filter((m) => m.subject?.startsWith('[Today]'));
    expect(digests.map((m) => m.subject)).toEqual([expect.stringMatching(/^\[Today\] 2 meeting items, /)]);
    expect(digests[0]?.text).toContain('Tell the customer of Supplier delay');
    expect(digests[0]?.text).toContain('Tell the customer of New line');
    for (const meeting of meetings) {
      const told = (await archive.claims.deliveries(meeting.id)).filter((d) => d.kind === 'pleaseCheck');
      expect(told).toMatchObject([{ person: id('p3'), status: 'sent' }]);
    }
  });
});
