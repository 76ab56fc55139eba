/** P9: a success story is seen beyond its meeting only after the owning head has released it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBody, iso, startApi, type Json, type Reply, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

async function keyOf(email: string): Promise<Record<string, string>> {
  const { json } = await api.request('POST', '/v1/keys', { role: 'member', person: email, name: email });
  return { authorization: `Bearer ${json.key}` };
}
const codes = (r: Reply): Json => [r.status, ...(r.json?.errors ?? []).map((e: Json) => e.code)];
const titles = (r: Reply): string[] => r.json.items.map((s: Json) => s.title);

test('P9 private in its meeting, released by the head of the author’s department, then for everybody and for an agenda', async () => {
  const meeting = (await api.request('POST', '/v1/meetings', aBody({ startsAt: iso('2026-02-02', '09:30') }))).json;
  await api.request('PUT', '/v1/departments/採購部', { head: 'buyer.head@example.com' });
  await api.request('PUT', '/v1/people/stranger@example.com', { name: '外人' });
  const [author, head, other, stranger] = await Promise.all(
    ['wang@example.com', 'buyer.head@example.com', 'chen@example.com', 'stranger@example.com'].map(keyOf),
  );
  const told = await api.request(
    'POST',
    `/v1/meetings/${meeting.id}/stories`,
    { title: '提早交貨', text: '供應商改線。' },
    author,
  );
  expect([told.status, told.json?.state, told.json?.department?.name]).toEqual([201, 'private', '採購部']);
  const path = `/v1/stories/${told.json.id}`;

  expect(titles(await api.request('GET', `/v1/meetings/${meeting.id}/stories`, undefined, other))).toEqual([
    '提早交貨',
  ]);
  expect(codes(await api.request('GET', `/v1/meetings/${meeting.id}/stories`, undefined, stranger))).toEqual([
    404,
    'meeting.unknown',
  ]);
  expect(codes(await api.request('GET', path, undefined, stranger))).toEqual([404, 'P9.noSuchStory']);
  expect(titles(await api.request('GET', '/v1/stories', undefined, other))).toEqual([]);
  const early = await api.request('PATCH', `/v1/meetings/${meeting.id}`, { successStory: told.json.id });
  expect(codes(early)).toEqual([422, 'P9.notReleased']);

  expect(codes(await api.request('POST', `${path}/release`, undefined, author))).toEqual([403, 'P9.headOnly']);
  expect(titles(await api.request('GET', '/v1/stories?waiting=true', undefined, head))).toEqual(['提早交貨']);
  expect(titles(await api.request('GET', '/v1/stories?waiting=true', undefined, other))).toEqual([]);
  const released = await api.request('POST', `${path}/release`, undefined, head);
  expect([released.status, released.json.state]).toEqual([200, 'released']);

  expect(titles(await api.request('GET', '/v1/stories', undefined, stranger))).toEqual(['提早交貨']);
  expect((await api.request('PATCH', `/v1/meetings/${meeting.id}`, { successStory: told.json.id })).status).toBe(200);
  const shown = await api.request('GET', `/v1/meetings/${meeting.id}`);
  expect(shown.json.successStory).toEqual({ id: told.json.id, title: '提早交貨' });
  expect((await api.request('PATCH', `/v1/meetings/${meeting.id}`, { successStory: null })).status).toBe(200);
  expect((await api.request('GET', `/v1/meetings/${meeting.id}`)).json.successStory).toBeUndefined();
});

test('P9 the same key tells a story once', async () => {
  const meeting = (await api.request('POST', '/v1/meetings', aBody({ startsAt: iso('2026-02-02', '09:30') }))).json;
  const author = await keyOf('wang@example.com');
  const path = `/v1/meetings/${meeting.id}/stories`;
  const key = { ...author, 'idempotency-key': 'story-1' };
  const tell = (title: string) => api.request('POST', path, { title, text: '改線。' }, key);
  const [once, again] = [await tell('一次'), await tell('一次')];
  expect([once.status, again.status, again.json?.id]).toEqual([201, 201, once.json.id]);
  expect(codes(await tell('兩次'))).toEqual([422, 'input.keyReused']);
  expect(titles(await api.request('GET', path, undefined, author))).toEqual(['一次']);
});

test('P9 a key that stands for nobody has to name the author; a member speaks for themselves only', async () => {
  const meeting = (await api.request('POST', '/v1/meetings', aBody({ startsAt: iso('2026-02-02', '09:30') }))).json;
  const path = `/v1/meetings/${meeting.id}/stories`;
  expect(codes(await api.request('POST', path, { title: 'a', text: 'b' }))).toEqual([422, 'P9.authorNeeded']);
  expect((await api.request('POST', path, { title: 'a', text: 'b', author: 'chen@example.com' })).status).toBe(201);
  const as = await keyOf('wang@example.com');
  expect(codes(await api.request('POST', path, { title: 'a', text: 'b', author: 'chen@example.com' }, as))).toEqual([
    403,
    'P9.ownOnly',
  ]);
});
