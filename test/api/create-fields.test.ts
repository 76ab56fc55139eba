import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMeetingBody } from '../../api/schemas/meeting.js';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

/** Field → wrong values with the code that each must get. Array items by `[0]`. */
const wrong: Record<string, [value: unknown, code: string][]> = {
  title: [
    [undefined, 'input.required'],
    ['', 'input.empty'],
    ['   ', 'input.empty'],
    [5, 'input.type'],
    ['a'.repeat(201), 'input.tooLong'],
    ['a\u0000b', 'input.control'],
    ['line\nbreak', 'input.control'],
    ['\ud800', 'input.surrogate'],
    ['\u200b\u2060\ufeff', 'input.invisible'],
    ['\u3164', 'input.invisible'],
    [null, 'input.type'],
    [{}, 'input.type'],
  ],
  goal: [
    [undefined, 'input.required'],
    ['', 'input.empty'],
    ['a'.repeat(2001), 'input.tooLong'],
    ['bell\u0007', 'input.control'],
  ],
  sharedGoal: [[7, 'input.type']],
  kind: [
    [undefined, 'input.required'],
    ['urgent', 'input.choice'],
  ],
  emergencyReason: [[['x'], 'input.type']],
  issueKind: [
    [undefined, 'input.required'],
    ['money', 'input.choice'],
  ],
  complex: [['yes', 'input.type']],
  startsAt: [
    [undefined, 'input.required'],
    ['2026-02-02', 'input.instant'],
    ['2026-02-02T09:30:00', 'input.instant'],
    ['2026-02-30T09:30:00+08:00', 'input.instant'],
    ['2026-02-02T09:30:00+09:00', 'input.offset'],
    [iso('2028-02-02', '09:30'), 'input.tooFar'],
    [iso('2026-01-27', '09:30'), 'P2.startPast'],
    [1770000000000, 'input.type'],
  ],
  timeZone: [
    [undefined, 'input.required'],
    ['Taipei', 'input.timeZone'],
    ['+08:00', 'input.timeZone'],
    ['Asia/Taipei\u0000', 'input.timeZone'],
  ],
  durationMinutes: [
    [undefined, 'input.required'],
    [0, 'input.tooSmall'],
    [60.5, 'input.type'],
    ['60', 'input.type'],
    [100_000, 'input.tooLarge'],
    [241, 'P2.tooLong'],
    [1e300, 'input.tooLarge'],
  ],
  place: [['a'.repeat(201), 'input.tooLong']],
  onlineLink: [
    ['javascript:alert(1)', 'input.link'],
    ['meet.example.com', 'input.link'],
    [`https://example.com/${'a'.repeat(2000)}`, 'input.tooLong'],
    ['https://example.com/a b', 'input.link'],
  ],
  initiator: [
    [undefined, 'input.required'],
    ['lin.mei@example.com', 'input.type'],
  ],
  'initiator.department': [
    [undefined, 'input.required'],
    ['daaaaaaaaaaaaaaaa', 'H5.unknown'],
  ],
  'initiator.email': [
    [undefined, 'input.required'],
    ['lin@', 'input.email'],
    ['a@b@c.example', 'input.email'],
    ['"a b"@example.com', 'input.email'],
    ['paaaaaaaaaaaaaaaa', 'H4.unknown'],
    ['無此人', 'H4.unknown'],
  ],
  'initiator.name': [['\u0001', 'input.control']],
  host: [
    [5, 'input.type'],
    ['無此人', 'H4.unknown'],
  ],
  deputyHost: [['x@', 'input.email']],
  coordinator: [['paaaaaaaaaaaaaaaa', 'H4.unknown']],
  recorder: [['', 'input.empty']],
  sponsor: [[{}, 'input.type']],
  participants: [
    [undefined, 'input.required'],
    [{}, 'input.type'],
    [[], 'P3.tooFew'],
    [Array.from({ length: 101 }, (_, i) => seat(`p${i}@example.com`)), 'input.tooMany'],
    [Array.from({ length: 16 }, (_, i) => seat(`p${i}@example.com`)), 'P4.overCap'],
  ],
  'participants[1]': [
    [null, 'input.type'],
    [seat('lin.mei@example.com'), 'P3.personTwice'],
  ],
  'participants[1].email': [
    [undefined, 'input.required'],
    ['chen', 'H4.unknown'],
    ['chen@example', 'input.email'],
  ],
  'participants[1].name': [[12, 'input.type']],
  'participants[1].department': [
    [undefined, 'input.required'],
    ['a'.repeat(121), 'input.tooLong'],
  ],
  'participants[1].role': [
    [undefined, 'input.required'],
    ['boss', 'input.choice'],
  ],
  'participants[1].key': [['true', 'input.type']],
  'participants[1].topics': [['人力', 'input.type']],
  'participants[1].topics[0]': [
    [4, 'input.type'],
    ['不在議程上', 'P3.unknownTopic'],
  ],
  supportDepartments: [['財務部', 'input.type']],
  'supportDepartments[0].name': [[undefined, 'input.required']],
  'supportDepartments[0].email': [['finance@', 'input.email']],
  agenda: [
    [undefined, 'input.required'],
    [Array.from({ length: 51 }, (_, i) => ({ title: `t${i}`, minutes: 1, priority: 1 })), 'input.tooMany'],
    [[{ title: 'long', minutes: 65, priority: 1 }], 'P6.excess'],
  ],
  'agenda[0].title': [
    [undefined, 'input.required'],
    ['a\u2028x', 'input.control'],
  ],
  'agenda[0].minutes': [
    [undefined, 'input.required'],
    [-1, 'input.tooSmall'],
    ['15', 'input.type'],
  ],
  'agenda[0].priority': [
    [undefined, 'input.required'],
    [0, 'input.tooSmall'],
    [100, 'input.tooLarge'],
  ],
  'agenda[0].topicId': [['t1', 'input.invalid']],
  'agenda[0].department': [['daaaaaaaaaaaaaaaa', 'H5.unknown']],
  'agenda[0].presenter': [['無此人', 'H4.unknown']],
  'agenda[0].expectedConclusion': [['a'.repeat(2001), 'input.tooLong']],
  'agenda[0].materials': [['x', 'input.type']],
  'agenda[0].materials[0].id': [
    ['x', 'input.invalid'],
    ['aaaabbbbccccdddd-m1', 'P8.noSuchMaterial'],
  ],
  'agenda[0].materials[0].title': [[undefined, 'input.required']],
  'agenda[0].materials[0].owner': [[undefined, 'input.required']],
  'agenda[0].materials[0].dueAt': [
    ['tomorrow', 'input.instant'],
    ['2026-02-01T12:00:00+05:30', 'input.offset'],
  ],
  'agenda[0].materials[0].link': [['ftp://files.example.com', 'input.link']],
  'agenda[0].materials[0].released': [['yes', 'input.type']],
  'agenda[0].confidential': [['yes', 'input.type']],
  'agenda[0].format': [['own', 'input.choice']],
  successStory: [
    [1, 'input.type'],
    ['a story', 'input.invalid'],
    [`s${'a'.repeat(16)}`, 'P9.notReleased'],
  ],
  confidential: [['yes', 'input.type']],
  openDiscussionMinutes: [[-5, 'input.tooSmall']],
  breakMinutes: [['10', 'input.type']],
  capReason: [['', 'input.empty']],
  locale: [['fr', 'input.choice']],
  secondLocale: [['fr', 'input.choice']],
  seriesId: [
    ['a'.repeat(65), 'input.tooLong'],
    ['nobodys', 'S1.unknown'],
  ],
  publish: [[1, 'input.type']],
  surprise: [[1, 'input.unknown']],
  'agenda[1].surprise': [[1, 'input.unknown']],
  'participants[0].__proto': [[1, 'input.unknown']],
};

function seat(email: string): Record<string, unknown> {
  return { email, department: '研發部', role: 'core' };
}

/** The body with one value at a path. */
function bodyWith(path: string, value: unknown): unknown {
  const body = aBody() as Json;
  if (path.endsWith('topics[0]')) body.participants[1].topics = ['人力'];
  const parts = path.split(/[.[\]]+/).filter((x) => x !== '');
  const last = parts.pop()!;
  const holder = parts.reduce<Json>((at, part) => at[part], body);
  holder[last] = value;
  return body;
}

/** Every field of the schema, by path, array items as `[0]`. */
function fieldsOf(schema: Json, path = ''): string[] {
  if (schema.type === 'array') return fieldsOf(schema.items, `${path}[]`);
  if (schema.type !== 'object') return path === '' ? [] : [path];
  const own = Object.entries(schema.properties as Record<string, Json>).flatMap(([name, inner]) =>
    fieldsOf(inner, path === '' ? name : `${path}.${name}`),
  );
  return path === '' ? own : [path, ...own];
}

describe('POST /v1/meetings: for every field a wrong value gets 422 with its path', () => {
  test('the table has every field of the schema', async () => {
    const { z } = await import('zod');
    const schema: Json = z.toJSONSchema(createMeetingBody, { io: 'input', unrepresentable: 'any' });
    const fields = fieldsOf(schema.properties ? schema : schema.$defs.CreateMeeting);
    const tabled = new Set(Object.keys(wrong).map((path) => path.replace(/\[\d+\]/g, '[]')));
    expect(fields.length).toBeGreaterThan(45);
    expect(fields.filter((f) => !f.endsWith('[]') && !tabled.has(f))).toEqual([]);
  });

  const cases = Object.entries(wrong).flatMap(([path, values]) =>
    values.map(([value, code]) => [path, JSON.stringify(value)?.slice(0, 40) ?? 'nothing', value, code] as const),
  );
  test.each(cases)('%s = %s', async (path, _shown, value, code) => {
    const { status, json, headers } = await api.request('POST', '/v1/meetings', bodyWith(path, value));
    expect({ status, faults: json.errors?.map((e: Json) => [e.path, e.code]) ?? json }).toEqual({
      status: 422,
      faults: expect.arrayContaining([[path, code]]),
    });
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(api.temporal.started.size).toBe(0);
  });

  test('every fault at once, in the schema’s order', async () => {
    const body = aBody({ title: '', durationMinutes: 'long', startsAt: 'x', timeZone: 'nowhere', extra: 1 }) as Json;
    body.agenda[1].minutes = -1;
    body.participants[2].role = 'boss';
    const { status, json } = await api.request('POST', '/v1/meetings', body);
    expect(status).toBe(422);
    expect(json.errors.map((e: Json) => e.path).sort()).toEqual(
      ['agenda[1].minutes', 'durationMinutes', 'extra', 'participants[2].role', 'startsAt', 'timeZone', 'title'].sort(),
    );
  });

  test('nobody is left in the directory by a refused request', async () => {
    const body = aBody({ durationMinutes: 300 });
    expect((await api.request('POST', '/v1/meetings', body)).status).toBe(422);
    expect((await api.request('GET', '/v1/people/wang@example.com')).status).toBe(404);
    expect((await api.request('GET', `/v1/departments/${encodeURIComponent('採購部')}`)).status).toBe(404);
  });

  test('P6 says by how many minutes the agenda is too long', async () => {
    const body = aBody({
      agenda: [{ title: '一', minutes: 65, priority: 1 }],
      participants: aBody()['participants'].slice(0, 2),
    });
    const { json } = await api.request('POST', '/v1/meetings', body, { 'accept-language': 'en' });
    expect(json.errors).toMatchObject([{ code: 'P6.excess', path: 'agenda', params: { excess: 15 } }]);
    expect(json.detail).toMatch(/by 15 minutes/);
  });

  test('N1 says until when the notice was possible and offers X1', async () => {
    const body = aBody({ startsAt: iso('2026-01-28', '18:00'), publish: true });
    const { status, json } = await api.request('POST', '/v1/meetings', body, { 'accept-language': 'zh-CN' });
    expect(status).toBe(422);
    expect(json.errors[0]).toMatchObject({ code: 'N1.tooLate', params: { until: iso('2026-01-27', '18:00') } });
    expect(json.errors[0].message).toMatch(/2026-01-27 18:00 \(Asia\/Taipei\)/);
    expect(json.errors[0].message).toMatch(/紧急/);
  });
});
