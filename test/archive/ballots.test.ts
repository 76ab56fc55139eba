import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Choice } from '../../domain/meeting/state.js';
import { aMeetingId, aPerson, describeEachArchive } from './support.js';

const choices: Choice[] = ['agree', 'against', 'neutral'];

describeEachArchive('ballot boxes', (archive) => {
  async function aBox(people: number, secret = false) {
    const meetingId = aMeetingId();
    const voteId = `${meetingId}-v1`;
    const electorate = Array.from({ length: people }, aPerson);
    await archive().ballots.open({ voteId, meetingId, secret, electorate });
    return { meetingId, voteId, electorate };
  }

  test('E8 an open ballot counts, may be changed, and shows with its choice', async () => {
    const { voteId, meetingId, electorate } = await aBox(2);
    const [ann, bob] = electorate as [string, string];
    const { ballots } = archive();
    expect(await ballots.cast(voteId, ann, 'agree')).toEqual({ outcome: 'counted', complete: false });
    expect(await ballots.cast(voteId, ann, 'against')).toEqual({ outcome: 'changed', complete: false });
    const open = { meetingId, status: 'open', secret: false, electorate: 2, voted: 1, choices: { [ann]: 'against' } };
    expect(await ballots.progress(voteId)).toEqual(open);
    expect(await ballots.own(voteId, ann)).toEqual({ voted: true, choice: 'against' });
    expect(await ballots.own(voteId, bob)).toEqual({ voted: false });
    expect(await ballots.cast(voteId, bob, 'agree')).toEqual({ outcome: 'counted', complete: true });
    expect(await ballots.close(voteId)).toEqual({ agree: 1, against: 1, neutral: 0 });
    expect(await ballots.own(voteId, ann)).toEqual({ voted: true, choice: 'against' });
    expect(await ballots.progress(voteId)).toEqual({
      ...open,
      status: 'closed',
      voted: 2,
      choices: { [ann]: 'against', [bob]: 'agree' },
      tally: { agree: 1, against: 1, neutral: 0 },
    });
  });

  test('E8 a secret ballot is final, and only the number of votes shows', async () => {
    const { voteId, meetingId, electorate } = await aBox(2, true);
    const [ann, bob] = electorate as [string, string];
    const { ballots } = archive();
    expect(await ballots.cast(voteId, ann, 'agree')).toEqual({ outcome: 'counted', complete: false });
    expect(await ballots.cast(voteId, ann, 'against')).toEqual({ outcome: 'already', complete: false });
    expect(await ballots.progress(voteId)).toEqual({
      meetingId,
      status: 'open',
      secret: true,
      electorate: 2,
      voted: 1,
    });
    expect(await ballots.own(voteId, ann)).toEqual({ voted: true });
    expect(await ballots.cast(voteId, bob, 'agree')).toEqual({ outcome: 'counted', complete: true });
    expect(await ballots.close(voteId)).toEqual({ agree: 2, against: 0, neutral: 0 });
    expect(await ballots.own(voteId, bob)).toEqual({ voted: true });
    const closed = await ballots.progress(voteId);
    expect(closed).toMatchObject({ status: 'closed', voted: 2, tally: { agree: 2, against: 0, neutral: 0 } });
    expect(closed).not.toHaveProperty('choices');
  });

  test('E8 the electorate is frozen: nobody else votes, nobody after the close, nobody in a vote that is not', async () => {
    const { voteId, electorate } = await aBox(1);
    const { ballots } = archive();
    expect(await ballots.cast(voteId, aPerson(), 'agree')).toEqual({ outcome: 'notElector', complete: false });
    expect(await ballots.own(voteId, aPerson())).toBeNull();
    expect(await ballots.close(voteId)).toEqual({ agree: 0, against: 0, neutral: 0 });
    expect(await ballots.cast(voteId, electorate[0]!, 'agree')).toEqual({ outcome: 'closed', complete: false });
    const nowhere = `${aMeetingId()}-v1`;
    expect(await ballots.cast(nowhere, electorate[0]!, 'agree')).toEqual({ outcome: 'unknown', complete: false });
    expect(await ballots.progress(nowhere)).toBeNull();
    await expect(ballots.close(nowhere)).rejects.toMatchObject({ name: 'Refusal', type: 'NotFound' });
  });

  test('E8 opening and closing may be repeated', async () => {
    const { voteId, meetingId, electorate } = await aBox(3);
    const { ballots } = archive();
    await ballots.cast(voteId, electorate[0]!, 'neutral');
    await ballots.open({ voteId, meetingId, secret: false, electorate });
    expect(await ballots.progress(voteId)).toMatchObject({ voted: 1, electorate: 3 });
    const tally = { agree: 0, against: 0, neutral: 1 };
    expect(await ballots.close(voteId)).toEqual(tally);
    await ballots.open({ voteId, meetingId, secret: false, electorate });
    expect(await ballots.close(voteId)).toEqual(tally);
  });

  test('a repeated last ballot says again that the box is complete, so that a lost signal is sent again', async () => {
    for (const secret of [true, false]) {
      const { voteId, electorate } = await aBox(1, secret);
      await archive().ballots.cast(voteId, electorate[0]!, 'agree');
      expect(await archive().ballots.cast(voteId, electorate[0]!, 'agree')).toMatchObject({ complete: true });
    }
  });

  test('a key that spoke for somebody shows, for a secret vote without a time or choice', async () => {
    const { voteId, meetingId, electorate } = await aBox(2, true);
    await archive().ballots.cast(voteId, electorate[0]!, 'agree', 'kpmo');
    await archive().ballots.cast(voteId, electorate[1]!, 'agree');
    await archive().ballots.close(voteId);
    expect(await archive().ballots.marks(meetingId)).toEqual([{ voteId, person: electorate[0], enteredBy: 'kpmo' }]);
  });

  test('E8 votes that come all at once are all counted, and exactly one is told that it was the last', async () => {
    for (const secret of [true, false]) {
      const { voteId, electorate } = await aBox(40, secret);
      const cast = electorate.map((person, i) => archive().ballots.cast(voteId, person, choices[i % 3]!));
      const results = await Promise.all(cast);
      expect(results.every((r) => r.outcome === 'counted')).toBe(true);
      expect(results.filter((r) => r.complete)).toHaveLength(1);
      expect(await archive().ballots.close(voteId)).toEqual({ agree: 14, against: 13, neutral: 13 });
    }
  });

  test('E8 a ballot is either in the count or told that the vote is closed', async () => {
    for (const secret of [true, false]) {
      const { voteId, electorate } = await aBox(30, secret);
      const casts = electorate.slice(0, 15).map((person) => archive().ballots.cast(voteId, person, 'agree'));
      const closing = archive().ballots.close(voteId);
      casts.push(...electorate.slice(15).map((person) => archive().ballots.cast(voteId, person, 'agree')));
      const outcomes = (await Promise.all(casts)).map((cast) => cast.outcome);
      const counted = outcomes.filter((outcome) => outcome === 'counted').length;
      expect(new Set([...outcomes, 'counted', 'closed'])).toEqual(new Set(['counted', 'closed']));
      expect((await closing).agree).toBe(counted);
    }
  });

  test('E8 the tally is that of the ballots, whatever comes in whatever order', async () => {
    const ballot = fc.record({ voter: fc.nat(7), choice: fc.constantFrom(...choices) });
    const property = fc.asyncProperty(fc.boolean(), fc.array(ballot, { maxLength: 20 }), async (secret, cast) => {
      const { voteId, electorate } = await aBox(6, secret);
      const expected = new Map<number, Choice>();
      for (const { voter, choice } of cast) {
        const { outcome } = await archive().ballots.cast(voteId, electorate[voter] ?? aPerson(), choice);
        const earlier = expected.has(voter);
        if (voter >= 6) expect(outcome).toBe('notElector');
        else expect(outcome).toBe(!earlier ? 'counted' : secret ? 'already' : 'changed');
        if (voter < 6 && !(secret && earlier)) expected.set(voter, choice);
      }
      const count = (choice: Choice): number => [...expected.values()].filter((c) => c === choice).length;
      const tally = { agree: count('agree'), against: count('against'), neutral: count('neutral') };
      expect(await archive().ballots.close(voteId)).toEqual(tally);
      expect(await archive().ballots.progress(voteId)).toMatchObject({ voted: expected.size, tally });
    });
    await fc.assert(property, { numRuns: 40 });
  });
});
