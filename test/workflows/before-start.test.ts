/** N3 and N4 on the real server: the minute of a change, the ten seconds of a cancellation, and the key people's hour. */
import { describe, expect, test } from 'vitest';
import { atTime, lastWorkingDayBefore, toLocal } from '../../domain/calendar/index.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { fastForward, virtualNow } from '../../infra/time-travel.js';
import { created } from '../support/creation.js';
import { EngineMeeting } from '../support/engine.js';
import { admin, person } from '../support/meeting.js';
import { useEngine } from '../support/use-engine.js';

const minute = 60_000;

describe('before the start, on the real server', () => {
  const engine = useEngine();
  const client = () => engine.temporal().client;

  /** Goes on until the meeting's own clock shows this. */
  async function until(meeting: EngineMeeting, instant: number): Promise<void> {
    const now = await virtualNow(client(), meeting.handle.workflowId);
    if (instant > now) await fastForward(client(), meeting.handle.workflowId, Math.ceil((instant - now) / 1000) + 1);
  }
  const pass = async (meeting: EngineMeeting, ms: number): Promise<void> =>
    until(meeting, (await virtualNow(client(), meeting.handle.workflowId)) + ms);

  /** `change → p2 p6: place,agenda`, a line per mail of these kinds. */
  const told = (meeting: EngineMeeting, ...kinds: string[]): string[] =>
    engine.activities.mails
      .filter((m) => m.state.id === meeting.id && kinds.includes(m.effect.mail))
      .map(({ effect: { mail, to, params } }) => {
        const what = params['whatChanged'];
        return `${mail} → ${to.join(' ')}${what === undefined ? '' : `: ${String(what)}`}`;
      });

  async function announced(): Promise<{ meeting: EngineMeeting; state: MeetingState }> {
    const { state } = created({
      participants: [
        { person: 'p2', department: 'd1', role: 'head' },
        { person: 'p6', department: 'd2', role: 'head', key: true },
        { person: 'p8', department: 'd3', role: 'core', key: true },
      ],
    });
    const meeting = await EngineMeeting.start(client(), { state });
    await meeting.send('publish', {}, admin);
    return { meeting, state };
  }

  test('N4 two changes within a minute are one mail; one that is taken back is none', async () => {
    const { meeting, state } = await announced();
    await meeting.send('patch', { place: 'Room 2' }, admin);
    await pass(meeting, 30_000);
    await meeting.send('patch', { openDiscussionMinutes: 5 }, admin);
    expect(told(meeting, 'change')).toEqual([]);
    await pass(meeting, minute);
    expect(told(meeting, 'change')).toEqual(['change → p2 p6 p8 p3 p4 p1: place,agenda']);
    await meeting.send('patch', { place: 'Room 3' }, admin);
    await meeting.send('patch', { place: 'Room 2' }, admin);
    await pass(meeting, 2 * minute);
    expect(told(meeting, 'change')).toHaveLength(1);
    expect((await meeting.state()).pendingChange).toBeUndefined();
    expect((await meeting.state()).startsAt).toBe(state.startsAt);
    await meeting.handle.terminate();
  });

  test('N3 a delegate named in the refusal, the silent asked at 16:00, written input settles it', async () => {
    const { meeting, state } = await announced();
    await meeting.send('rsvp', { person: 'p6', reply: 'declined', delegate: 'p7' }, person('p6'));
    expect(
      (await meeting.refused('rsvp', { person: 'p8', reply: 'declined', delegate: 'p6' }, person('p8'))).faults,
    ).toMatchObject([{ code: 'N3.hasSeat' }]);
    await pass(meeting, 2 * minute);
    expect(told(meeting, 'notice').at(-1)).toBe('notice → p7');
    expect(told(meeting, 'cancellation')).toEqual(['cancellation → p6']);
    await meeting.send('rsvp', { person: 'p7', reply: 'accepted' }, person('p7'));
    const day = lastWorkingDayBefore(state.calendar, toLocal(state.zone, state.startsAt).date);
    await until(meeting, atTime(state.zone, day, '16:00') + minute);
    expect(told(meeting, 'alternate')).toEqual(['alternate → p8', 'alternate → p2']);
    const [task] = (await meeting.state()).alternates!;
    expect(task).toMatchObject({ person: 'p8', reason: 'silent', status: 'open' });
    const { topicId } = state.agenda[0]!;
    const { result } = await meeting.send(
      'alternate',
      { id: task!.id, way: 'written', topicId, hash: 'h' },
      person('p8', 'link'),
    );
    expect(result).toEqual({ status: 'done' });
    await until(meeting, state.startsAt);
    await meeting.send('open', {}, person('p2'));
    const opened = await meeting.state();
    expect(opened.alternates).toMatchObject([{ person: 'p8', status: 'done', way: 'written' }]);
    expect(opened.participants.map((p) => p.person)).toEqual(['p2', 'p7', 'p8']);
    await meeting.handle.terminate();
  });

  test('N4 a cancellation is undone within ten seconds, unheard of; then one is final, told once, and the end', async () => {
    const { meeting } = await announced();
    await meeting.send('cancel', { reason: 'merged' }, admin);
    await meeting.send('undoCancel', {}, admin);
    await pass(meeting, minute);
    expect((await meeting.state()).phase).toBe('notice');
    expect(told(meeting, 'cancellation')).toEqual([]);
    await meeting.send('cancel', { reason: 'merged' }, admin);
    await pass(meeting, minute);
    expect(await meeting.handle.result()).toMatchObject({ phase: 'cancelled' });
    expect(told(meeting, 'cancellation')).toEqual(['cancellation → p2 p6 p8 p3 p4 p1']);
  });
});
