/** M3 by HTTP: the record is mended until the minutes are confirmed; key points and actions, changed and taken back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { at } from '../support/meeting.js';
import { Shapes } from './shapes.js';
import { aBody, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
let shapes: Shapes;
const misshapen: string[] = [];
const keys: Record<string, string> = {};

const send = async (method: string, path: string, body?: unknown, who?: string) => {
  const headers: Record<string, string> = who === undefined ? {} : { authorization: `Bearer ${keys[who]}` };
  const reply = await api.request(method, path, body, headers);
  misshapen.push(...shapes.faults(method, path, reply));
  return reply;
};
const ok = async (method: string, path: string, body?: unknown, who?: string): Promise<Json> => {
  const { status, json, text } = await send(method, path, body, who);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const fault = ({ status, json }: { status: number; json: Json }) => [
  status,
  json.errors?.[0]?.code,
  json.errors?.[0]?.path,
];

let id: string;
let base: string;
let point: string;
let action: string;

beforeAll(async () => {
  api = await startApi();
  shapes = new Shapes((await api.request('GET', '/openapi.json')).json);
});
afterAll(() => api?.close());

/** Opened, with one key point and one action; chen has a seat, mei hosts, an outsider has none of it. */
beforeEach(async () => {
  const made = await ok('POST', '/v1/meetings', aBody({ publish: true }));
  id = made.id;
  base = `/v1/meetings/${id}`;
  api.temporal.times.set(id, at('2026-02-02', '09:30'));
  const [mei, chen] = made.participants.map((p: Json) => p.person);
  const outsider = (await api.archive.directory.ensurePerson({ email: 'outsider@example.com' })).id;
  for (const [name, person] of Object.entries({ mei, chen, outsider }))
    keys[name] ??= (await ok('POST', '/v1/keys', { name, role: 'member', person })).key;
  await ok('POST', `${base}/open`, undefined, 'mei');
  await ok('POST', `${base}/topics/${made.agenda[0].topicId}/start`);
  const text = '模具驗收延後一週';
  point = (await ok('POST', `${base}/key-points`, { topicId: made.agenda[0].topicId, text })).id;
  const given = { task: '補齊模具', owner: 'chen@example.com', dueDate: '2026-02-10' };
  action = (await ok('POST', `${base}/actions`, given)).id;
});

const readPoints = async (): Promise<Json[]> => (await ok('GET', base)).keyPoints;
const readAction = async (): Promise<Json> => (await ok('GET', base)).actions.find((a: Json) => a.id === action);
const confirmed = async (): Promise<void> => {
  await ok('POST', `${base}/close`);
  await ok('POST', `${base}/minutes/confirm`);
};

describe('E5, M3 a key point is corrected or deleted', () => {
  const path = (which = point): string => `${base}/key-points/${which}`;

  test('what is named changes, what is not stays; in the room and after the close', async () => {
    await ok('PUT', path(), { text: '模具驗收延後兩週', department: '製造部' }, 'mei');
    expect(await readPoints()).toMatchObject([{ id: point, text: '模具驗收延後兩週', kind: 'information' }]);
    await ok('POST', `${base}/close`);
    await ok('PUT', path(), { kind: 'concern', dueDate: '2026-02-12' });
    expect(await readPoints()).toMatchObject([{ text: '模具驗收延後兩週', kind: 'concern' }]);
    await ok('DELETE', path(), undefined, 'mei');
    expect(await readPoints()).toEqual([]);
  });

  test('who keeps the record may, a seat alone may not: 403 saying who', async () => {
    for (const method of ['PUT', 'DELETE']) {
      const body = method === 'PUT' ? { text: 'x' } : undefined;
      const refused = await send(method, path(), body, 'chen');
      expect(fault(refused)).toEqual([403, 'auth.notAllowed', '']);
      expect(refused.json.errors[0].params.who).toEqual(expect.arrayContaining(['organiser', 'recorder']));
      expect((await send(method, path(), body, 'outsider')).status).toBeOneOf([403, 404]);
    }
    expect(await readPoints()).toHaveLength(1);
  });

  test('one that is not there: 404; nothing that changes: 409; a field too much or too little: 422 with its path', async () => {
    expect(fault(await send('PUT', path(`${id}-k9`), { text: 'x' }))).toEqual([404, 'E5.noSuchPoint', 'id']);
    expect(fault(await send('DELETE', path(`${id}-k9`)))).toEqual([404, 'E5.noSuchPoint', 'id']);
    expect(fault(await send('PUT', `/v1/meetings/${'a'.repeat(16)}/key-points/${point}`, { text: 'x' }))[0]).toBe(404);
    expect(fault(await send('PUT', path(), { text: '模具驗收延後一週' }))).toEqual([409, 'M3.nothingChanged', '']);
    expect(fault(await send('PUT', path(), {}))).toEqual([409, 'M3.nothingChanged', '']);
    expect(fault(await send('PUT', path(), { text: '' })).slice(0, 3)).toEqual([422, expect.any(String), 'text']);
    expect(fault(await send('PUT', path(), { kind: 'gossip' }))[2]).toBe('kind');
    expect(fault(await send('PUT', path(), { dueDate: '2026-02-30' }))[2]).toBe('dueDate');
    expect(fault(await send('PUT', path(), { txt: 'x' }))).toEqual([422, expect.any(String), 'txt']);
  });

  test('once the minutes are confirmed it stands: 409 saying what is possible', async () => {
    await confirmed();
    for (const [method, body] of [
      ['PUT', { text: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      const refused = await send(method, path(), body);
      expect([refused.status, refused.json.errors[0].code]).toEqual([409, expect.stringMatching(/^M[13]\./)]);
      expect(refused.json.detail.length).toBeGreaterThan(20);
    }
  });

  test('before the meeting there is nothing to correct: 409 with what can be done now', async () => {
    const planned = await ok('POST', '/v1/meetings', aBody({ publish: true }));
    const refused = await send('PUT', `/v1/meetings/${planned.id}/key-points/${planned.id}-k1`, { text: 'x' });
    expect(fault(refused).slice(0, 2)).toEqual([409, 'phase.notNow']);
    expect(refused.json.errors[0].params.possible).toContain('reschedule');
  });
});

describe('E14, M3 an action is corrected or withdrawn', () => {
  const path = (which = action): string => `/v1/actions/${which}`;

  test('what is named changes, with a reason; its ladder starts anew', async () => {
    const told = await ok('PUT', path(), { owner: 'wang@example.com', dueDate: '2026-02-12', reason: '聽錯了' }, 'mei');
    expect(told).toMatchObject({ id: action, meetingId: id, status: 'open' });
    expect(await readAction()).toMatchObject({
      task: '補齊模具',
      owner: { email: 'wang@example.com' },
      dueDate: '2026-02-12',
    });
    const twice = await send('PUT', path(), { dueDate: '2026-02-12', reason: '再說一次' });
    expect(fault(twice)).toEqual([409, 'M3.nothingChanged', '']);
  });

  test('withdrawn it stays as a trace, and nothing can be done with it any more', async () => {
    expect(await ok('POST', `${path()}/withdraw`, { reason: '重複' }, 'mei')).toMatchObject({ status: 'cancelled' });
    expect(await readAction()).toMatchObject({ status: 'cancelled' });
    const calls = [
      ['PUT', path(), { task: 'x', reason: 'x' }],
      ['POST', `${path()}/withdraw`, { reason: 'x' }],
    ] as const;
    for (const [method, where, body] of calls)
      expect(fault(await send(method, where, body)).slice(0, 2)).toEqual([409, 'M3.actionEnded']);
    const late = await send('POST', `${path()}/progress`, { percent: 50 });
    expect(fault(late).slice(0, 2)).toEqual([409, 'F1.notNow']);
    expect(late.json.errors[0].params.possible).toEqual([]);
  });

  test('who keeps the record may; its owner, and who has no part, may not: 403', async () => {
    const calls = [
      ['PUT', path(), { task: 'x', reason: 'x' }],
      ['POST', `${path()}/withdraw`, { reason: 'x' }],
    ] as const;
    for (const [method, where, body] of calls) {
      const refused = await send(method, where, body, 'chen');
      expect(fault(refused)).toEqual([403, 'auth.notAllowed', '']);
      expect(refused.json.errors[0].params.who).toEqual(expect.arrayContaining(['organiser', 'recorder']));
      expect((await send(method, where, body, 'outsider')).status).toBeOneOf([403, 404]);
    }
  });

  test('one that is not there: 404; a bad field: 422 with its path, all of them at once', async () => {
    for (const [method, where] of [
      ['PUT', path(`${id}-a9`)],
      ['POST', `${path(`${id}-a9`)}/withdraw`],
    ] as const)
      expect(fault(await send(method, where, { reason: 'x' }))).toEqual([404, 'action.unknown', 'id']);
    expect((await send('POST', `/v1/actions/nonsense/withdraw`, { reason: 'x' })).status).toBe(404);
    expect(fault(await send('POST', `${path()}/withdraw`, {}))[2]).toBe('reason');
    const { status, json } = await send('PUT', path(), { task: '', dueDate: 'soon', ownr: 'x' });
    expect([status, json.errors.map((e: Json) => e.path).sort()]).toEqual([422, ['dueDate', 'ownr', 'reason', 'task']]);
    const past = await send('PUT', path(), { dueDate: '2026-01-05', reason: 'x' });
    expect(fault(past)).toEqual([422, 'E14.duePast', 'dueDate']);
    const nobody = await send('PUT', path(), { owner: 'p-nobody', reason: 'x' });
    expect(fault(nobody)).toEqual([422, 'H4.unknown', 'owner']);
  });

  test('once the minutes are confirmed the ladder has it: 409', async () => {
    await confirmed();
    for (const [method, where] of [
      ['PUT', path()],
      ['POST', `${path()}/withdraw`],
    ] as const) {
      const refused = await send(method, where, { task: 'x', reason: 'x' });
      if (method === 'POST') continue;
      expect([refused.status, refused.json.errors[0].code]).toEqual([409, expect.stringMatching(/^M[13]\./)]);
    }
    const taken = await send('POST', `${path()}/withdraw`, { reason: 'x' });
    expect(taken.status).toBe(409);
  });
});

test('every answer is as the document says', () => {
  expect(misshapen).toEqual([]);
});
