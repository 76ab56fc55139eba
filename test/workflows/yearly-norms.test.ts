/** Y1 on the real server: the schedule's run looks at a year once, mails it once, and whoever is asked answers by the mail's link. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ScheduleHandle } from '@temporalio/client';
import { upsertNormsSchedule } from '../../api/norms/schedule.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { normsScheduleId, normsWorkflowId, normsWorkflowType, taskQueue } from '../../workflows/contracts.js';
import { fastForward } from '../../infra/time-travel.js';
import { openHouse, type House } from '../api/house.js';
import type { Json } from '../api/support.js';
import { organisation } from '../archive/review/organisation.js';
import { at } from '../support/meeting.js';
import { useEngine } from '../support/use-engine.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describe('Y1 the yearly look at the norms', () => {
  let house: House;
  let schedule: ScheduleHandle;
  beforeAll(async () => {
    house = await openHouse();
    const { directory, view } = house.archive;
    await directory.ensurePerson({ email: 'pmo@example.com', name: '專案辦' });
    const admin = await directory.ensurePerson({ email: 'admin@example.com', name: 'Admin' });
    await directory.putPerson(admin.id, { locale: 'en' });
    await ok('PUT', '/v1/norms', { changes: { pmo: { person: 'pmo@example.com' } }, reason: 'x' });
    await ok('POST', '/v1/keys', { name: 'an administrator', role: 'admin', person: 'admin@example.com' });
    const meetings: MeetingState[] = organisation(260);
    for (const state of meetings) await view.write({ state, audit: [] });
    await upsertNormsSchedule(house.client, 'Asia/Taipei', taskQueue);
    schedule = house.client.schedule.getHandle(normsScheduleId);
  });
  afterAll(() => house?.close());

  const ok = async (method: string, path: string, sent?: unknown, headers = {}): Promise<Json> => {
    const { status, json, text } = await house.request(method, path, sent, headers);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return json;
  };
  const fillIn = (day: string) =>
    schedule.backfill({ start: new Date(at(day, '08:59')), end: new Date(at(day, '09:01')), overlap: 'ALLOW_ALL' });
  const mails = () => house.mails.filter((m) => /規範建議|Norms/.test(m.subject));
  const settled = () => house.client.workflow.getHandle(normsWorkflowId(2025)).describe();
  const linkIn = (text: string): string => /http:\/\/convoke\.test(\/n\/[\w.-]+)/g.exec(text)?.[1] ?? '';
  const decideLinks = (text: string): string[] =>
    [...text.matchAll(/http:\/\/convoke\.test(\/n\/\S+)/g)].map((m) => m[1]!);
  const post = (path: string, fields: Record<string, string>) =>
    house.request('POST', path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'en',
    });

  test('Y1 on the first working day the year before is looked at, kept and mailed to the PMO and administrators, each in their language', async () => {
    await fillIn('2026-01-05');
    await fillIn('2026-01-02');
    await house.waitFor(() => Promise.resolve(mails().length >= 2));
    expect(await house.archive.normProposals.year(2025)).toMatchObject({ year: 2025, meetings: 74 });
    expect((await house.archive.normProposals.list()).map((k) => [k.proposal.id, k.state])).toEqual([
      ['2025-planDueWd', 'open'],
    ]);
    const [english] = mails().filter((m) => m.to.address === 'admin@example.com');
    expect(english!.subject).toMatch(/^\[Norms\] Proposals from the meetings of 2025 \(1\)/);
    for (const words of ['Of 101 actions only 37 %', '5 working days → 8 working days', '74'])
      expect(english!.text).toContain(words);
    const [chinese] = mails().filter((m) => m.to.address === 'pmo@example.com');
    expect(chinese!.subject).toContain('【規範建議】2025 年');
  });

  test('Y1 run again, by the schedule and by hand: the same once, for nobody a second mail', async () => {
    const before = JSON.stringify(await house.archive.normProposals.list());
    await fillIn('2026-01-02');
    expect((await ok('POST', '/v1/norms/proposals', { year: 2025 })).items).toHaveLength(1);
    expect((await settled()).status.name).toBe('RUNNING');
    // Killed, and begun anew.
    await house.client.workflow.getHandle(normsWorkflowId(2025)).terminate('killed');
    await fillIn('2026-01-02');
    await house.waitFor(async () => {
      const { items } = await ok('GET', '/v1/tasks?kind=norms');
      return items.length === 1 && (await settled()).status.name === 'RUNNING';
    });
    expect(JSON.stringify(await house.archive.normProposals.list())).toBe(before);
    expect(mails()).toHaveLength(2);
  });

  test('Y1 a year without proposals is looked at as well, and nobody is written to', async () => {
    expect((await ok('POST', '/v1/norms/proposals', { year: 2020 })).items).toEqual([]);
    expect(await house.archive.normProposals.year(2020)).toMatchObject({ meetings: 0 });
    expect(mails()).toHaveLength(2);
  });

  test('Y1 it is a task of those who are asked until it is answered; by the link, which shows first and acts then', async () => {
    const key = async (person: string) => ({
      authorization: `Bearer ${(await ok('POST', '/v1/keys', { name: 'x', role: 'member', person })).key}`,
    });
    const [pmo, other] = [await key('pmo@example.com'), await key('wang@example.com')];
    const task = async (who: Record<string, string>): Promise<Json[]> =>
      (await ok('GET', '/v1/tasks', undefined, who)).items;
    expect((await task(pmo))[0]).toMatchObject({ id: 'norms-2025', kind: 'norms', status: 'open', about: '2025' });
    expect(await task(other)).toEqual([]);
    expect((await ok('GET', '/v1/tasks?kind=norms&person=wang@example.com')).items).toEqual([]);
    expect((await ok('GET', '/v1/tasks?kind=norms&person=pmo@example.com&status=open')).items).toHaveLength(1);

    const { text } = mails().find((m) => m.to.address === 'admin@example.com')!;
    const [all, one = ''] = decideLinks(text);
    expect(linkIn(text)).toBe(all);
    const overview = await house.request('GET', all!, undefined, { 'accept-language': 'en' });
    expect([overview.status, /Of 101 actions only 37 %/.test(overview.text)]).toEqual([200, true]);
    expect((await house.request('GET', one)).status).toBe(200);
    expect((await house.archive.normProposals.list())[0]!.state).toBe('open');
    // Everything that is wrong is said at its field.
    expect((await post(one, {})).status).toBe(422);
    const without = await post(one, { accepted: 'no' });
    expect([without.status, /id="e-reason"/.test(without.text)]).toEqual([422, true]);
    const past = await post(one, { accepted: 'yes', effectiveFrom: '2020-01-01' });
    expect([past.status, /id="e-effectiveFrom"/.test(past.text)]).toEqual([422, true]);

    const later = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    const done = await post(one, { accepted: 'yes', effectiveFrom: later });
    expect([done.status, done.headers.get('location')]).toEqual([303, `${one}?done=normsAccepted`]);
    const page = (await house.request('GET', one)).text;
    expect(page).toContain('Admin accepted this on');
    expect(page).toContain('name="withdraw"');
    expect((await post(one, { accepted: 'no', reason: 'x' })).status).toBe(409);
    expect((await task(pmo)).map((t) => t.status)).toEqual(['done']);

    // The reason is a code with its figures, told in the reader's language.
    const change = (await house.archive.norms.history()).at(-1)!;
    expect(change).toMatchObject({
      reason: '',
      because: { code: 'planDueWd', params: { actions: 101, from: 5, to: 8 } },
    });
    const reasonIn = async (language: string): Promise<string> =>
      (await ok('GET', '/v1/norms/history', undefined, { 'accept-language': language })).items[0].reason;
    expect(await reasonIn('en')).toContain('Of 101 actions only 37 %');
    expect(await reasonIn('zh-TW')).toContain('101 項行動項目');

    expect((await post(one, { withdraw: 'yes' })).status).toBe(303);
    expect((await house.request('GET', one)).text).toContain('withdrawn before it came into force');
  });

  test('Y1 whoever is neither administrator nor PMO any more is told so; other links lead nowhere here', async () => {
    const { text } = mails().find((m) => m.to.address === 'pmo@example.com')!;
    const link = linkIn(text);
    expect((await house.request('GET', link)).status).toBe(200);
    await ok('PUT', '/v1/norms', { changes: { pmo: null }, reason: 'x' });
    expect((await house.request('GET', link)).status).toBe(403);
    expect((await post(link, { accepted: 'no', reason: 'x' })).status).toBe(403);
    const [person] = await house.archive.keys.administrators();
    const claims = { person: person!, meeting: '2025', exp: Date.now() + 1_000_000 };
    const token = await house.links.sign({ ...claims, purpose: 'review' });
    expect((await house.request('GET', `/n/${token}`)).status).toBe(404);
    const unknown = await house.links.sign({ ...claims, purpose: 'norms', ref: '2025-noticeHours' });
    expect((await house.request('GET', `/n/${unknown}`)).status).toBe(404);
    const assistant = await house.links.sign({ ...claims, purpose: 'norms', by: person! });
    expect((await house.request('GET', `/n/${assistant}`)).status).toBe(403);
  });
});

describe('Y1 reminders', () => {
  const { temporal, activities } = useEngine();
  const day = 86_400_000;
  const begin = (year: number) =>
    temporal().client.workflow.start(normsWorkflowType, {
      workflowId: normsWorkflowId(year),
      taskQueue,
      args: [{ year }],
    });

  test('Y1 who has not answered is reminded, what is over is left out, and it ends with the last answer', async () => {
    const { sendNorms } = activities;
    const now = Date.now();
    activities.normsMade = { open: 2, remindAt: [-1, 5, 10, 15].map((n) => now + n * day) };
    sendNorms.open = [2, 1, 0];
    const run = await begin(2024);
    await fastForward(temporal().client, run.workflowId, 12 * 86_400);
    expect(await run.result()).toEqual({ open: 0 });
    expect(sendNorms.rounds).toEqual([0, 2, 3]);
  });

  test('Y1 nothing is sent when nothing waits', async () => {
    activities.normsMade = { open: 0, remindAt: [Date.now() + day] };
    activities.sendNorms.rounds.length = 0;
    expect(await (await begin(2023)).result()).toEqual({ open: 0 });
    expect(activities.sendNorms.rounds).toEqual([]);
  });
});
