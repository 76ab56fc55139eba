/** N3 over HTTP, on the real engine: settled once, however often the request comes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, toLocal } from '../../domain/calendar/index.js';
import { freshId } from '../support/creation.js';
import { taipei } from '../support/meeting.js';
import { openHouse, type House } from './house.js';
import { aBody, type Json, type Reply } from './support.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const date = toLocal(taipei, Date.now() + 10 * DAY).date;
const key = (): Record<string, string> => ({ 'idempotency-key': freshId() });
const ok = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const { status, json, text } = await house.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};

/** A meeting whose key person has declined, and the task that asks for an alternate. */
async function declined(): Promise<{ id: string; task: string; topicId: string }> {
  const { id } = await ok('POST', '/v1/meetings', aBody({ publish: true, startsAt: `${date}T09:30:00+08:00` }));
  await ok('PUT', `/v1/meetings/${id}/rsvps/lin.mei@example.com`, { reply: 'declined' });
  const { alternates, agenda } = await ok('GET', `/v1/meetings/${id}`);
  return { id, task: alternates[0].id, topicId: agenda[0].topicId };
}

const settle = (task: string, body: Json, headers: Record<string, string>): Promise<Reply> =>
  house.request('POST', `/v1/tasks/${task}/alternate`, body, headers);

describe('N3 an alternate, and Idempotency-Key', () => {
  test('N3 a delegate: a repeat gets the same answer, also somebody new; without the key it is settled already', async () => {
    const { id, task } = await declined();
    const delegate = `delegate-${freshId()}@example.com`;
    const headers = key();
    const body = { way: 'delegate', delegate, name: '代理人' };
    const first = await settle(task, body, headers);
    expect(first).toMatchObject({ status: 200, json: { status: 'done' } });
    const again = await settle(task, body, headers);
    expect({ status: again.status, json: again.json }).toEqual({ status: 200, json: first.json });
    const { status, json } = await settle(task, body, key());
    expect({ status, code: json.errors[0].code }).toEqual({ status: 409, code: 'N3.settled' });
    const other = await settle(task, { ...body, delegate: 'chen@example.com', name: undefined }, headers);
    expect({ status: other.status, code: other.json.errors[0].code }).toEqual({ status: 422, code: 'input.keyReused' });
    const shown = await ok('GET', `/v1/meetings/${id}`);
    expect(shown.revision).toBe(first.json.revision);
    expect(shown.participants.filter((p: Json) => p.standsFor !== undefined)).toMatchObject([
      { email: delegate, name: '代理人', standsFor: { email: 'lin.mei@example.com' } },
    ]);
  });

  test('N3 written input: a repeat gets the same answer, and the text stands once under its topic', async () => {
    const { id, task, topicId } = await declined();
    const headers = key();
    const body = { way: 'written', topicId, text: '我部門可支援兩名工程師' };
    const first = await settle(task, body, headers);
    expect(first).toMatchObject({ status: 200, json: { status: 'done' } });
    const again = await settle(task, body, headers);
    expect({ status: again.status, json: again.json }).toEqual({ status: 200, json: first.json });
    expect((await settle(task, body, key())).status).toBe(409);
    const { agenda } = await ok('GET', `/v1/meetings/${id}`);
    expect(agenda.find((t: Json) => t.topicId === topicId).writtenInput).toMatchObject([{ text: body.text }]);
  });

  test('N3 what is refused leaves nobody in the directory', async () => {
    const { task } = await declined();
    expect((await settle(task, { way: 'delegate', delegate: 'chen@example.com' }, key())).json.errors[0].code).toBe(
      'N3.hasSeat',
    );
    await settle(task, { way: 'delegate', delegate: `first-${freshId()}@example.com` }, key());
    const late = `late-${freshId()}@example.com`;
    expect((await settle(task, { way: 'delegate', delegate: late }, key())).status).toBe(409);
    expect((await house.request('GET', `/v1/people/${late}`)).status).toBe(404);
  });
});
