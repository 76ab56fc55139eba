import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { aBody, aConfig, adminKey, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const code = (reply: { json: { errors: { code: string }[] } }): string | undefined => reply.json?.errors[0]?.code;

describe('the HTTP side', () => {
  test('a path that is not there is 404, a method that it does not have 405 with Allow, OPTIONS says the same', async () => {
    expect(await api.request('GET', '/v1/nothing')).toMatchObject({ status: 404 });
    expect(await api.request('POST', '/v1/meetings/aaaaaaaaaaaaaaaa/nothing', {})).toMatchObject({ status: 404 });
    for (const [method, path, allow] of [
      ['DELETE', '/v1/meetings', 'GET, HEAD, POST, OPTIONS'],
      ['GET', '/v1/meetings/x/publish', 'POST, OPTIONS'],
      ['POST', '/v1/meetings/x/rsvps/y', 'PUT, OPTIONS'],
      ['PUT', '/healthz', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const reply = await api.request(method, path);
      expect({ path, status: reply.status, allow: reply.headers.get('allow') }).toEqual({ path, status: 405, allow });
      expect(code(reply)).toBe('http.method');
      const options = await api.request('OPTIONS', path);
      expect({ status: options.status, allow: options.headers.get('allow') }).toEqual({ status: 204, allow });
    }
  });

  test('malformed JSON is 400, another media type 415, a body over 1 MB 413; an empty body is an empty object', async () => {
    for (const text of ['{"title": ', '{"a":1}}', 'title=x', '[1,2', '{"__proto__": {"admin": true}}'])
      expect(await api.request('POST', '/v1/meetings', text)).toMatchObject({ status: 400 });
    const asText = { 'content-type': 'text/plain' };
    expect(await api.request('POST', '/v1/meetings', 'hello', asText)).toMatchObject({ status: 415 });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await api.request('POST', '/v1/meetings', 'title=x', form)).toMatchObject({ status: 415 });
    const big = await api.request('POST', '/v1/meetings', JSON.stringify(aBody({ goal: 'a'.repeat(1_048_576) })));
    expect({ status: big.status, code: code(big) }).toEqual({ status: 413, code: 'http.tooLarge' });
    const empty = await api.request('POST', '/v1/meetings', '', { 'content-type': 'application/json' });
    expect(empty.status).toBe(422);
    expect(empty.json.errors.length).toBeGreaterThan(5);
  });

  test('a body just under 1 MB is read', async () => {
    const reply = await api.request('POST', '/v1/meetings', aBody({ goal: 'a'.repeat(1_000_000) }));
    expect({ status: reply.status, code: code(reply) }).toEqual({ status: 422, code: 'input.tooLong' });
  });

  test('deep nesting, odd escapes and broken addresses are the caller’s fault', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await api.request('POST', '/v1/meetings', deep)).status).toBe(422);
    for (const path of [
      '/v1/people/%00',
      '/v1/people/%ff',
      '/v1/people/%e0%80',
      '/v1/departments/%00',
      '/v1/meetings?person=%00',
      '/v1/meetings?cursor=MToA',
      '/v1/meetings?cursor=AA',
      '/v1/actions?department=%00',
      '/v1/meetings?limit=1e9',
      '/v1/meetings?from=x',
      '/v1/tasks?status=x',
      '/v1/keys/%00',
      '/v1/meetings?phase[]=notice',
    ])
      expect({ path, status: (await api.request('GET', path)).status }).toEqual({
        path,
        status: expect.toSatisfy((status: number) => status >= 400 && status < 500, 'not the caller’s fault'),
      });
  });

  test('no input makes a 5xx', async () => {
    const paths = [
      '/v1/meetings',
      '/v1/keys',
      '/v1/meetings/aaaaaaaaaaaaaaaa/votes',
      '/v1/actions/aaaaaaaaaaaaaaaa-a1/decide',
      '/v1/feedback/x',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
        async (path, method, body) => {
          const sent = typeof body === 'string' ? body : JSON.stringify(body);
          expect((await api.request(method, path, sent)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(aBody())), fc.jsonValue(), async (field, value) => {
        expect((await api.request('POST', '/v1/meetings', aBody({ [field]: value }))).status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
    expect(api.log()).not.toMatch(/request failed/);
  });

  test('what is no HTTP at all gets 400 and the server goes on', async () => {
    const { port } = new URL(api.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection(Number(port), '127.0.0.1', () => socket.end('HELLO\u0000\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await api.request('GET', '/healthz')).text).toBe('ok\n');
  });

  test('messages follow Accept-Language; the organisation’s language else', async () => {
    const say = async (language?: string): Promise<[string | null, string]> => {
      const reply = await api.request(
        'GET',
        '/v1/people/nobody@example.com',
        undefined,
        language ? { 'accept-language': language } : {},
      );
      return [reply.headers.get('content-language'), reply.json.detail];
    };
    expect((await say('zh-Hant-HK, en;q=0.5'))[0]).toBe('zh-TW');
    expect((await say('zh'))[0]).toBe('zh-CN');
    expect((await say('fr, en-GB;q=0.3'))[0]).toBe('en');
    expect((await say('fr'))[0]).toBe('en');
    expect((await say('zh-TW'))[1]).toMatch(/nobody@example\.com/);
  });

  test('answers cannot be framed, sniffed or referred from', async () => {
    const { headers } = await api.request('GET', '/v1/meetings');
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('keys (design §7)', () => {
  const as = (authorization: string) => ({ authorization });

  test('401 with WWW-Authenticate without a key, and with one that does not count', async () => {
    for (const [header, error] of [
      ['', 'auth.missing'],
      ['Basic abc', 'auth.missing'],
      ['Bearer short', 'auth.missing'],
      ['Bearer cvk_unknown-key-0123456789', 'auth.unknownKey'],
      [`Bearer ${adminKey}x`, 'auth.unknownKey'],
    ] as const) {
      const reply = await api.request('GET', '/v1/meetings', undefined, as(header));
      expect({ status: reply.status, code: code(reply) }).toEqual({ status: 401, code: error });
      expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer realm="convoke"/);
    }
  });

  test('a key is shown once, works, is listed without itself, and stops when it is revoked', async () => {
    const made = await api.request('POST', '/v1/keys', { name: 'panel', role: 'service' });
    expect(made.status).toBe(201);
    expect(made.json.key).toMatch(/^cvk_/);
    const mine = as(`Bearer ${made.json.key}`);
    expect((await api.request('GET', '/v1/meetings', undefined, mine)).status).toBe(200);
    expect((await api.request('GET', '/v1/keys', undefined, mine)).status).toBe(403);
    const list = await api.request('GET', '/v1/keys');
    expect(list.text).not.toContain(made.json.key);
    expect(list.json.items).toContainEqual(
      expect.objectContaining({ id: made.json.id, name: 'panel', role: 'service' }),
    );
    expect((await api.request('DELETE', `/v1/keys/${made.json.id}`)).status).toBe(204);
    expect((await api.request('GET', '/v1/meetings', undefined, mine)).status).toBe(401);
    expect((await api.request('DELETE', `/v1/keys/${made.json.id}`)).status).toBe(404);
  });

  test('a member key needs its person, who is made on first mention', async () => {
    const without = await api.request('POST', '/v1/keys', { name: 'x', role: 'member' });
    expect(without.json.errors).toMatchObject([{ code: 'input.required', path: 'person' }]);
    const made = await api.request('POST', '/v1/keys', { name: 'x', role: 'member', person: 'new.member@example.com' });
    expect((await api.request('GET', '/v1/people/new.member@example.com')).json.id).toBe(made.json.person);
  });

  test('who fails too often waits; a good key from the same address goes on', async () => {
    const strict = await startApi({ archive: api.archive, config: { ...aConfig(), ratePerMinute: 5 } });
    try {
      const bad = () => strict.request('GET', '/v1/meetings', undefined, as('Bearer wrong-key-0123456789'));
      const all = [];
      for (let i = 0; i < 8; i += 1) all.push((await bad()).status);
      expect(all).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
      expect((await strict.request('GET', '/v1/meetings')).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});

describe('people and departments (H4, H5)', () => {
  test('are made, changed and read by id, e-mail and name', async () => {
    const { json } = await api.request('PUT', `/v1/departments/${encodeURIComponent('品保部')}`, {
      head: 'qa.head@example.com',
      parent: '總經理室',
    });
    expect(json).toMatchObject({ name: '品保部', parent: { name: '總經理室' } });
    await api.request('PUT', '/v1/people/qa.head@example.com', {
      name: '沈品',
      locale: 'zh-TW',
      timeZone: 'Asia/Taipei',
      departments: ['品保部'],
    });
    const person = (await api.request('GET', '/v1/people/QA.Head@example.com')).json;
    expect(person).toMatchObject({ id: json.head.id, name: '沈品', departments: [{ id: json.id }] });
    expect((await api.request('GET', `/v1/departments/${json.id}`)).json.head.name).toBe('沈品');
    const renamed = await api.request('PUT', `/v1/departments/${json.id}`, { name: '品質保證部', head: null });
    expect(renamed.json).toMatchObject({ id: json.id, name: '品質保證部' });
    expect(renamed.json.head).toBeUndefined();
    expect((await api.request('PUT', '/v1/people/not-an-address@', { name: 'x' })).status).toBe(422);
    expect((await api.request('PUT', '/v1/people/nobody', { name: 'x' })).status).toBe(404);
  });
});
