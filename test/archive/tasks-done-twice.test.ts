import { expect, test } from 'vitest';
import type { AuditEntry, Burst } from '../../archive/ports.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { aState, anEntry } from './states.js';
import { aMeetingId, aPerson, describeEachArchive, fresh } from './support.js';

/** A worker or server killed before the engine had a workflow task: it runs again, and what it wrote never happened. */
describeEachArchive('what a lost workflow task wrote', (archive) => {
  const run = fresh();
  const burst = (
    state: MeetingState,
    at: number,
    after: number,
    events: AuditEntry[] = [],
    by = run,
  ): Promise<void> => {
    const told: Burst['told'] = { at, run: by, after };
    return archive().view.write({ state, audit: events.map((event) => ({ ...event, at })), told });
  };
  const timeline = async (id: string): Promise<string[]> =>
    (await archive().audit.timeline(id)).map(({ revision, event, at }) => `${revision} ${event} ${at}`);

  test('gives way to what happened, though its revision was higher, in view and audit', async () => {
    const state = aState();
    await burst(state, 10, -1, [anEntry(state, 'create')]);
    const lost: MeetingState = { ...state, revision: 3, phase: 'cancelled' };
    await burst(lost, 20, 1, [anEntry({ ...state, revision: 2 }, 'rsvp'), anEntry(lost, 'cancel')]);
    const happened: MeetingState = { ...state, revision: 2, title: 'goes on' };
    await burst(happened, 30, 1, [anEntry(happened, 'patch')]);
    expect(await archive().view.meeting(state.id)).toEqual(happened);
    expect(await timeline(state.id)).toEqual(['1 create 10', '2 patch 30']);
  });

  test('the same commands again are audited once, as of the time that counts', async () => {
    const state = { ...aState(), revision: 2 };
    await burst(state, 20, 1, [anEntry(state, 'rsvp')]);
    await burst(state, 30, 1, [anEntry(state, 'rsvp')]);
    await burst(state, 30, 1, [anEntry(state, 'rsvp')]);
    expect(await timeline(state.id)).toEqual(['2 rsvp 30']);
  });

  test('comes too late when it comes after what happened', async () => {
    const happened = { ...aState(), revision: 2 };
    await burst(happened, 30, 1, [anEntry(happened, 'patch')]);
    await burst({ ...happened, revision: 5, title: 'lost' }, 20, 1, [anEntry(happened, 'cancel')]);
    expect(await archive().view.meeting(happened.id)).toEqual(happened);
    expect(await timeline(happened.id)).toEqual(['2 patch 30']);
  });

  test('a reset begins anew at a lower revision, and the audit keeps what it undid', async () => {
    const before = { ...aState(), revision: 9 };
    await burst(before, 20, 8, [anEntry(before, 'close')]);
    const after: MeetingState = { ...before, revision: 2, title: 'again' };
    await burst(after, 40, 1, [anEntry(after, 'publish')], fresh());
    expect(await archive().view.meeting(before.id)).toEqual(after);
    expect(await timeline(before.id)).toEqual(['9 close 20', '2 publish 40']);
  });

  test('E8 a vote that was never announced gives its box to the next one of that id, until somebody has voted', async () => {
    const { ballots } = archive();
    const [meetingId, anna, bert, carl] = [aMeetingId(), aPerson(), aPerson(), aPerson()];
    const voteId = `${meetingId}-v1`;
    await ballots.open({ voteId, meetingId, secret: true, electorate: [anna, bert], at: 10 });
    await ballots.open({ voteId, meetingId, secret: false, electorate: [anna, carl], at: 20 });
    await ballots.open({ voteId, meetingId, secret: true, electorate: [anna, bert], at: 10 });
    expect(await ballots.progress(voteId)).toMatchObject({ secret: false, electorate: 2, voted: 0 });
    expect(await ballots.cast(voteId, bert, 'agree')).toEqual({ outcome: 'notElector', complete: false });
    expect(await ballots.cast(voteId, carl, 'agree')).toEqual({ outcome: 'counted', complete: false });
    await ballots.open({ voteId, meetingId, secret: true, electorate: [bert], at: 30 });
    expect(await ballots.progress(voteId)).toMatchObject({ secret: false, electorate: 2, voted: 1 });
    expect(await ballots.close(voteId)).toEqual({ agree: 1, against: 0, neutral: 0 });
    await ballots.open({ voteId, meetingId, secret: true, electorate: [bert], at: 40 });
    expect(await ballots.progress(voteId)).toMatchObject({ status: 'closed', secret: false });
  });

  test('F5 a survey that was never mailed gives its box to the next one, until somebody has answered', async () => {
    const { surveys } = archive();
    const [meetingId, anna, bert] = [aMeetingId(), aPerson(), aPerson()];
    await surveys.open({ meetingId, eligible: [anna], closesAt: 100 });
    await surveys.open({ meetingId, eligible: [anna, bert], closesAt: 200 });
    await surveys.open({ meetingId, eligible: [anna], closesAt: 100 });
    expect(await surveys.status(meetingId, bert)).toMatchObject({ closesAt: 200, eligible: true });
    expect(await surveys.answer(meetingId, bert, 4)).toEqual({ outcome: 'counted', complete: false });
    await surveys.open({ meetingId, eligible: [anna], closesAt: 300 });
    expect(await surveys.status(meetingId, bert)).toMatchObject({ closesAt: 200, answered: true });
    expect(await surveys.close(meetingId, 1, 1)).toMatchObject({ answers: 1 });
  });
});
