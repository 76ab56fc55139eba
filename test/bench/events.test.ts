import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fastForward } from '../../infra/time-travel.js';
import { searchAttributes } from '../../workflows/contracts.js';
import { EngineMeeting, RecordingActivities, startWorker } from '../support/engine.js';
import { admin, person } from '../support/meeting.js';
import { created, day } from '../support/creation.js';
import { testTemporal } from '../support/temporal.js';
import type { TestTemporal } from '../support/temporal.js';

let temporal: TestTemporal;
let worker: { stop(): Promise<void> };
const activities = new RecordingActivities();

beforeAll(async () => {
  temporal = await testTemporal(searchAttributes);
  worker = await startWorker(temporal, activities.all());
});
afterAll(async () => {
  await worker.stop();
  await temporal.close();
});

const people = Array.from({ length: 12 }, (_, i) => `q${i + 1}`);

test('a whole meeting of 12 people, 6 topics, 6 votes, 8 actions stays under 700 events', async () => {
  const { state } = created({
    host: 'q1',
    coordinator: 'q2',
    recorder: 'q3',
    initiator: { department: 'd1', person: 'q1' },
    participants: people.map((p, i) => ({ person: p, department: `d${i}`, role: 'core' })),
    agenda: Array.from({ length: 6 }, (_, i) => ({ title: `Topic ${i}`, minutes: 8, priority: i + 1 })),
  });
  const meeting = await EngineMeeting.start(temporal.client, { state });
  const host = person('q1');
  const counts = async (label: string): Promise<void> => {
    const n = (await meeting.handle.describe()).historyLength;
    process.stdout.write(`${label}: ${n}\n`);
  };
  await meeting.send('publish', {}, admin);
  for (const p of people.slice(1)) await meeting.send('rsvp', { person: p, reply: 'accepted' }, person(p));
  await counts('replied');
  await fastForward(temporal.client, meeting.handle.workflowId, 10 * 86_400 + 60);
  await meeting.send('open', {}, host);
  for (const p of people.slice(1)) await meeting.send('attendance', { person: p, present: true }, host);
  await counts('opened');
  for (const { topicId } of state.agenda) {
    await meeting.send('startTopic', { topicId }, host);
    const { result } = await meeting.send('openVote', { topicId, motion: 'Do it' }, host);
    await meeting.handle.signal('boxComplete', result.id);
    await meeting.send('closeVote', { voteId: result.id }, host);
    await meeting.send('finishTopic', { topicId, outcome: 'decided', basis: 'noObjection', conclusion: 'Done' }, host);
  }
  await counts('voted');
  const ids: string[] = [];
  for (let i = 0; i < 8; i++) {
    const { result } = await meeting.send(
      'action',
      { task: `Task ${i}`, owner: people[i]!, dueAt: state.startsAt + (12 + i) * day },
      host,
    );
    ids.push(result.id);
  }
  await meeting.send('close', {}, host);
  await meeting.send('confirmMinutes', {}, person('q3'));
  await counts('minutes');
  await fastForward(temporal.client, meeting.handle.workflowId, 8 * 86_400);
  await counts('survey over');
  for (const [i, id] of ids.entries()) {
    await meeting.send('complete', { id }, person(people[i]!));
    await meeting.send('confirm', { id }, person(i === 1 ? 'q1' : 'q2'));
  }
  await meeting.handle.result();
  await counts('closed');
  const { events } = await meeting.handle.fetchHistory();
  const histogram: Record<string, number> = {};
  for (const e of events ?? []) histogram[String(e.eventType)] = (histogram[String(e.eventType)] ?? 0) + 1;
  process.stdout.write(JSON.stringify(histogram) + '\n');
  expect((await meeting.handle.describe()).historyLength).toBeLessThanOrEqual(700);
});
