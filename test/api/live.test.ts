/** The live feed (design §4) of one process, on PGlite: the rules of the stream itself. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Archive } from '../../archive/open.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { aMeeting, meetingId } from '../support/meeting.js';
import { Reader } from './sse.js';
import { now, startApi, type TestApi } from './support.js';
import { openEmptyArchive } from '../support/archive.js';

let archive: Archive;
let api: TestApi;
let state: MeetingState;
let readers: Reader[] = [];
let count = 0;

beforeAll(async () => {
  archive = await openEmptyArchive();
  api = await startApi({ archive });
});
afterEach(() => {
  for (const reader of readers) reader.close();
  readers = [];
});
afterAll(async () => {
  await api.close();
  await archive.close();
});

const freshId = (): string => meetingId.slice(0, -2) + 'abcdefghijklmnopqrstuvwxyz'.charAt(count++ % 26) + 'z';

/** A meeting that only the archive knows. */
async function put(more: Partial<MeetingState> = {}): Promise<string> {
  state = { ...aMeeting({ phase: 'closed', ...more }), id: freshId(), revision: 1 };
  await archive.view.write({ state, audit: [entry(1, 'create')] });
  return state.id;
}
const entry = (revision: number, event: string) => ({
  meetingId: state.id,
  revision,
  at: now + revision,
  event,
  via: 'api' as const,
  person: 'p1',
});
/** Revisions that are written in one burst. */
async function change(...events: string[]): Promise<void> {
  const first = state.revision + 1;
  state = { ...state, revision: state.revision + events.length };
  await archive.view.write({ state, audit: events.map((event, i) => entry(first + i, event)) });
}
async function listen(id: string, headers: Record<string, string> = {}, query = ''): Promise<Reader> {
  const reader = await Reader.open(api.url, id, headers, query);
  readers.push(reader);
  return reader;
}
const told = (reader: Reader) => reader.events.map((e) => [e.event, e.id, e.data.event]);

describe('a stream', () => {
  test('begins with the meeting, then every revision of a burst', async () => {
    const reader = await listen(await put());
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.response.headers.get('cache-control')).toBe('no-store');
    await reader.reached(1);
    await change('rsvp');
    await change('startTopic', 'keyPoint', 'finishTopic');
    await reader.reached(5);
    expect(told(reader)).toEqual([
      ['snapshot', 1, undefined],
      ['change', 2, 'rsvp'],
      ['change', 3, 'startTopic'],
      ['change', 4, 'keyPoint'],
      ['change', 5, 'finishTopic'],
    ]);
    expect(Object.keys(reader.changes[0]!.data).sort()).toEqual(['by', 'event', 'now', 'phase', 'revision', 'via']);
  });

  test('goes on after Last-Event-ID', async () => {
    const id = await put();
    await change('rsvp', 'rsvp', 'attendance');
    const reader = await (await listen(id, { 'last-event-id': '2' })).reached(4);
    expect(told(reader)).toEqual([
      ['change', 3, 'rsvp'],
      ['change', 4, 'attendance'],
    ]);
  });

  test('a revision that is missing gets a snapshot instead', async () => {
    const reader = await (await listen(await put())).reached(1);
    state = { ...state, revision: 3 };
    await archive.view.write({ state, audit: [entry(3, 'rsvp')] });
    await reader.reached(3);
    expect(told(reader)).toEqual([
      ['snapshot', 1, undefined],
      ['snapshot', 3, undefined],
    ]);
  });

  test('history that became another one (a lost task, a reset) gets a snapshot', async () => {
    const reader = await (await listen(await put())).reached(1);
    const run = 'run';
    const burst = (at: number, revision: number, event: string, after: number) =>
      archive.view.write({
        state: (state = { ...state, revision }),
        audit: [{ ...entry(revision, event), at }],
        told: { at, run, after },
      });
    await burst(now + 100, 2, 'rsvp', 1);
    await reader.reached(2);
    // The task that wrote revision 2 was lost; the engine ran it again, with another command.
    await burst(now + 200, 2, 'cancel', 1);
    await burst(now + 300, 3, 'rsvp', 2);
    await reader.until((r) => r.events.filter((e) => e.event === 'snapshot').length > 1);
    expect(told(reader)[1]).toEqual(['change', 2, 'rsvp']);
    expect(told(reader)[2]![0]).toBe('snapshot');
  });

  test('a personal link opens its own meeting, and no other; a survey link none', async () => {
    const mine = await put();
    const token = (purpose: 'reply' | 'survey', meeting = mine) =>
      api.links.sign({ purpose, person: 'p6', meeting, exp: Date.now() + 1e9 });
    const reader = await listen(mine, {}, `?token=${await token('reply')}`);
    await reader.reached(1);
    const refused = async (query: string) => (await fetch(`${api.url}/v1/meetings/${mine}/events${query}`)).status;
    const other = await put();
    expect(await refused(`?token=${await token('reply', other)}`)).toBe(401);
    expect(await refused(`?token=${await token('survey')}`)).toBe(401);
    expect(await refused('')).toBe(401);
    const stranger = await api.links.sign({ purpose: 'reply', person: 'p77', meeting: mine, exp: Date.now() + 1e9 });
    expect(await refused(`?token=${stranger}`)).toBe(404);
    expect(api.log()).not.toContain(stranger);
  });

  test('H7: external people hear that there is something new, not who did what', async () => {
    const mine = await put({ phase: 'execution' });
    const token = (person: string) =>
      api.links.sign({ purpose: 'reply', person, meeting: mine, exp: Date.now() + 1e9 });
    const outside = await listen(mine, {}, `?token=${await token('p11')}`);
    const inside = await listen(mine, {}, `?token=${await token('p6')}`);
    await Promise.all([outside.reached(1), inside.reached(1)]);
    await change('openVote');
    await Promise.all([outside.reached(2), inside.reached(2)]);
    expect(Object.keys(outside.changes[0]!.data).sort()).toEqual(['now', 'phase', 'revision']);
    expect(inside.changes[0]!.data).toMatchObject({ event: 'openVote', by: 'p1' });
    const resumed = await (await listen(mine, { 'last-event-id': '1' }, `?token=${await token('p11')}`)).reached(2);
    expect(Object.keys(resumed.changes[0]!.data).sort()).toEqual(['now', 'phase', 'revision']);
  });

  test('H10: to whom a topic is confidential, a change names nothing that it was about', async () => {
    const { agenda } = aMeeting();
    const [first, ...rest] = agenda;
    const mine = await put({ phase: 'execution', agenda: [{ ...first!, confidential: true }, ...rest] });
    const token = (person: string) =>
      api.links.sign({ purpose: 'reply', person, meeting: mine, exp: Date.now() + 1e9 });
    const host = await listen(mine, {}, `?token=${await token('p2')}`);
    const other = await listen(mine, {}, `?token=${await token('p10')}`);
    await Promise.all([host.reached(1), other.reached(1)]);
    state = { ...state, revision: 2 };
    await archive.view.write({ state, audit: [{ ...entry(2, 'startTopic'), ref: first!.topicId }] });
    await Promise.all([host.reached(2), other.reached(2)]);
    expect(host.changes[0]!.data).toMatchObject({ event: 'startTopic', ref: first!.topicId });
    expect(other.changes[0]!.data).not.toHaveProperty('ref');
  });

  test('a meeting that is not there is 404', async () => {
    expect((await api.request('GET', '/v1/meetings/zzzzzzzzzzzzzzzz/events')).status).toBe(404);
  });
});

describe('many listeners', () => {
  test('200 of one meeting get all of it, with one load for all', async () => {
    const id = await put();
    const many = await Promise.all(Array.from({ length: 200 }, () => listen(id)));
    await Promise.all(many.map((r) => r.reached(1)));
    let loads = 0;
    const since = archive.feed.since.bind(archive.feed);
    archive.feed.since = (...args) => (loads++, since(...args));
    for (let n = 0; n < 10; n++) await change('rsvp', 'attendance');
    await Promise.all(many.map((r) => r.reached(21)));
    for (const reader of many) expect(reader.ids).toEqual(Array.from({ length: 21 }, (_, n) => n + 1));
    expect(loads).toBeLessThan(60);
    archive.feed.since = since;
  });

  test('more than a process takes are told to come later', async () => {
    const small = await startApi({ archive, mostListeners: 2 });
    const id = await put();
    const two = await Promise.all([0, 1].map(() => Reader.open(small.url, id)));
    const third = await small.request('GET', `/v1/meetings/${id}/events`);
    expect({ status: third.status, code: third.json.errors[0].code, retry: third.headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'http.manyListeners',
      retry: '30',
    });
    two[0]!.close();
    await two[0]!.ended;
    await (await retried(() => Reader.open(small.url, id))).reached(1);
    await small.close();
    for (const reader of two) await reader.ended;
  });

  test('a process that is stopped ends its streams', async () => {
    const short = await startApi({ archive });
    const reader = await (await Reader.open(short.url, await put())).reached(1);
    await short.close();
    await reader.ended;
  });
});

/** The server hears of a reader that is gone a moment later. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await work();
    } catch (error) {
      if (n > 200) throw error;
    }
  }
}
