/** R2: proposals on series, answered by HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProposalChange } from '../../domain/review/proposals.js';
import { Shapes } from './shapes.js';
import { aBody, now, startApi, type Json, type Reply, type TestApi } from './support.js';

let api: TestApi;
let shapes: Shapes;
beforeAll(async () => {
  api = await startApi();
  shapes = new Shapes((await api.request('GET', '/openapi.json')).json);
});
afterAll(() => api?.close());

const request = async (...call: Parameters<TestApi['request']>): Promise<Reply> => {
  const reply = await api.request(...call);
  expect(shapes.faults(call[0], call[1], reply)).toEqual([]);
  return reply;
};
const codes = (r: Reply): Json => [r.status, ...(r.json?.errors ?? []).map((e: Json) => e.code)];
const keyOf = async (email: string): Promise<Record<string, string>> => {
  const { json } = await api.request('POST', '/v1/keys', { role: 'member', person: email, name: email });
  return { authorization: `Bearer ${json.key}` };
};
async function aSeries(change: (series: Json) => ProposalChange): Promise<{ series: Json; id: string; path: string }> {
  const { startsAt: _, kind: __, ...body } = aBody();
  const recurrence = { every: 'week', weekdays: [3], time: '09:30', starts: '2026-02-01' };
  const series = (await api.request('POST', '/v1/series', { ...body, recurrence })).json;
  const proposal = {
    id: `2025-Q4-${series.id}-x`,
    seriesId: series.id,
    title: series.title,
    change: change(series),
    because: ['m1'],
    params: { meetings: 3 },
    score: 0.5,
  };
  await api.archive.proposals.keep('2025-Q4', now, [proposal]);
  return { series, id: proposal.id, path: `/v1/proposals/${proposal.id}` };
}
const seriesNow = async (id: string): Promise<Json> => (await api.request('GET', `/v1/series/${id}`)).json;

test('R2 accepting changes the series from its next meeting on, and is undone until that is made', async () => {
  const { series, id, path } = await aSeries(({ participants }) => ({
    kind: 'dropPeople',
    people: [participants[1].person.id],
  }));
  const [organiser, member] = await Promise.all(['lin.mei@example.com', 'wang@example.com'].map(keyOf));
  expect(codes(await request('POST', `${path}/accept`, {}, member))).toEqual([404, 'R2.unknown']);
  const mine = (r: Reply) => r.json.items.filter((p: Json) => p.id === id);
  expect(mine(await request('GET', '/v1/proposals', undefined, member))).toEqual([]);
  expect(mine(await request('GET', `/v1/proposals?series=${series.id}`, undefined, organiser))).toMatchObject([
    { state: 'open', quarter: '2025-Q4', change: { people: [{ name: '陳大文' }] } },
  ]);
  const accepted = await request('POST', `${path}/accept`, {}, organiser);
  expect(accepted.json).toMatchObject({ state: 'accepted', by: { person: { name: '林美' } } });
  expect((await seriesNow(series.id)).participants).toHaveLength(2);
  expect((await request('POST', `${path}/accept`, {}, organiser)).status).toBe(200);
  expect(codes(await request('POST', `${path}/reject`, { reason: 'x' }))).toEqual([409, 'R2.decided']);

  expect((await request('POST', `${path}/undo`, {}, organiser)).json.state).toBe('undone');
  expect((await seriesNow(series.id)).participants).toEqual(series.participants);
  expect(codes(await request('POST', `${path}/accept`, {}, organiser))).toEqual([409, 'R2.decided']);
});

test('R2 a split makes a second series of the other half; undoing ends it', async () => {
  const { series, path } = await aSeries(() => ({ kind: 'split', fromMinutes: 60, toMinutes: 30 }));
  const accepted = await request('POST', `${path}/accept`, {});
  const first = await seriesNow(series.id);
  const second = await seriesNow(accepted.json.secondSeriesId);
  expect(
    [first, second].map((s) => [s.durationMinutes, s.agenda.map((t: Json) => t.title), s.recurrence.time]),
  ).toEqual([
    [30, ['試產時程'], '09:30'],
    [30, ['人力'], '10:30'],
  ]);
  expect(api.temporal.schedules.has(`series-${second.id}`)).toBe(true);
  await request('POST', `${path}/undo`, {});
  expect((await seriesNow(series.id)).agenda).toEqual(series.agenda);
  expect((await seriesNow(second.id)).endedAt).toBeDefined();
});

test('R2 what no longer fits is said; a rejection keeps its reason', async () => {
  const { series, path } = await aSeries(() => ({ kind: 'shorten', fromMinutes: 60, toMinutes: 50 }));
  await api.request('PATCH', `/v1/series/${series.id}`, { durationMinutes: 55 });
  expect(codes(await request('POST', `${path}/accept`, {}))).toEqual([409, 'R2.outdated']);
  expect(codes(await request('POST', `${path}/undo`, {}))).toEqual([409, 'R2.notAccepted']);
  expect(codes(await request('POST', `${path}/reject`, {}))).toEqual([422, 'input.required']);
  const rejected = await request('POST', `${path}/reject`, { reason: '剛改過' });
  expect(rejected.json).toMatchObject({ state: 'rejected', reason: '剛改過' });
  expect(codes(await request('POST', '/v1/proposals/x/accept', {}))).toEqual([404, 'R2.unknown']);
});

test('R2 every second date; once the series has made a meeting since, it is too late to undo', async () => {
  const { series, path } = await aSeries(() => ({ kind: 'everySecond' }));
  expect((await request('POST', `${path}/accept`, {})).status).toBe(200);
  expect((await seriesNow(series.id)).recurrence.interval).toBe(2);
  const made = await api.request('POST', '/v1/meetings', aBody({ seriesId: series.id }));
  const state = api.temporal.state(made.json.id);
  await api.archive.view.write({ state: { ...state, createdAt: now + 1 }, audit: [] });
  expect(codes(await request('POST', `${path}/undo`, {}))).toEqual([409, 'R2.tooLate']);
});
