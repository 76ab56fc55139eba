import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { searchAttributes } from '../../workflows/contracts.js';
import { describePostgres } from '../support/postgres.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { ok, type Told } from './caller.js';
import { House } from './house.js';
import { email, Meeting, meetingBody } from './meeting.js';
import { PostOffice, repeated } from './post-office.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Commands that run into the kill, and how many of them have their answer by then. */
const commands = 40;
const answeredBefore = 5;

describePostgres('an API process, alone and killed', (url) => {
  let temporal: TestTemporal;
  let office: PostOffice;
  let house: House;
  let meeting: Meeting;

  beforeAll(async () => {
    office = await PostOffice.open();
    temporal = await testTemporal(searchAttributes);
    house = await House.plan({ temporal, smtpUrl: office.url, databaseUrl: url() });
    await house.startApi();
  });
  afterAll(async () => {
    await house?.stop();
    await temporal?.close();
    await office?.close();
  });

  test('no worker running: a meeting is made, commands get 503 within 10 s with Retry-After, and later go through', async () => {
    meeting = await Meeting.create(house.caller(), temporal.client, 'Killed', { people: 4 });
    const asked = Array.from({ length: 12 }, (_, n) =>
      house.caller().post(meeting.path('/publish'), {}, n < 4 ? 'publish-once' : randomUUID()),
    );
    for (const told of await Promise.all(asked)) {
      expect(told).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
      expect(told.took).toBeLessThan(10_000);
    }
    expect((await house.caller().get('/readyz')).body).toMatchObject({ ready: false, worker: { ok: false } });
    await house.startWorker();
    await house.untilReady();
    await ok(house.caller().post(meeting.path('/publish'), {}, 'publish-once'));
    await meeting.quiet();
    expect(await meeting.phase()).toBe('notice');
    expect(office.about(meeting.title)).toHaveLength(4);
  });

  test('SIGKILL during commands: each is done once, when its caller asks again with the same key', async () => {
    const topicId = await meeting.open();
    const send = (n: number): Promise<Told> =>
      n % 2 === 0
        ? house.caller().post(meeting.path('/key-points'), { topicId, text: `Said ${n}` }, `command-${n}`)
        : house
            .caller()
            .post(
              meeting.path('/actions'),
              { task: `Task ${n}`, owner: email(n % 4), dueDate: '2027-12-01' },
              `command-${n}`,
            );
    const before = (await meeting.read()).revision as number;
    let answered = 0;
    const first = Array.from({ length: commands }, (_, n) =>
      send(n).then(
        (told) => (answered++, told),
        () => undefined,
      ),
    );
    await until(`${answeredBefore} commands answered`, () => answered >= answeredBefore);
    await house.killApi();
    const told = await Promise.all(first);
    const cut = told.filter((answer) => answer === undefined).length;
    expect(cut).toBeGreaterThan(0);
    await house.startApi();

    const again = await Promise.all(Array.from({ length: commands }, (_, n) => send(n)));
    expect(again.map(({ status }) => status)).toEqual(Array(commands).fill(201));
    // Who had an answer before the kill gets the same one again.
    told.forEach((answer, n) => {
      if (answer) expect(again[n]!.body).toEqual(answer.body);
    });
    const { keyPoints, actions, revision } = await meeting.read();
    expect((keyPoints as { text: string }[]).map(({ text }) => text).sort()).toEqual(numbered('Said', 0));
    expect((actions as { task: string }[]).map(({ task }) => task).sort()).toEqual(numbered('Task', 1));
    expect(revision).toBe(before + commands);
    const events = (await meeting.timeline()).filter(({ event }) => event === 'keyPoint' || event === 'action');
    expect(events).toHaveLength(commands);
  });

  test('SIGKILL during creations: one meeting per key, with one notice each', async () => {
    const title = (n: number): string => `Made ${n} ${meeting.id}`;
    const bodies = Array.from({ length: 6 }, (_, n) => meetingBody(title(n), { people: 3, publish: true }));
    const send = (n: number): Promise<Told> => house.caller().post('/v1/meetings', bodies[n], `made-${n}`);
    const first = bodies.map((_, n) => send(n).catch(() => undefined));
    await Promise.race(first);
    await house.killApi();
    const told = await Promise.all(first);
    await house.startApi();
    const again = await Promise.all(bodies.map((_, n) => send(n)));
    expect(again.map(({ status }) => status)).toEqual(Array(6).fill(201));
    told.forEach((answer, n) => {
      if (answer) expect(again[n]!.body.id).toBe(answer.body.id);
    });
    const ids = again.map(({ body }) => body.id);
    await until('every notice', () => office.letters.filter(({ subject }) => subject.includes('Made')).length >= 18);
    for (const id of ids) expect((await ok(house.caller().get(`/v1/meetings/${id}`))).phase).toBe('notice');
    const { items } = await ok(house.caller().get('/v1/meetings?limit=200'));
    expect((items as { title: string }[]).filter((row) => row.title.startsWith('Made'))).toHaveLength(6);
  });

  test('afterwards the meeting goes on to its end, and no mail came twice', async () => {
    await meeting.close();
    await meeting.quiet();
    await meeting.confirm();
    await meeting.finish();
    expect(await meeting.phase()).toBe('closed');
    expect(repeated(office.letters)).toEqual([]);
    expect(house.stands).toBe(true);
  });
});

/** `Said 0`, `Said 2`, … in the order of their texts. */
function numbered(word: string, from: number): string[] {
  const all = Array.from({ length: commands / 2 }, (_, n) => `${word} ${from + 2 * n}`);
  return all.sort();
}
