import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import ICAL from 'ical.js';
import { calendarToken, newNonce, readCalendarToken } from '../../api/calendar-address.js';
import { openTestArchive } from '../archive/support.js';
import { describeEachDatabase } from '../support/postgres.js';
import { at } from '../support/meeting.js';
import { aBody, startApi, type Json, type TestApi } from './support.js';

describeEachDatabase('H4 data out: a person’s calendar to subscribe to', (database) => {
  let api: TestApi;
  let archive: Awaited<ReturnType<typeof openTestArchive>>;
  beforeAll(async () => {
    archive = await openTestArchive(database());
    api = await startApi({ archive });
  });
  afterAll(async () => {
    await api?.close();
    await archive?.close();
  });

  const ok = async (method: string, path: string, body?: unknown, headers = {}): Promise<Json> => {
    const { status, json, text } = await api.request(method, path, body, headers);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return json;
  };
  const keyOf = async (person: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${(await ok('POST', '/v1/keys', { name: 'k', role: 'member', person })).key}`,
  });
  const written = (id: string) => archive.view.write({ state: api.temporal.state(id), audit: [] });
  const pathOf = (address: string): string => new URL(address).pathname;
  const read = (address: string, headers = {}) =>
    api.request('GET', pathOf(address), undefined, { authorization: '', ...headers });

  /** A meeting of host, coordinator and one more, with an action of that one. */
  async function make(word: string, overrides: Json = {}): Promise<Json> {
    const mail = (who: string): string => `${who}-${word.toLowerCase()}@example.com`;
    const made = await ok(
      'POST',
      '/v1/meetings',
      aBody({
        title: `TITLE ${word}`,
        publish: true,
        initiator: { department: '研發部', email: mail('host') },
        participants: [
          { email: mail('host'), department: '研發部', role: 'head' },
          { email: mail('one'), department: '採購部', role: 'core' },
          { email: mail('two'), department: '製造部', role: 'core' },
        ],
        ...overrides,
      }),
    );
    api.temporal.times.set(made.id, at('2026-02-02', '09:30'));
    await ok('POST', `/v1/meetings/${made.id}/open`);
    await ok('POST', `/v1/meetings/${made.id}/actions`, {
      task: `TASK ${word}`,
      owner: mail('one'),
      dueDate: '2026-02-10',
    });
    await written(made.id);
    return made;
  }
  const eventsOf = (text: string): ICAL.Event[] => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents('vtimezone'))
      ICAL.TimezoneService.register(new ICAL.Timezone(zone));
    return calendar.getAllSubcomponents('vevent').map((e) => new ICAL.Event(e));
  };

  test('has the meetings that one is in and the open actions as all-day entries, in the zone of the meeting', async () => {
    const { id } = await make('ALPHA');
    await make('OTHER');
    const headers = await keyOf('one-alpha@example.com');
    const { address } = await ok('POST', '/v1/people/one-alpha@example.com/calendar', undefined, headers);
    const reply = await read(address);
    expect(reply.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const [meeting, action, ...more] = eventsOf(reply.text);
    expect(more).toEqual([]);
    expect([meeting!.summary, meeting!.startDate.toUnixTime() * 1000]).toEqual([
      'TITLE ALPHA',
      at('2026-02-02', '09:30'),
    ]);
    expect(meeting!.uid).toContain(id);
    expect([action!.summary, action!.startDate.isDate, action!.startDate.toString()]).toEqual([
      'Due: TASK ALPHA',
      true,
      '2026-02-10',
    ]);
    expect(reply.text).not.toContain('OTHER');
    expect((await ok('GET', '/v1/people/one-alpha@example.com/calendar', undefined, headers)).address).toBe(address);
    expect(api.log()).not.toContain(pathOf(address).slice(-60));
  });

  test('the same content is the same file; known to the reader it is not sent again; reading changes nothing', async () => {
    await make('BETA');
    const { address } = await ok('POST', '/v1/people/one-beta@example.com/calendar');
    const [first, again] = [await read(address), await read(address)];
    expect(again.text).toBe(first.text);
    const etag = first.headers.get('etag')!;
    const known = await read(address, { 'if-none-match': `W/${etag}, "x"` });
    expect([known.status, known.text]).toEqual([304, '']);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('an address ends by DELETE and by the next one; whoever left has none; only oneself and administrators make it', async () => {
    await make('GAMMA');
    const path = '/v1/people/one-gamma@example.com/calendar';
    const headers = await keyOf('one-gamma@example.com');
    const first = (await ok('POST', path, undefined, headers)).address;
    const second = (await ok('POST', path, undefined, headers)).address;
    expect((await read(first)).status).toBe(404);
    expect((await read(second)).status).toBe(200);
    const other = await keyOf('two-gamma@example.com');
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await api.request(method, path, undefined, other)).json.errors[0].code).toBe('data.ownOnly');
    await ok('DELETE', path, undefined, headers);
    expect((await read(second)).json.errors[0].code).toBe('calendar.unknown');
    expect((await api.request('GET', path, undefined, headers)).status).toBe(404);
    const third = (await ok('POST', path, undefined, headers)).address;
    await ok('PUT', '/v1/people/one-gamma@example.com', { active: false });
    expect((await read(third)).status).toBe(404);
  });

  test('H10 what is confidential shows its time alone; declined, cancelled', async () => {
    await make('DELTA', { confidential: true });
    const { address } = await ok('POST', '/v1/people/one-delta@example.com/calendar');
    const { text } = await read(address);
    expect(text).not.toContain('DELTA');
    const [meeting, action] = eventsOf(text);
    expect(meeting!.summary).toBe('Confidential meeting');
    expect(action!.summary).toBe('A confidential item is due');
  });

  test('who declined does not have it; one that was called off is cancelled', async () => {
    const made = await ok(
      'POST',
      '/v1/meetings',
      aBody({
        title: 'OFF',
        publish: true,
        initiator: { department: '研發部', email: 'off-host@example.com' },
        participants: [
          { email: 'off-host@example.com', department: '研發部', role: 'head' },
          { email: 'off-one@example.com', department: '採購部', role: 'core' },
        ],
      }),
    );
    await written(made.id);
    const { address } = await ok('POST', '/v1/people/off-one@example.com/calendar');
    expect(eventsOf((await read(address)).text)).toHaveLength(1);
    const state = api.temporal.state(made.id);
    await archive.view.write({ state: { ...state, revision: 90, phase: 'cancelled' }, audit: [] });
    expect((await read(address)).text).toContain('STATUS:CANCELLED');
    const person = state.participants[1]!.person;
    const rsvps = { ...state.rsvps, [person]: { reply: 'declined' as const, at: 1, by: { via: 'link' as const } } };
    await archive.view.write({ state: { ...state, revision: 91, rsvps }, audit: [] });
    expect(eventsOf((await read(address)).text)).toHaveLength(0);
  });
});

describe('data out: the signature of a calendar address', () => {
  const person = 'pabcdefghijklmnop';
  const [old, fresh] = ['an-old-secret-0123456789', 'a-new-secret-0123456789'];
  test('counts under every secret, for this person and nonce only', () => {
    const nonce = newNonce();
    const token = calendarToken([old], person, nonce);
    expect(readCalendarToken([fresh, old], token)).toEqual({ person, nonce });
    expect(readCalendarToken([fresh], token)).toBeUndefined();
    expect(readCalendarToken([old], token.replace(person, 'pabcdefghijklmnoq'))).toBeUndefined();
    for (const wrong of ['', 'x', `${token}x`, token.slice(1), `${person}.${nonce}`, '\u0000'])
      expect(readCalendarToken([old], wrong)).toBeUndefined();
  });
});
