import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { listNames, lists, tableOf } from '../../api/lists/columns.js';
import { catalogues } from '../../locales/index.js';
import type { openTestArchive } from '../archive/support.js';
import { describeOneDatabase } from '../support/postgres.js';
import { startOverGenerated } from './generated.js';
import { adminKey, type Json, type TestApi } from './support.js';

describeOneDatabase('data out: lists as files', (database) => {
  let api: TestApi;
  let archive: Awaited<ReturnType<typeof openTestArchive>>;
  beforeAll(async () => {
    ({ api, archive } = await startOverGenerated(database(), { meetings: 260, actions: 300, until: '2026-01-27' }));
  }, 180_000);
  afterAll(async () => {
    await api?.close();
    await archive?.close();
  });

  const get = (path: string, headers = {}) =>
    api.request('GET', path, undefined, { 'accept-language': 'zh-TW', ...headers });
  const rowsOf = (text: string): string[][] => parse(text, { bom: true });
  const all = async (path: string, headers = {}): Promise<Json[]> => {
    const items: Json[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const { json } = await get(`${path}?limit=200${next === '' ? '' : `&cursor=${next}`}`, headers);
      items.push(...json.items);
      next = json.next;
    }
    return items;
  };

  test('every list comes as CSV and as a workbook, with a head in the reader’s language, in UTF-8 with its mark', async () => {
    for (const name of listNames) {
      const csv = await get(`/v1/lists/${name}.csv`);
      expect([name, csv.status]).toEqual([name, 200]);
      expect(csv.headers.get('content-type')).toContain('text/csv; charset=utf-8');
      expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="${name}.csv"`);
      expect(rowsOf(csv.text)[0]).toEqual(tableOf(name, 'zh-TW').head);
      const { status, headers } = await get(`/v1/lists/${name}.xlsx`);
      expect([name, status, headers.get('content-type')]).toEqual([
        name,
        200,
        expect.stringContaining('spreadsheetml'),
      ]);
    }
    const raw = await fetch(`${api.url}/v1/lists/people.csv`, { headers: { authorization: `Bearer ${adminKey}` } });
    expect([...new Uint8Array(await raw.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  }, 120_000);

  test('all pages of it, in order, ids included; its filters count', async () => {
    const items = await all('/v1/meetings');
    expect(items).toHaveLength(260);
    const [, ...rows] = rowsOf((await get('/v1/lists/meetings.csv')).text);
    expect(rows.map((row) => row[0])).toEqual(items.map((m) => m.id));
    const closed = rowsOf((await get('/v1/lists/meetings.csv?phase=cancelled')).text).slice(1);
    expect(closed.map((row) => row[0])).toEqual(items.filter((m) => m.phase === 'cancelled').map((m) => m.id));
    expect(closed[0]?.[2]).toBe('已取消');
  });

  test('what a member sees of the list is what their file has', async () => {
    const person = (await all('/v1/people'))[3];
    const { json } = await api.request('POST', '/v1/keys', { name: 'k', role: 'member', person: person.id });
    const headers = { authorization: `Bearer ${json.key}` };
    for (const name of ['meetings', 'actions', 'tasks'] as const) {
      const items = await all(lists[name].path, headers);
      const [, ...rows] = rowsOf((await get(`/v1/lists/${name}.csv`, headers)).text);
      expect(rows.map((row) => row[0])).toEqual(items.map((m) => m.id));
    }
    expect((await get('/v1/lists/meetings.csv', { authorization: '' })).status).toBe(401);
  });

  test('a wrong filter is refused as the list refuses it, a file that there is not is not found', async () => {
    const wrong = await get('/v1/lists/meetings.csv?phase=nowhere');
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([422, expect.stringContaining('problem+json')]);
    expect(wrong.json.errors[0].path).toBe('phase');
    expect((await get('/v1/lists/secrets.csv')).status).toBe(422);
  });

  test('a workbook holds what the list holds', async () => {
    const reply = await fetch(`${api.url}/v1/lists/people.xlsx`, { headers: { authorization: `Bearer ${adminKey}` } });
    const [{ data } = { data: [] }] = await readXlsxFile(Buffer.from(await reply.arrayBuffer()));
    expect(data).toHaveLength(31);
    expect(data[1]!.slice(0, 3)).toEqual((await all('/v1/people')).slice(0, 1).map((p) => [p.id, p.name, p.email])[0]);
  });
});

describe('data out: words of the lists', () => {
  test('every column and title has its word', () => {
    for (const name of listNames)
      for (const text of [tableOf(name, 'en').title, ...tableOf(name, 'en').head]) expect(text).not.toMatch(/^lists\./);
    expect(Object.keys(catalogues.en.lists ?? {}).sort()).toEqual(Object.keys(catalogues['zh-TW'].lists ?? {}).sort());
  });
});
