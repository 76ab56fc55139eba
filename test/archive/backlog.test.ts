import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Backlog } from '../support/backlog.js';
import { aDepartment, aMeetingId, describeEachArchive, fresh } from './support.js';

describeEachArchive('S1 the backlog', (archive) => {
  const aTopic = (seriesId?: string, department = aDepartment()) => ({
    topicId: `${aMeetingId()}-t1`,
    title: '交期',
    reason: 'facts',
    department,
    times: 1,
    ...(seriesId === undefined ? {} : { seriesId }),
  });
  const aSeries = (): string => `s${fresh()}`;
  const ofSeries = (seriesId: string) => ({ seriesId, topicIds: [], except: [] });
  const ids = (topics: { topicId: string }[]): string[] => topics.map((t) => t.topicId).sort();

  test('S1 of many meetings that want a topic one gets it, and gets it again', async () => {
    const { backlog } = archive();
    const [seriesId, from] = [aSeries(), aMeetingId()];
    const topics = [aTopic(seriesId), aTopic(seriesId), aTopic(seriesId)];
    await backlog.put(from, 1, topics);
    const meetings = Array.from({ length: 8 }, aMeetingId);
    const taken = await Promise.all(meetings.map((m) => backlog.take(m, 2, ofSeries(seriesId))));
    expect(ids(taken.flat())).toEqual(ids(topics));
    expect(taken.flat()[0]).toMatchObject({ from, title: '交期', reason: 'facts', times: 1 });
    for (const [i, meeting] of meetings.entries())
      expect(ids(await backlog.take(meeting, 3, ofSeries(seriesId)))).toEqual(ids(taken[i]!));
    expect(await backlog.list({ seriesId })).toEqual([]);
  });

  test('S1 the end of a meeting: what is settled is gone, what is not waits again, all once', async () => {
    const { backlog } = archive();
    const [seriesId, first, second, third] = [aSeries(), aMeetingId(), aMeetingId(), aMeetingId()];
    const [settled, open, untouched] = [aTopic(seriesId), aTopic(seriesId), aTopic(seriesId)];
    await backlog.put(first, 1, [settled, open, untouched], { done: [] });
    await backlog.take(second, 2, ofSeries(seriesId));
    await backlog.put(second, 3, [{ ...open, times: 2, reason: 'unreached' }], { done: [settled.topicId] });
    const next = await backlog.take(third, 4, ofSeries(seriesId));
    expect(ids(next)).toEqual(ids([open, untouched]));
    expect(next.find((t) => t.topicId === open.topicId)).toMatchObject({ from: second, times: 2, reason: 'unreached' });
    // The third settles both; what the earlier ones say again, late, brings nothing back.
    await backlog.put(third, 5, [], { done: ids(next) });
    await backlog.put(second, 3, [{ ...open, times: 2 }], { done: [settled.topicId] });
    await backlog.put(first, 1, [settled, open, untouched], { done: [] });
    expect(await backlog.list({ seriesId })).toEqual([]);
  });

  test('S1 H10 without a series a topic is offered to its department, unless it is confidential', async () => {
    const { backlog } = archive();
    const department = aDepartment();
    const [open, secret] = [aTopic(undefined, department), { ...aTopic(undefined, department), confidential: true }];
    await backlog.put(aMeetingId(), 1, [open, secret, aTopic(aSeries(), department)]);
    expect(ids(await backlog.offered(department))).toEqual([open.topicId]);
    const [taken] = await backlog.take(aMeetingId(), 2, { topicIds: [secret.topicId], except: [] });
    expect(taken?.confidential).toBe(true);
  });

  test('M3 a reopened meeting takes back what it left, but not what another has taken, and closes again', async () => {
    const { backlog } = archive();
    const [seriesId, first, second] = [aSeries(), aMeetingId(), aMeetingId()];
    const [waiting, gone] = [aTopic(seriesId), aTopic()];
    await backlog.put(first, 1, [waiting, gone], { done: [] });
    await backlog.take(second, 2, { topicIds: [gone.topicId], except: [] });
    const both = [waiting.topicId, gone.topicId];
    expect(await backlog.withdraw(first, both)).toEqual([gone.topicId]);
    expect(await backlog.withdraw(first, both)).toEqual([gone.topicId]);
    expect(await backlog.list({ seriesId })).toEqual([]);
    expect(ids(await backlog.take(second, 3, { topicIds: [], except: [] }))).toEqual([gone.topicId]);
    await backlog.put(first, 4, [waiting, gone], { done: [] });
    expect(ids(await backlog.list({ topicIds: both }))).toEqual([waiting.topicId]);
  });

  test('M3 what another meeting took and gave back is the reopened one’s again; what it settled is not', async () => {
    const { backlog } = archive();
    const [seriesId, first, second, third] = [aSeries(), aMeetingId(), aMeetingId(), aMeetingId()];
    const [back, settled] = [aTopic(seriesId), aTopic(seriesId)];
    const both = [back.topicId, settled.topicId];
    await backlog.put(first, 1, [back, settled], { done: [] });
    await backlog.take(second, 2, ofSeries(seriesId));
    await backlog.put(second, 3, [{ ...back, reason: 'cancelled' }], { done: [settled.topicId] });
    expect(await backlog.withdraw(first, both)).toEqual([settled.topicId]);
    expect(await backlog.withdraw(first, both)).toEqual([settled.topicId]);
    expect(await backlog.take(third, 4, ofSeries(seriesId))).toEqual([]);
    await backlog.put(first, 5, [], { done: [back.topicId] });
    expect(await backlog.list({ topicIds: both })).toEqual([]);
    expect(await backlog.take(third, 6, ofSeries(seriesId))).toEqual([]);
  });

  test('S1 as the model of the random lives does it, whatever happens in which order', async () => {
    const { backlog } = archive();
    const call = fc.record({
      what: fc.constantFrom('put', 'end', 'take', 'withdraw', 'take'),
      meeting: fc.nat(2),
      topics: fc.uniqueArray(fc.nat(3), { minLength: 1 }),
      byName: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
        const model = new Backlog();
        const [seriesId, meetings] = [aSeries(), [aMeetingId(), aMeetingId(), aMeetingId()]];
        const all = [0, 1, 2, 3].map(() => aTopic(seriesId));
        for (const [at, { what, meeting, topics, byName }] of calls.entries()) {
          const [who = '', some] = [meetings[meeting], topics.map((n) => all[n]!)];
          const ids = some.map((t) => t.topicId);
          const ended = what === 'end' ? { done: ids.slice(0, 1) } : undefined;
          const left = what === 'end' ? some.slice(1) : some;
          if (what === 'put' || what === 'end') {
            await backlog.put(who, at, left, ended);
            model.put(who, at, left, ended);
          } else if (what === 'withdraw')
            expect(await backlog.withdraw(who, ids)).toEqual(model.withdraw(who, ids).sort());
          else {
            const wanted = { seriesId: byName ? undefined : seriesId, topicIds: byName ? ids : [], except: [] };
            const taken = (await backlog.take(who, at, wanted)).map((t) => [t.topicId, t.from]);
            expect(taken.sort()).toEqual(
              model
                .take(who, at, wanted)
                .map((t) => [t.topicId, t.from])
                .sort(),
            );
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('S1 a meeting that has ended takes nothing, however late its call comes', async () => {
    const { backlog } = archive();
    const [seriesId, meeting, next] = [aSeries(), aMeetingId(), aMeetingId()];
    const topic = aTopic(seriesId);
    await backlog.put(aMeetingId(), 1, [topic]);
    await backlog.put(meeting, 10, [], { done: [] });
    expect(await backlog.take(meeting, 9, ofSeries(seriesId))).toEqual([]);
    expect(ids(await backlog.take(next, 9, ofSeries(seriesId)))).toEqual([topic.topicId]);
  });

  test('S1 what a host left out is not taken again by itself; another meeting may', async () => {
    const { backlog } = archive();
    const [seriesId, meeting] = [aSeries(), aMeetingId()];
    const topic = aTopic(seriesId);
    await backlog.put(aMeetingId(), 1, [topic]);
    const wanted = { ...ofSeries(seriesId), except: [topic.topicId] };
    expect(await backlog.take(meeting, 2, wanted)).toEqual([]);
    expect(ids(await backlog.take(aMeetingId(), 2, ofSeries(seriesId)))).toEqual([topic.topicId]);
  });

  test('S1 what waits for a series that ends is offered to its department', async () => {
    const { backlog, series } = archive();
    const [seriesId, department, meeting] = [aSeries(), aDepartment(), aMeetingId()];
    await series.create({ id: seriesId, department, people: [], data: { id: seriesId } as never });
    const [before, after] = [aTopic(seriesId, department), aTopic(seriesId, department)];
    await backlog.put(meeting, 1, [before]);
    await series.end(seriesId, 5);
    await series.end(seriesId, 6);
    expect((await series.get(seriesId))?.endedAt).toBe(5);
    expect(await series.active(seriesId)).toBeNull();
    await backlog.put(meeting, 6, [after], { done: [] });
    expect(ids(await backlog.list({ department, seriesId: null }))).toEqual(ids([before, after]));
  });

  test('S1 a series is changed by whoever saw its last revision', async () => {
    const { series } = archive();
    const [id, department] = [aSeries(), aDepartment()];
    const row = { id, department, people: ['p1'], data: { id, paused: false } as never };
    expect(await series.create(row)).toMatchObject({ id, revision: 1 });
    expect(await series.create({ ...row, department: 'other' })).toMatchObject({ department });
    const changed = { ...row, revision: 1, data: { id, paused: true } as never };
    expect(await series.update(changed)).toBe(true);
    expect(await series.update(changed)).toBe(false);
    expect(await series.get(id)).toMatchObject({ revision: 2, data: { paused: true } });
    expect(await series.list({ department, visibleTo: 'p1' })).toHaveLength(1);
    expect(await series.list({ department, visibleTo: 'p2' })).toEqual([]);
  });
});
