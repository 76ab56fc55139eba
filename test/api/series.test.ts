/** S1: series by HTTP, on the rules without an engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBody, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.close());

const recurrence = { every: 'week', weekdays: [3], time: '09:30', starts: '2026-02-01', until: '2026-04-30' };
const aSeries = (more: Record<string, unknown> = {}): Json => {
  const { startsAt: _, kind: __, ...body } = aBody();
  return { ...body, recurrence, ...more };
};
const dates = (json: Json): string[] => json.upcoming.map((o: Json) => o.date);

describe('S1 series', () => {
  it('S1 is made once per Idempotency-Key, tells its next dates over the New Year holidays, and has a schedule', async () => {
    const key = { 'idempotency-key': 'one' };
    const { status, json, headers } = await api.request('POST', '/v1/series', aSeries(), key);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/series/${json.id}`);
    // 18 February is in the Lunar New Year: the next working day is Monday 23 February.
    expect(dates(json).slice(0, 4)).toEqual(['2026-02-04', '2026-02-11', '2026-02-23', '2026-02-25']);
    expect(json.upcoming[0].startsAt).toBe('2026-02-04T09:30:00+08:00');
    expect(json).toMatchObject({ leadDays: 7, publish: 'host', paused: false, revision: 1 });
    expect(json.recurrence).toMatchObject({ every: 'week', interval: 1, weekdays: [3], onDayOff: 'next' });
    expect((await api.request('POST', '/v1/series', aSeries(), key)).json.id).toBe(json.id);
    const other = await api.request('POST', '/v1/series', aSeries({ title: 'x' }), key);
    expect(other.json.errors[0].code).toBe('input.keyReused');
    expect(api.temporal.schedules.get(`series-${json.id}`)).toMatchObject({ timezone: 'Asia/Taipei', triggered: 2 });
  });

  it('S1 names every fault at once, as for a meeting', async () => {
    const codes = async (more: Record<string, unknown>): Promise<string[]> =>
      (await api.request('POST', '/v1/series', aSeries(more))).json.errors.map((e: Json) => `${e.path} ${e.code}`);
    expect(await codes({ recurrence: { ...recurrence, day: 3 } })).toEqual(['recurrence S1.pattern']);
    expect(await codes({ recurrence: { every: 'year', nth: 1, time: '09:30', starts: '2026-02-01' } })).toEqual([
      'recurrence S1.pattern',
    ]);
    expect(await codes({ recurrence: { ...recurrence, until: '2026-02-02' } })).toEqual(['recurrence S1.noDates']);
    expect(await codes({ recurrence: { ...recurrence, time: '25:00' } })).toEqual(['recurrence.time input.time']);
    expect(await codes({ publish: 'auto', publishDaysBefore: 8, place: undefined })).toEqual([
      'publishDaysBefore S1.publishTooEarly',
      'place N1.placeNeeded',
    ]);
    expect(await codes({ durationMinutes: 20 })).toEqual(['agenda P6.excess']);
    expect(await codes({ startsAt: '2026-02-04T09:30:00+08:00' })).toEqual(['startsAt input.unknown']);
  });

  it('S1 one date is skipped, moved and restored', async () => {
    const { json } = await api.request('POST', '/v1/series', aSeries());
    const to = (name: string, body: Json) => api.request('POST', `/v1/series/${json.id}/${name}`, body);
    const skipped = await to('skip', { date: '2026-02-23' });
    expect(dates(skipped.json).slice(0, 3)).toEqual(['2026-02-04', '2026-02-11', '2026-02-25']);
    expect(skipped.json.skipped).toEqual(['2026-02-18']);
    const moved = await to('move', { date: '2026-02-11', to: { date: '2026-02-12', time: '14:00' } });
    expect(moved.json.upcoming[1]).toMatchObject({ startsAt: '2026-02-12T14:00:00+08:00', key: '2026-02-11' });
    const restored = await to('restore', { date: '2026-02-12' });
    expect(dates((await to('restore', { date: '2026-02-18' })).json)).toEqual(dates(json));
    expect(dates(restored.json)).not.toContain('2026-02-12');
    expect((await to('skip', { date: '2026-02-05' })).json.errors[0].code).toBe('S1.noSuchDate');
    expect((await to('move', { date: '2026-02-11', to: { date: '2026-01-02' } })).json.errors[0].code).toBe(
      'P2.startPast',
    );
  });

  it('S1 is changed, paused, and ended; its organisers may, others may not', async () => {
    const { json } = await api.request('POST', '/v1/series', aSeries());
    const url = `/v1/series/${json.id}`;
    const patched = await api.request('PATCH', url, {
      title: '週會',
      place: null,
      onlineLink: 'https://meet.example.com/1',
      paused: true,
    });
    expect(patched.json).toMatchObject({
      title: '週會',
      paused: true,
      onlineLink: 'https://meet.example.com/1',
      revision: 2,
    });
    expect(patched.json.place).toBeUndefined();
    const keyOf = async (email: string): Promise<Record<string, string>> => {
      const person = (await api.request('GET', `/v1/people/${email}`)).json.id;
      const made = await api.request('POST', '/v1/keys', { role: 'member', person, name: 'x' });
      return { authorization: `Bearer ${made.json.key}` };
    };
    const member = await keyOf('wang@example.com');
    expect((await api.request('GET', url, undefined, member)).status).toBe(200);
    expect((await api.request('PATCH', url, { title: 'x' }, member)).json.errors[0].code).toBe('S1.notOrganiser');
    const stranger = await keyOf('finance@example.com');
    expect((await api.request('GET', url, undefined, stranger)).status).toBe(404);
    expect((await api.request('GET', '/v1/series', undefined, stranger)).json.items).toEqual([]);
    const ended = await api.request('DELETE', url);
    expect(ended.json).toMatchObject({ upcoming: [], endedAt: '2026-01-28T10:00:00+08:00' });
    expect(api.temporal.schedules.has(`series-${json.id}`)).toBe(false);
    expect((await api.request('PATCH', url, { title: 'x' })).json.errors[0].code).toBe('S1.ended');
    expect((await api.request('DELETE', url)).status).toBe(200);
    const listed = (await api.request('GET', '/v1/series')).json.items.map((s: Json) => s.id);
    expect(listed).not.toContain(json.id);
  });
});
