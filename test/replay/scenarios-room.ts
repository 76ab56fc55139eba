import type { CreateMeetingInput } from '../../domain/meeting/commands.js';
import { day } from '../support/creation.js';
import { admin, person } from '../support/meeting.js';
import { begin, finishPlan, type Scenario, type Stand } from './stand.js';

const minute = 60_000;

async function liveTopic(stand: Stand): Promise<string> {
  const [topic] = (await stand.meeting.state()).agenda;
  await stand.meeting.send('startTopic', { topicId: topic!.topicId }, person('p2'));
  return topic!.topicId;
}

/** Closes what an improvement plan may have been asked for, so that the meeting ends. */
async function toTheEnd(stand: Stand): Promise<{ workflowId: string }> {
  await stand.until(stand.startsAt + 60 * day);
  for (const { id } of (await stand.meeting.state()).plans) await finishPlan(stand, id);
  return stand.ended();
}

/** Before the room, in it, and what its minutes go through. */
export const room: Record<string, Scenario> = {
  async 'delegate-and-alternates'(stage) {
    const participants: CreateMeetingInput['participants'] = [
      { person: 'p2', department: 'd1', role: 'head' },
      { person: 'p6', department: 'd2', role: 'head', key: true },
      { person: 'p8', department: 'd3', role: 'core' },
    ];
    const stand = await begin(stage, { participants });
    await stand.meeting.send('publish', {}, admin);
    await stand.meeting.send('reading', { person: 'p6', read: true }, person('p6'));
    await stand.meeting.send('rsvp', { person: 'p8', reply: 'declined', delegate: 'p9' }, person('p8'));
    await stand.meeting.send('rsvp', { person: 'p6', reply: 'declined' }, person('p6'));
    const [asked] = (await stand.meeting.state()).alternates ?? [];
    await stand.meeting.send('alternate', { id: asked!.id, way: 'delegate', delegate: 'p7' }, person('p6'));
    await stand.until(stand.startsAt);
    await stand.meeting.send('open', {}, person('p2'));
    for (const p of ['p7', 'p9']) await stand.meeting.send('attendance', { person: p, present: true }, person('p2'));
    await stand.minutesSent();
    return toTheEnd(stand);
  },

  async 'turns-groups-and-notes'(stage) {
    const stand = await (await begin(stage)).opened();
    const topicId = await liveTopic(stand);
    await stand.meeting.send('queueTurn', { person: 'p6' }, person('p6'));
    const second = await stand.meeting.send('queueTurn', { person: 'p8' }, person('p8'));
    const [turn] = (await stand.meeting.state()).floor!.turns;
    await stand.until(stand.startsAt + 3 * minute);
    await stand.meeting.send('endTurn', { id: turn!.id }, person('p2'));
    await stand.meeting.send('withdrawTurn', { id: second.result.id }, person('p8'));
    await stand.meeting.send('park', { text: 'Parking at the site' }, person('p2'));
    const groups = [
      { name: 'A', members: ['p6'] },
      { name: 'B', members: ['p8'] },
    ];
    const breakout = await stand.meeting.send('startBreakouts', { topicId, groups, minutes: 5 }, person('p2'));
    await stand.meeting.send('reportBreakout', { id: breakout.result.id, group: 'A', text: 'Yes' }, person('p6'));
    await stand.until(stand.startsAt + 12 * minute);
    const note = await stand.meeting.send('note', { text: 'Ask the plant' }, person('p8'));
    const becomes = { kind: 'keyPoint', topicId, pointKind: 'concern' } as const;
    await stand.meeting.send('noteBecomes', { id: note.result.id, ...becomes }, person('p4'));
    await stand.minutesSent();
    return toTheEnd(stand);
  },

  async adjourned(stage) {
    const stand = await (await begin(stage)).opened();
    await liveTopic(stand);
    const id = await stand.action('p8', 2);
    const until = stand.startsAt + 7 * day;
    await stand.meeting.send('adjourn', { until, minutes: 45, reason: 'facts are missing' }, person('p2'));
    await stand.until(until);
    await stand.meeting.send('open', {}, person('p2'));
    await stand.meeting.send('complete', { id }, person('p8'));
    await stand.minutesSent();
    return toTheEnd(stand);
  },

  async 'objected-and-corrected'(stage) {
    const stand = await (await begin(stage)).opened();
    await stand.minutesSent();
    const first = await stand.meeting.send('objection', { text: 'I said no' }, person('p6'));
    const answer = { id: first.result.id, accepted: true, hash: 'third-text', reason: 'heard again' };
    await stand.meeting.send('answerObjection', answer, person('p4'));
    await stand.meeting.send('objection', { text: 'I was there' }, person('p8'));
    return toTheEnd(stand);
  },
};
