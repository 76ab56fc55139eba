import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingState, Topic } from '../../domain/meeting/state.js';
import { aState } from '../archive/states.js';
import { now, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const ask = (method: string, path: string, body?: unknown, headers = {}) => api.request(method, path, body, headers);
const ok = async (method: string, path: string, body?: unknown, headers = {}): Promise<Json> => {
  const { status, json, text } = await ask(method, path, body, headers);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const keyFor = async (person: string, scopes?: string[]): Promise<Record<string, string>> => {
  const { key } = await ok('POST', '/v1/keys', { name: 'x', role: 'member', person, ...(scopes && { scopes }) });
  return { authorization: `Bearer ${key}` };
};
const codes = (json: Json): string[] => json.errors.map((e: Json) => e.code);
const article = (overrides: Json = {}): Json => ({
  ...{ kind: 'article', title: '如何主持會議', text: '先說目標，再說議程。', ...overrides },
});

/** A held meeting with these topics, of somebody whom the directory knows. */
async function held(host: string, topics: Partial<Topic>[], overrides: Partial<MeetingState> = {}) {
  const person = (await ok('POST', '/v1/people', { email: host, name: host })).id as string;
  const base = aState();
  const agenda = topics.map((topic, i): Topic => ({
    ...base.agenda[0]!,
    ...{ topicId: `${base.id}-t${i + 1}`, status: 'finished', outcome: 'decided', conclusion: '好', materials: [] },
    ...topic,
  }));
  const minutes = { version: 1, versions: [], dueAt: 1, sentAt: 2, sentVersion: 1 };
  const state: MeetingState = {
    ...base,
    ...{ agenda, minutes, phase: 'followUp', host: person, closedAt: now, startsAt: now },
    ...overrides,
  };
  await api.archive.view.write({ state, audit: [] });
  return { state, person };
}

describe('R5 knowledge base over HTTP', () => {
  test('an article is written by the archivist, found with its places marked, changed, archived and restored', async () => {
    const archivist = await keyFor('archivist@example.com', ['archivist']);
    const member = await keyFor('member@example.com');
    expect(codes((await ask('POST', '/v1/knowledge', article(), member)).json)).toEqual(['R5.archivistOnly']);
    const hostile = '<img src=x onerror=alert(1)> 主持會議';
    const made = await ok(
      'POST',
      '/v1/knowledge',
      article({ title: hostile, ownerPerson: 'archivist@example.com' }),
      archivist,
    );
    expect(made).toMatchObject({ kind: 'article', state: 'open', derived: false, reviewOn: '2027-01-28' });

    const { items } = await ok('GET', `/v1/knowledge?q=${encodeURIComponent('主持会议')}`, undefined, member);
    const hit = items.find((i: Json) => i.id === made.id);
    expect(hit.title).toBe(hostile);
    expect(hit.titleMarks.map(([a, b]: [number, number]) => hit.title.slice(a, b))).toEqual(['主持會議']);
    expect(hit.text).toBeUndefined();

    expect(codes((await ask('PATCH', `/v1/knowledge/${made.id}`, { revision: 1, title: 'x' }, member)).json)).toEqual([
      'R5.ownerOnly',
    ]);
    const changed = await ok(
      'PATCH',
      `/v1/knowledge/${made.id}`,
      { revision: made.revision, title: '開會十誡' },
      archivist,
    );
    expect(changed.title).toBe('開會十誡');
    const late = await ask('PATCH', `/v1/knowledge/${made.id}`, { revision: made.revision, title: 'x' }, archivist);
    expect([late.status, codes(late.json)]).toEqual([409, ['R5.changed']]);

    const find = async () =>
      (await ok('GET', `/v1/knowledge?q=${encodeURIComponent('開會十誡')}`)).items.map((i: Json) => i.id);
    expect(await find()).toEqual([made.id]);
    await ok('POST', `/v1/knowledge/${made.id}/archive`, undefined, archivist);
    expect(await find()).toEqual([]);
    expect((await ask('POST', `/v1/knowledge/${made.id}/reviewed`, undefined, archivist)).status).toBe(409);
    await ok('POST', `/v1/knowledge/${made.id}/restore`, undefined, archivist);
    expect(await find()).toEqual([made.id]);
  });

  test('a request again makes one entry; an empty answer is a list', async () => {
    const key = { 'idempotency-key': 'an-article' };
    const first = await ok('POST', '/v1/knowledge', article({ title: '只寫一次' }), key);
    const again = await ok('POST', '/v1/knowledge', article({ title: '只寫一次' }), key);
    expect(again.id).toBe(first.id);
    expect(await ok('GET', '/v1/knowledge?q=zzzzz')).toMatchObject({ items: [] });
    expect(codes((await ask('GET', '/v1/knowledge?q=a&similar=b')).json)).toEqual(['R5.oneQuestion']);
  });

  test('words of a meeting are not changed here; owner and review date are', async () => {
    await held('host1@example.com', [{ title: '碳化矽供應', conclusion: '雙來源' }]);
    const { items } = await ok('GET', `/v1/knowledge?similar=${encodeURIComponent('碳化矽供应')}`);
    expect(items).toMatchObject([{ title: '碳化矽供應', kind: 'conclusion', likeness: expect.any(Number) }]);
    const { id, revision } = items[0];
    expect(codes((await ask('PATCH', `/v1/knowledge/${id}`, { revision, text: 'x' })).json)).toEqual(['R5.derived']);
    const set = await ok('PATCH', `/v1/knowledge/${id}`, { revision, ownerPerson: 'host1@example.com' });
    expect(set.ownerPerson.email).toBe('host1@example.com');
  });

  test('the queue: due for review, without an owner, kept long enough; reviewing takes an entry out of it', async () => {
    const due = await ok('POST', '/v1/knowledge', article({ title: '到期', reviewOn: '2026-01-28' }));
    const queue = async (reason = '') => (await ok('GET', `/v1/knowledge/queue?limit=200${reason}`)).items as Json[];
    const mine = (items: Json[]) => items.find((i) => i.id === due.id)?.reasons;
    expect(mine(await queue())).toEqual(['reviewDue', 'noOwner']);
    await ok('PATCH', `/v1/knowledge/${due.id}`, { revision: due.revision, ownerPerson: 'archivist@example.com' });
    expect(mine(await queue())).toEqual(['reviewDue']);
    const reviewed = await ok('POST', `/v1/knowledge/${due.id}/reviewed`, { next: '2026-12-31' });
    expect(reviewed.reviewOn).toBe('2026-12-31');
    expect(mine(await queue())).toBeUndefined();
    expect((await ask('GET', '/v1/knowledge/queue', undefined, await keyFor('someone@example.com'))).status).toBe(403);
  });

  test('rules of keeping: what is over is proposed, what was archived long ago loses its words, the meeting keeps them', async () => {
    const { state } = await held('host2@example.com', [{ title: '舊結論', conclusion: '舊' }], {
      closedAt: Date.parse('2020-01-01T00:00:00Z'),
    });
    const entry = (await ok('GET', `/v1/knowledge?q=${encodeURIComponent('舊結論')}&kind=conclusion`)).items[0];
    const proposed = (await ok('GET', '/v1/knowledge/queue?reason=keepingOver')).items;
    expect(proposed.map((i: Json) => i.id)).toContain(entry.id);
    await ok('POST', `/v1/knowledge/${entry.id}/archive`);
    const rule = { reviewMonths: 12, keepMonths: 60, deleteMonths: 1 };
    expect((await ask('PUT', '/v1/knowledge/rules/conclusion', rule, await keyFor('m2@example.com'))).status).toBe(403);
    expect((await ok('PUT', '/v1/knowledge/rules/conclusion', rule)).conclusion).toEqual(rule);
    const deleted = await api.archive.knowledgeCare.deleteArchived({ conclusion: now + 1 }, now);
    expect(deleted).toBe(1);
    expect((await ask('GET', `/v1/knowledge/${entry.id}`)).status).toBe(404);
    await api.archive.view.write({ state: { ...state, revision: 9, title: 'again' }, audit: [] });
    expect((await ok('GET', `/v1/knowledge?q=${encodeURIComponent('舊結論')}&kind=conclusion`)).items).toEqual([]);
    expect((await api.archive.view.meeting(state.id))?.agenda[0]?.conclusion).toBe('舊');
  });

  test('H7: who comes from outside finds nothing, and no entry by its id', async () => {
    const outside = (await ok('POST', '/v1/people', { email: 'out@example.com', name: 'Out' })).id;
    const base = aState();
    const participant = { ...base.participants[1]!, person: outside, role: 'external' as const };
    await held('host3@example.com', [{ title: '外人勿看', conclusion: '是' }], {
      participants: [...base.participants, participant],
    });
    const headers = await keyFor('out@example.com');
    const { id } = (await ok('GET', `/v1/knowledge?q=${encodeURIComponent('外人勿看')}`)).items[0];
    expect((await ok('GET', `/v1/knowledge?q=${encodeURIComponent('外人勿看')}`, undefined, headers)).items).toEqual(
      [],
    );
    expect((await ask('GET', `/v1/knowledge/${id}`, undefined, headers)).status).toBe(404);
    expect((await ok('GET', '/v1/repeats', undefined, headers)).items).toEqual([]);
  });

  test('P9: a story is found once its head has released it', async () => {
    const { state } = await held('host4@example.com', [{ title: '其他', conclusion: '是' }]);
    const story = { meetingId: state.id, author: state.host, title: '夜班換線三分鐘', text: '大家一起', at: now };
    const { story: told } = await api.archive.stories.add(story);
    const find = async () => (await ok('GET', `/v1/knowledge?q=${encodeURIComponent('夜班換線')}`)).items;
    expect(await find()).toEqual([]);
    await ok('POST', `/v1/stories/${told.id}/release`);
    expect(await find()).toMatchObject([{ kind: 'story', title: '夜班換線三分鐘', locale: state.locale }]);
    await ok('PUT', `/v1/people/${state.host}`, { locale: 'en' });
    await ok('POST', `/v1/stories/${told.id}/release`);
    expect(await find()).toMatchObject([{ locale: 'en' }]);
  });
});

describe('R2 topics that repeat', () => {
  test('are suggested by their titles, confirmed by an organiser, taken back; never what is confidential', async () => {
    const one = await held('a-host@example.com', [{ title: '鋰電池認證時程' }]);
    const two = await held('b-host@example.com', [{ title: '锂电池认证的时程' }]);
    await held('c-host@example.com', [{ title: '鋰電池認證時程', confidential: true }]);
    const [a, b] = [one.state.agenda[0]!.topicId, two.state.agenda[0]!.topicId].sort() as [string, string];
    const suggested = async (): Promise<string[][]> =>
      (await ok('GET', '/v1/repeats?limit=200')).items
        .filter((p: Json) => p.topics.some((t: Json) => t.topicId === a))
        .map((p: Json) => p.topics.map((t: Json) => t.topicId).sort());
    expect(await suggested()).toEqual([[a, b]]);

    const organiser = await keyFor('a-host@example.com');
    expect((await ask('POST', '/v1/repeats', { topics: [a, b], same: true }, organiser)).status).toBe(404);
    await ok('POST', '/v1/repeats', { topics: [b, a], same: true });
    expect(await suggested()).toEqual([]);
    expect(await api.archive.repeats.linkedTopics([b])).toEqual({ [b]: [a, b] });
    await ok('DELETE', `/v1/repeats/${a}/${b}`);
    expect(await suggested()).toEqual([[a, b]]);
    await ok('POST', '/v1/repeats', { topics: [a, b], same: false });
    expect(await suggested()).toEqual([]);
    expect(await api.archive.repeats.linkedTopics([b])).toEqual({ [b]: [b] });
  });

  test('similar topics of one: the likest first, in either script', async () => {
    const { state } = await held('d-host@example.com', [{ title: '展覽攤位設計' }, { title: '年度盤點' }]);
    await held('e-host@example.com', [{ title: '展覽攤位的設計案' }]);
    const { state: other } = await held('f-host@example.com', [{ title: '展览摊位设计' }]);
    const found = async (id: string): Promise<string[]> =>
      (await ok('GET', `/v1/topics/${id}/similar`)).items.map((i: Json) => i.topic.title);
    expect(await found(state.agenda[0]!.topicId)).toEqual(['展览摊位设计', '展覽攤位的設計案']);
    expect(await found(other.agenda[0]!.topicId)).toEqual(['展覽攤位設計', '展覽攤位的設計案']);
    const concluded = await ok('GET', `/v1/knowledge?similar=${encodeURIComponent('展览摊位设计')}`);
    expect(concluded.items.map((i: Json) => i.title)).toContain('展覽攤位設計');
    expect((await ask('GET', '/v1/topics/nothing/similar')).status).toBe(404);
    const said = await ask('POST', '/v1/repeats', { topics: ['x', 'x'], same: true });
    expect([said.status, codes(said.json)]).toEqual([422, ['R5.twoTopics']]);
  });
});
