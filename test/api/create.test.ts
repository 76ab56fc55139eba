import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aBody, startApi, type TestApi } from './support.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

describe('POST /v1/meetings', () => {
  test('makes a meeting, its people and departments, and answers with it', async () => {
    const { status, json, headers } = await api.request('POST', '/v1/meetings', aBody());
    expect(json).toMatchObject({ phase: 'preparation', title: '新產品試產協調會' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/meetings/${json.id}`);
    expect(json.startsAt).toBe('2026-02-02T09:30:00+08:00');
    expect(api.temporal.started.has(`meeting-${json.id}`)).toBe(true);
  });
});
