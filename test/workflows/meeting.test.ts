import { describe, expect, test } from 'vitest';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { created, day } from '../support/creation.js';
import { EngineMeeting } from '../support/engine.js';
import { useEngine } from '../support/use-engine.js';
import { admin, person } from '../support/meeting.js';

describe('a meeting on the real server', () => {
  const engine = useEngine();

  /** Goes on until the meeting's own clock shows this. */
  async function until(meeting: EngineMeeting, instant: number): Promise<void> {
    const now = await virtualNow(engine.temporal().client, meeting.handle.workflowId);
    if (instant > now)
      await fastForward(engine.temporal().client, meeting.handle.workflowId, Math.ceil((instant - now) / 1000) + 1);
  }

  const mails = (meeting: EngineMeeting): string[] =>
    engine.activities.mails.filter((m) => m.state.id === meeting.id).map((m) => m.effect.mail);

  test('Phases: from draft to closed, with every mail on its way', async () => {
    engine.activities.mean = 2.5;
    const { state } = created();
    const meeting = await EngineMeeting.start(engine.temporal().client, { state });
    await meeting.send('publish', {}, admin);
    await meeting.send('rsvp', { person: 'p6', reply: 'accepted' }, person('p6'));
    expect((await meeting.refused('open', {}, person('p2'))).faults[0]?.code).toBe('H11.tooEarly');
    await until(meeting, state.startsAt);
    await meeting.send('open', {}, person('p2'));
    for (const p of ['p6', 'p8']) await meeting.send('attendance', { person: p, present: true }, person('p2'));
    const topicId = state.agenda[0]!.topicId;
    await meeting.send('startTopic', { topicId }, person('p2'));
    const { result: vote } = await meeting.send('openVote', { topicId, motion: 'Move to 1 December' }, person('p2'));
    expect(vote).toMatchObject({ electorate: 3, required: 2 });
    const { result: count } = await meeting.send('closeVote', { voteId: vote.id }, person('p2'));
    expect(count).toMatchObject({ agree: 3, passed: true });
    await meeting.send('finishTopic', { topicId, outcome: 'decided' }, person('p2'));
    const dueAt = state.startsAt + 14 * day;
    const { result: action } = await meeting.send(
      'action',
      { task: 'Tell the customer', owner: 'p8', dueAt },
      person('p2'),
    );
    const { result: closed } = await meeting.send('close', {}, person('p2'));
    expect(closed.readBack.map((r) => r.outcome)).toEqual(['decided', 'deferred']);
    await meeting.send('confirmMinutes', {}, person('p4'));
    await until(meeting, state.startsAt + 9 * day);
    expect((await meeting.state()).plans).toHaveLength(1);
    await meeting.send('complete', { id: action.id }, person('p8'));
    await meeting.send('confirm', { id: action.id }, person('p3'));
    const plan = (await meeting.state()).plans[0]!;
    await meeting.send('completeTask', { id: plan.id, text: 'Send the material earlier' }, person('p1'));
    await until(meeting, state.startsAt + 40 * day);
    expect(await meeting.handle.result()).toMatchObject({ phase: 'closed' });
    expect(mails(meeting)).toEqual(
      expect.arrayContaining(['notice', 'replyReminder', 'confirmMinutes', 'minutes', 'survey', 'improvementPlan']),
    );
    // H2: what can wait was put into a digest, and the digest's time came.
    const waiting = engine.activities.waiting.filter((e) => e.ref?.startsWith(meeting.id));
    expect(waiting.map((e) => e.mail)).toContain('pleaseCheck');
    for (const { digestAt } of waiting) expect(engine.activities.digests).toContain(digestAt);
    expect(engine.activities.views.at(-1)?.phase).toBe('closed');
  });

  test('a refused command leaves no trace in the history', async () => {
    const { state } = created();
    const meeting = await EngineMeeting.start(engine.temporal().client, { state });
    await meeting.send('publish', {}, admin);
    const refusal = await meeting.refused('startTopic', { topicId: 'x' }, admin);
    expect(refusal).toMatchObject({
      type: 'Conflict',
      faults: [{ code: 'phase.notNow', params: { phase: 'notice' } }],
    });
    const { events } = await meeting.handle.fetchHistory();
    expect(events?.filter((e) => e.workflowExecutionUpdateAcceptedEventAttributes)).toHaveLength(1);
    await meeting.handle.terminate();
  });

  test('continue-as-new: state, timers and the answers to repeated commands cross it', async () => {
    const { state } = created();
    const meeting = await EngineMeeting.start(engine.temporal().client, { state, historyLimit: 40 });
    const first = await meeting.send('publish', {}, admin, 'publish:admin:1');
    for (let i = 0; i < 12; i++)
      await meeting.send('rsvp', { person: 'p6', reply: i % 2 ? 'accepted' : 'declined' }, person('p6'));
    expect(await meeting.send('publish', {}, admin, 'publish:admin:1')).toEqual(first);
    await until(meeting, state.plannedEndAt + 5 * 3_600_000);
    expect(await meeting.handle.result()).toMatchObject({ phase: 'lapsed' });
    expect((await meeting.handle.describe()).runId).not.toBe(meeting.firstRunId);
    expect(mails(meeting).filter((m) => m === 'notice')).toHaveLength(1);
    expect(mails(meeting)).toContain('notOpened');
  });

  test('continue-as-new under way: four commands in flight all the time, none lost, none twice', async () => {
    const { state } = created();
    const meeting = await EngineMeeting.start(engine.temporal().client, { state, historyLimit: 60 });
    await meeting.send('publish', {}, admin);
    const line = async (worker: number): Promise<void> => {
      for (let i = 0; i < 15; i++) {
        const reply = i % 2 ? 'accepted' : 'declined';
        await meeting.send(
          'rsvp',
          { person: 'p6', reply, comment: `${worker}-${i}` },
          person('p6'),
          `rsvp:${worker}:${i}`,
        );
      }
    };
    await Promise.all([0, 1, 2, 3].map(line));
    expect(await meeting.state()).toMatchObject({ revision: state.revision + 61 });
    expect((await meeting.handle.describe()).runId).not.toBe(meeting.firstRunId);
    await meeting.handle.terminate();
  });
});
