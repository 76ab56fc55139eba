import { ApplicationFailure } from '@temporalio/common';
import { day } from '../support/creation.js';
import { admin, person } from '../support/meeting.js';
import { begin, escalated, finishPlan, later, type Scenario } from './stand.js';
import { besides } from './scenarios-besides.js';
import { room } from './scenarios-room.js';

const lives: Record<string, Scenario> = {
  async 'draft-lapses'(stage) {
    const stand = await begin(stage);
    await stand.until(stand.startsAt + day);
    return stand.ended();
  },

  async 'notice-lapses'(stage) {
    const stand = await begin(stage);
    await stand.meeting.send('publish', {}, admin);
    await stand.until(stand.startsAt + day);
    return stand.ended();
  },

  async cancelled(stage) {
    const stand = await begin(stage);
    await stand.meeting.send('publish', {}, admin);
    await stand.meeting.send('rsvp', { person: 'p6', reply: 'declined' }, person('p6'));
    await stand.meeting.send('rsvp', { person: 'p6', reply: 'accepted' }, person('p6'));
    await stand.meeting.send('reschedule', { startsAt: stand.startsAt + day, reason: 'room' }, person('p2'));
    await stand.meeting.send('patch', { place: 'Room 2' }, person('p2'));
    await stand.meeting.send('cancel', { reason: 'not needed' }, person('p2'));
    return stand.ended();
  },

  async 'closed-with-plan'(stage) {
    stage.activities.mean = 2.5;
    const stand = await (await begin(stage)).opened();
    const [topic] = (await stand.meeting.state()).agenda;
    await stand.meeting.send('startTopic', { topicId: topic!.topicId }, person('p2'));
    await stand.meeting.send('keyPoint', { topicId: topic!.topicId, text: 'Late', kind: 'concern' }, person('p4'));
    const motion = { topicId: topic!.topicId, motion: 'Move it', secret: true };
    const { result } = await stand.meeting.send('openVote', motion, person('p2'));
    await stand.meeting.handle.signal('boxComplete', result.id);
    await stand.meeting.send('closeVote', { voteId: result.id }, person('p2'));
    await stand.meeting.send('finishTopic', { topicId: topic!.topicId, outcome: 'decided' }, person('p2'));
    const id = await stand.action();
    await stand.minutesSent();
    await stand.until(stand.startsAt + 8 * day);
    const [plan] = (await stand.meeting.state()).plans;
    await stand.meeting.send('completeTask', { id: plan!.id, text: 'Earlier material' }, person('p1'));
    await stand.meeting.send('complete', { id }, person('p8'));
    await stand.meeting.send('confirm', { id, accepted: false, note: 'where?' }, person('p3'));
    await stand.meeting.send('complete', { id }, person('p8'));
    await stand.until(stand.startsAt + 60 * day);
    stage.activities.mean = 4;
    return stand.ended();
  },

  async 'closed-by-clock'(stage) {
    const stand = await (await begin(stage)).opened();
    const [topic] = (await stand.meeting.state()).agenda;
    await stand.meeting.send('startTopic', { topicId: topic!.topicId }, person('p2'));
    await stand.meeting.send('openVote', { topicId: topic!.topicId, motion: 'Move it' }, person('p2'));
    await stand.meeting.send('extend', { minutes: 15 }, person('p2'));
    await stand.until(stand.startsAt + 40 * day);
    return stand.ended();
  },

  async 'emergency-escalated'(stage) {
    const startsAt = Date.now() + 3_600_000;
    const stand = await begin(stage, { kind: 'emergency', emergencyReason: 'Line stands', startsAt });
    await stand.open();
    const ids = [await stand.action('p8'), await stand.action('p6')];
    await stand.minutesSent();
    const first = await escalated(stand, ids[0]!);
    await stand.meeting.send('decide', { id: ids[0]!, decision: 'cancel', reason: 'moot' }, admin);
    const second = await escalated(stand, ids[1]!);
    if (first === second) throw new Error('one task for two actions');
    await stand.meeting.send(
      'decide',
      { id: ids[1]!, decision: 'simplify', task: 'Only ask', dueAt: await later(stand) },
      admin,
    );
    await stand.meeting.send('complete', { id: ids[1]! }, person('p6'));
    await stand.until((await later(stand)) + 60 * day);
    for (const { id } of (await stand.meeting.state()).plans) await finishPlan(stand, id);
    return stand.ended();
  },

  async 'continued-as-new'(stage) {
    const stand = await begin(stage, {}, { historyLimit: 30 });
    await stand.meeting.send('publish', {}, admin, 'publish:admin:1');
    for (const reply of ['declined', 'accepted', 'tentative', 'accepted'] as const)
      await stand.meeting.send('rsvp', { person: 'p6', reply }, person('p6'));
    await stand.until(stand.startsAt + day);
    await stand.meeting.handle.result();
    return { workflowId: stand.meeting.handle.workflowId, runId: stand.meeting.firstRunId };
  },

  async 'series-carried'(stage) {
    const waiting = { topicId: 'qqqqqqqqqqqqqqqq-t1', title: 'Tooling', reason: 'facts', department: 'd2', times: 1 };
    stage.activities.taken = [{ ...waiting, from: 'qqqqqqqqqqqqqqqq' }];
    const stand = await begin(stage, { seriesId: 's1', publishDaysBefore: 5 });
    await stand.until(stand.startsAt - 2 * day);
    await stand.meeting.send('takeTopics', { topicIds: ['rrrrrrrrrrrrrrrr-t1'] }, person('p2'));
    await stand.open();
    await stand.meeting.send('startTopic', { topicId: waiting.topicId }, person('p2'));
    const decided = { outcome: 'decided', basis: 'ruling', conclusion: 'Order it' } as const;
    await stand.meeting.send('finishTopic', { topicId: waiting.topicId, ...decided }, person('p2'));
    await stand.minutesSent();
    await stand.until(stand.startsAt + 30 * day);
    stage.activities.taken = [];
    return stand.ended();
  },

  async 'on-leave-then-blocked'(stage) {
    const stand = await (await begin(stage)).opened();
    const [away, waits] = [await stand.action('p8', 7), await stand.action('p6', 10)];
    await stand.minutesSent();
    const leaveUntil = new Date(stand.startsAt + 12 * day).toISOString().slice(0, 10);
    stage.activities.standing = { leaveUntil };
    await stand.until(stand.startsAt + 9 * day);
    stage.activities.standing = {};
    const blocked = { id: waits, note: 'We need their drawing', blockedBy: 'd2' };
    await stand.meeting.send('progress', blocked, person('p6'));
    await stand.meeting.send('complete', { id: away }, person('p8'));
    await stand.until(stand.startsAt + 20 * day);
    await stand.meeting.send('complete', { id: waits }, person('p6'));
    await stand.until(stand.startsAt + 60 * day);
    for (const { id } of (await stand.meeting.state()).plans) await finishPlan(stand, id);
    return stand.ended();
  },

  async reopened(stage) {
    const stand = await (await begin(stage)).opened();
    await stand.meeting.send('close', {}, person('p2'));
    await stand.meeting.send('reopen', { reason: 'a topic was forgotten' }, person('p2'));
    const [topic] = (await stand.meeting.state()).agenda;
    await stand.meeting.send('startTopic', { topicId: topic!.topicId }, person('p2'));
    await stand.meeting.send('finishTopic', { topicId: topic!.topicId, outcome: 'dropped' }, person('p2'));
    await stand.minutesSent();
    await stand.until(stand.startsAt + 30 * day);
    return stand.ended();
  },

  async 'archive-away'(stage) {
    stage.activities.failNext(6, () => ApplicationFailure.retryable('the archive is away'));
    const stand = await begin(stage);
    await stand.meeting.send('publish', {}, admin);
    await stand.meeting.send('cancel', { reason: 'not needed' }, person('p2'));
    return stand.ended();
  },
};

/** Every path that a meeting, and what goes on beside meetings, can take. */
export const scenarios: Record<string, Scenario> = { ...lives, ...room, ...besides };
