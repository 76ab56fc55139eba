import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { searchAttributes } from '../../workflows/contracts.js';
import { describePostgres } from '../support/postgres.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { type Caller, ok, type Told } from './caller.js';
import { House } from './house.js';
import { email, Meeting } from './meeting.js';
import { PostOffice, repeated } from './post-office.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const people = 60;
const commandsEach = 5;

describePostgres('one meeting of 60 people, through two API processes', (url) => {
  let temporal: TestTemporal;
  let office: PostOffice;
  let house: House;
  let meeting: Meeting;
  let callers: Caller[];

  beforeAll(async () => {
    office = await PostOffice.open();
    temporal = await testTemporal(searchAttributes);
    house = await House.plan({ temporal, smtpUrl: office.url, databaseUrl: url() }, 2);
    await house.start();
    await house.untilReady();
    meeting = await Meeting.create(house.caller(), temporal.client, 'Crowd', { people, publish: true });
    await meeting.quiet();
    callers = await Promise.all(Array.from({ length: people }, (_, n) => signIn(n)));
  });
  afterAll(async () => {
    await house?.stop();
    await temporal?.close();
    await office?.close();
  });

  /** With a key of their own, at one API process or the other. */
  async function signIn(n: number): Promise<Caller> {
    const { key } = await ok(house.caller().post('/v1/keys', { name: `seat ${n}`, person: email(n), role: 'member' }));
    return house.caller(n % 2).with(key as string);
  }

  test('the notice reaches all 60, once each', () => {
    const notices = office.about(meeting.title);
    expect(new Set(notices.map(({ to }) => to)).size).toBe(people);
    expect(repeated(notices)).toEqual([]);
  });

  test('5 commands each at the same time: no error, every command once', async () => {
    const { startsAt } = await meeting.read();
    await meeting.goTo(Date.parse(startsAt as string));
    await meeting.post('/open');
    const host = email(0);
    await meeting.put(`/attendance/${host}`, { present: false });
    const before = (await meeting.read()).revision as number;
    const send = async (n: number): Promise<Told[]> => {
      const answers: Told[] = [];
      for (let i = 0; i < commandsEach; i++)
        answers.push(
          await callers[n]!.put(meeting.path(`/attendance/${email(n)}`), { present: i % 2 === 0 }, `${n}-${i}`),
        );
      return answers;
    };
    const answers = (await Promise.all(Array.from({ length: people }, (_, n) => send(n)))).flat();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const revisions = answers.map(({ body }) => body.revision as number);
    expect(new Set(revisions).size).toBe(people * commandsEach);
    const after = await meeting.read();
    expect(after.revision).toBe(before + people * commandsEach);
    const log = (await meeting.timeline()).filter(({ event, revision }) => event === 'attendance' && revision > before);
    expect(log).toHaveLength(people * commandsEach);
  });

  test('the list says the same at both processes', async () => {
    const { revision } = await meeting.read();
    for (const n of [0, 1]) {
      const { items } = await ok(house.caller(n).get('/v1/meetings?phase=execution'));
      expect(items.find(({ id }: { id: string }) => id === meeting.id)).toMatchObject({ revision });
    }
  });
});
