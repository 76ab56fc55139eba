/** Y1: the norms by HTTP, and what they mean for meetings. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNorms } from '../../archive/norms.js';
import type { Archive } from '../../archive/open.js';
import { openEmptyArchive } from '../support/archive.js';
import { aBody, now as today, startApi, type Json, type Reply, type TestApi } from './support.js';
import { Shapes } from './shapes.js';

let api: TestApi;
let archive: Archive;
let clock = today;
let shapes: Shapes;
beforeAll(async () => {
  archive = await openEmptyArchive();
  api = await startApi({ archive, clock: () => clock });
  shapes = new Shapes((await api.request('GET', '/openapi.json')).json);
});
afterAll(async () => {
  await api?.close();
  await archive?.close();
});

const request = async (...call: Parameters<TestApi['request']>): Promise<Reply> => {
  const reply = await api.request(...call);
  if (/norm/.test(call[1])) expect(shapes.faults(call[0], call[1], reply)).toEqual([]);
  return reply;
};
const codes = (r: Reply): Json => [r.status, ...(r.json?.errors ?? []).map((e: Json) => `${e.path} ${e.code}`)];
const norm = (r: Reply, name: string): Json => r.json.norms.find((n: Json) => n.name === name);
const keyOf = async (email: string): Promise<Record<string, string>> => {
  const { json } = await api.request('POST', '/v1/keys', { role: 'member', person: email, name: email });
  return { authorization: `Bearer ${json.key}` };
};
const people = (n: number): Json[] =>
  Array.from({ length: n }, (_, i) => ({ email: `p${i}@example.com`, department: `部門${i}`, role: 'core' }));

test('Y1 the standard’s own norms hold until somebody changes them; each fault has its sentence', async () => {
  const read = await request('GET', '/v1/norms', undefined, { 'accept-language': 'zh-TW' });
  expect(read.json).toMatchObject({ version: 1, newest: 1, coming: [] });
  expect(norm(read, 'participantsCap')).toEqual({
    name: 'participantsCap',
    label: '人數上限',
    rule: 'P4',
    unit: 'people',
    value: 15,
    default: 15,
    min: 3,
    max: 100,
  });
  const bad = await request('PUT', '/v1/norms', {
    changes: { cap: 3, participantsCap: 1, alternateAt: '4pm', pmo: { person: 'nobody@example.com' } },
    effectiveFrom: '2026-01-27',
    reason: 'x',
  });
  expect(codes(bad)).toEqual([
    422,
    'changes.cap Y1.unknown',
    'changes.participantsCap Y1.bounds',
    'changes.alternateAt Y1.time',
    'effectiveFrom Y1.past',
    'changes.pmo.person H4.unknown',
  ]);
  expect(bad.json.errors[1].message).toBe('“Most people” lies between 3 and 100.');
  expect(codes(await request('PUT', '/v1/norms', { changes: {}, reason: 'x' }))).toEqual([422, 'changes Y1.empty']);
  expect(codes(await request('PUT', '/v1/norms', { changes: { planDueWd: 6 } }))).toEqual([
    422,
    'reason input.required',
  ]);
  const together = await request('PUT', '/v1/norms', { changes: { participantsCap: 9 }, reason: 'x' });
  expect(codes(together)).toEqual([422, 'changes.participantsCap Y1.order']);
});

test('Y1 a change holds from its day on; meetings made before keep theirs, and what is to come can be withdrawn', async () => {
  const before = await api.request('POST', '/v1/meetings', aBody({ participants: people(14) }));
  expect(codes(before)).toEqual([201]);
  const change = { changes: { participantsCap: 12 }, effectiveFrom: '2026-03-01', reason: '小會較有成效' };
  const put = await request('PUT', '/v1/norms', { ...change, version: 1 });
  expect(put.status).toBe(200);
  expect(put.json).toMatchObject({ version: 1, newest: 2 });
  expect(put.json.coming).toMatchObject([
    {
      version: 2,
      state: 'coming',
      effectiveFrom: '2026-03-01',
      effectiveAt: '2026-03-01T00:00:00+08:00',
      changes: [{ name: 'participantsCap', before: 15, after: 12 }],
      reason: '小會較有成效',
      by: { key: 'admin' },
    },
  ]);
  // The same again changes nothing; who has not read it is told.
  expect((await request('PUT', '/v1/norms', change)).json.newest).toBe(2);
  expect(codes(await request('PUT', '/v1/norms', { ...change, version: 1 }))).toEqual([409, 'version Y1.stale']);
  expect((await api.request('POST', '/v1/meetings', aBody({ participants: people(14) }))).status).toBe(201);

  clock = Date.parse('2026-03-01T00:00:00+08:00');
  const late = aBody({ participants: people(14), startsAt: '2026-03-09T09:30:00+08:00' });
  const refused = await api.request('POST', '/v1/meetings', late);
  expect(codes(refused)).toEqual([422, 'participants P4.overCap']);
  expect(refused.json.errors[0].params).toEqual({ count: 14, cap: 12 });
  const kept = api.temporal.state(before.json.id).norms;
  expect([kept.participantsCap, kept.version]).toEqual([15, 1]);
  expect(norm(await request('GET', '/v1/norms'), 'participantsCap')).toMatchObject({ value: 12, default: 15 });
  expect(codes(await request('DELETE', '/v1/norms/2'))).toEqual([409, ' Y1.inForce']);
  expect(codes(await request('DELETE', '/v1/norms/9'))).toEqual([404, ' Y1.noSuchVersion']);

  await request('PUT', '/v1/norms', { changes: { participantsCap: 13 }, effectiveFrom: '2026-04-01', reason: 'x' });
  const withdrawn = await request('DELETE', '/v1/norms/3');
  expect([withdrawn.status, withdrawn.json.coming]).toEqual([200, []]);
  expect((await request('DELETE', '/v1/norms/3')).status).toBe(200);
  const { items } = (await request('GET', '/v1/norms/history')).json;
  expect(items.map((c: Json) => [c.version, c.state, c.changes[0].before, c.changes[0].after])).toEqual([
    [3, 'withdrawn', 12, 13],
    [2, 'inForce', 15, 12],
  ]);
});

test('Y1 another process hears of a change within seconds', async () => {
  // A second process is a second port on the same database.
  const driver = {
    run: (_statement: unknown, _values: unknown[]) => archive.norms.history().then((rows) => rows.map(asRow)),
  };
  const asRow = ({ changes, ...found }: Json): Json => ({ found, changes });
  const other = createNorms(driver as never);
  expect((await other.at(clock)).planDueWd).toBe(5);
  await request('PUT', '/v1/norms', { changes: { planDueWd: 7 }, reason: 'x' });
  const heard = async (): Promise<void> => {
    while ((await other.at(clock)).planDueWd !== 7) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await heard();
});

test('Y1 the PMO may change norms, by person and by department; members read them only', async () => {
  await api.request('PUT', '/v1/people/pmo@example.com', { name: '專案辦' });
  await api.request('PUT', '/v1/people/head@example.com', { name: '主管' });
  await api.request('PUT', '/v1/departments/PMO', { head: 'head@example.com' });
  const [pmo, head] = await Promise.all(['pmo@example.com', 'head@example.com'].map(keyOf));
  const change = (n: number) => ({ changes: { decisionWd: n }, reason: 'x' });
  expect(codes(await request('PUT', '/v1/norms', change(4), pmo))).toEqual([403, ' Y1.notAllowed']);
  expect((await request('GET', '/v1/norms', undefined, pmo)).status).toBe(200);
  const name = (ref: Json) => request('PUT', '/v1/norms', { changes: { pmo: ref }, reason: 'x' });
  expect(codes(await name({ person: 'pmo@example.com', department: 'PMO' }))).toEqual([422, 'changes.pmo Y1.pmo']);
  expect((await name({ person: 'pmo@example.com' })).json.pmo.person.name).toBe('專案辦');
  expect((await request('PUT', '/v1/norms', change(4), pmo)).status).toBe(200);
  expect((await name({ department: 'PMO' })).json.pmo.department.name).toBe('PMO');
  expect(codes(await request('PUT', '/v1/norms', change(5), pmo))).toEqual([403, ' Y1.notAllowed']);
  expect((await request('PUT', '/v1/norms', change(5), head)).status).toBe(200);
  expect((await name(null)).json.pmo).toBeUndefined();
  const { items } = (await request('GET', '/v1/norms/history')).json;
  expect(items[0].changes[0]).toMatchObject({ name: 'pmo', before: { department: { name: 'PMO' } }, after: null });
});
