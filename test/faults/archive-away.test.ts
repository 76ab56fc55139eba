import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { searchAttributes } from '../../workflows/contracts.js';
import { describePostgres } from '../support/postgres.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import type { Told } from './caller.js';
import { Gate } from './gate.js';
import { House } from './house.js';
import { Meeting } from './meeting.js';
import { PostOffice, repeated } from './post-office.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describePostgres('the archive cut off for a while', (url) => {
  let temporal: TestTemporal;
  let office: PostOffice;
  let gate: Gate;
  let house: House;
  let live: Meeting;
  let draft: Meeting;
  let topicId: string;
  /** Of key points sent while the archive was away, in any way that was answered. */
  let sent: Told[];
  let vote: Told;

  beforeAll(async () => {
    office = await PostOffice.open();
    temporal = await testTemporal(searchAttributes);
    gate = await Gate.before(url());
    house = await House.plan({ temporal, smtpUrl: office.url, databaseUrl: gate.url });
    await house.start();
    await house.untilReady();
    live = await Meeting.create(house.caller(), temporal.client, 'Live', { people: 3, publish: true });
    draft = await Meeting.create(house.caller(), temporal.client, 'Draft', { people: 3 });
    topicId = await live.open();
    await gate.cut();
    sent = await Promise.all(Array.from({ length: 8 }, (_, n) => say(n)));
    vote = await house.caller().post(live.path('/votes'), { topicId, motion: 'Meanwhile' });
    await house.caller().post(draft.path('/publish'), {}, 'publish');
  });
  afterAll(async () => {
    await house?.stop();
    await gate?.cut();
    await temporal?.close();
    await office?.close();
  });

  const say = (n: number): Promise<Told> =>
    house.caller().post(live.path('/key-points'), { topicId, text: `Said ${n}` }, `away-${n}`);

  test('meanwhile every answer is a success or 503 within 10 s with Retry-After', () => {
    for (const { status, retryAfter, took } of [...sent, vote]) {
      expect([201, 503]).toContain(status);
      if (status === 503) expect(retryAfter).toBeGreaterThan(0);
      expect(took).toBeLessThan(10_000);
    }
  });

  test('a vote needs its box: 503, and no vote is open', async () => {
    expect(vote.status).toBe(503);
    await gate.open();
    await house.untilReady();
    expect((await live.read()).votes).toEqual([]);
  });

  test('afterwards each command is done once, and list and audit are up to date', async () => {
    for (let n = 0; n < 8; n++) expect((await say(n)).status).toBe(201);
    await live.quiet();
    const { keyPoints, revision } = await live.read();
    expect(keyPoints.map(({ text }: { text: string }) => text).sort()).toEqual(
      Array.from({ length: 8 }, (_, n) => `Said ${n}`),
    );
    await until('the list has caught up', async () => {
      const { items } = (await house.caller().get('/v1/meetings?phase=execution')).body;
      return items.some((m: { id: string; revision: number }) => m.id === live.id && m.revision === revision);
    });
    const events = (await live.timeline()).filter(({ event }) => event === 'keyPoint');
    expect(events).toHaveLength(8);
  });

  test('a notice that was asked for meanwhile reaches everybody, once', async () => {
    await house.caller().post(draft.path('/publish'), {}, 'publish');
    await until('three notices', () => office.about(draft.title).length >= 3);
    await draft.quiet();
    expect(office.about(draft.title)).toHaveLength(3);
    expect(repeated(office.letters)).toEqual([]);
  });

  test('the meeting goes on to its end; the processes are the same', async () => {
    await live.close();
    await live.confirm();
    await live.finish();
    expect(await live.phase()).toBe('closed');
    expect(house.stands).toBe(true);
  });
});
