/** What is wrong is said, with what to do instead; and nothing that anybody sends breaks anything. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { agreed, mail } from './agreed.js';
import type { CommandName } from '../../domain/meeting/commands.js';
import { allowedIn } from '../../domain/meeting/phases.js';
import { Meeting } from './meeting.js';
import { adminKey, Product } from './product.js';

describe('bad input', () => {
  let product: Product;
  let meeting: Meeting;
  beforeAll(async () => {
    product = await Product.start({ kind: 'pglite' });
    meeting = await Meeting.create(product, agreed('被打擾的會', { publish: true }));
  }, 120_000);
  afterAll(() => product?.stop(), 60_000);

  const raw = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(`${product.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'accept-language': 'en', ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
    });
  const json = { 'content-type': 'application/json' };

  test('P6 an agenda that is too long: by how many minutes', async () => {
    const agenda = [{ title: '太長', minutes: 65, priority: 1 }];
    const { status, body } = await product.api.post('/v1/meetings', agreed('太長的會', { agenda }));
    expect({ status, code: body.errors[0].code, excess: body.errors[0].params.excess }).toEqual({
      status: 422,
      code: 'P6.excess',
      excess: 15,
    });
    expect(body.detail).toMatch(/by 15 minutes/);
  });

  test('N1, X1 a notice that is too late: until when it was possible, and the emergency that still is', async () => {
    const startsAt = new Date(Date.now() + 20 * 3_600_000).toISOString();
    const { status, body } = await product.api.post('/v1/meetings', agreed('太晚', { startsAt, publish: true }));
    expect({ status, code: body.errors[0].code }).toEqual({ status: 422, code: 'N1.tooLate' });
    expect(Date.parse(body.errors[0].params.until)).toBe(Date.parse(startsAt) - 24 * 3_600_000);
    expect(body.detail).toMatch(/emergency/);
  });

  test('an unknown meeting, action, task, vote, person, path: 404', async () => {
    const nobody = 'a'.repeat(16);
    const paths = [
      `/v1/meetings/${nobody}`,
      `/v1/meetings/${nobody}/minutes`,
      `/v1/meetings/${nobody}/deliveries`,
      '/v1/meetings/x',
      '/v1/people/nobody@example.com',
      '/v1/nothing',
    ];
    const told = await Promise.all(paths.map(async (path) => (await raw('GET', path)).status));
    expect(told).toEqual(paths.map(() => 404));
    const posts = [`/v1/actions/${nobody}-a1/complete`, `/v1/tasks/${nobody}-q1/complete`];
    const said = await Promise.all(posts.map(async (path) => (await raw('POST', path, '{"text":"x"}', json)).status));
    expect(said.every((status) => status === 404 || status === 422)).toBe(true);
    const ballot = await raw(
      'PUT',
      meeting.path(`/votes/${meeting.id}-v9/ballots/${mail('an')}`),
      '{"choice":"agree"}',
      json,
    );
    expect(ballot.status).toBe(404);
  });

  test('a command in the wrong phase: 409 saying what is possible now', async () => {
    const { status, body } = await product.api.post(meeting.path('/close'));
    expect({ status, code: body.errors[0].code }).toEqual({ status: 409, code: 'phase.notNow' });
    const possible = (Object.keys(allowedIn) as CommandName[]).filter((name) => allowedIn[name].includes('notice'));
    expect([...body.errors[0].params.possible].sort()).toEqual(possible.sort());
    expect(possible).toEqual(expect.arrayContaining(['cancel', 'open', 'patch', 'reschedule', 'rsvp']));
    for (const words of ['open the meeting', 'cancel', 'reply']) expect(body.detail).toContain(words);
  });

  test('several faults: the detail says which field each one is about', async () => {
    const { status, body } = await product.api.post('/v1/meetings', { title: '' });
    expect(status).toBe(422);
    for (const field of ['title', 'goal', 'startsAt', 'participants']) expect(body.detail).toContain(`${field}: `);
  });

  test('no key and an unknown key: 401 with a challenge, also the first time; a body over 1 MB: 413', async () => {
    for (const authorization of ['', 'Bearer nobodys-key-0123456789', 'Basic eDp5']) {
      const refused = await raw('GET', meeting.path(), undefined, { authorization });
      expect({ authorization, status: refused.status }).toEqual({ authorization, status: 401 });
      expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    const large = JSON.stringify({ title: 'x'.repeat(1_048_577) });
    expect((await raw('POST', '/v1/meetings', large, json)).status).toBe(413);
  });

  test('an unknown method: 405, and Allow has those that there are', async () => {
    for (const [method, path, allowed] of [
      ['DELETE', '/v1/meetings', 'GET'],
      ['PATCH', meeting.path('/publish'), 'POST'],
      ['PUT', meeting.path(), 'PATCH'],
    ] as const) {
      const refused = await raw(method, path);
      expect({ path, status: refused.status }).toEqual({ path, status: 405 });
      expect(refused.headers.get('allow')).toContain(allowed);
    }
  });

  test('whatever is sent to whatever route: never a 5xx, and the meeting goes on', async () => {
    const { paths } = (await (await raw('GET', '/openapi.json')).json()) as {
      paths: Record<string, Record<string, object>>;
    };
    const routes = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
    );
    routes.push(
      ...['GET', 'POST'].flatMap((method) => [`/r/{token}`, `/feedback/{token}`].map((path) => ({ method, path }))),
    );
    expect(routes.length).toBeGreaterThan(30);

    const text = fc.oneof(
      fc.constantFrom(
        meeting.id,
        `${meeting.id}-t1`,
        `${meeting.id}-v1`,
        `${meeting.id}-a1`,
        mail('an'),
        '../x',
        '\0',
        '%',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    // An ended meeting would make every later command a 409.
    const fields = [
      'reply',
      'topicId',
      'text',
      'task',
      'owner',
      'dueDate',
      'score',
      'name',
      'head',
      'email',
      'present',
    ];
    const value = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }));
    const body = fc.oneof(
      fc
        .dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), value, { maxKeys: 6 })
        .map((v) => JSON.stringify(v)),
      fc.string(),
      fc.constantFrom('{"__proto__":{"x":1}}', '[]', 'null', '{"a":'.repeat(500)),
    );
    const type = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.array(text, { minLength: 3, maxLength: 3 }),
        body,
        type,
        async (route, values, sent, contentType) => {
          let n = 0;
          // Most requests reach the one meeting; the rest of the path is anything.
          const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
            encodeURIComponent((name === 'id' && n === 0 ? meeting.id : (values[n++] ?? '')).toWellFormed()),
          );
          if (/\/cancel$/.test(path) && route.method === 'POST') return;
          const bodiless = route.method === 'GET' || route.method === 'HEAD';
          const response = await raw(
            route.method,
            path,
            bodiless ? undefined : sent,
            bodiless ? {} : { 'content-type': contentType },
          );
          // The live feed has no end.
          const isFeed = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
          await (isFeed ? response.body?.cancel() : response.arrayBuffer());
          if (response.status >= 500) throw new Error(`${route.method} ${path} with ${sent}: ${response.status}`);
        },
      ),
      { numRuns: 400 },
    );
    const { revision } = await meeting.read();
    await meeting.put(`/rsvps/${mail('an')}`, { reply: 'tentative' });
    expect((await meeting.read()).revision).toBe(revision + 1);
    await meeting.quiet();
  });
});
