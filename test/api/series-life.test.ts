/** S1 on the real server: a series makes its meetings, and what one leaves open stands on the next one's agenda. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DAY, toLocal } from '../../domain/calendar/index.js';
import { taipei } from '../support/meeting.js';
import { openHouse, type House } from './house.js';
import { aBody, type Json } from './support.js';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house?.close());

const ok = async (method: string, path: string, sent?: unknown): Promise<Json> => {
  const { status, json, text } = await house.request(method, path, sent);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const read = (id: string): Promise<Json> => ok('GET', `/v1/meetings/${id}`);
const titles = (meeting: Json): string[] => meeting.agenda.map((t: Json) => t.title);
const noticeOf = async (title: string, before: number): Promise<string> =>
  house.waitFor<string>(() => {
    const mails = house.mails.filter((m) => m.subject.includes('開會通知') && m.subject.includes(title));
    return Promise.resolve(mails.length > before ? mails.at(-1)?.text : undefined);
  });
const notices = (): number => house.mails.filter((m) => m.subject.includes('開會通知')).length;

/** Publishes, waits for the start, opens, and everybody is there. */
async function hold(id: string): Promise<string> {
  const before = notices();
  await ok('POST', `/v1/meetings/${id}/publish`);
  const notice = await noticeOf('每週供應會議', before);
  await house.until(id, Date.parse((await read(id)).startsAt));
  await ok('POST', `/v1/meetings/${id}/open`);
  for (const { person } of (await read(id)).participants)
    await ok('PUT', `/v1/meetings/${id}/attendance/${person}`, { present: true });
  return notice;
}

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

describe('S1 three meetings of a series', () => {
  let series: Json;
  let ids: string[];

  test('S1 each is made once, however often the series runs', async () => {
    const { startsAt: _, kind: __, ...template } = aBody({ title: '每週供應會議', locale: 'zh-TW' });
    const starts = toLocal(taipei, Date.now() + 3 * DAY).date;
    const recurrence = { every: 'week', weekdays: [2], time: '09:30', starts, count: 3 };
    series = await ok('POST', '/v1/series', { ...template, recurrence, leadDays: 40, timeZone: 'Asia/Taipei' });
    const made = async (): Promise<string[] | undefined> => {
      const { items } = await ok('GET', `/v1/meetings?series=${series.id}`);
      return items.length < 3
        ? undefined
        : items.sort((a: Json, b: Json) => (a.startsAt < b.startsAt ? -1 : 1)).map((m: Json) => m.id);
    };
    ids = await house.waitFor<string[]>(made);
    await ok('POST', `/v1/series/${series.id}/run`);
    await ok('POST', `/v1/series/${series.id}/run`);
    expect(await made()).toEqual(ids);
    for (const id of ids) expect(await read(id)).toMatchObject({ phase: 'preparation', seriesId: series.id });
  });

  test('S1 E11 what was deferred or not reached comes onto the next agenda, first, once, with its question', async () => {
    const [first, second, third] = ids as [string, string, string];
    await hold(first);
    const [asked, open] = (await read(first)).agenda as [Json, Json];
    await ok('POST', `/v1/meetings/${first}/topics/${asked.topicId}/start`);
    const brings = (await read(first)).participants[1];
    await ok('POST', `/v1/meetings/${first}/topics/${asked.topicId}/finish`, {
      outcome: 'deferred',
      deferral: {
        factQuestion: '模具何時完成？',
        department: brings.department.name,
        bringsMaterial: '供應商回函',
        date: toLocal(taipei, Date.parse((await read(second)).startsAt) - DAY).date,
      },
    });
    await ok('POST', `/v1/meetings/${first}/actions`, {
      task: '向供應商確認交期',
      owner: brings.email,
      dueDate: toLocal(taipei, Date.parse((await read(second)).startsAt) + 30 * DAY).date,
    });
    await ok('POST', `/v1/meetings/${first}/close`);
    await house.waitFor(async () => (await ok('GET', `/v1/backlog?series=${series.id}`)).items.length > 0);

    const notice = await hold(second);
    const agenda = (await read(second)).agenda as Json[];
    expect(
      agenda
        .slice(0, 2)
        .map((t) => t.topicId)
        .sort(),
    ).toEqual([asked.topicId, open.topicId].sort());
    expect(agenda.find((t) => t.topicId === asked.topicId).carried).toMatchObject({
      from: first,
      times: 1,
      factQuestion: '模具何時完成？',
    });
    for (const part of ['上次會議追蹤事項', '向供應商確認交期', '待釐清：模具何時完成？', '已有 1 次會議未結論'])
      expect(notice).toContain(part);
    expect((await ok('GET', `/v1/backlog?series=${series.id}`)).items).toEqual([]);

    await ok('POST', `/v1/meetings/${second}/topics/${asked.topicId}/start`);
    await ok('POST', `/v1/meetings/${second}/topics/${asked.topicId}/finish`, {
      outcome: 'decided',
      basis: 'ruling',
      conclusion: '改由第二供應商交貨',
    });
    await ok('POST', `/v1/meetings/${second}/close`);
    await house.waitFor(async () => (await read(second)).minutes !== undefined);
    const minutes = (await house.request('GET', `/v1/meetings/${second}/minutes.md`)).text;
    expect(minutes).toContain('上次會議追蹤事項');

    await hold(third);
    const last = await read(third);
    expect(last.agenda.map((t: Json) => t.topicId)).not.toContain(asked.topicId);
    expect(last.agenda.find((t: Json) => t.topicId === open.topicId).carried.times).toBe(2);
    expect(new Set(titles(last)).size).toBeLessThanOrEqual(last.agenda.length);
  });

  test('S1 the life of a topic: raised, carried, decided', async () => {
    const asked = (await read(ids[0]!)).agenda[0];
    const life = await ok('GET', `/v1/topics/${asked.topicId}`);
    expect(life).toMatchObject({ raisedIn: ids[0], carried: 1 });
    expect(life.meetings.map((m: Json) => [m.id, m.outcome])).toEqual([
      [ids[0], 'deferred'],
      [ids[1], 'decided'],
    ]);
  });
});
