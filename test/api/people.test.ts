import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshId } from '../support/creation.js';
import { linkPages } from '../../web/links.js';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
}, 180_000);
afterAll(() => api?.close());

const ok = async (method: string, path: string, body?: unknown, headers = {}): Promise<Json> => {
  const { status, json, text } = await api.request(method, path, body, headers);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const keyOf = async (person: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${(await ok('POST', '/v1/keys', { name: 'k', role: 'member', person })).key}`,
});
const anEmail = (): string => `p-${freshId()}@example.com`;
const written = (id: string) => api.archive.view.write({ state: api.temporal.state(id), audit: [] });

describe('H4 people', () => {
  test('have names per language, departments, zone and channels; null takes away', async () => {
    const word = freshId();
    const email = anEmail();
    const helper = anEmail();
    await ok('PUT', `/v1/people/${helper}`, { name: `助理 ${word}` });
    const put = await ok('PUT', `/v1/people/${email}`, {
      name: `林美 ${word}`,
      names: { en: `Lin Mei ${word}` },
      locale: 'zh-TW',
      timeZone: 'Asia/Tokyo',
      departments: [`研發 ${word}`],
      channels: { wecom: 'linmei', assistant: helper },
    });
    expect(put).toMatchObject({ names: { en: `Lin Mei ${word}` }, channels: { wecom: 'linmei' }, reachable: true });
    const after = await ok('PUT', `/v1/people/${email}`, { channels: { wecom: null }, email: null });
    expect(after).not.toHaveProperty('email');
    expect(after).toMatchObject({ names: { en: `Lin Mei ${word}` }, reachable: true });
    expect((await ok('PUT', `/v1/people/${after.id}`, { channels: { assistant: null } })).reachable).toBe(false);
    expect((await ok('GET', `/v1/people?q=${encodeURIComponent(`lin mei ${word}`)}`)).items).toMatchObject([
      { id: after.id },
    ]);
  });

  test('every fault of a change is named', async () => {
    const reply = await api.request('PUT', `/v1/people/${anEmail()}`, {
      name: '',
      timeZone: 'Mars/Base',
      names: { fr: 'x' },
      channels: { slack: 3 },
    });
    expect(reply.status).toBe(422);
    expect(reply.json.errors.map((e: Json) => e.path).sort()).toEqual([
      'channels.slack',
      'name',
      'names.fr',
      'timeZone',
    ]);
  });

  test('the list pages by name, by department and by part of a name; what stands in it is text, not a pattern', async () => {
    const word = freshId();
    const department = `品保 ${word}`;
    for (const n of [3, 1, 2])
      await ok('PUT', `/v1/people/${n}${anEmail()}`, { name: `${word}_${n}`, departments: [department] });
    await ok('PUT', `/v1/people/${anEmail()}`, { name: `${word}x9` });
    const all: string[] = [];
    let next: string | undefined;
    do {
      const path = `/v1/people?department=${encodeURIComponent(department)}&limit=2${next ? `&cursor=${next}` : ''}`;
      const page: Json = await ok('GET', path);
      all.push(...page.items.map((p: Json) => p.name));
      next = page.next;
    } while (next !== undefined);
    expect(all).toEqual([1, 2, 3].map((n) => `${word}_${n}`));
    expect((await ok('GET', `/v1/people?q=${word}_`)).items).toHaveLength(3);
    expect((await ok('GET', `/v1/departments?q=${encodeURIComponent(department)}`)).items).toMatchObject([
      { name: department },
    ]);
  });

  test('somebody without an address is made by name, and is told to be unreachable', async () => {
    const made = await ok('POST', '/v1/people', { name: `無信箱 ${freshId()}` });
    expect(made).toMatchObject({ reachable: false });
    expect(await api.archive.directory.unreachable([made.id, 'p-nobody'])).toEqual([made.id, 'p-nobody']);
  });

  test('H4 who is invited and reached by nothing is listed; a chat, or somebody to go through, is a channel', async () => {
    const helper = anEmail();
    await ok('PUT', `/v1/people/${helper}`, { name: helper });
    const make = async (more: Json): Promise<Json> => ok('POST', '/v1/people', { name: `人 ${freshId()}`, ...more });
    const nobody = await make({});
    const others = [await make({ channels: { wecom: 'u1' } }), await make({ channels: { assistant: helper } })];
    const invited = [nobody, ...others].map(({ id }) => ({ email: id, department: '研發部', role: 'core' }));
    const participants = [...aBody()['participants'], ...invited];
    const { id } = await ok('POST', '/v1/meetings', aBody({ participants }));
    expect(await ok('GET', `/v1/meetings/${id}`)).toMatchObject({ unreachable: [] });
    const sent = await ok('POST', `/v1/meetings/${id}/publish`);
    expect(sent.unreachable).toMatchObject([{ id: nobody.id }]);
    expect(sent.warnings).toContainEqual(expect.objectContaining({ code: 'H4.unreachable' }));
    const shown = await ok('GET', `/v1/meetings/${id}`);
    expect(shown.unreachable).toMatchObject([{ id: nobody.id }]);
    expect(shown.warnings.filter((w: Json) => w.code === 'H4.unreachable')).toHaveLength(1);
  });

  test('H2 H4 channels and “digest only” are shown to oneself and to who keeps the directory only', async () => {
    const [mine, other] = [anEmail(), anEmail()];
    for (const email of [mine, other])
      await ok('PUT', `/v1/people/${email}`, { name: email, channels: { slack: 'U1' }, digestOnly: true });
    const headers = await keyOf(mine);
    const own = { channels: { slack: 'U1' }, digestOnly: true };
    expect(await ok('GET', `/v1/people/${mine}`, undefined, headers)).toMatchObject(own);
    expect(await ok('GET', `/v1/people/${other}`)).toMatchObject(own);
    const listed = (await ok('GET', `/v1/people?q=${encodeURIComponent(other)}`, undefined, headers)).items;
    expect(listed).toHaveLength(1);
    for (const seen of [...listed, await ok('GET', `/v1/people/${other}`, undefined, headers)])
      for (const own of ['channels', 'digestOnly']) expect(seen).not.toHaveProperty(own);
  });
});

describe('H6 assistants', () => {
  const meeting = async (boss: string): Promise<Json> =>
    ok(
      'POST',
      '/v1/meetings',
      aBody({
        publish: true,
        participants: [...aBody()['participants'], { email: boss, department: '研發部', role: 'core' }],
      }),
    );
  const rsvp = (id: string, person: string, headers: Record<string, string>) =>
    api.request('PUT', `/v1/meetings/${id}/rsvps/${person}`, { reply: 'accepted' }, headers);

  test('reply for their principal within scope and dates, recorded as such; nothing else', async () => {
    const [boss, helper] = [anEmail(), anEmail()];
    const { id, agenda } = await meeting(boss);
    const headers = await keyOf(helper);
    expect((await rsvp(id, boss, headers)).status).toBe(403);
    const grant = { person: helper, scopes: ['reply'], from: '2026-01-28', to: '2026-01-28' };
    await ok('PUT', `/v1/people/${boss}/assistants`, grant, await keyOf(boss));
    expect((await rsvp(id, boss, headers)).status).toBe(200);
    const principal = (await ok('GET', `/v1/people/${boss}`)).id;
    const assistant = (await ok('GET', `/v1/people/${helper}`)).id;
    expect(api.temporal.state(id).rsvps[principal]).toMatchObject({ by: { person: assistant, onBehalfOf: principal } });
    expect((await ok('GET', `/v1/meetings/${id}`, undefined, headers)).title).toBe('新產品試產協調會');
    const vote = { topicId: agenda[0].topicId, motion: 'x' };
    expect((await api.request('POST', `/v1/meetings/${id}/votes`, vote, headers)).status).toBe(403);
    expect((await api.request('POST', `/v1/meetings/${id}/minutes/confirm`, {}, headers)).status).toBe(403);
    const voteId = `${id}-v1`;
    await api.archive.ballots.open({ voteId, meetingId: id, secret: false, electorate: [principal] });
    const ballot = `/v1/meetings/${id}/votes/${voteId}/ballots/${principal}`;
    expect((await api.request('PUT', ballot, { choice: 'agree' }, headers)).status).toBe(403);
    expect((await api.request('PUT', ballot, { choice: 'agree' }, await keyOf(boss))).status).toBe(200);
    for (const days of [
      { from: '2026-01-26', to: '2026-01-27' },
      { from: '2026-01-29', to: '2026-01-30' },
    ]) {
      await ok('PUT', `/v1/people/${boss}/assistants`, { ...grant, ...days });
      expect((await rsvp(id, boss, headers)).status).toBe(403);
    }
    await ok('PUT', `/v1/people/${boss}/assistants`, { ...grant, scopes: ['materials'] });
    expect((await rsvp(id, boss, headers)).status).toBe(403);
  });

  test('are named by the person themself or an administrator, and taken away', async () => {
    const [boss, helper] = [anEmail(), anEmail()];
    for (const email of [boss, helper]) await ok('PUT', `/v1/people/${email}`, { name: email });
    const grant = { person: helper, scopes: ['reply'], from: '2026-01-28', to: '2026-02-28' };
    const put = (body: object, headers = {}) => api.request('PUT', `/v1/people/${boss}/assistants`, body, headers);
    expect((await put(grant, await keyOf(helper))).status).toBe(403);
    expect((await put({ ...grant, to: '2026-01-01' })).json.errors).toMatchObject([{ code: 'H6.dates', path: 'to' }]);
    expect((await put({ ...grant, person: boss })).json.errors).toMatchObject([{ code: 'H6.self' }]);
    expect((await put(grant)).status).toBe(200);
    const me = await ok('GET', '/v1/me', undefined, await keyOf(helper));
    expect(me).toMatchObject({
      role: 'member',
      assists: [{ person: { email: boss }, scopes: ['reply'] }],
      open: { actions: 0, tasks: 0 },
    });
    const path = `/v1/people/${boss}/assistants/${helper}`;
    expect((await api.request('DELETE', path)).status).toBe(204);
    expect((await api.request('DELETE', path)).status).toBe(404);
    expect((await ok('GET', `/v1/people/${boss}/assistants`)).items).toEqual([]);
  });

  test('a link in their mailbox replies as them, for the principal, and opens nothing that is not to hand on', async () => {
    const [boss, helper] = [anEmail(), anEmail()];
    const { id } = await meeting(boss);
    await ok('PUT', `/v1/people/${helper}`, { name: 'Helper' });
    const grant = { person: helper, scopes: ['reply'], from: '2026-01-28', to: '2026-02-28' };
    await ok('PUT', `/v1/people/${boss}/assistants`, grant);
    const person = (await ok('GET', `/v1/people/${boss}`)).id;
    const by = (await ok('GET', `/v1/people/${helper}`)).id;
    const token = (purpose: 'reply' | 'survey' | 'confirm') =>
      api.links.sign({ purpose, person, by, meeting: id, exp: Date.parse('2030-01-01T00:00:00Z') });
    const answer = await fetch(`${api.url}/r/${await token('reply')}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'reply=declined',
    });
    expect(answer.status).toBe(303);
    expect(api.temporal.state(id).rsvps[person]).toMatchObject({
      reply: 'declined',
      by: { person: by, onBehalfOf: person },
    });
    for (const purpose of ['survey', 'confirm'] as const) {
      const page = await api.request('GET', `/${purpose === 'survey' ? 'feedback' : 'r'}/${await token(purpose)}`);
      expect(page.status).toBe(403);
    }
  });
});

describe('H10 double booking', () => {
  test('of people and rooms is a hint at creation and after a change; a meeting of others is only "busy"', async () => {
    const [busy, other] = [anEmail(), anEmail()];
    const place = `${freshId()} 會議室 A`;
    const people = (email: string) => [
      { email, name: 'Busy One', department: '製造部', role: 'core' },
      { email: other, department: '採購部', role: 'core' },
    ];
    const make = (overrides: Json, headers = {}) =>
      ok(
        'POST',
        '/v1/meetings',
        aBody({ place, participants: people(busy), agenda: [{ title: 'x', minutes: 10, priority: 1 }], ...overrides }),
        headers,
      );
    const codes = (m: Json) => (m.warnings ?? []).map((w: Json) => w.code).filter((c: string) => c.startsWith('H10'));
    const first = await make({ title: 'FIRST', confidential: true });
    await written(first.id);
    const stranger = await keyOf(anEmail());
    const second = await make(
      { place: place.replace(' A', 'ａ'), initiator: { department: '研發部', email: anEmail() } },
      stranger,
    );
    expect(codes(second)).toContain('H10.roomBooked');
    const hint = second.warnings.find((w: Json) => w.code === 'H10.personBooked');
    expect(hint).toMatchObject({ params: { person: 'Busy One', meetings: ['busy'] } });
    expect(JSON.stringify(second.warnings)).not.toContain('FIRST');
    expect(JSON.stringify((await make({})).warnings)).toContain('FIRST');
    const later = { startsAt: iso('2026-02-03', '09:30'), reason: 'x' };
    expect(codes(await ok('POST', `/v1/meetings/${second.id}/reschedule`, later))).toEqual([]);
    const back = { startsAt: iso('2026-02-02', '10:00'), reason: 'x' };
    expect(codes(await ok('POST', `/v1/meetings/${second.id}/reschedule`, back))).toContain('H10.personBooked');
    expect(codes(await ok('PATCH', `/v1/meetings/${second.id}`, { goal: 'y' }))).toContain('H10.roomBooked');
  });

  test('GET /v1/free: the earliest time in working hours that suits everybody', async () => {
    const [a, b] = [anEmail(), anEmail()];
    const made = await ok(
      'POST',
      '/v1/meetings',
      aBody({
        title: 'TAKEN',
        startsAt: iso('2026-02-02', '08:30'),
        participants: [a, b].map((email) => ({ email, department: '製造部', role: 'core' })),
        agenda: [{ title: 'x', minutes: 10, priority: 1 }],
      }),
    );
    await written(made.id);
    const from = encodeURIComponent(iso('2026-02-02', '08:00'));
    const free = await ok('GET', `/v1/free?people=${a},${b}&durationMinutes=60&from=${from}&limit=2`);
    expect(free.items).toEqual([
      { startsAt: iso('2026-02-02', '09:30'), endsAt: iso('2026-02-02', '10:30') },
      { startsAt: iso('2026-02-02', '10:30'), endsAt: iso('2026-02-02', '11:30') },
    ]);
    expect(free.busy).toMatchObject([{ title: 'TAKEN' }, { title: 'TAKEN' }]);
    for (const bad of [
      'people=',
      `people=${a}&to=${encodeURIComponent(iso('2026-01-01', '08:00'))}`,
      'people=nobody-at-all',
    ])
      expect((await api.request('GET', `/v1/free?${bad}`)).status).toBe(422);
  });
});
