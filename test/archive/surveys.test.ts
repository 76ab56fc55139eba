import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { aMeetingId, aPerson, describeEachArchive, fresh, rowsOf } from './support.js';

describeEachArchive('survey boxes', (archive) => {
  async function aSurvey(people: number, seriesId?: string) {
    const meetingId = aMeetingId();
    const eligible = Array.from({ length: people }, aPerson);
    await archive().surveys.open({ meetingId, eligible, closesAt: 1000, ...(seriesId ? { seriesId } : {}) });
    return { meetingId, eligible };
  }
  const counted = { outcome: 'counted', complete: false };

  test('F5 one answer per person, none from others, none after the close', async () => {
    const { surveys } = archive();
    const { meetingId, eligible } = await aSurvey(3);
    const [ann, bob, cho] = eligible as [string, string, string];
    expect(await surveys.answer(meetingId, ann, 4, 'Shorter, please')).toEqual(counted);
    expect(await surveys.answer(meetingId, ann, 5)).toEqual({ outcome: 'already', complete: false });
    expect(await surveys.answer(meetingId, aPerson(), 5)).toEqual({ outcome: 'notEligible', complete: false });
    expect(await surveys.answer(aMeetingId(), ann, 5)).toEqual({ outcome: 'unknown', complete: false });
    expect(await surveys.answer(meetingId, bob, 2)).toEqual(counted);
    expect(await surveys.close(meetingId, 3, 5)).toEqual({ answers: 2 });
    expect(await surveys.answer(meetingId, cho, 5)).toEqual({ outcome: 'closed', complete: false });
  });

  test('F5 the last answer says so, and again when repeated', async () => {
    const { meetingId, eligible } = await aSurvey(2);
    expect(await archive().surveys.answer(meetingId, eligible[0]!, 1)).toEqual(counted);
    const last = { outcome: 'counted', complete: true };
    expect(await archive().surveys.answer(meetingId, eligible[1]!, 1)).toEqual(last);
    const again = { outcome: 'already', complete: true };
    expect(await archive().surveys.answer(meetingId, eligible[1]!, 1)).toEqual(again);
  });

  test('F5 the mean and the counts are published from three answers on', async () => {
    const { surveys } = archive();
    const { meetingId, eligible } = await aSurvey(4);
    for (const [i, score] of [5, 2, 2].entries()) await surveys.answer(meetingId, eligible[i]!, score);
    expect(await surveys.result(meetingId)).toBeNull();
    expect(await surveys.close(meetingId, 3, 5)).toEqual({ answers: 3, mean: 3 });
    expect(await surveys.close(meetingId, 3, 5)).toEqual({ answers: 3, mean: 3 });
    const scores = { '1': 0, '2': 2, '3': 0, '4': 0, '5': 1 };
    expect(await surveys.result(meetingId)).toEqual({ eligible: 4, answers: 3, scores, mean: 3, suggestions: [] });
  });

  test('F5 two answers give no mean and leave no scores in the database', async () => {
    const { meetingId, eligible } = await aSurvey(4);
    await archive().surveys.answer(meetingId, eligible[0]!, 1);
    await archive().surveys.answer(meetingId, eligible[1]!, 5);
    expect(await archive().surveys.close(meetingId, 3, 5)).toEqual({ answers: 2 });
    expect(await archive().surveys.result(meetingId)).toEqual({ eligible: 4, answers: 2, suggestions: [] });
  });

  test('F5 suggestions are published from five answers on', async () => {
    const { meetingId, eligible } = await aSurvey(5);
    for (const [i, person] of eligible.entries()) {
      await archive().surveys.answer(meetingId, person, 3, i < 2 ? `idea ${i}` : '  ');
    }
    await archive().surveys.close(meetingId, 3, 5);
    const result = await archive().surveys.result(meetingId);
    expect(result?.suggestions.sort()).toEqual(['idea 0', 'idea 1']);
  });

  test('F5 fewer are held for the series until there are five, then published once', async () => {
    const { surveys } = archive();
    const seriesId = `s${fresh()}`;
    const first = await aSurvey(3, seriesId);
    for (const [i, person] of first.eligible.entries()) await surveys.answer(first.meetingId, person, 3, `early ${i}`);
    await surveys.close(first.meetingId, 3, 5);
    expect((await surveys.result(first.meetingId))?.suggestions).toEqual([]);
    const second = await aSurvey(2, seriesId);
    for (const [i, person] of second.eligible.entries()) await surveys.answer(second.meetingId, person, 3, `late ${i}`);
    await surveys.close(second.meetingId, 3, 5);
    const published = (await surveys.result(second.meetingId))?.suggestions.sort();
    expect(published).toEqual(['early 0', 'early 1', 'early 2', 'late 0', 'late 1']);
    const third = await aSurvey(1, seriesId);
    await surveys.answer(third.meetingId, third.eligible[0]!, 3, 'alone');
    await surveys.close(third.meetingId, 3, 5);
    expect((await surveys.result(third.meetingId))?.suggestions).toEqual([]);
  });

  test('F5 without a series fewer are deleted with the close: nobody would ever read them', async () => {
    const { surveys } = archive();
    const { meetingId, eligible } = await aSurvey(4);
    const words = `alone ${fresh()}`;
    for (const person of eligible) await surveys.answer(meetingId, person, 3, words);
    await surveys.close(meetingId, 3, 5);
    expect(await surveys.result(meetingId)).toMatchObject({ answers: 4, suggestions: [] });
    const held = await rowsOf(archive(), sql`select * from record.held_suggestions`);
    expect(JSON.stringify(held)).not.toContain(words);
  });

  test('F5 the reminder goes to those who may answer and have not; after the close to nobody', async () => {
    const { surveys } = archive();
    const { meetingId, eligible } = await aSurvey(3);
    await surveys.answer(meetingId, eligible[1]!, 3);
    const asked = [...eligible, aPerson()];
    expect(await surveys.silent(meetingId, asked)).toEqual([eligible[0], eligible[2]]);
    await surveys.close(meetingId, 3, 5);
    expect(await surveys.silent(meetingId, asked)).toEqual([]);
  });

  test('a person sees whether they may answer and have', async () => {
    const { surveys } = archive();
    const { meetingId, eligible } = await aSurvey(2);
    await surveys.answer(meetingId, eligible[0]!, 3);
    const open = { status: 'open', closesAt: 1000, of: 2, eligible: true };
    expect(await surveys.status(meetingId, eligible[0]!)).toEqual({ ...open, answered: true });
    expect(await surveys.status(meetingId, eligible[1]!)).toEqual({ ...open, answered: false });
    expect(await surveys.status(meetingId, aPerson())).toEqual({ ...open, eligible: false, answered: false });
    expect(await surveys.status(aMeetingId(), eligible[0]!)).toBeNull();
    await surveys.close(meetingId, 3, 5);
    expect(await surveys.status(meetingId, eligible[1]!)).toMatchObject({ status: 'closed', eligible: true });
  });

  test('opening again changes nothing, closing what never was is refused, a score outside 1–5 too', async () => {
    const { surveys } = archive();
    const { meetingId, eligible } = await aSurvey(1);
    await surveys.answer(meetingId, eligible[0]!, 3);
    await surveys.open({ meetingId, eligible, closesAt: 2000 });
    expect(await surveys.status(meetingId, eligible[0]!)).toMatchObject({ closesAt: 1000, answered: true });
    await expect(surveys.close(aMeetingId(), 3, 5)).rejects.toMatchObject({ name: 'Refusal', type: 'NotFound' });
    for (const score of [0, 6, 2.5]) {
      await expect(surveys.answer(meetingId, eligible[0]!, score)).rejects.toMatchObject({ type: 'BadInput' });
    }
  });

  test('F6 the mean is that of the answers, whoever gives them in whatever order', async () => {
    const answer = fc.record({ person: fc.nat(5), score: fc.integer({ min: 1, max: 5 }) });
    const property = fc.asyncProperty(fc.array(answer, { maxLength: 12 }), async (answers) => {
      const { meetingId, eligible } = await aSurvey(6);
      const first = new Map<number, number>();
      for (const { person, score } of answers) {
        const { outcome } = await archive().surveys.answer(meetingId, eligible[person]!, score);
        expect(outcome).toBe(first.has(person) ? 'already' : 'counted');
        if (!first.has(person)) first.set(person, score);
      }
      const result = await archive().surveys.close(meetingId, 3, 5);
      const scores = [...first.values()];
      expect(result.answers).toBe(scores.length);
      if (scores.length < 3) expect(result).not.toHaveProperty('mean');
      else expect(result.mean).toBeCloseTo(scores.reduce((a, b) => a + b, 0) / scores.length, 10);
    });
    await fc.assert(property, { numRuns: 25 });
  });
});
