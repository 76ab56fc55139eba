/** F7 on the real server, with a real database, a real mail server and a chat's server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createActivities } from '../../activities/create.js';
import { createSmtpTransport, type SmtpTransport } from '../../activities/mail/smtp-transport.js';
import type { Archive } from '../../archive/open.js';
import { addWorkingDays, nextSlot } from '../../domain/calendar/index.js';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { createLinks } from '../../render/links.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { chatAt, VendorServer } from '../activities/chat/vendors.js';
import { created } from '../support/creation.js';
import { EngineMeeting, startWorker } from '../support/engine.js';
import { admin, person, taipei, taiwan } from '../support/meeting.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { openEmptyArchive } from '../support/archive.js';

describe('F7 a mail also by chat', () => {
  let archive: Archive;
  let temporal: TestTemporal;
  let worker: { stop(): Promise<void> };
  let transport: SmtpTransport;
  const chat = new VendorServer('feishu');
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
    await chat.start();
    await once(smtp.listen(0, '127.0.0.1'), 'listening');
    const from = { name: 'Convoke', address: 'convoke@example.com' };
    transport = createSmtpTransport({ url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, from });
    archive = await openEmptyArchive();
    temporal = await testTemporal(searchAttributes);
    const links = createLinks({ secrets: ['a secret for the test of chats'], publicUrl: 'https://convoke.test' });
    const log = { warn: () => undefined };
    const activities = createActivities({ ports: { ...archive, transport }, links, chat: chatAt(chat), from, log });
    worker = await startWorker(temporal, activities);
  });
  afterAll(async () => {
    await worker?.stop();
    transport?.close();
    smtp.close();
    chat.stop();
    await archive?.close();
    await temporal?.close();
  });

  async function until(meeting: EngineMeeting, instant: number): Promise<void> {
    const now = await virtualNow(temporal.client, meeting.handle.workflowId);
    const id = meeting.handle.workflowId;
    if (instant > now) await fastForward(temporal.client, id, Math.ceil((instant - now) / 1000) + 1);
  }

  const titles = (): string[] => chat.taken.map((t) => t.text.split('\n')[0] ?? '');
  const subjectsTo = (address: string): string[] =>
    mails.filter((m) => [m.to].flat().some((to) => to?.text.includes(address))).map((m) => m.subject ?? '');

  async function eventually(what: () => boolean): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (!what()) {
      if (Date.now() > deadline)
        throw new Error(`never: ${what.toString()} ${JSON.stringify([titles(), mails.length])}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  test('F7 once each; an outage of the chat holds up no mail and loses no message; the night waits (H1); the digest too (H2)', async () => {
    const who: Record<string, string> = {};
    for (const p of ['p1', 'p2', 'p3', 'p4', 'p6', 'p8', 'p99'])
      who[p] = (await archive.directory.ensurePerson({ email: `${p}@example.com`, name: p })).id;
    const id = (p: string): string => who[p]!;
    await archive.directory.putPerson('p3@example.com', { channels: { feishu: 'linmei' } });
    await archive.directory.putPerson('p8@example.com', { channels: { feishu: 'wang.wei' }, locale: 'en' });
    const morning = nextSlot(taiwan, taipei, Date.now() + 3_600_000, '10:00');
    const { state } = created({
      title: 'Supplier delay',
      initiator: { department: 'd1', person: id('p1') },
      host: id('p2'),
      coordinator: id('p3'),
      recorder: id('p4'),
      participants: [
        { person: id('p2'), department: 'd1', role: 'head' },
        { person: id('p8'), department: 'd3', role: 'core' },
      ],
      supportDepartments: [],
      startsAt: addWorkingDays(taiwan, taipei, morning, 4),
    });
    const meeting = await EngineMeeting.start(temporal.client, { state });
    await until(meeting, morning);

    await meeting.send('publish', {}, admin);
    await eventually(() => chat.taken.length >= 2 && subjectsTo('p8@').length >= 1);
    expect(chat.taken.map((t) => t.to).sort()).toEqual(['linmei', 'wang.wei']);
    expect(titles()).toContain(subjectsTo('p8@')[0]);

    chat.taken.length = 0;
    chat.down = true;
    await meeting.send('patch', { place: 'Room 4F' }, admin);
    await until(meeting, morning + 120_000);
    await eventually(() => subjectsTo('p8@').length >= 2);
    expect(chat.taken).toEqual([]);
    chat.down = false;
    await eventually(() => chat.taken.length >= 2);
    expect(chat.taken.map((t) => t.to).sort()).toEqual(['linmei', 'wang.wei']);
    expect(subjectsTo('p8@')).toHaveLength(2);

    chat.taken.length = 0;
    const night = morning + 12 * 3_600_000;
    await until(meeting, night);
    chat.taken.length = 0;
    await meeting.send('patch', { place: 'Room 5F' }, admin);
    await until(meeting, night + 120_000);
    await eventually(() => subjectsTo('p8@').length >= 3);
    expect(chat.taken).toEqual([]);
    await until(meeting, nextSlot(taiwan, taipei, night, '08:31'));
    await eventually(() => chat.taken.length >= 2);
    expect(chat.taken.map((t) => t.to).sort()).toEqual(['linmei', 'wang.wei']);

    await until(meeting, state.startsAt);
    await meeting.send('open', {}, person(id('p2')));
    const action = { task: 'Tell the customer', owner: id('p8'), dueAt: state.startsAt + 14 * 86_400_000 };
    const { result } = await meeting.send('action', action, person(id('p2')));
    await meeting.send('complete', { id: result.id }, person(id('p8')));
    const slot = nextSlot(taiwan, taipei, state.startsAt, '08:40');
    await until(meeting, slot + 90_000);
    await eventually(() => subjectsTo('p3@').some((s) => s.startsWith('[Today]') || s.startsWith('[今日]')));
    const digests = chat.taken.filter((t) => t.to === 'linmei' && t.text.includes('Tell the customer'));
    expect(digests).toHaveLength(1);

    const deliveries = await archive.claims.deliveries(meeting.id);
    const chats = deliveries.filter((d) => d.occasion.endsWith('@feishu'));
    expect(new Set(chats.map((d) => d.status))).toEqual(new Set(['sent']));
    const keys = chats.map((d) => [d.kind, d.person, d.occasion].join());
    expect(new Set(keys).size).toBe(keys.length);
  });
});
