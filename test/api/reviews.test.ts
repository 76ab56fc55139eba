/** R1 on the real server: the schedule's run makes a quarter's review and mails it once, and what everybody reads of it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ScheduleHandle } from '@temporalio/client';
import { upsertReviewSchedule } from '../../api/reviews/schedule.js';
import { figureNames } from '../../domain/review/figures.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { reviewScheduleId, taskQueue } from '../../workflows/contracts.js';
import { organisation } from '../archive/review/organisation.js';
import { at } from '../support/meeting.js';
import { openHouse, type House } from './house.js';
import type { Json } from './support.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let house: House;
const people: Record<string, string> = {};
const departments: Record<string, string> = {};
let meetings: MeetingState[];

const ok = async (method: string, path: string, sent?: unknown, headers = {}): Promise<Json> => {
  const { status, json, text } = await house.request(method, path, sent, headers);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const keyOf = async (person: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${(await ok('POST', '/v1/keys', { name: 'a member', role: 'member', person })).key}`,
});

/** The same meetings, with people and departments of the directory instead of p1, d1 and their like. */
const known = (state: MeetingState): MeetingState => {
  const text = JSON.stringify(state).replaceAll(/"([pd]\d+)"/g, (_, id: string) =>
    JSON.stringify(people[id] ?? departments[id] ?? id),
  );
  return JSON.parse(text) as MeetingState;
};

beforeAll(async () => {
  house = await openHouse();
  const { directory } = house.archive;
  for (const d of ['d1', 'd2', 'd3', 'd4']) departments[d] = (await directory.ensureDepartment(`部門 ${d}`)).id;
  for (let n = 1; n <= 11; n++)
    people[`p${n}`] = (await directory.ensurePerson({ email: `p${n}@example.com`, name: `人 ${n}` })).id;
  const set = (d: string, head: string, parent?: string) =>
    directory.putDepartment(departments[d]!, {
      head: people[head]!,
      ...(parent ? { parent: departments[parent]! } : {}),
    });
  await set('d1', 'p1');
  await set('d2', 'p6', 'd1');
  await set('d3', 'p8', 'd1');
  await directory.putPerson(people['p8']!, { locale: 'en' });
  meetings = organisation(260).map(known);
  for (const state of meetings) await house.archive.view.write({ state, audit: [] });
}, 120_000);
afterAll(() => house?.close());

const reviewMails = () => house.mails.filter((m) => /季度檢討|Quarterly review/.test(m.subject));
const settled = async (count: number): Promise<void> => {
  await house.waitFor(() => Promise.resolve(reviewMails().length >= count));
};

describe('R1 the schedule', () => {
  let schedule: ScheduleHandle;
  const fillIn = (day: string) =>
    schedule.backfill({ start: new Date(at(day, '08:59')), end: new Date(at(day, '09:01')), overlap: 'ALLOW_ALL' });

  test('R1 there is one, and a pause of the operator stays', async () => {
    await upsertReviewSchedule(house.client, 'Asia/Taipei', taskQueue);
    schedule = house.client.schedule.getHandle(reviewScheduleId);
    await schedule.pause('not now');
    await upsertReviewSchedule(house.client, 'Asia/Taipei', taskQueue);
    expect(await schedule.describe()).toMatchObject({ state: { paused: true, note: 'not now' } });
    await schedule.unpause();
  });

  test('R1 on the first working day it reviews the quarter before, by the scheduled time; on other days nothing', async () => {
    // 1 April 2026 is a Wednesday; the 2nd is not the first working day.
    await fillIn('2026-04-02');
    await fillIn('2026-04-01');
    const report = await house.waitFor(async () => (await house.archive.reviews.find('2026-Q1')) ?? undefined);
    expect(report).toMatchObject({ quarter: '2026-Q1', madeAt: at('2026-04-01', '09:00') });
    expect((await ok('GET', '/v1/reviews')).items).toEqual([
      { quarter: '2026-Q1', madeAt: '2026-04-01T09:00:00+08:00' },
    ]);
    await settled(3);
  });

  test('R1 run again, by the schedule and by hand: the same to the byte, and mailed once', async () => {
    const before = JSON.stringify(await house.archive.reviews.find('2026-Q1'));
    expect(reviewMails()).toHaveLength(3);
    await house.client.workflow.getHandle('review-2026-Q1').result();
    await fillIn('2026-04-01');
    const again = await house.request('POST', '/v1/reviews', { quarter: '2026-Q1' });
    expect(again.status).toBe(200);
    await house.client.workflow.getHandle('review-2026-Q1').result();
    expect(JSON.stringify(await house.archive.reviews.find('2026-Q1'))).toBe(before);
    expect(reviewMails()).toHaveLength(3);
  });

  test('R1 executives get the whole, heads their departments, each in their own language', () => {
    const to = (who: string) => reviewMails().find((m) => m.to.address === `${who}@example.com`)!;
    expect(to('p1').subject).toContain('2026年第1季');
    expect(to('p6').subject).toContain('部門 d2');
    expect(to('p8').subject).toMatch(/^\[Quarterly review\] 2026 Q1 .*部門 d3/);
    expect(to('p8').headers['Content-Language']).toBe('en');
    // H3: no name of a person in a subject.
    for (const mail of reviewMails()) expect(mail.subject).not.toContain('人 ');
  });
});

describe('R1 by hand', () => {
  test('R1 a quarter that is over; one that is not says from when on; anything else is no quarter', async () => {
    const made = await house.request('POST', '/v1/reviews', { quarter: '2025-Q4' });
    expect(made.status).toBe(201);
    expect(made.json.organisation.now.held.whole).toBeGreaterThan(5);
    expect(made.headers.get('location')).toBe('/v1/reviews/2025-Q4');
    const early = await house.request('POST', '/v1/reviews', { quarter: '2999-Q4' }, { 'accept-language': 'en' });
    expect([early.status, early.json.errors[0].code]).toEqual([409, 'R1.notOver']);
    expect(early.text).toContain('3000-01-01');
    const wrong = await house.request('POST', '/v1/reviews', { quarter: 'spring' });
    expect([wrong.status, wrong.json.errors[0]]).toEqual([
      422,
      expect.objectContaining({ code: 'R1.quarter', path: 'quarter' }),
    ]);
    const member = await keyOf('p6@example.com');
    expect((await house.request('POST', '/v1/reviews', { quarter: '2025-Q4' }, member)).status).toBe(403);
    const none = await house.request('GET', '/v1/reviews/2024-Q1');
    expect([none.status, none.json.errors[0].code]).toEqual([404, 'R1.noReview']);
  });

  test('R1 a mail server that fails in the middle: the next attempt mails the rest, and nobody twice', async () => {
    await house.client.workflow.getHandle('review-2025-Q4').result();
    const before = reviewMails().length;
    house.failMails(1);
    await ok('POST', '/v1/reviews', { quarter: '2025-Q3' });
    await house.client.workflow.getHandle('review-2025-Q3').result();
    const sent = reviewMails().slice(before);
    expect(new Set(sent.map((m) => m.to.address)).size).toBe(sent.length);
    expect(sent).toHaveLength(3);
  });
});

describe('R1 H10 who reads what', () => {
  const read = async (who: string, path = '/v1/reviews/2026-Q1') =>
    ok('GET', path, undefined, await keyOf(`${who}@example.com`));

  test('R1 executives all departments, a head their own with those below, others the organisation’s figures', async () => {
    const all = await ok('GET', '/v1/reviews/2026-Q1');
    const [top, head, member] = [await read('p1'), await read('p6'), await read('p9')];
    for (const r of [top, head, member]) expect(r.organisation.now).toEqual(all.organisation.now);
    expect(top.departments).toEqual(all.departments);
    expect(head.departments.map((d: Json) => d.department.id)).toEqual([departments['d2']]);
    expect(head.meetings.every((m: Json) => m.department.id === departments['d2'])).toBe(true);
    expect(head.meetings.length).toBeGreaterThan(0);
    expect(member).toMatchObject({ departments: [], series: [], meetings: [], actions: [], repeated: [] });
    const outside = await house.request('GET', '/v1/reviews/2026-Q1', undefined, await keyOf('p11@example.com'));
    expect([outside.status, outside.json.errors[0].code]).toEqual([403, 'R1.houseOnly']);
  });

  test('R4 a host’s figures are read by that host alone', async () => {
    const all = await ok('GET', '/v1/reviews/2026-Q1');
    expect(all.host).toBeUndefined();
    expect((await read('p6')).host.now.held.whole).toBeGreaterThan(0);
    const rows = (who: string) => `/v1/reviews/2026-Q1/rows?figure=overTime&scope=host&id=${people[who]}`;
    expect((await read('p6', rows('p6'))).items.length).toBeGreaterThan(0);
    const other = await house.request('GET', rows('p6'), undefined, await keyOf('p1@example.com'));
    expect([other.status, other.json.errors[0].code]).toEqual([403, 'R1.hostOnly']);
  });

  test('R1 every figure leads to its rows, and they add up to it', async () => {
    const report = await ok('GET', '/v1/reviews/2026-Q1');
    const scopes = [
      ['', report.organisation],
      ...report.departments.map((d: Json) => [`&scope=department&id=${d.department.id}`, d]),
    ];
    for (const [scope, { now }] of scopes as [string, Json][]) {
      for (const figure of figureNames) {
        const { items, next } = await ok('GET', `/v1/reviews/2026-Q1/rows?figure=${figure}${scope}&limit=200`);
        expect(next).toBeUndefined();
        const sum = (of: string) => items.reduce((total: number, r: Json) => total + r[of], 0);
        expect([scope, figure, Math.round(sum('part') * 1e6), sum('whole')]).toEqual([
          scope,
          figure,
          Math.round(now[figure].part * 1e6),
          now[figure].whole,
        ]);
      }
    }
  });

  test('R1 H10 nothing of a confidential meeting, topic or person’s list is in any form of it', async () => {
    const secret = meetings.filter((m) => m.confidential).map((m) => m.id);
    const topics = meetings.flatMap((m) => m.agenda.filter((t) => t.confidential).map((t) => `${m.id} ${t.topicId}`));
    expect(secret.length).toBeGreaterThan(5);
    expect(topics.length).toBeGreaterThan(5);
    const forms = ['', '.html', '.csv', '/rows?figure=held&limit=200', '/rows?figure=repeatedTopics&limit=200'];
    for (const form of forms) {
      const { text, status } = await house.request('GET', `/v1/reviews/2026-Q1${form}`);
      expect([form, status]).toEqual([form, 200]);
      expect(secret.filter((id) => text.includes(id))).toEqual([]);
    }
  });
});

describe('R3 as files', () => {
  test('R3 page, PDF and sheet, by key and by the link of the mail; a link shows its own quarter only', async () => {
    const html = await house.request('GET', '/v1/reviews/2026-Q1.html?lang=en');
    expect(html.status).toBe(200);
    expect(html.headers.get('content-type')).toContain('text/html');
    const pdf = await house.request('GET', '/v1/reviews/2026-Q1.pdf');
    expect([pdf.status, pdf.text.slice(0, 5)]).toEqual([200, '%PDF-']);
    const csv = await house.request('GET', '/v1/reviews/2026-Q1.csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="review-2026-Q1.csv"');
    const mail = reviewMails().find((m) => m.to.address === 'p8@example.com' && m.subject.includes('2026'))!;
    const link = /http:\/\/convoke\.test(\/v1\/reviews\/2026-Q1\.html\?token=\S+)/.exec(mail.text)![1]!;
    const page = await house.request('GET', link, undefined, { authorization: '' });
    expect([page.status, page.headers.get('content-language')]).toEqual([200, 'en']);
    expect(page.text).toContain('部門 d3');
    expect(page.text).not.toContain('部門 d2');
    const other = link.replace('2026-Q1.html', '2025-Q4.html');
    expect((await house.request('GET', other, undefined, { authorization: '' })).status).toBe(401);
  });
});

describe('R1 R3 the rows behind each number, by plain links', () => {
  const nobody = { authorization: '' };
  const follow = (url: string) => house.request('GET', url.replace('http://convoke.test', ''), undefined, nobody);
  const linksIn = (html: string): string[] =>
    [...html.matchAll(/href="(http[^"]*\/rows\.html\?[^"]+)"/g)].map(([, url]) => url!.replaceAll('&amp;', '&'));
  const mailOf = (who: string) =>
    reviewMails().find((m) => m.to.address === `${who}@example.com` && m.subject.includes('2026'))!;

  test('R1 the mail’s figures lead there without a key, and the rows are as many as the figure says', async () => {
    const links = linksIn(mailOf('p8').html);
    expect(links.map((url) => new URL(url).searchParams.get('figure'))).toEqual(figureNames);
    const report = await ok('GET', '/v1/reviews/2026-Q1');
    const { now } = report.departments.find((d: Json) => d.department.id === departments['d3']);
    for (const figure of ['held', 'actionCompletion', 'repeatedTopics'] as const) {
      const url = links.find((l) => new URL(l).searchParams.get('figure') === figure)!;
      const page = await follow(url);
      expect([page.status, page.headers.get('content-language')]).toEqual([200, 'en']);
      expect(page.text.match(/<tr>/g)).toHaveLength(now[figure].whole + 1);
      const sheet = await follow(url.replace('rows.html', 'rows.csv'));
      expect(sheet.text.trim().split('\r\n')).toHaveLength(now[figure].whole + 1);
    }
  });

  test('R1 H10 a reader sees no more by them than by a key: not another quarter, department or host', async () => {
    const [held] = linksIn(mailOf('p8').html);
    const whole = held!.replace(/&scope=.*$/, '');
    const key = await keyOf('p8@example.com');
    const { items } = await ok('GET', '/v1/reviews/2026-Q1/rows?figure=held&limit=200', undefined, key);
    const sheet = await follow(whole.replace('rows.html', 'rows.csv'));
    expect(sheet.text.trim().split('\r\n')).toHaveLength(items.length + 1);
    expect((await follow(whole)).text).toContain('Only what you may see');
    const other = `${whole}&scope=host&id=${people['p6']}`;
    expect([(await follow(other)).status, (await follow(whole.replace('2026-Q1', '2025-Q4'))).status]).toEqual([
      403, 401,
    ]);
  });

  test('R3 the page and the PDF opened from the mail lead there, too; earlier quarters to their own reviews', async () => {
    const url = /http:\/\/convoke\.test\/v1\/reviews\/2026-Q1\.html\?token=\S+/.exec(mailOf('p1').text)![0];
    const page = await follow(url);
    const links = linksIn(page.text);
    for (const quarter of ['2026-Q1', '2025-Q4']) {
      const own = links.filter((l) => l.includes(`/${quarter}/rows`));
      expect(own.length).toBeGreaterThan(5);
      expect((await follow(own[0]!)).status).toBe(200);
    }
    const decided = links.find((l) => l.includes('figure=decided'))!;
    const report = await ok('GET', '/v1/reviews/2026-Q1');
    const sheet = (await follow(decided.replace('rows.html', 'rows.csv'))).text.trim().split('\r\n').slice(1);
    const sum = sheet.reduce((n, line) => n + Number(line.split(',').at(-2)), 0);
    expect(sum).toBe(report.outcomes.decided);
    const files = [...page.text.matchAll(/href="([^"]*\.(?:pdf|csv)\?token=[^"]+)"/g)].map(([, file]) => file!);
    expect(files).toHaveLength(2);
    for (const file of files) expect((await follow(file)).status).toBe(200);
  });
});

describe('figures of today', () => {
  test('R1 H7 the quarter so far and the trend, to each as far as they may see it', async () => {
    const whole = await ok('GET', '/v1/dashboard');
    expect(whole.trend.at(-1).quarter).toBe(whole.quarter);
    expect(whole.waiting.length).toBeGreaterThan(0);
    expect(whole.waiting[0]).toMatchObject({ from: { name: expect.any(String) }, to: { name: expect.any(String) } });
    const head = await ok('GET', '/v1/dashboard', undefined, await keyOf('p6@example.com'));
    expect(head.departments.every((d: Json) => d.department.id === departments['d2'])).toBe(true);
    expect(head.organisation).toEqual(whole.organisation);
    const outside = await house.request('GET', '/v1/dashboard', undefined, await keyOf('p11@example.com'));
    expect(outside.status).toBe(403);
  });
});
