import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { freshId } from '../support/creation.js';
import { adminKey, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
}, 180_000);
afterAll(() => api?.close());

const upload = async (
  query: string,
  body: string | Buffer | FormData,
  type = 'text/csv',
  language = 'en',
): Promise<{ status: number; json: Json }> => {
  const response = await fetch(`${api.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminKey}`,
      'accept-language': language,
      ...(body instanceof FormData ? {} : { 'content-type': type }),
    },
    body: typeof body === 'string' || body instanceof FormData ? body : new Uint8Array(body),
  });
  return { status: response.status, json: await response.json() };
};
const person = async (ref: string): Promise<Json> =>
  (await api.request('GET', `/v1/people/${encodeURIComponent(ref)}`)).json;

describe('H4 import of people', () => {
  test('a dry run names every fault by row and column, and what would be made; nothing is written', async () => {
    const word = freshId();
    const csv = `姓名,電子郵件,部門,時區\r\n甲${word},a-${word}@example.com,研發${word},Asia/Taipei\r\n乙,no address,品保,Mars\r\n,b@example.com,,\r\n丙,A-${word}@example.com,,\r\n`;
    const { status, json } = await upload('kind=people&dryRun=true', csv);
    expect(status).toBe(200);
    expect(json.faults.map((f: Json) => [f.code, f.params.row, f.params.column])).toEqual([
      ['input.email', 3, '電子郵件'],
      ['input.timeZone', 3, '時區'],
      ['input.required', 4, '姓名'],
      ['import.twice', 5, '電子郵件'],
    ]);
    expect(json.faults[0].message).toMatch(/^Row 3, “電子郵件”: /);
    expect((await person(`a-${word}@example.com`)).status).toBe(404);
    const real = await upload('kind=people', csv);
    expect(real.status).toBe(422);
    expect(real.json.errors).toHaveLength(4);
    expect((await person(`a-${word}@example.com`)).status).toBe(404);
  });

  test('a real run makes and changes, all or nothing; again it changes nothing; what it does not say stays', async () => {
    const word = freshId();
    const email = `c-${word}@example.com`;
    await api.request('PUT', `/v1/people/${email}`, { name: 'Old', channels: { slack: 'U9' }, timeZone: 'Asia/Tokyo' });
    const csv = `\ufeffName;E-mail;Departments;Name in English;WeCom account;Language\nNew ${word};${email};R${word}, Q${word};Eng ${word};we1;繁體中文\nD ${word};d-${word}@example.com;;;;en\n`;
    const { json } = await upload('kind=people', csv.replace(', ', '、'));
    expect(json).toMatchObject({ rows: 2, madeCount: 1, changedCount: 1, unchanged: 0, faults: [] });
    expect(await person(email)).toMatchObject({
      name: `New ${word}`,
      names: { en: `Eng ${word}` },
      locale: 'zh-TW',
      timeZone: 'Asia/Tokyo',
      channels: { slack: 'U9', wecom: 'we1' },
      departments: expect.arrayContaining([
        expect.objectContaining({ name: `R${word}` }),
        expect.objectContaining({ name: `Q${word}` }),
      ]),
    });
    expect((await upload('kind=people', csv.replace(', ', '、'))).json).toMatchObject({
      madeCount: 0,
      changedCount: 0,
      unchanged: 2,
    });
  });

  test('Big5, GB18030, UTF-16 and xlsx are read as they are; a form carries a file too', async () => {
    const word = freshId();
    const big5 = Buffer.concat([Buffer.from('a96dA657'.toLowerCase(), 'hex'), Buffer.from(`\r\nbig-${word}\r\n`)]);
    const gb = Buffer.concat([Buffer.from('d0d5c3fb', 'hex'), Buffer.from(`\r\ngb-${word}\r\n`)]);
    const utf16 = Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(`姓名\r\nu16-${word}\r\n`, 'utf16le')]);
    const xlsx = await writeXlsxFile([
      ['Name', 'E-mail'].map((value) => ({ value })),
      [{ value: `x-${word}` }, null],
    ]).toBuffer();
    for (const [name, bytes] of Object.entries({ big: big5, gb, u16: utf16, x: xlsx })) {
      const { status, json } = await upload('kind=people&dryRun=true', bytes, 'application/octet-stream');
      expect([name, status, json.made]).toEqual([name, 200, [`${name}-${word}`]]);
    }
    const form = new FormData();
    form.append('file', new Blob([`Name\nform-${word}\n`], { type: 'text/csv' }), 'people.csv');
    expect((await upload('kind=people&dryRun=true', form)).json.made).toEqual([`form-${word}`]);
  });

  test('is for who keeps the directory; templates come in the reader’s language and go back in', async () => {
    const { key } = (await api.request('POST', '/v1/keys', { name: 'k', role: 'member', person: 'm@example.com' }))
      .json;
    const refused = await api.request('POST', '/v1/imports?kind=people', undefined, {
      authorization: `Bearer ${key}`,
      'content-type': 'text/csv',
    });
    expect(refused.status).toBe(403);
    for (const kind of ['people', 'departments', 'actions']) {
      const template = await fetch(`${api.url}/v1/imports/template.xlsx?kind=${kind}`, {
        headers: { authorization: `Bearer ${adminKey}`, 'accept-language': 'zh-CN' },
      });
      const bytes = Buffer.from(await template.arrayBuffer());
      const back = await upload(`kind=${kind}&dryRun=true&coordinator=m@example.com`, bytes);
      expect([kind, back.json.rows ?? back.json.errors[0].code]).toEqual([
        kind,
        kind === 'actions' ? 'import.empty' : 0,
      ]);
      const csv = await api.request('GET', `/v1/imports/template.csv?kind=${kind}`, undefined, {
        'accept-language': 'zh-TW',
      });
      expect(csv.status).toBe(200);
    }
  });
});

describe('H5 import of departments', () => {
  test('with head and parent, each made once; a circle and an unknown head are faults', async () => {
    const word = freshId();
    await api.request('PUT', `/v1/people/h-${word}@example.com`, { name: `Head ${word}` });
    const csv = `Department,Head,Department above\nTop ${word},Head ${word},\nSub ${word},h-${word}@example.com,Top ${word}\n`;
    expect((await upload('kind=departments', csv)).json).toMatchObject({ madeCount: 2, faults: [] });
    const named = `部門,nameEn\nSub ${word},Sub section ${word}\n`;
    expect((await upload('kind=departments', named)).json).toMatchObject({ changedCount: 1, faults: [] });
    const { json } = await api.request('GET', `/v1/departments/${encodeURIComponent(`Sub section ${word}`)}`);
    expect(json.names).toEqual({ en: `Sub section ${word}` });
    expect(json).toMatchObject({ head: { name: `Head ${word}` }, parent: { name: `Top ${word}` } });
    const circle = `Department,Head,Department above\nTop ${word},nobody ${word},Sub ${word}\n`;
    const first = await upload('kind=departments', circle);
    expect(first.json.errors).toMatchObject([{ code: 'H4.unknown', params: { row: 2, column: 'Head' } }]);
    const second = await upload('kind=departments', circle.replace(`nobody ${word}`, ''));
    expect(second.json.errors.map((e: Json) => e.code)).toEqual(['H5.circle']);
  });
});

describe('F1 import of open actions', () => {
  test('go into one record with a durable timer each; past dates and unknown owners are faults', async () => {
    const word = freshId();
    await api.request('PUT', `/v1/people/o-${word}@example.com`, { name: `Owner ${word}` });
    const csv = (due: string, owner = `Owner ${word}`) =>
      `任務,負責人,截止日期,主責部門\n做完 ${word},${owner},${due},研發部\n`;
    const bad = await upload(
      `kind=actions&dryRun=true&coordinator=c-${word}@example.com`,
      csv('2026/1/5', `Nobody ${word}`),
    );
    expect(bad.json.faults.map((f: Json) => [f.code, f.params.row, f.params.column])).toEqual([
      ['E14.duePast', 2, '截止日期'],
      ['H4.unknown', 2, '負責人'],
    ]);
    const { status, json } = await upload(`kind=actions&coordinator=c-${word}@example.com`, csv('2026/3/5'));
    expect([status, json.madeCount]).toEqual([200, 1]);
    const state = api.temporal.state(json.meetingId);
    expect(state).toMatchObject({ phase: 'followUp', actions: [{ task: `做完 ${word}`, status: 'open' }] });
    expect(state.timers.map((t) => t.kind).sort()).toEqual(['missed', 'reminder']);
    await api.request('PUT', `/v1/people/o-${word}@example.com`, { departments: [`家 ${word}`] });
    const home = (await person(`o-${word}@example.com`)).departments[0].id;
    const again = await upload(`kind=actions&coordinator=c-${word}@example.com`, csv('2026/3/5').replace('研發部', ''));
    expect(api.temporal.state(again.json.meetingId).actions).toMatchObject([{ department: home }]);
    const meeting = await api.request('GET', `/v1/meetings/${json.meetingId}`);
    expect(meeting.json.actions).toMatchObject([{ dueDate: '2026-03-05', owner: { name: `Owner ${word}` } }]);
    expect((await api.request('POST', `/v1/actions/${json.meetingId}-a1/complete`, {})).status).toBe(200);
  });
});

describe('whatever is sent', () => {
  test('is never a failure of ours', async () => {
    const kinds = fc.constantFrom('people', 'departments', 'actions');
    const starts = fc.constantFrom('', 'PK\u0003\u0004', '\u00ff\u00fe', 'Name,E-mail\n', '姓名\n', '"', 'ÐÏ\u0011à');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 400, unit: 'binary' }).map((s) => Buffer.from(s)),
    );
    await fc.assert(
      fc.asyncProperty(kinds, starts, bytes, async (kind, start, rest) => {
        const body = Buffer.concat([Buffer.from(start, start.startsWith('姓') ? 'utf8' : 'latin1'), Buffer.from(rest)]);
        const { status } = await upload(
          `kind=${kind}&dryRun=true&coordinator=x@example.com`,
          body,
          'application/octet-stream',
        );
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
    for (const size of [5_242_881, 6_000_000])
      expect((await upload('kind=people', Buffer.alloc(size, 65), 'text/csv')).status).toBe(413);
    const rows = `Name\n${Array.from({ length: 5_001 }, (_, i) => `N${i}`).join('\n')}\n`;
    expect((await upload('kind=people', rows)).json.errors).toMatchObject([{ code: 'import.tooManyRows' }]);
    expect((await upload('kind=people', 'Foo,Name\n1,2\n')).json.errors).toMatchObject([
      { code: 'import.unknownColumn' },
    ]);
  });
});
