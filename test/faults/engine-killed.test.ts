import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../../infra/embedded/ports.js';
import { describeEachDatabase } from '../support/postgres.js';
import { type Caller, ok, type Told } from './caller.js';
import { type Engine, engineApart, engineInside } from './engine.js';
import { House } from './house.js';
import { email, Meeting, meetingBody } from './meeting.js';
import { type Letter, PostOffice, repeated } from './post-office.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Commands that run into the kill. */
const commands = 12;

/** PGlite: the server that the product itself keeps and starts again; PostgreSQL: one apart, that stays away for a while. */
describeEachDatabase('the Temporal server killed with SIGKILL, started again on its file', (database) => {
  let engine: Engine;
  let office: PostOffice;
  let house: House;
  let meetings: Record<'notice' | 'execution' | 'followUp', Meeting>;
  /** Of the live one. */
  let topicId: string;
  let inFlight: Letter[];
  let atTheKill: (Told | undefined)[];
  const meanwhile: Told[] = [];

  beforeAll(async () => {
    office = await PostOffice.open();
    await start();
    await toTheMiddle();
    const first = Array.from({ length: commands }, (_, n) => send(n).catch(() => undefined));
    await Promise.race(first);
    await engine.kill();
    await whileItIsAway();
    atTheKill = await Promise.all(first);
    await house.untilReady();
  });
  afterAll(async () => {
    await house?.stop();
    await engine?.stop();
    await office?.close();
  });

  async function start(): Promise<void> {
    const { kind, ...rest } = database();
    if (kind === 'postgres') {
      engine = await engineApart();
      const temporal = { address: engine.address, namespace: 'default' };
      const { url } = rest as { url: string };
      house = await House.plan({ temporal, smtpUrl: office.url, databaseUrl: url });
    } else {
      const port = await freePort('127.0.0.1');
      house = await House.plan({ temporalPort: port, smtpUrl: office.url });
      engine = engineInside(path.join(house.folder, 'data'), port);
    }
    await house.start();
  }

  async function toTheMiddle(): Promise<void> {
    const client = await engine.client();
    const create = (name: string, people: number): Promise<Meeting> =>
      Meeting.create(house.caller(), client, name, { people });
    const [notice, execution, followUp] = await Promise.all([create('Told', 8), create('Live', 3), create('Done', 3)]);
    meetings = { notice, execution, followUp };
    await Promise.all([execution.post('/publish'), followUp.post('/publish')]);
    [topicId] = await Promise.all([execution.open(), followUp.open()]);
    await followUp.agree();
    await followUp.close();
    await followUp.confirm();
    await followUp.quiet();
    let notices = 0;
    office.holdBack(({ subject }) => subject.includes(notice.title) && ++notices > 2);
    await notice.post('/publish');
    inFlight = await office.inFlight(4);
  }

  const send = (n: number): Promise<Told> =>
    house.caller().post(meetings.execution.path('/key-points'), { topicId, text: `Said ${n}` }, `at-the-kill-${n}`);

  /** All kinds of questions; mails arrive, and their 250s reach a worker that can tell nobody. */
  async function whileItIsAway(): Promise<void> {
    office.release();
    const api = house.caller();
    const back = engine.start;
    if (database().kind === 'postgres') {
      meanwhile.push(...(await questions(api)));
      await back();
    } else {
      let again = false;
      const started = back().then(() => (again = true));
      while (!again) meanwhile.push(...(await questions(api)));
      await started;
    }
  }

  const questions = (api: Caller): Promise<Told[]> =>
    Promise.all([
      api.put(meetings.notice.path(`/rsvps/${email(1)}`), { reply: 'accepted' }),
      api.post(meetings.execution.path('/extend'), { minutes: 5 }),
      api.post(meetings.execution.path('/votes'), { topicId, motion: 'Meanwhile' }),
      api.post(meetings.followUp.path('/minutes/confirm')),
      api.post('/v1/meetings', meetingBody('Meanwhile')),
      api.get(meetings.execution.path()),
      api.get('/v1/meetings'),
      api.get('/v1/actions'),
    ]);

  /** What was answered, and what the product wrote about it. */
  const withLog = (told: Told | undefined): string =>
    [JSON.stringify(told), ...house.output.split('\n').filter((line) => line.includes('request failed'))].join('\n');

  test('meanwhile every answer is a success, a refusal, or 503 within 10 s with Retry-After', () => {
    const failed = meanwhile.filter(({ status }) => status >= 500);
    expect(meanwhile.length).toBeGreaterThan(0);
    for (const told of [...failed, ...atTheKill.filter((told) => told && told.status >= 300)])
      expect(told, withLog(told)).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    for (const { took } of meanwhile) expect(took).toBeLessThan(10_000);
    if (database().kind === 'postgres')
      expect(meanwhile.slice(0, 5).map(({ status }) => status)).toEqual(Array(5).fill(503));
  });

  test('meanwhile meetings and lists can be read', () => {
    for (let n = 0; n < meanwhile.length; n += 8) {
      const [meeting, list, actions] = meanwhile.slice(n + 5, n + 8);
      expect([meeting!.status, list!.status, actions!.status]).toEqual([200, 200, 200]);
      expect(meeting!.body).toMatchObject({ id: meetings.execution.id, phase: 'execution' });
    }
  });

  test('commands under way at the kill are done once, when asked again with the same key', async () => {
    for (let n = 0; n < commands; n++)
      await until(`command ${n} is answered`, async () => (await send(n)).status === 201);
    const texts = ((await meetings.execution.read()).keyPoints as { text: string }[]).map(({ text }) => text);
    expect(texts.sort()).toEqual(Array.from({ length: commands }, (_, n) => `Said ${n}`).sort());
    const events = (await meetings.execution.timeline()).filter(({ event }) => event === 'keyPoint');
    expect(events).toHaveLength(commands);
  });

  test('the notice reaches everybody; only what was in flight may come twice, with the same ids', async () => {
    const { notice } = meetings;
    await notice.quiet();
    const letters = office.about(notice.title).filter(({ subject }) => subject.startsWith('[Meeting notice]'));
    expect(new Set(letters.map(({ to }) => to)).size).toBe(8);
    expect(new Set(letters.map(({ to, messageId, uid, sequence }) => [to, messageId, uid, sequence].join())).size).toBe(
      8,
    );
    const hanging = inFlight.map(({ messageId }) => messageId);
    expect(repeated(office.letters).filter((id) => !hanging.includes(id))).toEqual([]);
  });

  test('all meetings go on to their end, timers included; API and worker are the same processes', async () => {
    const { notice, execution, followUp } = meetings;
    await followUp.finish();
    await notice.open();
    for (const meeting of [execution, notice]) {
      await meeting.close();
      await meeting.quiet();
      await meeting.confirm();
      await meeting.finish();
    }
    for (const meeting of Object.values(meetings)) expect(await meeting.phase()).toBe('closed');
    expect(house.stands).toBe(true);
    const { items } = await ok(house.caller().get('/v1/meetings?phase=closed'));
    expect(items).toHaveLength(3);
  });
});
