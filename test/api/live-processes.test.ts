/** The live feed (design §4) with two API processes on one PostgreSQL and a real Temporal server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, QueryRejectCondition } from '@temporalio/client';
import { createActivities } from '../../activities/create.js';
import { openArchive, type Archive } from '../../archive/open.js';
import { DAY, toIso, toLocal } from '../../domain/calendar/index.js';
import { createLinks } from '../../render/links.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { fastForward } from '../../infra/time-travel.js';
import { startWorker } from '../support/engine.js';
import { taipei } from '../support/meeting.js';
import { describePostgres } from '../support/postgres.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { Reader } from './sse.js';
import { aBody, secret, startApi, type TestApi } from './support.js';

const date = toLocal(taipei, Date.now() + 10 * DAY).date;
const body = () => aBody({ startsAt: toIso(taipei, Date.parse(`${date}T09:30:00+08:00`)), publish: true });

describePostgres('two API processes', (url) => {
  let temporal: TestTemporal;
  let archives: Archive[];
  let apis: TestApi[];
  let worker: { stop(): Promise<void> };
  const readers: Reader[] = [];

  beforeAll(async () => {
    temporal = await testTemporal(searchAttributes);
    archives = [];
    for (let i = 0; i < 3; i++) archives.push(await openArchive({ databaseUrl: url(), poolSize: 4 }));
    const client = new Client({
      connection: temporal.connection,
      namespace: temporal.namespace,
      workflow: { queryRejectCondition: QueryRejectCondition.NOT_OPEN },
    });
    worker = await startWorker(
      temporal,
      createActivities({
        ports: { ...archives[2]!, transport: { send: () => Promise.resolve() } },
        links: createLinks({ secrets: [secret], publicUrl: 'http://convoke.test' }),
        from: { name: 'Convoke', address: 'convoke@example.com' },
        log: { warn: () => undefined },
      }),
    );
    apis = await Promise.all([0, 1].map((i) => startApi({ client, archive: archives[i]!, clock: Date.now })));
  });
  afterAll(async () => {
    for (const reader of readers) reader.close();
    for (const api of apis ?? []) await api.close();
    await worker?.stop();
    for (const archive of archives ?? []) await archive.close();
    await temporal?.close();
  });

  const listen = async (i: number, id: string, headers: Record<string, string> = {}): Promise<Reader> => {
    const reader = await Reader.open(apis[i]!.url, id, headers);
    readers.push(reader);
    return reader;
  };
  const reply = async (i: number, id: string, email: string, answer: string): Promise<number> => {
    const path = `/v1/meetings/${id}/rsvps/${email}`;
    const { status, json } = await apis[i]!.request('PUT', path, { reply: answer });
    expect([status, json.errors]).toEqual([200, undefined]);
    return json.revision as number;
  };

  test('each listener gets every revision once and in order, whichever process it was changed through', async () => {
    const { id } = (await apis[0]!.request('POST', '/v1/meetings', body())).json;
    const both = await Promise.all([listen(0, id), listen(1, id)]);
    for (const reader of both) await reader.until((r) => r.events.length > 0);
    expect(both.map((r) => [r.events[0]!.event, r.events[0]!.data.id])).toEqual([
      ['snapshot', id],
      ['snapshot', id],
    ]);
    const people = ['lin.mei@example.com', 'chen@example.com', 'wang@example.com'];
    const answers = ['accepted', 'tentative'];
    const sent = await Promise.all(
      Array.from({ length: 24 }, (_, n) => reply(n % 2, id, people[n % 3]!, answers[Math.floor(n / 3) % 2]!)),
    );
    const last = Math.max(...sent);
    for (const reader of both) {
      await reader.reached(last);
      expect(reader.changes.length).toBeGreaterThan(5);
      const first = reader.ids[0]!;
      expect(reader.ids).toEqual(Array.from({ length: last - first + 1 }, (_, n) => first + n));
      expect(new Set(reader.changes.map((e) => e.data.event))).toEqual(new Set(['rsvp']));
    }
    expect(both[0].changes).toEqual(both[1].changes);
  });

  test('what the clock changes reaches both', async () => {
    const { id } = (await apis[1]!.request('POST', '/v1/meetings', body())).json;
    const both = await Promise.all([listen(0, id), listen(1, id)]);
    for (const reader of both) await reader.until((r) => r.events.length > 0);
    await fastForward(temporal.client, `meeting-${id}`, 12 * 86_400);
    for (const reader of both) {
      await reader.until((r) => r.changes.some((e) => e.data.phase === 'lapsed'));
      expect(reader.changes.at(-1)!.data).toMatchObject({ event: 'lapse', via: 'clock', phase: 'lapsed' });
      expect(reader.ids).toEqual(reader.ids.map((_, n) => reader.ids[0]! + n));
    }
  });

  test('Last-Event-ID goes on at the other process; a gap that is too long, or a number nobody gave, gets a snapshot', async () => {
    const { id } = (await apis[0]!.request('POST', '/v1/meetings', body())).json;
    const before = await listen(0, id);
    await before.until((r) => r.events.length > 0);
    const seen = before.ids.at(-1)!;
    before.close();
    const people = ['lin.mei@example.com', 'chen@example.com', 'wang@example.com'];
    let last = 0;
    for (const answer of ['accepted', 'declined'])
      for (const person of people) last = Math.max(last, await reply(0, id, person, answer));
    const after = await (await listen(1, id, { 'last-event-id': String(seen) })).reached(last);
    expect(after.events.map((e) => [e.event, e.id])).toEqual(
      Array.from({ length: last - seen }, (_, n) => ['change', seen + 1 + n]),
    );
    const unknown = await listen(1, id, { 'last-event-id': '900000' });
    await unknown.until((r) => r.events.length > 0);
    expect(unknown.events.map((e) => [e.event, e.id])).toEqual([['snapshot', last]]);
  });
});
