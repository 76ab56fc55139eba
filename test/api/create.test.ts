import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshId } from '../support/creation.js';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const make = async (overrides: Json = {}): Promise<Json> => {
  const { status, json, text } = await api.request('POST', '/v1/meetings', aBody(overrides));
  if (status !== 201) throw new Error(text);
  return json;
};
/** A department of this test alone, and somebody in it. */
const fresh = () => ({ department: `部門 ${freshId()}`, email: `p-${freshId()}@example.com` });

describe('POST /v1/meetings', () => {
  test('makes a meeting, its people and departments, and answers with it', async () => {
    const { status, json, headers } = await api.request('POST', '/v1/meetings', aBody());
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/meetings/${json.id}`);
    expect(json).toMatchObject({
      phase: 'preparation',
      revision: 1,
      title: '新產品試產協調會',
      startsAt: '2026-02-02T09:30:00+08:00',
      timeZone: 'Asia/Taipei',
      now: '2026-01-28T10:00:00+08:00',
      openDiscussionMinutes: 10,
      initiator: { department: { name: '研發部' }, person: { name: '林美', email: 'lin.mei@example.com' } },
    });
    expect(json.agenda[0]).toMatchObject({ title: '試產時程', presenter: { name: '林美' }, topicId: `${json.id}-t1` });
    expect(json.agenda[0].materials[0]).toMatchObject({ owner: { name: '陳大文' }, dueAt: iso('2026-01-30', '12:00') });
    expect(json.participants[2]).toMatchObject({ name: '王小明', topics: [`${json.id}-t2`] });
    expect(api.temporal.state(json.id).zone.offsets).toHaveLength(1);
    const { json: person } = await api.request('GET', '/v1/people/wang@example.com');
    expect(person).toMatchObject({ name: '王小明', departments: [{ name: '採購部' }] });
  });

  test('names people by id, e-mail in any case, or the name of somebody in the same request', async () => {
    const first = await make();
    const wang = first.participants[2];
    const made = await make({
      host: wang.person,
      deputyHost: 'CHEN@Example.com',
      coordinator: '陳大文',
      recorder: '沈新人',
      participants: [
        ...aBody()['participants'],
        { email: 'Shen@example.com', name: '沈新人', department: first.participants[0].department.id, role: 'core' },
      ],
    });
    expect(made).toMatchObject({
      host: { id: wang.person },
      deputyHost: { id: first.participants[1].person },
      coordinator: { id: first.participants[1].person },
      recorder: { name: '沈新人', email: 'shen@example.com' },
    });
    expect(made.participants[3].department).toEqual(first.participants[0].department);
  });

  test('a name that several have is refused naming them', async () => {
    for (const n of [1, 2]) await api.request('PUT', `/v1/people/twin${n}@example.com`, { name: '雙胞胎' });
    const { status, json } = await api.request('POST', '/v1/meetings', aBody({ host: '雙胞胎' }));
    expect(status).toBe(422);
    expect(json.errors).toMatchObject([{ code: 'H4.ambiguous', path: 'host' }]);
    for (const n of [1, 2]) expect(json.detail).toContain(`twin${n}@example.com`);
  });

  test('a name given later fills an empty one and never renames', async () => {
    const { email, department } = fresh();
    const seat = (name?: string) => [
      ...aBody()['participants'],
      { email, department, role: 'core', ...(name === undefined ? {} : { name }) },
    ];
    const nameOf = (meeting: Json): string => meeting.participants[3].name;
    expect(nameOf(await make({ participants: seat() }))).toBe(email);
    expect(nameOf(await make({ participants: seat('周後來') }))).toBe('周後來');
    expect(nameOf(await make({ participants: seat('別的名字') }))).toBe('周後來');
  });

  test('E2: the head of the initiating department is the host, else the initiator', async () => {
    const { department, email } = fresh();
    const initiator = { department, email, name: '起案人' };
    expect((await make({ initiator })).host.email).toBe(email);
    const { json } = await api.request('PUT', `/v1/departments/${encodeURIComponent(department)}`, {
      head: 'boss@example.com',
    });
    expect((await make({ initiator })).host).toMatchObject({ id: json.head.id });
  });

  test('X1: an emergency is published at once and keeps its reason; N1: so is publish', async () => {
    const emergency = await make({
      kind: 'emergency',
      emergencyReason: '供應商停線',
      startsAt: iso('2026-01-28', '10:30'),
    });
    expect(emergency).toMatchObject({ phase: 'notice', kind: 'emergency', emergencyReason: '供應商停線' });
    const effects = api.temporal.started.get(`meeting-${emergency.id}`)?.outbox ?? [];
    expect(effects.filter(({ type }) => type === 'mail')).toMatchObject([{ mail: 'emergency' }]);
    const published = await make({ publish: true });
    expect(published.phase).toBe('notice');
    expect(published.others).toEqual([]);
  });

  test('P2, P4: hints are kept and told in the reader’s language', async () => {
    const { json } = await api.request('POST', '/v1/meetings', aBody({ durationMinutes: 90, complex: true }), {
      'accept-language': 'zh-TW',
    });
    expect(json.warnings).toMatchObject([{ code: 'P2.unusualDuration', path: 'durationMinutes' }]);
    expect(json.warnings[0].message).toMatch(/90/);
    expect(json.breakMinutes).toBe(15);
  });

  test('what a rule calls by its own name, the answer calls as the body does', async () => {
    const twice = [...aBody()['participants'], { email: 'LIN.mei@example.com', department: '研發部', role: 'core' }];
    const { json } = await api.request('POST', '/v1/meetings', aBody({ participants: twice }));
    expect(json.errors).toMatchObject([{ code: 'P3.personTwice', path: 'participants[3]' }]);
    const { id } = await make();
    const due = await api.request('POST', `/v1/actions/${id}-a1/progress`, { newDueDate: '2026-13-01' });
    expect(due.json.errors).toMatchObject([{ path: 'newDueDate', code: 'input.date' }]);
  });

  test('a zone with clock changes is carried along with all of them', async () => {
    const made = await make({ startsAt: '2026-02-02T09:30:00-05:00', timeZone: 'America/New_York' });
    expect(made.startsAt).toBe('2026-02-02T09:30:00-05:00');
    expect(api.temporal.state(made.id).zone.offsets.length).toBeGreaterThan(7);
    const summer = { startsAt: '2026-07-06T09:30:00-05:00', timeZone: 'America/New_York' };
    const { json } = await api.request('POST', '/v1/meetings', aBody(summer));
    expect(json.errors).toMatchObject([{ code: 'input.offset', path: 'startsAt' }]);
  });
});

describe('PATCH /v1/meetings/{id}', () => {
  const patch = (id: string, body: Json) => api.request('PATCH', `/v1/meetings/${id}`, body);

  test('changes what is named, takes away what is null, and makes who is new', async () => {
    const { id } = await make({ deputyHost: 'chen@example.com', sharedGoal: '一起' });
    const { email } = fresh();
    const { status, json } = await patch(id, {
      title: '新標題',
      deputyHost: null,
      sharedGoal: null,
      coordinator: email,
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ id, revision: 2 });
    const now = (await api.request('GET', `/v1/meetings/${id}`)).json;
    expect(now).toMatchObject({ title: '新標題', coordinator: { email } });
    expect(now.deputyHost).toBeUndefined();
    expect(now.sharedGoal).toBeUndefined();
  });

  test('what cannot be changed is unknown, and a refused change makes nobody', async () => {
    const { id } = await make();
    expect((await patch(id, { timeZone: 'Asia/Tokyo' })).json.errors).toMatchObject([
      { code: 'input.unknown', path: 'timeZone' },
    ]);
    const { email } = fresh();
    const refused = await patch(id, { recorder: email, durationMinutes: 300 });
    expect(refused.json.errors).toMatchObject([{ code: 'P2.tooLong' }]);
    expect((await api.request('GET', `/v1/people/${email}`)).status).toBe(404);
  });
});
