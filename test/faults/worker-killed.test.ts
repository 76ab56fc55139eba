import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { searchAttributes } from '../../workflows/contracts.js';
import { describeOneDatabase, type TestDatabase } from '../support/postgres.js';
import { testTemporal, type TestTemporal } from '../support/temporal.js';
import { quarterBefore, quarterOf } from '../../domain/review/quarter.js';
import type { Quarter } from '../../domain/review/report.js';
import { taipei } from '../support/meeting.js';
import { ok, type Told } from './caller.js';
import { House } from './house.js';
import { day, email, Meeting } from './meeting.js';
import { type Letter, PostOffice, repeated } from './post-office.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** How many of the twelve notices are through, and how many mails in all have no 250 yet, when the worker dies. */
const through = 5;
const hanging = 4;
/** Who lead a department, so that the quarter's review is mailed to them. */
const readers = Array.from({ length: 6 }, (_, n) => `reader${n}@example.org`);

interface Asked {
  answer: Promise<Told | undefined>;
  again(): Promise<Told>;
}

describeOneDatabase('a worker killed with SIGKILL in the middle of everything', (database) => {
  let temporal: TestTemporal;
  let office: PostOffice;
  let house: House;
  let inFlight: Letter[];
  /** By the phase that each was in. */
  let meetings: Record<'preparation' | 'notice' | 'execution' | 'minutes' | 'followUp', Meeting>;
  let asked: Record<'preparation' | 'execution' | 'followUp', Asked>;
  let vote: { id: string; topicId: string };
  let action: string;
  /** R1: of this quarter, as it was before the kill. */
  let report: { quarter: Quarter };

  beforeAll(async () => {
    office = await PostOffice.open();
    temporal = await testTemporal(searchAttributes);
    house = await House.plan({ temporal, smtpUrl: office.url, ...urlOf(database()) });
    await house.start();
    await toTheMiddle();
    await house.killWorker();
    await Promise.all(Object.values(asked).map(({ answer }) => answer));
    office.forgetHeld();
    await house.startWorker();
    await house.untilReady();
  });
  afterAll(async () => {
    await house?.stop();
    await temporal?.close();
    await office?.close();
  });

  /** Five meetings, one in each phase; three mails of different kinds in flight, three commands under way. */
  async function toTheMiddle(): Promise<void> {
    const create = (name: string, people = 4): Promise<Meeting> =>
      Meeting.create(house.caller(), temporal.client, name, { people });
    const [preparation, notice, execution, minutes, followUp] = await Promise.all([
      create('Draft'),
      create('Announced', 12),
      create('Voting'),
      create('Ended'),
      create('Followed'),
    ]);
    meetings = { preparation, notice, execution, minutes, followUp };
    [, , action] = await Promise.all([openVote(execution), held(minutes), held(followUp)]);

    const lead = (head: string): Promise<unknown> =>
      ok(house.caller().put(`/v1/departments/${encodeURIComponent(`Of ${head}`)}`, { head }));
    await Promise.all(readers.map(lead));
    let notices = 0;
    let reviews = 0;
    const first = { survey: true, minutes: true };
    office.holdBack(({ subject }) => {
      if (subject.includes(notice.title)) return ++notices > through;
      if (isReview(subject)) return ++reviews === readers.length;
      if (subject.includes(minutes.title) && subject.includes('survey')) return once(first, 'survey');
      return subject.includes(followUp.title) && subject.startsWith('[Minutes]') && once(first, 'minutes');
    });
    await Promise.all([minutes.close(), followUp.close().then(() => followUp.confirm())]);
    await office.inFlight(2);
    report = await ok(house.caller().post('/v1/reviews', { quarter: quarterOf(Date.now(), taipei) }));
    await office.inFlight(3);
    await notice.post('/publish');
    inFlight = await office.inFlight(hanging);
    await until(`${through} notices recorded as sent`, async () => {
      const sent = (await notice.deliveries()).filter(({ status }) => status === 'sent');
      return sent.length === through;
    });
    // Nobody waits for it: it is made, or not, when the worker dies.
    void house
      .caller()
      .post('/v1/reviews', { quarter: quarterBefore(report.quarter) })
      .catch(() => undefined);
    asked = {
      preparation: ask('patch', preparation.path(), { goal: 'Another goal' }),
      execution: ask('post', execution.path('/key-points'), { topicId: vote.topicId, text: 'Said at the kill' }),
      followUp: ask('post', `/v1/actions/${action}/progress`, { percent: 40, note: 'Half' }),
    };
  }

  /** A command of which nobody knows whether it got through. */
  function ask(method: 'post' | 'patch', path: string, body: object): Asked {
    const send = (): Promise<Told> => house.caller()[method](path, body, `at-the-kill ${path}`.replaceAll(' ', '-'));
    return { answer: send().catch(() => undefined), again: send };
  }

  async function openVote(meeting: Meeting): Promise<string> {
    await meeting.post('/publish');
    const topicId = await meeting.open();
    vote = { id: (await meeting.post('/votes', { topicId, motion: 'Go on' })).id, topicId };
    for (const n of [0, 1]) await meeting.put(`/votes/${vote.id}/ballots/${email(n)}`, { choice: 'agree' });
    return vote.id;
  }

  /** Up to the end of the meeting itself, with one action. */
  async function held(meeting: Meeting): Promise<string> {
    await meeting.post('/publish');
    const topicId = await meeting.open();
    const made = await meeting.agree();
    await meeting.post(`/topics/${topicId}/finish`, { outcome: 'informed' });
    await meeting.quiet();
    return made;
  }

  test('whoever asked got an answer within 10 s: done, or 503 and when to ask again', async () => {
    const answers = await Promise.all(Object.values(asked).map(({ answer }) => answer));
    for (const told of answers) {
      if (told === undefined) continue; // The one process was killed with the connection open.
      expect(told.took).toBeLessThan(10_000);
      if (told.status >= 300) expect(told).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    }
  });

  test('preparation: the command under way is done once, and the meeting goes on to its end', async () => {
    const { preparation: meeting } = meetings;
    await until('the change is answered', async () => (await asked.preparation.again()).status === 200);
    expect((await meeting.read()).goal).toBe('Another goal');
    expect(await eventsOf(meeting, 'patch')).toHaveLength(1);
    await meeting.post('/publish');
    await meeting.open();
    await toTheEnd(meeting);
  });

  test('execution: the open vote has its ballots, gets the others, and is counted right', async () => {
    const { execution: meeting } = meetings;
    await until('the key point is answered', async () => (await asked.execution.again()).status === 201);
    expect((await meeting.read()).keyPoints).toHaveLength(1);
    for (const n of [2, 3]) await meeting.put(`/votes/${vote.id}/ballots/${email(n)}`, { choice: 'against' });
    const counted = await meeting.post(`/votes/${vote.id}/close`);
    expect(counted).toMatchObject({ agree: 2, against: 2, neutral: 0, electorate: 4, passed: false });
    await toTheEnd(meeting);
  });

  test('notice: all twelve have it; only those in flight may have it twice, with the same ids', async () => {
    const { notice: meeting } = meetings;
    await meeting.quiet();
    const letters = office.about(meeting.title);
    expect(new Set(letters.map(({ to }) => to)).size).toBe(12);
    expect(repeated(letters).filter((id) => !inFlight.some(({ messageId }) => messageId === id))).toEqual([]);
    const shown = new Set(letters.map(({ to, messageId, uid, sequence }) => [to, messageId, uid, sequence].join()));
    expect(shown.size).toBe(12);
    expect(new Set(letters.map(({ uid, sequence, method }) => `${uid} ${sequence} ${method}`)).size).toBe(1);
    expect((await meeting.deliveries()).map(({ status }) => status)).toEqual(Array(12).fill('sent'));
    await meeting.open();
    await toTheEnd(meeting);
  });

  test('minutes: the survey reaches everybody, and the meeting goes on to its end', async () => {
    const { minutes: meeting } = meetings;
    await meeting.quiet();
    const surveyed = office.about(meeting.title).filter(({ subject }) => subject.includes('1-minute survey'));
    expect(new Set(surveyed.map(({ to }) => to)).size).toBe(4);
    await meeting.confirm();
    await meeting.finish();
    expect(await meeting.phase()).toBe('closed');
  });

  test('followUp: the minutes reach everybody, and the pending timer of an action fires at its time', async () => {
    const { followUp: meeting } = meetings;
    await until('the progress is answered', async () => (await asked.followUp.again()).status === 200);
    await meeting.quiet();
    const minutes = office.about(meeting.title).filter(({ subject }) => subject.startsWith('[Minutes]'));
    expect(new Set(minutes.map(({ to }) => to)).size).toBe(4);
    const [{ dueDate }] = (await meeting.read()).actions;
    const missed = (): boolean =>
      office.letters.some(({ subject, text }) => subject.startsWith('[Today]') && text.includes(meeting.title));
    // H2: told in the digest of the next morning that is no day off.
    for (let days = 0; days < 10 && !missed(); days++) {
      await meeting.goTo(Date.parse(`${dueDate}T09:00:00+08:00`) + days * day);
      await meeting.quiet();
    }
    expect(missed()).toBe(true);
    expect(await eventsOf(meeting, 'progress')).toHaveLength(1);
    await meeting.finish();
    expect(await meeting.phase()).toBe('closed');
  });

  test('R1 the review stays as it was made, to the byte, and reaches each reader; what was in flight twice, with the same id', async () => {
    const read = (quarter: Quarter) => ok(house.caller().get(`/v1/reviews/${quarter}`));
    expect(JSON.stringify(await read(report.quarter))).toBe(JSON.stringify(report));
    const before = quarterBefore(report.quarter);
    const made = await until('the quarter before has its review', async () => {
      const told = await house.caller().post('/v1/reviews', { quarter: before });
      return [200, 201].includes(told.status) ? JSON.stringify(told.body) : undefined;
    });
    expect(JSON.stringify(await read(before))).toBe(made);
    for (const quarter of [report.quarter, before]) {
      const mails = () =>
        office.letters.filter((l) => isReview(l.subject) && l.subject.includes(quarter.replace('-', ' ')));
      await until(`all have the review of ${quarter}`, () => new Set(mails().map((l) => l.to)).size === readers.length);
      expect(new Set(mails().map(({ to, messageId }) => `${to} ${messageId}`)).size).toBe(readers.length);
      const twice = repeated(mails());
      expect(twice.filter((id) => !inFlight.some(({ messageId }) => messageId === id))).toEqual([]);
    }
    const [held] = inFlight.filter(({ subject }) => isReview(subject));
    await until('the one in flight has come again', () => repeated(office.letters).includes(held!.messageId));
  });

  test('in the end no mail is missing, and none came twice but those in flight at the kill', async () => {
    const times = repeated(office.letters);
    expect(times.filter((id) => !inFlight.some(({ messageId }) => messageId === id))).toEqual([]);
    for (const meeting of Object.values(meetings)) {
      const deliveries = await meeting.deliveries();
      expect(deliveries.filter(({ status }) => status !== 'sent')).toEqual([]);
      const here = new Set(office.letters.map(({ messageId }) => messageId));
      const silent = (mail: string): boolean => mail === 'surveyReminder';
      const wanted = deliveries.filter(({ mail }) => !silent(mail)).map(({ messageId }) => messageId);
      expect(wanted.filter((id) => !here.has(id))).toEqual([]);
    }
    expect(house.stands).toBe(true);
  });
});

/** execution → closed */
async function toTheEnd(meeting: Meeting): Promise<void> {
  await meeting.close();
  await meeting.quiet();
  await meeting.confirm();
  await meeting.quiet();
  await meeting.finish();
  expect(await meeting.phase()).toBe('closed');
}

const eventsOf = async (meeting: Meeting, name: string): Promise<unknown[]> =>
  (await meeting.timeline()).filter(({ event }) => event === name);

const isReview = (subject: string): boolean => subject.startsWith('[Quarterly review]');

const once = <K extends string>(left: Record<K, boolean>, key: K): boolean => {
  const is = left[key];
  left[key] = false;
  return is;
};

const urlOf = (database: TestDatabase): { databaseUrl?: string } =>
  database.kind === 'postgres' ? { databaseUrl: database.url } : {};
