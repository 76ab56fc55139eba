import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarById } from '../../domain/calendar/index.js';
import { generate, type Generated } from '../../infra/seed/generate.js';
import { defaults } from '../../infra/seed/options.js';
import { seed } from '../../infra/seed/seed.js';
import type { SeedMeeting } from '../../archive/seed.js';
import { openTestArchive } from '../archive/support.js';
import { describeEachDatabase } from '../support/postgres.js';
import { startApi, type Json, type TestApi } from './support.js';

const options = { ...defaults, meetings: 150, actions: 200, years: 1, departments: 4, people: 30, until: '2026-01-28' };

describeEachDatabase('R4 and H4 over a generated organisation', (database) => {
  let api: TestApi;
  let archive: Awaited<ReturnType<typeof openTestArchive>>;
  let generated: Generated;
  let meetings: SeedMeeting[];
  beforeAll(async () => {
    archive = await openTestArchive(database());
    generated = generate(options, { timeZone: 'Asia/Taipei', calendar: calendarById('TW'), now: 0 });
    meetings = [...generated.meetings()];
    await seed(archive, generated, { options, progress: () => undefined });
    api = await startApi({ archive });
  }, 180_000);
  afterAll(async () => {
    await api?.close();
    await archive?.close();
  });

  const get = (path: string, headers = {}) => api.request('GET', path, undefined, headers);
  const keyOf = async (person: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${(await api.request('POST', '/v1/keys', { name: 'k', role: 'member', person })).json.key}`,
  });
  const counted = () => meetings.map((m) => m.state).filter((s) => s.openedAt !== undefined && !s.confidential);

  test('R4 where somebody stands, counted another way; for them and administrators, not for others', async () => {
    for (const { id } of generated.organisation.members.slice(0, 12)) {
      const { json } = await get(`/v1/people/${id}/coordinating`);
      expect([id, json.ladder]).toMatchObject([
        id,
        {
          hosted: counted().filter((s) => s.host === id).length,
          coHosted: counted().filter((s) => s.coordinator === id).length,
          observed: counted().filter(
            (s) => s.participants.some((p) => p.person === id && p.role === 'observer') && s.attendance[id]?.present,
          ).length,
        },
      ]);
    }
    const told = { kind: 'article', title: 'How to lead a meeting', text: 'Begin with the goal.', locale: 'en' };
    const { id: article } = (await api.request('POST', '/v1/knowledge', told)).json;
    const listed = await Promise.all(
      generated.organisation.members.slice(0, 12).map(({ id }) => get(`/v1/people/${id}/coordinating`)),
    );
    for (const { json } of listed)
      expect(json.articles).toEqual(json.ladder.next === undefined ? [] : [{ id: article, title: told.title }]);
    expect(listed.some(({ json }) => json.articles.length > 0)).toBe(true);
    const [one, two] = generated.organisation.members;
    expect((await get(`/v1/people/${one!.id}/coordinating`, await keyOf(one!.id))).status).toBe(200);
    expect((await get(`/v1/people/${one!.id}/coordinating`, await keyOf(two!.id))).json.errors[0].code).toBe(
      'data.ownOnly',
    );
  });

  test('R4 the next coordinator of a department, of a series; nobody on leave; with reasons in words', async () => {
    const department = generated.organisation.departments[1]!;
    const path = `/v1/coordinators/next?department=${department.id}&date=2026-02-03`;
    const { json } = await get(path);
    expect(json.items.length).toBeGreaterThan(1);
    const first = json.items[0];
    expect(first.reasons.map((r: Json) => r.code)).toEqual(expect.arrayContaining(['stage', 'load']));
    for (const { message } of first.reasons) expect(message).not.toMatch(/^coordinators\./);
    await api.request('PUT', `/v1/people/${first.person.id}`, { leave: [{ from: '2026-02-01', to: '2026-02-05' }] });
    expect((await get(path)).json.items.map((i: Json) => i.person.id)).not.toContain(first.person.id);
    const series = generated.series[0]!;
    const ofSeries = (await get(`/v1/coordinators/next?series=${series.plan.id}`)).json.items;
    for (const { person } of ofSeries) expect(series.people).toContain(person.id);
    expect((await get('/v1/coordinators/next')).json.errors[0].code).toBe('R4.whose');
  });

  test('R4 a host’s habits are shown to the host alone, not to an administrator', async () => {
    const host = generated.organisation.members.find((m) => counted().filter((s) => s.host === m.id).length > 3)!.id;
    const { json } = await get(`/v1/people/${host}/habits`, await keyOf(host));
    const own = meetings.map((m) => m.state).filter((s) => s.openedAt !== undefined && s.host === host);
    expect(json.meetings).toBe(own.length);
    expect(json.minutesLate.part).toBe(
      own.filter((s) => s.minutes?.late === true && s.minutes.sentAt !== undefined).length,
    );
    expect((await get(`/v1/people/${host}/habits`)).json.errors[0].code).toBe('R4.hostOnly');
  });

  test('H4 a person’s data for them: own seats, words and work, nobody else’s answers, no secret', async () => {
    const { id } = generated.organisation.members[2]!;
    const headers = await keyOf(id);
    const reply = await get(`/v1/people/${id}/export`, headers);
    const { json } = reply;
    expect(json).toMatchObject({ format: 'convoke-person', person: { id } });
    const mine = meetings.map((m) => m.state).filter((s) => s.participants.some((p) => p.person === id));
    expect(json.meetings.length).toBeGreaterThanOrEqual(mine.length);
    for (const meeting of json.meetings) for (const action of meeting.actions) expect(action.owner).toBe(id);
    expect(json.keys).toHaveLength(1);
    expect(reply.text).not.toMatch(/"hash"|nonce|"mean"|suggestions/);
    expect((await get(`/v1/people/${generated.organisation.members[3]!.id}/export`, headers)).status).toBe(403);
  });

  test('H4 erasing: refused while work is open, confirmed by the address, final; the record stays with a former member', async () => {
    const { id, email } = generated.organisation.members[0]!;
    const successor = generated.organisation.members[5]!.id;
    const erase = (body: Json) => api.request('POST', `/v1/people/${id}/erase`, body);
    const reason = 'asked for it';
    expect((await erase({ reason, confirm: 'somebody@else' })).json.errors[0].code).toBe('H4.eraseConfirm');
    expect((await erase({ reason, confirm: email })).json.errors[0].code).toMatch(/^H4\.(openWork|leadsMeetings)$/);
    // What is still ahead is over, so that only the rest is to be handed over.
    for (const { state } of meetings)
      if (state.host === id && state.closedAt === undefined && state.endedAt === undefined)
        await archive.view.write({ state: { ...state, revision: 99, phase: 'cancelled', endedAt: 1 }, audit: [] });
    expect((await erase({ reason, confirm: email })).json.errors[0].code).toBe('H4.openWork');
    const key = await keyOf(id);
    const { address } = (await api.request('POST', `/v1/people/${id}/calendar`)).json;
    const done = await erase({ reason, confirm: email.toUpperCase(), successor });
    expect([done.status, done.json.id]).toEqual([200, id]);
    expect((await erase({ reason, confirm: 'x' })).json.erasedAt).toBe(done.json.erasedAt);
    expect((await get('/v1/meetings', key)).status).toBe(401);
    expect((await get(new URL(address).pathname, { authorization: '' })).status).toBe(404);
    for (const [language, word] of [
      ['zh-TW', '前成員'],
      ['zh-CN', '前成员'],
      ['en', 'former member'],
    ] as const) {
      const held = meetings.find(
        (m) => m.state.host === id && m.state.phase === 'closed' && !m.state.confidential,
      )!.state;
      const { json, text } = await get(`/v1/meetings/${held.id}`, { 'accept-language': language });
      expect(json.host).toEqual({ id, name: word });
      expect(text).not.toContain(email);
      expect((await get(`/v1/people/${id}`, { 'accept-language': language })).json).toMatchObject({
        name: word,
        active: false,
      });
    }
    expect((await get('/v1/people?limit=200')).json.items.map((p: Json) => p.id)).not.toContain(id);
    expect((await api.request('PUT', `/v1/people/${id}`, { name: 'again' })).json.errors[0].code).toBe('H4.erased');
    expect((await archive.directory.getDepartment(generated.organisation.departments[0]!.id))!.head).toBe(successor);
    for (const { data } of await archive.series.list({})) expect(JSON.stringify(data.template)).not.toContain(id);
    expect(await archive.ownData.erasure(id)).toMatchObject({ reason, successor, byKey: 'admin' });
  });
});
