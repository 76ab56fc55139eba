import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, toIso, toLocal } from '../../domain/calendar/index.js';
import { taipei } from '../support/meeting.js';
import { openHouse, type House } from './house.js';
import { aBody, type Json, type Reply } from './support.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const date = toLocal(taipei, Date.now() + 10 * DAY).date;
const startsAt = Date.parse(`${date}T09:30:00+08:00`);
const body = (overrides: Json = {}) => aBody({ startsAt: toIso(taipei, startsAt), ...overrides });
let keys = 0;
const key = () => ({ 'idempotency-key': `key-${keys++}` });
const make = (headers: Record<string, string>, overrides: Json = {}): Promise<Reply> =>
  house.request('POST', '/v1/meetings', body(overrides), headers);

describe('Idempotency-Key (design §3)', () => {
  test('creating: a repeat gets the same answer, also after the meeting has moved on; another body 422', async () => {
    const headers = key();
    const first = await make(headers);
    expect(first.status).toBe(201);
    expect((await house.request('POST', `/v1/meetings/${first.json.id}/publish`)).status).toBe(200);
    const again = await make(headers);
    expect({ status: again.status, json: again.json }).toEqual({ status: 201, json: first.json });
    const other = await make(headers, { title: '別的會議' });
    expect({ status: other.status, code: other.json.errors[0].code }).toEqual({ status: 422, code: 'input.keyReused' });
  });

  test('creating: ten at once make one meeting, each gets the same answer', async () => {
    const headers = key();
    const all = await Promise.all(Array.from({ length: 10 }, () => make(headers)));
    expect(all.map((r) => r.status)).toEqual(Array(10).fill(201));
    expect(new Set(all.map((r) => JSON.stringify(r.json))).size).toBe(1);
  });

  test('creating: a faulty body stays faulty, and its key can be used for the right one', async () => {
    const headers = key();
    expect((await make(headers, { durationMinutes: 300 })).status).toBe(422);
    expect((await make(headers)).status).toBe(201);
  });

  test('a command: a repeat gets the same answer and changes nothing; another body 422', async () => {
    const { id, agenda } = (await make({})).json;
    const send = (action: Json, headers: Record<string, string>) =>
      house.request('PATCH', `/v1/meetings/${id}`, action, headers);
    const headers = key();
    const first = await send({ title: '新標題' }, headers);
    expect(first.status).toBe(200);
    const again = await Promise.all([send({ title: '新標題' }, headers), send({ title: '新標題' }, headers)]);
    expect(again.map((r) => r.json)).toEqual([first.json, first.json]);
    const other = await send({ title: '又一個' }, headers);
    expect({ status: other.status, code: other.json.errors[0].code }).toEqual({ status: 422, code: 'input.keyReused' });
    const { json } = await house.request('GET', `/v1/meetings/${id}`);
    expect(json).toMatchObject({ title: '新標題', revision: first.json.revision });
    expect(agenda).toHaveLength(2);
  });

  test('a key that is none is refused', async () => {
    const { status, json } = await make({ 'idempotency-key': 'with space' });
    expect({ status, path: json.errors[0].path }).toEqual({ status: 422, path: 'Idempotency-Key' });
  });
});

describe('what cannot be', () => {
  test('404 for a meeting that never was, whatever the id looks like', async () => {
    for (const id of ['aaaaaaaaaaaaaaaa', 'nonsense', '%00', '..%2f..']) {
      for (const [method, path, sent] of [
        ['GET', '', undefined],
        ['GET', '/timeline', undefined],
        ['GET', '/minutes.md', undefined],
        ['POST', '/publish', {}],
        ['POST', '/cancel', { reason: 'x' }],
        ['PATCH', '', { title: 'x' }],
        ['PUT', '/attendance/lin.mei@example.com', { present: true }],
      ] as const) {
        const { status, json } = await house.request(method, `/v1/meetings/${id}${path}`, sent);
        expect({ id, path, status, code: json.errors[0].code }).toMatchObject({ status: 404 });
      }
    }
  });

  test('409 in the wrong phase says what is possible now, in words', async () => {
    const { id } = (await make({})).json;
    const { status, json } = await house.request(
      'POST',
      `/v1/meetings/${id}/close`,
      {},
      { 'accept-language': 'zh-TW' },
    );
    expect(status).toBe(409);
    expect(json.errors[0]).toMatchObject({
      code: 'phase.notNow',
      params: { phase: 'preparation', possible: expect.arrayContaining(['publish', 'cancel']) },
    });
    expect(json.detail).not.toMatch(/\{|preparation|publish/);
  });

  test('403 names who may; a member key sees only meetings its person has a part in', async () => {
    const { id } = (await make({})).json;
    const { json } = await house.request('POST', '/v1/keys', {
      name: 'wang',
      role: 'member',
      person: 'wang@example.com',
    });
    const asWang = { authorization: `Bearer ${json.key}` };
    const stranger = await house.request('POST', '/v1/keys', {
      name: 'x',
      role: 'member',
      person: 'stranger@example.com',
    });
    const asStranger = { authorization: `Bearer ${stranger.json.key}` };
    expect((await house.request('POST', `/v1/meetings/${id}/publish`, {}, asWang)).json).toMatchObject({
      status: 403,
      errors: [{ code: 'auth.notAllowed', params: { who: expect.arrayContaining(['organiser']) } }],
    });
    await house.waitFor(async () => (await house.archive.view.revision(id)) !== null);
    const ids = async (headers: Record<string, string>): Promise<string[]> =>
      (await house.request('GET', '/v1/meetings?limit=200', undefined, headers)).json.items.map((m: Json) => m.id);
    expect(await ids(asWang)).toContain(id);
    expect(await ids(asStranger)).toEqual([]);
  });

  test('nobody new is left in the directory by a command that is refused', async () => {
    const { id } = (await make({})).json;
    const action = { task: 'x', owner: 'nobody.yet@example.com', dueDate: date };
    expect((await house.request('POST', `/v1/meetings/${id}/actions`, action)).status).toBe(409);
    expect((await house.request('GET', '/v1/people/nobody.yet@example.com')).status).toBe(404);
  });

  test('?min_revision waits until the archive is there', async () => {
    const { id } = (await make({})).json;
    const { json } = await house.request('GET', `/v1/meetings/${id}?min_revision=1`);
    expect(json.revision).toBe(1);
    expect(await house.archive.view.waitForRevision(id, 1)).toBe(true);
  });
});

describe('nobody answers', () => {
  test('no worker: 503 within 10 s with Retry-After; the archive’s state says that it is stale', async () => {
    const { id } = (await make({})).json;
    expect((await house.request('GET', '/readyz')).json).toMatchObject({ ready: true, worker: { ok: true } });
    await house.waitFor(async () => (await house.archive.view.revision(id)) !== null);
    await house.stopWorker();
    try {
      const began = Date.now();
      const [command, named, form] = await Promise.all([
        house.request('POST', `/v1/meetings/${id}/publish`),
        house.request('PATCH', `/v1/meetings/${id}`, { deputyHost: 'brand.new@example.com' }),
        house.request('GET', `/v1/meetings/${id}`),
      ]);
      expect(Date.now() - began).toBeLessThan(10_000);
      for (const reply of [command, named]) {
        expect(reply.status).toBe(503);
        expect(reply.json.errors[0].code).toBe('http.noWorker');
        expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(form.json).toMatchObject({ id, stale: true, phase: 'preparation' });
      expect((await house.request('GET', '/v1/people/brand.new@example.com')).status).toBe(404);
    } finally {
      await house.startWorker();
    }
    await house.waitFor(async () => (await house.request('GET', `/v1/meetings/${id}`)).json.stale === undefined);
  });
});
