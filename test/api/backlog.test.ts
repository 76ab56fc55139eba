/** S1, X1: the backlog, the life of a topic, and times that suit everybody, by HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.close());

const made = async (more: Record<string, unknown> = {}): Promise<Json> => {
  const { json } = await api.request('POST', '/v1/meetings', aBody(more));
  const state = api.temporal.state(json.id);
  await api.archive.view.write({ state, audit: [] });
  return json;
};

describe('S1 the backlog', () => {
  it('S1 what waits without a series is offered to its department, and taken onto an agenda', async () => {
    const [left, next] = [await made(), await made({ title: '下一場' })];
    const department = left.initiator.department.id;
    const topicId = `${left.id}-t1`;
    const waits = { topicId, title: '試產時程', reason: 'facts', department, times: 1, factQuestion: '何時?' };
    await api.archive.backlog.put(left.id, 5, [waits]);
    const listed = await api.request('GET', `/v1/backlog?department=${encodeURIComponent('研發部')}`);
    expect(listed.json.items).toMatchObject([{ topicId, carried: 1, factQuestion: '何時?', meetingId: left.id }]);
    const url = `/v1/meetings/${next.id}/agenda/take`;
    expect((await api.request('POST', url, { topicIds: [`${left.id}-t7`] })).json.errors).toMatchObject([
      { code: 'S1.notWaiting', path: 'topicIds[0]' },
    ]);
    expect((await api.request('POST', url, { topicIds: [topicId] })).status).toBe(200);
    expect(api.temporal.started.get(`meeting-${next.id}`)?.outbox).toEqual([
      { type: 'takeBacklog', topicIds: [topicId], except: [], announce: true },
    ]);
    const life = await api.request('GET', `/v1/topics/${topicId}`);
    expect(life.json).toMatchObject({ topicId, title: '試產時程', raisedIn: left.id, waiting: { reason: 'facts' } });
    expect(life.json.meetings).toMatchObject([{ id: left.id, phase: 'preparation', status: 'planned' }]);
    expect((await api.request('GET', '/v1/topics/aaaaaaaaaaaaaaaa-t1')).json.errors[0].code).toBe('S1.topicUnknown');
    expect((await api.request('GET', '/v1/topics/%00')).status).toBe(404);
  });

  it('S1 a topic that another meeting has on its agenda is not put on a second one, new or old', async () => {
    const [has, wants] = [await made(), await made({ title: '另一場' })];
    const agenda = [{ title: '試產時程', minutes: 10, priority: 1, topicId: `${has.id}-t1` }];
    const refused = [{ code: 'S1.taken', path: 'agenda[0].topicId' }];
    const fresh = await api.request('POST', '/v1/meetings', aBody({ agenda }));
    const patched = await api.request('PATCH', `/v1/meetings/${wants.id}`, { agenda });
    expect([fresh.status, fresh.json.errors, patched.status, patched.json.errors]).toMatchObject([
      422,
      refused,
      422,
      refused,
    ]);
    // What is settled may come up again, as what it was.
    const settled = api.temporal.state(has.id);
    const over = { ...settled, phase: 'closed' as const, revision: settled.revision + 1, timers: [] };
    await api.archive.view.write({ state: over, audit: [] });
    expect((await api.request('PATCH', `/v1/meetings/${wants.id}`, { agenda })).status).toBe(200);
    expect(api.temporal.state(wants.id).agenda.map((t) => t.topicId)).toEqual([`${has.id}-t1`]);
  });

  it('X1 the earliest times that suit these people, after what they are in already', async () => {
    await made({ startsAt: iso('2026-01-29', '08:30'), publish: false });
    const { json } = await api.request(
      'GET',
      `/v1/meetings/slots?people=chen@example.com,wang@example.com&durationMinutes=60&from=${encodeURIComponent(iso('2026-01-29', '08:00'))}`,
    );
    expect(json.items[0]).toEqual({ startsAt: iso('2026-01-29', '09:30'), endsAt: iso('2026-01-29', '10:30') });
    const own = await made({ startsAt: iso('2026-02-05', '09:30') });
    const other = await api.request('GET', `/v1/meetings/${own.id}/slots`);
    expect(other.json.items[0].startsAt).toBe(iso('2026-01-28', '10:15'));
    expect(other.json.notAnswered).toEqual([]);
  });

  it('X1 whoever declined this time counts for another one; who has not answered is named', async () => {
    // Chen is taken until 11:00 on the day looked at, and declines the meeting.
    const day = '2026-01-30';
    await made({ startsAt: iso(day, '10:00'), durationMinutes: 60 });
    const own = await made({ startsAt: iso('2026-02-06', '09:30'), publish: true });
    await api.request('PUT', `/v1/meetings/${own.id}/rsvps/chen@example.com`, { reply: 'declined' });
    const path = `/v1/meetings/${own.id}/slots?from=${encodeURIComponent(iso(day, '10:00'))}`;
    const { json } = await api.request('GET', path);
    expect(json.items[0].startsAt).toBe(iso(day, '11:00'));
    expect(json.notAnswered.map((p: Json) => p.email)).toContain('wang@example.com');
    expect(json.notAnswered.map((p: Json) => p.email)).not.toContain('chen@example.com');
  });
});
