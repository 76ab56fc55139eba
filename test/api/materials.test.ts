/** P8 over HTTP: handing in by key and by the link's form, what is refused, downloads, templates. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheet } from 'read-excel-file/node';
import writeExcelFile from 'write-excel-file/node';
import { locales, translator } from '../../locales/index.js';
import { commonColumns } from '../../render/templates/columns.js';
import { linkPages } from '../../web/links.js';
import { aBody, adminKey, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
});
afterAll(() => api?.close());

const pdf = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n', 'latin1');

async function aMeeting(topicMore: Json = {}): Promise<{ id: string; path: string; material: string }> {
  const { json } = await api.request(
    'POST',
    '/v1/meetings',
    aBody({
      startsAt: iso('2026-02-02', '09:30'),
      publish: true,
      agenda: [
        {
          title: '試產時程',
          minutes: 20,
          priority: 1,
          materials: [{ title: '進度報表', owner: 'chen@example.com' }],
          ...topicMore,
        },
      ],
      participants: aBody().participants.map((p: Json) => ({ ...p, topics: undefined })),
    }),
  );
  const { topicId, materials } = json.agenda[0];
  return { id: json.id, path: `/v1/meetings/${json.id}/topics/${topicId}/materials`, material: materials[0].id };
}

interface Sent {
  status: number;
  json: Json;
  text: string;
}
async function upload(
  url: string,
  bytes: Uint8Array | string,
  name: string,
  fields: Record<string, string> = {},
  method = 'PUT',
  headers: Record<string, string> = { authorization: `Bearer ${adminKey}` },
): Promise<Sent & { location: string | null }> {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append('file', new Blob([bytes as never]), name);
  const response = await fetch(`${api.url}${url}`, { method, body: form, headers, redirect: 'manual' });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : undefined;
  return { status: response.status, json, text, location: response.headers.get('location') };
}
const codes = (sent: { status: number; json: Json }) => [
  sent.status,
  ...(sent.json?.errors ?? []).map((e: Json) => e.code),
];

describe('P8 handing in', () => {
  test('a file: its version, its hash in the meeting, its bytes back as an attachment', async () => {
    const { id, path, material } = await aMeeting();
    const sent = await upload(`${path}/${material}`, pdf, '報表 2.pdf');
    expect([sent.status, sent.json.version]).toEqual([200, 1]);
    const { json } = await api.request('GET', `/v1/meetings/${id}`);
    expect(json.agenda[0].materials[0]).toMatchObject({
      version: 1,
      file: { name: '報表 2.pdf', size: pdf.length, type: 'application/pdf' },
    });
    const back = await fetch(`${api.url}${path}/${material}/file`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(Buffer.from(await back.arrayBuffer())).toEqual(pdf);
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
    expect(back.headers.get('content-disposition')).toBe(
      `attachment; filename="__ 2.pdf"; filename*=UTF-8''%E5%A0%B1%E8%A1%A8%202.pdf`,
    );
    expect(codes(await api.request('GET', `${path}/${material}/file?version=7`))).toEqual([404, 'P8.noSuchVersion']);
    expect((await api.request('GET', `${path}/${material}`)).json).toMatchObject({
      id: material,
      version: 1,
      versions: [],
    });
  });

  test('P8 renamed by PATCH with its id it keeps its versions; without the id it is another one', async () => {
    const { id, path, material } = await aMeeting();
    await upload(`${path}/${material}`, pdf, '報表.pdf');
    const { json } = await api.request('GET', `/v1/meetings/${id}`);
    const { topicId, title, minutes, priority } = json.agenda[0];
    const patch = (m: Json) =>
      api.request('PATCH', `/v1/meetings/${id}`, {
        agenda: [{ topicId, title, minutes, priority, materials: [{ owner: 'chen@example.com', ...m }] }],
      });
    const first = async (): Promise<Json> => (await api.request('GET', `/v1/meetings/${id}`)).json.agenda[0].materials;
    expect((await patch({ id: material, title: '新報表' })).status).toBe(200);
    expect(await first()).toMatchObject([{ id: material, title: '新報表', version: 1 }]);
    const back = await fetch(`${api.url}${path}/${material}/file`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(Buffer.from(await back.arrayBuffer())).toEqual(pdf);
    expect(codes(await patch({ id: `${id}-m99`, title: '新報表' }))).toEqual([422, 'P8.noSuchMaterial']);
    expect((await patch({ title: '別的' })).status).toBe(200);
    const [other] = await first();
    expect(other.id).not.toBe(material);
    expect(other.version).toBeUndefined();
  });

  test('P3 P8 H4 who presents or prepares without being invited: hints, and who of them has no channel', async () => {
    const people = aBody().participants.map((p: Json) => ({ ...p, topics: undefined }));
    const { json: nobody } = await api.request('POST', '/v1/people', { name: '何美君' });
    const agenda = [
      {
        title: '試產時程',
        minutes: 20,
        priority: 1,
        presenter: 'guest@example.com',
        materials: [{ title: '進度報表', owner: nobody.id }],
      },
    ];
    const made = await api.request('POST', '/v1/meetings', aBody({ agenda, participants: people, publish: true }));
    expect(made.status).toBe(201);
    const of = (code: string): Json => made.json.warnings.find((w: Json) => w.code === code);
    expect(of('P3.presenterNotInvited').message).toContain('試產時程');
    expect(of('P8.ownerNotInvited')).toMatchObject({ path: 'agenda[0].materials[0].owner' });
    expect(of('P8.ownerNotInvited').message).toContain('進度報表');
    expect(made.json.unreachable).toMatchObject([{ id: nobody.id }]);
  });

  test('a new one: by link as JSON, by file as a form', async () => {
    const { path } = await aMeeting();
    const link = await api.request('POST', path, {
      title: '圖面',
      owner: 'wang@example.com',
      link: 'https://example.com/1',
    });
    expect([link.status, link.json.version]).toEqual([201, 1]);
    const file = await upload(path, 'a,b\n1,2\n', 'figures.csv', { owner: 'wang@example.com' }, 'POST');
    expect([file.status, file.json.version]).toEqual([201, 1]);
    expect(codes(await api.request('POST', path, { link: 'https://example.com/2' }))).toEqual([422, 'input.required']);
  });

  test.each([
    ['a program called pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'a.pdf'],
    ['a web page', '<html><script>alert(1)</script></html>', 'a.html'],
    ['text with NUL', 'a\0b', 'a.txt'],
    ['an archive', Buffer.from('PK\u0005\u0006' + '\0'.repeat(18), 'latin1'), 'a.docx'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg'],
  ])('%s is not taken', async (_what, bytes, name) => {
    const { path, material } = await aMeeting();
    expect(codes(await upload(`${path}/${material}`, bytes, name))).toEqual([422, 'P8.type']);
  });

  test('more than 25 MB, and nothing at all', async () => {
    const { path, material } = await aMeeting();
    const large = Buffer.alloc(25 * 1_048_576 + 1, 0x61);
    expect(codes(await upload(`${path}/${material}`, large, 'a.txt'))).toEqual([413, 'P8.tooLarge']);
    expect(codes(await upload(`${path}/${material}`, '', 'a.txt'))).toEqual([422, 'P8.empty']);
  });

  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['a\u202egnp.exe', 'agnp.exe.pdf'],
    ['...', 'file.pdf'],
    ['C:\\x\\y.PDF', 'y.pdf'],
    [`${'長'.repeat(300)}.pdf`, `${'長'.repeat(120)}.pdf`],
  ])('the name %j becomes %j', async (given, kept) => {
    const { id, path, material } = await aMeeting();
    expect((await upload(`${path}/${material}`, pdf, given)).status).toBe(200);
    expect(api.temporal.state(id).agenda[0]!.materials[0]!.file!.name).toBe(kept);
  });

  test('multipart is taken nowhere else', async () => {
    const { id } = await aMeeting();
    expect((await upload(`/v1/meetings/${id}/open`, pdf, 'a.pdf', {}, 'POST')).status).toBe(415);
  });
});

describe('P8 the common format', () => {
  const sheet = (heads: string[]): Promise<Buffer> => writeExcelFile([heads, heads.map(() => 'x')]).toBuffer();

  test.each(locales)('the template in %s has the columns, and is taken', async (lang) => {
    const response = await fetch(`${api.url}/v1/templates/common.xlsx?lang=${lang}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const [head] = await readSheet(bytes);
    expect(head).toEqual(commonColumns.map((code) => translator(lang)(`templates.column.${code}`)));
    const { path, material } = await aMeeting();
    expect((await upload(`${path}/${material}`, bytes, 'a.xlsx')).status).toBe(200);
    const docx = await fetch(`${api.url}/v1/templates/common.docx?lang=${lang}`);
    expect(docx.status).toBe(200);
    expect((await upload(`${path}/${material}`, Buffer.from(await docx.arrayBuffer()), 'a.docx')).json?.version).toBe(
      2,
    );
  });

  test('columns that are missing are named in the reader’s language', async () => {
    const { path, material } = await aMeeting();
    const bytes = await sheet(['Topic', 'GOAL ', '進度', '问题', 'Proposal']);
    const sent = await upload(`${path}/${material}`, bytes, 'a.xlsx');
    expect(codes(sent)).toEqual([422, 'P8.columns']);
    expect(sent.json.errors[0].params.columns).toEqual(['support', 'owner', 'date']);
    expect(sent.json.errors[0].message).toContain('Support needed, Owner, Date');
    const free = await aMeeting({ format: 'free' });
    expect((await upload(`${free.path}/${free.material}`, bytes, 'a.xlsx')).status).toBe(200);
  });

  test('no other template', async () => {
    expect(codes(await api.request('GET', '/v1/templates/__proto__'))).toEqual([404, 'P8.noTemplate']);
  });
});

describe('P8 the form behind the link', () => {
  async function linkOf(meeting: string, ref: string): Promise<string> {
    const person = api.temporal.state(meeting).agenda[0]!.materials[0]!.owner;
    return `/r/${await api.links.sign({ purpose: 'material', person, meeting, ref, exp: Date.now() + 1e9 })}`;
  }

  test('shows, takes a file without script, shows it, gives it back', async () => {
    const { id, material } = await aMeeting();
    const link = await linkOf(id, material);
    expect((await api.request('GET', link)).text).toContain('enctype="multipart/form-data"');
    const sent = await upload(link, pdf, 'r.pdf', { link: '' }, 'POST', {});
    expect([sent.status, sent.location]).toEqual([303, `${link}?done=material`]);
    const page = (await api.request('GET', `${link}?done=material`)).text;
    expect(page).toContain('r.pdf');
    const back = await fetch(`${api.url}${link}/files/${material}`);
    expect([back.status, Buffer.from(await back.arrayBuffer()).equals(pdf)]).toEqual([200, true]);
    const person = api.temporal.state(id).agenda[0]!.materials[0]!.owner;
    const reading = `/r/${await api.links.sign({ purpose: 'reading', person, meeting: id, exp: Date.now() + 1e9 })}`;
    expect((await api.request('GET', reading)).text).toContain(`href="${reading}/files/${material}"`);
    expect((await fetch(`${api.url}${reading}/files/${material}`)).status).toBe(200);
    expect((await fetch(`${api.url}${reading}/files/nothing`)).status).toBe(404);
  });

  test('a refusal stands at its field; a survey link leads to no file', async () => {
    const { id, material } = await aMeeting();
    const link = await linkOf(id, material);
    const sent = await upload(link, 'MZ\0', 'a.exe', {}, 'POST', {});
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('id="e-file"');
    const survey = await api.links.sign({ purpose: 'survey', person: 'p1', meeting: id, exp: Date.now() + 1e9 });
    expect((await api.request('GET', `/r/${survey}/files/${material}`)).status).toBe(404);
  });
});
