import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { exportedTables, keptTables } from '../../archive/export.js';
import { type openTestArchive, rowsOf } from '../archive/support.js';
import { describeOneDatabase } from '../support/postgres.js';
import { startOverGenerated } from './generated.js';
import { adminKey, type Json, type TestApi } from './support.js';

describeOneDatabase('data out: everything', (database) => {
  let api: TestApi;
  let archive: Awaited<ReturnType<typeof openTestArchive>>;
  beforeAll(async () => {
    ({ api, archive } = await startOverGenerated(database(), { meetings: 130, actions: 300, until: '2026-01-28' }));
  }, 180_000);
  afterAll(async () => {
    await api?.close();
    await archive?.close();
  });

  test('of every table it is said whether it leaves', async () => {
    const rows = await rowsOf(
      archive,
      sql`select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('record', 'view')`,
    );
    const said = [...Object.keys(exportedTables), ...Object.keys(keptTables)];
    expect(rows.map((row) => row['name']).filter((name) => !said.includes(String(name)))).toEqual([]);
  });

  test('every row once, counted at the end; no secret, nobody’s answer; for administrators', async () => {
    const key = (await api.request('POST', '/v1/keys', { name: 'k', role: 'service' })).json.key;
    const address = (
      await api.request('POST', `/v1/people/${(await api.request('GET', '/v1/people')).json.items[0].id}/calendar`)
    ).json.address;
    const taken = await fetch(`${api.url}/v1/export`, { headers: { authorization: `Bearer ${adminKey}` } });
    const reply = { text: await taken.text() };
    expect(taken.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = reply.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ format: 'convoke-export', version: 1 });
    const { counts } = lines.at(-1)!;
    expect(lines).toHaveLength(Object.values<number>(counts).reduce((sum, n) => sum + n, 2));
    expect(counts).toMatchObject({
      'view.meetings': 130,
      'record.people': 30,
      'record.departments': 4,
      'view.facts': 130,
    });
    const meetings = lines.filter((l) => l.table === 'view.meetings').map((l) => l.row);
    expect(new Set(meetings.map((m: Json) => m.id)).size).toBe(130);
    expect(meetings[0].state.actions).toBeDefined();
    const boxes = lines.filter((l) => l.table === 'record.ballot_boxes').map((l) => l.row);
    expect(boxes.filter((b: Json) => b.secret && ('voters' in b || b.ballots))).toEqual([]);
    expect(boxes.some((b: Json) => b.secret)).toBe(true);
    expect(lines.some((l) => l.table === 'record.survey_boxes' && 'answered' in l.row)).toBe(false);
    expect(lines.find((l) => l.table === 'record.keys')!.row).not.toHaveProperty('hash');
    expect(reply.text).not.toContain(key);
    expect(reply.text).not.toContain(new URL(address).pathname.split('.')[1]!);
    expect((await api.request('GET', '/v1/export', undefined, { authorization: `Bearer ${key}` })).status).toBe(403);
  });
});
