import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingState } from '../../domain/meeting/state.js';
import { draftMinutes } from '../../render/minutes-draft.js';
import { at } from '../support/meeting.js';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
}, 180_000);
afterAll(() => api?.close());

const ok = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const { status, json, text } = await api.request(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const copyOf = async (id: string, more: object = {}): Promise<MeetingState> => {
  const { id: made } = await ok('POST', `/v1/meetings/${id}/copy`, { startsAt: iso('2026-02-05', '09:30'), ...more });
  return api.temporal.state(made as string);
};
/** As the archive has it when it is over. */
const over = async (id: string, phase: 'cancelled' | 'closed'): Promise<void> => {
  const state = { ...api.temporal.state(id), phase, endedAt: at('2026-01-28', '12:00'), timers: [] };
  api.temporal.put(state);
  await api.archive.view.write({ state: { ...state, revision: state.revision + 1 }, audit: [] });
};
const emergency = (): Promise<Json> =>
  ok(
    'POST',
    '/v1/meetings',
    aBody({ kind: 'emergency', emergencyReason: '供應商停產', startsAt: iso('2026-01-28', '14:00') }),
  );

describe('N4 revive = copy', () => {
  test('N4 the copy has both languages and the success story that is still released', async () => {
    const { id } = await ok('POST', '/v1/meetings', aBody({ locale: 'zh-TW', secondLocale: 'en' }));
    expect(await copyOf(id)).toMatchObject({ locale: 'zh-TW', secondLocale: 'en', kind: 'regular' });
    const released = { id: 'saaaaaaaaaaaaaaaa', title: '提前出貨', state: 'released' };
    const find = api.archive.stories.find;
    api.temporal.put({ ...api.temporal.state(id), successStory: { id: released.id, title: '舊名' } });
    try {
      api.archive.stories.find = () => Promise.resolve(released as never);
      expect((await copyOf(id)).successStory).toEqual({ id: released.id, title: '提前出貨' });
      api.archive.stories.find = () => Promise.resolve({ ...released, state: 'private' } as never);
      expect((await copyOf(id)).successStory).toBeUndefined();
    } finally {
      api.archive.stories.find = find;
    }
  });

  test('N4, X1 a cancelled emergency is revived as one, within the notice period', async () => {
    const { id } = await emergency();
    await over(id, 'cancelled');
    const again = await copyOf(id, { startsAt: iso('2026-01-28', '15:00') });
    expect(again).toMatchObject({ kind: 'emergency', emergencyReason: '供應商停產', phase: 'notice' });
    const calm = await copyOf(id, { kind: 'regular' });
    expect(calm).toMatchObject({ kind: 'regular', phase: 'preparation' });
    expect(calm.emergencyReason).toBeUndefined();
  });

  test('N4, X1 one that was held is repeated as a regular meeting, unless the caller says otherwise', async () => {
    const { id } = await emergency();
    await over(id, 'closed');
    expect(await copyOf(id)).toMatchObject({ kind: 'regular', phase: 'preparation' });
    const urgent = { kind: 'emergency', startsAt: iso('2026-01-28', '15:00') };
    expect(await copyOf(id, { ...urgent, emergencyReason: '又停產' })).toMatchObject({ emergencyReason: '又停產' });
    const plain = await ok('POST', '/v1/meetings', aBody());
    const refused = await api.request('POST', `/v1/meetings/${plain.id}/copy`, urgent);
    expect(refused.json.errors).toMatchObject([{ code: 'X1.reason', path: 'emergencyReason' }]);
  });
});

describe('M4 two languages by the API', () => {
  test('M4 from the request to the minutes, and taken away again', async () => {
    const both = aBody({ locale: 'zh-TW', secondLocale: 'en', startsAt: iso('2026-02-03', '09:30') });
    const { id } = await ok('POST', '/v1/meetings', both);
    expect(await ok('GET', `/v1/meetings/${id}`)).toMatchObject({ locale: 'zh-TW', secondLocale: 'en' });
    const same = await api.request('PATCH', `/v1/meetings/${id}`, { secondLocale: 'zh-TW' });
    expect(same.json.errors).toMatchObject([{ code: 'M4.sameLocale', path: 'secondLocale' }]);
    const refused = await api.request('POST', '/v1/meetings', aBody({ locale: 'en', secondLocale: 'en' }));
    expect(refused.json.errors).toMatchObject([{ code: 'M4.sameLocale' }]);

    const planned = api.temporal.state(id);
    const hash = await api.archive.minutes.save(id, draftMinutes(planned));
    const draft = {
      version: 1,
      kind: 'draft' as const,
      at: at('2026-02-03', '10:30'),
      by: { via: 'engine' as const },
      hash,
    };
    const minutes = { version: 1, versions: [draft], dueAt: at('2026-02-04', '10:30'), hash };
    api.temporal.put({ ...planned, phase: 'minutes', closedAt: at('2026-02-03', '10:30'), minutes });
    const md = (await api.request('GET', `/v1/meetings/${id}/minutes.md`)).text;
    expect(md).toContain('## 核心結論 / Core conclusions');

    api.temporal.put(planned);
    await ok('PATCH', `/v1/meetings/${id}`, { secondLocale: null });
    expect(await ok('GET', `/v1/meetings/${id}`)).not.toHaveProperty('secondLocale');
  });
});
