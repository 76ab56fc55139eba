/** M3 by HTTP on the real server: an objection, its answer with the corrected text, and versions to compare. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, toIso, toLocal } from '../../domain/calendar/index.js';
import { taipei } from '../support/meeting.js';
import { openHouse, type House } from './house.js';
import { aBody, type Json } from './support.js';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house?.close());

const ok = async (method: string, path: string, sent?: unknown, headers = {}): Promise<Json> => {
  const { status, json, text } = await house.request(method, path, sent, headers);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};

describe('M3 objections', () => {
  let url: string;
  let topicId: string;

  beforeAll(async () => {
    const { date } = toLocal(taipei, Date.now() + 10 * DAY);
    const startsAt = Date.parse(`${date}T09:30:00+08:00`);
    const made = await ok('POST', '/v1/meetings', aBody({ startsAt: toIso(taipei, startsAt), publish: true }));
    url = `/v1/meetings/${made.id}`;
    topicId = made.agenda[0].topicId;
    await house.until(made.id, startsAt);
    await ok('POST', `${url}/open`);
    await ok('POST', `${url}/topics/${topicId}/start`);
    await ok('POST', `${url}/topics/${topicId}/finish`, {
      outcome: 'decided',
      basis: 'ruling',
      conclusion: 'On 24 February',
    });
    await ok('POST', `${url}/close`);
    await house.waitFor(async () => (await ok('GET', url)).minutes?.version === 1);
    await ok('POST', `${url}/minutes/confirm`);
  }, 120_000);

  test('M3 is answered once; with the same key the first answer comes again, and no second version', async () => {
    const { objection } = await ok('POST', `${url}/minutes/objections`, { text: 'It was the 26th.', topicId });
    const body = { accepted: true, correction: { topics: [{ topicId, conclusion: 'On 26 February' }] } };
    const key = { 'idempotency-key': 'answer-1' };
    const answer = `${url}/minutes/objections/${objection}/answer`;
    const first = await ok('POST', answer, body, key);
    expect(first).toMatchObject({ status: 'accepted', version: 2 });
    expect(await ok('POST', answer, body, key)).toMatchObject({
      status: 'accepted',
      version: 2,
      revision: first.revision,
    });
    const again = await house.request('POST', answer, body);
    expect([again.status, again.json.errors[0].code]).toEqual([409, 'M3.answered']);
    const { items, objections } = await ok('GET', `${url}/minutes/versions`);
    expect(items.map((v: Json) => v.version)).toEqual([1, 2]);
    expect(objections).toHaveLength(1);
  });

  test('M3 two versions are compared word by word', async () => {
    const { changes } = await ok('GET', `${url}/minutes/diff?from=1&to=2`);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ part: 'conclusion', topicId });
    expect(JSON.stringify(changes[0].spans)).toMatch(/24[^]*26/);
  });
});
