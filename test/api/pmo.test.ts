/** Who is the PMO by HTTP: one answer for lists, meetings, the knowledge base, other people's data and the norms. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBody, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const keyOf = async (person: string): Promise<Record<string, string>> => {
  const { json } = await api.request('POST', '/v1/keys', { name: 'x', role: 'member', person });
  return { authorization: `Bearer ${json.key}` };
};
const nameAsPmo = (pmo: Json) => api.request('PUT', '/v1/norms', { changes: { pmo }, reason: 'x' });

test('Y1 whoever leads the PMO’s department is the PMO everywhere, with its next head at once; a person named is it as well', async () => {
  for (const who of ['head', 'next', 'wang']) await api.request('PUT', `/v1/people/${who}@example.com`, { name: who });
  await api.request('PUT', '/v1/departments/PMO', { head: 'head@example.com' });
  await nameAsPmo({ department: 'PMO' });
  const { id } = (await api.request('POST', '/v1/meetings', aBody({ publish: true }))).json;
  await api.archive.view.write({ state: api.temporal.state(id), audit: [] });
  const [head, next] = [await keyOf('head@example.com'), await keyOf('next@example.com')];
  const ways: [string, string][] = [
    ['GET', `/v1/meetings/${id}`],
    ['GET', '/v1/people/wang@example.com/export'],
    ['GET', '/v1/norms/proposals'],
    ['GET', '/v1/knowledge/queue'],
  ];
  const seen = async (who: Record<string, string>): Promise<Json> => {
    const { items } = (await api.request('GET', '/v1/meetings', undefined, who)).json;
    const all = await Promise.all(ways.map(async ([m, path]) => (await api.request(m, path, undefined, who)).status));
    return [items.map((m: Json) => m.id), ...all];
  };
  const everything = [[id], 200, 200, 200, 200];
  expect(await seen(head)).toEqual(everything);
  const nothing = await seen(next);
  expect(nothing).toEqual([[], 404, 403, 403, 403]);
  await api.request('PUT', '/v1/departments/PMO', { head: 'next@example.com' });
  expect(await seen(next)).toEqual(everything);
  expect(await seen(head)).toEqual(nothing);
  await nameAsPmo({ person: 'head@example.com' });
  expect((await seen(head)).slice(2)).toEqual(everything.slice(2));
  expect((await seen(next)).slice(2)).toEqual(nothing.slice(2));
});
