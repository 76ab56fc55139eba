import { expect, test } from 'vitest';
import { fastForward } from '../../infra/time-travel.js';
import { EngineMeeting } from '../support/engine.js';
import { useEngine } from '../support/use-engine.js';
import { admin, person } from '../support/meeting.js';
import { created, day } from '../support/creation.js';

const engine = useEngine();

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
  const meeting = await EngineMeeting.start(engine.temporal().client, { state });
  const host = person('q1');
  await meeting.send('publish', {}, admin);
  for (const p of people.slice(1)) await meeting.send('rsvp', { person: p, reply: 'accepted' }, person(p));
  await fastForward(engine.temporal().client, meeting.handle.workflowId, 10 * 86_400 + 60);
  await meeting.send('open', {}, host);
  for (const p of people.slice(1)) await meeting.send('attendance', { person: p, present: true }, host);
  for (const { topicId } of state.agenda) {
    await meeting.send('startTopic', { topicId }, host);
    const { result } = await meeting.send('openVote', { topicId, motion: 'Do it' }, host);
    await meeting.handle.signal('boxComplete', result.id);
    await meeting.send('closeVote', { voteId: result.id }, host);
    await meeting.send('finishTopic', { topicId, outcome: 'decided', basis: 'noObjection', conclusion: 'Done' }, host);
  }
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
  await fastForward(engine.temporal().client, meeting.handle.workflowId, 8 * 86_400);
  for (const [i, id] of ids.entries()) {
    await meeting.send('complete', { id }, person(people[i]!));
    await meeting.send('confirm', { id }, person(i === 1 ? 'q1' : 'q2'));
  }
  await meeting.handle.result();
  expect((await meeting.handle.describe()).historyLength).toBeLessThanOrEqual(700);
});
