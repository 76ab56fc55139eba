import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkPages } from '../../web/links.js';
import { aBody, iso, startApi, type Json, type Reply, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
});
afterAll(() => api?.close());

const ok = async (method: string, path: string, body?: unknown, headers = {}): Promise<Json> => {
  const { status, json, text } = await api.request(method, path, body, headers);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const keyOf = async (person: string): Promise<Record<string, string>> =>
  bearer((await ok('POST', '/v1/keys', { name: 'a member', role: 'member', person })).key);
const serviceKey = async (): Promise<Record<string, string>> =>
  bearer((await ok('POST', '/v1/keys', { name: 'a system', role: 'service' })).key);

/** What the workflow would have told the archive by now. */
const written = async (id: string): Promise<void> => {
  const state = api.temporal.state(id);
  await api.archive.view.write({
    state,
    audit: [
      { meetingId: id, revision: state.revision, at: state.createdAt, event: 'create', key: 'admin', via: 'api' },
    ],
  });
  await api.archive.claims.claim(
    { meetingId: id, kind: 'notice', person: state.host, occasion: 'x' },
    state.createdAt,
    'm',
  );
};

/** A meeting whose every word can be found again, with an action of its second topic. */
async function make(word: string, overrides: Json = {}, topic: Json = {}): Promise<Json> {
  const mail = (who: string): string => `${who}-${word.toLowerCase()}@example.com`;
  const made = await ok(
    'POST',
    '/v1/meetings',
    aBody({
      title: `TITLE-${word}`,
      goal: `GOAL-${word}`,
      publish: true,
      initiator: { department: '研發部', email: mail('host') },
      coordinator: mail('coord'),
      participants: [
        { email: mail('host'), department: '研發部', role: 'head' },
        { email: mail('coord'), department: '研發部', role: 'core' },
        { email: mail('inside'), name: `INSIDER-${word}`, department: '製造部', role: 'core' },
        { email: mail('owner'), department: '採購部', role: 'core' },
        { email: mail('outside'), department: `外部 ${word}`, role: 'external', topics: [`OWN-${word}`] },
      ],
      supportDepartments: [{ name: `SUPPORT-${word}`, email: mail('support') }],
      agenda: [
        {
          title: `OWN-${word}`,
          minutes: 10,
          priority: 1,
          materials: [
            { title: `RELEASED-${word}`, owner: mail('owner'), released: true },
            { title: `INTERNAL-${word}`, owner: mail('owner') },
          ],
        },
        { title: `OTHER-${word}`, minutes: 10, priority: 2, presenter: mail('owner'), ...topic },
      ],
      ...overrides,
    }),
  );
  api.temporal.times.set(made.id, Date.parse(iso('2026-02-02', '09:30')));
  await ok('POST', `/v1/meetings/${made.id}/open`);
  await ok('POST', `/v1/meetings/${made.id}/key-points`, { topicId: made.agenda[1].topicId, text: `POINT-${word}` });
  await ok('POST', `/v1/meetings/${made.id}/actions`, {
    task: `TASK-${word}`,
    owner: mail('owner'),
    dueDate: '2026-02-10',
    topicId: made.agenda[1].topicId,
  });
  await ok('POST', `/v1/meetings/${made.id}/actions`, {
    task: `MINE-${word}`,
    owner: mail('outside'),
    dueDate: '2026-02-10',
  });
  await ok('POST', `/v1/meetings/${made.id}/close`);
  await written(made.id);
  // What the close leaves for a later meeting.
  const { outbox } = api.temporal.started.get(`meeting-${made.id}`)!;
  for (const effect of outbox)
    if (effect.type === 'putBacklog') await api.archive.backlog.put(made.id, effect.topics.length, effect.topics);
  return made;
}

/** Every way to read about a meeting. */
const ways = (id: string): string[] => [
  '/v1/meetings?limit=200',
  `/v1/meetings/${id}`,
  '/v1/actions?limit=200',
  `/v1/actions?meeting=${id}`,
  '/v1/tasks?limit=200',
  `/v1/tasks?meeting=${id}`,
  `/v1/meetings/${id}/invite.ics`,
  `/v1/meetings/${id}/timeline`,
  `/v1/meetings/${id}/deliveries`,
  `/v1/meetings/${id}/minutes`,
  `/v1/meetings/${id}/minutes.md`,
  `/v1/meetings/${id}/survey`,
  `/v1/meetings/${id}/stories`,
  `/v1/topics/${id}-t1`,
  `/v1/topics/${id}-t2`,
  '/v1/backlog',
  '/v1/lists/meetings.csv',
  '/v1/lists/actions.csv',
  '/v1/lists/tasks.csv',
  '/v1/lists/backlog.csv',
  '/v1/lists/knowledge.csv',
  '/v1/knowledge?limit=100',
  `/v1/topics/${id}-t2/similar`,
  '/v1/repeats?days=1100',
  '/v1/norms/proposals',
  '/v1/tasks?kind=norms',
  '/v1/proposals',
  `/v1/meetings/${id}/slots`,
  '/v1/series?ended=true',
];
const readAll = async (id: string, headers: Record<string, string>): Promise<Reply[]> =>
  Promise.all(ways(id).map((path) => api.request('GET', path, undefined, headers)));
const textOf = (replies: Reply[]): string => replies.map((r) => r.text.replace(/\r\n[ \t]/g, '')).join('\n');

describe('H10 confidential meetings', () => {
  test('nobody without a part finds a word of it by any route; a stranger’s 404 is that of a meeting that never was', async () => {
    const { id } = await make('KRYPTON', { confidential: true });
    for (const headers of [await keyOf('stranger@example.com'), await serviceKey()]) {
      const replies = await readAll(id, headers);
      expect(textOf(replies)).not.toContain('KRYPTON');
      expect(replies.filter((r) => r.status >= 500)).toEqual([]);
      const never = id.replace(/^./, (c: string) => (c === 'a' ? 'b' : 'a'));
      for (const path of ways(id).filter((p) => p.includes(`/meetings/${id}`))) {
        const here = await api.request('GET', path, undefined, headers);
        const there = await api.request('GET', path.replace(id, never), undefined, headers);
        expect([path, here.status, here.text]).toEqual([path, 404, there.text.replaceAll(never, id)]);
      }
      const post = (meeting: string) => api.request('POST', `/v1/meetings/${meeting}/cancel`, { reason: 'x' }, headers);
      expect((await post(id)).text).toBe((await post(never)).text.replaceAll(never, id));
    }
  });

  test('who has a part reads it; the administrator too, and that stands in the timeline', async () => {
    const { id } = await make('XENON', { confidential: true });
    const inside = await keyOf('inside-xenon@example.com');
    expect(textOf(await readAll(id, inside))).toContain('POINT-XENON');
    expect((await ok('GET', '/v1/meetings', undefined, inside)).items).toMatchObject([{ id, title: 'TITLE-XENON' }]);
    expect((await ok('GET', `/v1/meetings/${id}`)).confidential).toBe(true);
    const { items } = await ok('GET', `/v1/meetings/${id}/timeline`, undefined, inside);
    expect(items.filter((e: Json) => e.event === 'read')).toMatchObject([{ key: 'admin', via: 'api' }]);
  });

  test('an open one is read by other systems, not by strangers', async () => {
    const { id } = await make('NEON');
    expect(textOf(await readAll(id, await serviceKey()))).toContain('TASK-NEON');
    expect(textOf(await readAll(id, await keyOf('stranger2@example.com')))).not.toContain('NEON');
  });
});

describe('H10 confidential topics', () => {
  test('others of the meeting find no word of it by any route; who has it does', async () => {
    const { id } = await make('ARGON', {}, { confidential: true });
    const theirs = textOf(await readAll(id, await keyOf('inside-argon@example.com')));
    for (const word of ['OTHER-ARGON', 'POINT-ARGON', 'TASK-ARGON']) expect(theirs).not.toContain(word);
    expect(theirs).toContain('(confidential topic)');
    expect(theirs).toContain('OWN-ARGON');
    const own = textOf(await readAll(id, await keyOf('owner-argon@example.com')));
    for (const word of ['OTHER-ARGON', 'POINT-ARGON', 'TASK-ARGON']) expect(own).toContain(word);
  });
});

describe('H7, H10 series', () => {
  const mail = (who: string): string => `${who}@series.example.com`;
  const series = (word: string, more: Json = {}, topic: Json = {}): Promise<Json> => {
    const {
      kind: _,
      startsAt: __,
      ...template
    } = aBody({
      title: `TITLE-${word}`,
      goal: `GOAL-${word}`,
      initiator: { department: '研發部', email: mail('host') },
      participants: [
        { email: mail('host'), department: '研發部', role: 'head' },
        { email: mail('inside'), name: `INSIDER-${word}`, department: '製造部', role: 'core' },
        { email: mail('outside'), department: `外部 ${word}`, role: 'external', topics: [`OWN-${word}`] },
      ],
      agenda: [
        { title: `OWN-${word}`, minutes: 10, priority: 1 },
        { title: `OTHER-${word}`, minutes: 10, priority: 2, presenter: mail('host'), ...topic },
      ],
      ...more,
    });
    const recurrence = { every: 'week', weekdays: [3], time: '09:30', starts: '2026-02-01' };
    return ok('POST', '/v1/series', { ...template, recurrence });
  };
  const read = async (id: string, headers: Record<string, string>): Promise<string> => {
    const one = await api.request('GET', `/v1/series/${id}`, undefined, headers);
    const list = await api.request('GET', '/v1/series?ended=true', undefined, headers);
    return `${one.status} ${one.text} ${list.text}`;
  };

  test('H10 a confidential one is no word to other systems; who it names and the administrator read it', async () => {
    const { id } = await series('COBALT', { confidential: true });
    const text = await read(id, await serviceKey());
    expect(text).toMatch(/^404 /);
    expect(text).not.toContain('-COBALT');
    expect(await read(id, await keyOf(mail('inside')))).toContain('GOAL-COBALT');
    expect(await read(id, {})).toContain('GOAL-COBALT');
    expect(await read((await series('NICKEL')).id, await serviceKey())).toContain('GOAL-NICKEL');
  });

  test('H10 the title of a confidential topic is for those who have it', async () => {
    const { id } = await series('ZINC', {}, { confidential: true });
    for (const headers of [await keyOf(mail('inside')), await serviceKey()]) {
      const text = await read(id, headers);
      expect(text).toContain('OWN-ZINC');
      expect(text).toContain('(confidential topic)');
      expect(text).not.toContain('OTHER-ZINC');
    }
    expect(await read(id, await keyOf(mail('host')))).toContain('OTHER-ZINC');
  });

  test('H7 an external person finds their own topic, and no list', async () => {
    const { id } = await series('BORON');
    const text = await read(id, await keyOf(mail('outside')));
    expect(text).toContain('OWN-BORON');
    for (const word of ['OTHER-BORON', 'INSIDER-BORON']) expect(text).not.toContain(word);
    expect(await read(id, await keyOf(mail('inside')))).toContain('OTHER-BORON');
  });
});

describe('H7 external people', () => {
  test('find their own topic, what was released, their own action; no other word by any route', async () => {
    const { id } = await make('RADON');
    const headers = await keyOf('outside-radon@example.com');
    const replies = await readAll(id, headers);
    const text = textOf(replies);
    for (const word of ['TITLE-RADON', 'OWN-RADON', 'RELEASED-RADON', 'MINE-RADON']) expect(text).toContain(word);
    for (const word of ['OTHER', 'POINT', 'TASK', 'INTERNAL', 'INSIDER', 'SUPPORT'])
      expect(text).not.toContain(`${word}-RADON`);
    const asked = await ok('GET', `/v1/meetings?person=inside-radon@example.com`, undefined, headers);
    expect(asked.items).toEqual([]);
    for (const who of ['inside', 'support']) expect(text).not.toContain(`${who}-radon@`);
    expect(replies.filter((r) => r.status >= 500)).toEqual([]);
  });

  test('read the versions that were released to them, and are not told whether there are others', async () => {
    const { id } = await make('XENON');
    const headers = await keyOf('outside-xenon@example.com');
    for (const path of ['minutes?version=2', 'minutes.md?version=2', 'minutes/diff?from=1&to=2']) {
      const { status, json } = await api.request('GET', `/v1/meetings/${id}/${path}`, undefined, headers);
      expect([path, status, json.errors[0].code]).toEqual([path, 403, 'H7.extractOnly']);
    }
  });

  test('the page behind their link shows no more', async () => {
    const { id } = await make('ARSENIC');
    const { person } = api.temporal.state(id).participants.find((p) => p.role === 'external')!;
    const exp = Date.parse('2030-01-01T00:00:00Z');
    const token = await api.links.sign({ purpose: 'reply', person, meeting: id, exp });
    const page = await api.request('GET', `/r/${token}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('OWN-ARSENIC');
    expect(page.text).not.toContain('OTHER-ARSENIC');
  });
});
