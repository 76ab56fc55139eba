/** Y1: proposals for the norms by HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NormProposal } from '../../domain/norms-proposals.js';
import { Shapes } from './shapes.js';
import { now, startApi, type Json, type Reply, type TestApi } from './support.js';

let api: TestApi;
let shapes: Shapes;
beforeAll(async () => {
  api = await startApi();
  shapes = new Shapes((await api.request('GET', '/openapi.json')).json);
});
afterAll(() => api?.close());

const request = async (...call: Parameters<TestApi['request']>): Promise<Reply> => {
  const reply = await api.request(...call);
  expect(shapes.faults(call[0], call[1], reply)).toEqual([]);
  return reply;
};
const codes = (r: Reply): Json => [r.status, ...(r.json?.errors ?? []).map((e: Json) => e.code)];
const proposal = (more: Partial<NormProposal> = {}): NormProposal => ({
  id: '2025-participantsCap',
  year: 2025,
  kind: 'participantsCap',
  changes: { participantsCap: 12 },
  from: 15,
  to: 12,
  params: { above: 12, aboveMean: 2.9, below: 30, belowMean: 4 },
  effect: { meetings: 42, refused: 14, refusedBefore: 0, hinted: 3, hintedBefore: 12 },
  ...more,
});

test('Y1 a year that is over makes its proposals once; answered by administrators and the PMO alone', async () => {
  expect(codes(await request('POST', '/v1/norms/proposals', { year: 2026 }))).toEqual([409, 'Y1.notOver']);
  expect((await request('POST', '/v1/norms/proposals', { year: 2024 })).json).toEqual({ items: [] });
  expect([...api.temporal.started.keys()]).toEqual([]);
  const looked = { year: 2025, madeAt: now, dueAt: now, meetings: 42 };
  const plan = proposal({ id: '2025-planDueWd', kind: 'planDueWd', changes: { planDueWd: 8 }, from: 5, to: 8 });
  await api.archive.normProposals.keep(looked, [proposal(), plan]);
  await api.archive.normProposals.keep({ ...looked, madeAt: now + 1 }, [proposal({ to: 1 })]);
  const { json } = await api.request('POST', '/v1/keys', { role: 'member', person: 'wang@example.com', name: 'x' });
  const member = { authorization: `Bearer ${json.key}` };
  expect(codes(await request('GET', '/v1/norms/proposals', undefined, member))).toEqual([403, 'Y1.notAllowed']);
  const listed = await request('GET', '/v1/norms/proposals?year=2025');
  expect(listed.json.items).toHaveLength(2);
  expect(listed.json.items[0]).toMatchObject({ state: 'open', from: 15, to: 12, label: 'Most people' });
  expect(listed.json.items[0].effect.text).toBe(
    'Under these norms 14 of 42 meetings of that year would have been refused (0 as it is), and 3 would have had a hint (12 as it is).',
  );

  // Asked for by hand, the workflow mails them.
  expect((await request('POST', '/v1/norms/proposals', { year: 2025 })).json.items).toHaveLength(2);
  expect([...api.temporal.started.keys()]).toEqual(['norms-2025']);

  const path = '/v1/norms/proposals/2025-participantsCap';
  expect(codes(await request('POST', `${path}/accept`, { effectiveFrom: '2026-01-01' }))).toEqual([422, 'Y1.past']);
  const accepted = await request('POST', `${path}/accept`, { effectiveFrom: '2026-03-01' });
  expect(accepted.json).toMatchObject({ state: 'accepted', version: 2, by: { key: 'admin' } });
  expect((await request('POST', `${path}/accept`, {})).json.version).toBe(2);
  const { coming } = (await api.request('GET', '/v1/norms')).json;
  expect(coming).toMatchObject([{ version: 2, effectiveFrom: '2026-03-01', proposals: ['2025-participantsCap'] }]);
  expect(codes(await request('POST', `${path}/reject`, { reason: 'x' }))).toEqual([409, 'Y1.answered']);
  const rejected = await request('POST', '/v1/norms/proposals/2025-planDueWd/reject', { reason: '五天足夠' });
  expect(rejected.json).toMatchObject({ state: 'rejected', reason: '五天足夠' });
  expect(codes(await request('POST', '/v1/norms/proposals/2025-planDueWd/accept', {}))).toEqual([409, 'Y1.answered']);
  expect(codes(await request('POST', '/v1/norms/proposals/x/accept', {}))).toEqual([404, 'Y1.noProposal']);
});
