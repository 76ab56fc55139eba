import { expect, test } from 'vitest';
import { lastFollowUp } from '../../activities/follow-up.js';
import { createRecordActivities } from '../../activities/records.js';
import { countTopics } from '../../domain/meeting/follow-up/topics.js';
import type { Action, MeetingState, Topic } from '../../domain/meeting/state.js';
import { applyCommand, applyReply } from '../../domain/meeting/step.js';
import { admin, aMeeting, at } from '../support/meeting.js';
import { aMeetingId, describeEachArchive, fresh } from './support.js';

describeEachArchive('the follow-up of a series', (archive) => {
  const write = (state: MeetingState) => archive().view.write({ state, audit: [] });

  /** The meeting of a Monday: held, closed, followed up. */
  function held(seriesId: string, day: string, more: Partial<MeetingState> = {}): MeetingState {
    const id = aMeetingId();
    const [startsAt, closedAt] = [at(day, '09:30'), at(day, '10:30')];
    const agenda = aMeeting().agenda.map((t, i): Topic => ({ ...t, topicId: `${id}-t${i + 1}` }));
    const times = { startsAt, openedAt: startsAt, plannedEndAt: closedAt, closedAt };
    return aMeeting({ id, seriesId, agenda, ...times, actions: [], timers: [], ...more });
  }

  function withAction(state: MeetingState, task: string, topicId: string | undefined, day: string): MeetingState {
    const input = { task, owner: 'p7', dueAt: at(day, '18:00'), ...(topicId === undefined ? {} : { topicId }) };
    return applyCommand(state, 'action', input, { now: state.startsAt + 1, actor: admin }).state;
  }

  test('S1, F4 what is still open of the first meeting stands in the third one’s follow-up, and its topic is stuck there', async () => {
    const seriesId = `s${fresh()}`;
    const first = held(seriesId, '2026-02-02');
    const [about, secret] = first.agenda;
    const covered = { ...first, agenda: [about!, { ...secret!, confidential: true }] };
    const one = withAction(
      withAction(withAction(covered, 'open', about!.topicId, '2026-03-20'), 'hidden', secret!.topicId, '2026-03-20'),
      'done',
      about!.topicId,
      '2026-02-06',
    );
    const done = (a: Action): Action =>
      a.task === 'done' ? { ...a, status: 'done', endedAt: at('2026-02-05', '09:00') } : a;
    await write({ ...one, actions: one.actions.map(done) });
    const two = withAction(
      held(seriesId, '2026-02-09', { previousMeeting: one.id }),
      'second',
      undefined,
      '2026-03-10',
    );
    await write(two);
    const three = held(seriesId, '2026-02-23', { previousMeeting: two.id });

    const followUp = await lastFollowUp({ series: archive().series }, three);
    expect(followUp).toMatchObject({ meetingId: two.id });
    expect(followUp?.actions.map((a) => a.task)).toEqual(['second', 'open']);

    const [counting] = countTopics(three, three.closedAt);
    if (counting?.type !== 'countTopics') throw new Error('it is not counted');
    const { countTopics: counted } = createRecordActivities({ topics: archive().topics } as never);
    const { topics } = await counted(three.id, counting);
    expect(topics).toEqual([{ topicId: about!.topicId, timesCarried: 3, off: { title: '交期', department: 'd1' } }]);
    const { state, effects } = applyReply(three, { type: 'topicsCounted', held: true, topics }, three.closedAt!);
    const about3 = { kind: 'topicStuck', about: about!.topicId, timesCarried: 3, topic: { title: '交期' } };
    expect(state.tasks).toMatchObject([about3]);
    expect(effects).toContainEqual(expect.objectContaining({ mail: 'topicStuck', to: ['p2', 'p3'] }));
  });

  test('S1 at the second meeting it is shown and not yet stuck; a meeting outside a series asks for nothing', async () => {
    const seriesId = `s${fresh()}`;
    const first = held(seriesId, '2026-02-02');
    const one = withAction(first, 'open', first.agenda[0]!.topicId, '2026-03-20');
    await write(one);
    const two = held(seriesId, '2026-02-09', { previousMeeting: one.id });
    const [counting] = countTopics(two, two.closedAt);
    const { countTopics: counted } = createRecordActivities({ topics: archive().topics } as never);
    expect((await counted(two.id, counting as never)).topics).toMatchObject([{ timesCarried: 2 }]);
    expect(countTopics({ ...two, seriesId: undefined, previousMeeting: undefined }, two.closedAt)).toEqual([]);
  });
});
