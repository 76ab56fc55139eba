import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { linkPages } from '../../web/links.js';
import { post } from '../web/follow.js';
import { at } from '../support/meeting.js';
import { Shapes } from './shapes.js';
import { aBody, iso, startApi, type Json, type TestApi } from './support.js';

let api: TestApi;
let shapes: Shapes;
const misshapen: string[] = [];
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
  shapes = new Shapes((await api.request('GET', '/openapi.json')).json);
});
afterAll(() => api?.close());

const send = async (method: string, path: string, body?: unknown) => {
  let reply = await api.request(method, path, body);
  // A machine that is busy says so; a caller tries again.
  for (let again = 0; reply.status === 503 && again < 100; again++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    reply = await api.request(method, path, body);
  }
  misshapen.push(...shapes.faults(method, path, reply));
  return reply;
};
const ok = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const { status, json, text } = await send(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const codesOf = ({ json }: { json: Json }): string[] => json.errors.map((e: Json) => e.code);

/** Published, opened, everybody there, the first topic live. */
let base: string;
let id: string;
let topics: string[];
let people: string[];
const read = (): Promise<Json> => ok('GET', base);
const go = (date: string, time: string): void => void api.temporal.times.set(id, at(date, time));
beforeEach(async () => {
  const made = await ok('POST', '/v1/meetings', aBody({ publish: true, sharedGoal: '準時量產' }));
  id = made.id;
  base = `/v1/meetings/${id}`;
  topics = made.agenda.map((t: Json) => t.topicId);
  people = made.participants.map((p: Json) => p.person);
  go('2026-02-02', '09:30');
  await ok('POST', `${base}/open`);
  for (const person of people) await ok('PUT', `${base}/attendance/${person}`, { present: true });
  await ok('POST', `${base}/topics/${topics[0]}/start`);
});

describe('the room by HTTP', () => {
  test('E3, E4 the opening: goal, arrivals with times, who may leave, and the countdown of the live topic', async () => {
    const meeting = await read();
    expect(meeting).toMatchObject({ goal: '確認試產時程與人力缺口', sharedGoal: '準時量產' });
    expect(meeting.attendance).toHaveLength(3);
    expect(meeting.attendance[1].log).toMatchObject([{ at: iso('2026-02-02', '09:30'), present: true, via: 'api' }]);
    expect(meeting.mayLeave.map((p: Json) => p.name)).toEqual(['陳大文']);
    expect(meeting.agenda[0].endsAt).toBe(iso('2026-02-02', '09:50'));
  });

  test('E6, E7 turns, their time, shares and hints; what was not heard at the end of a topic', async () => {
    const first = await ok('POST', `${base}/speaking-turns`, { person: 'chen@example.com' });
    expect(first).toMatchObject({ status: 'speaking', endsAt: iso('2026-02-02', '09:33') });
    const next = await ok('POST', `${base}/speaking-turns`, { person: people[2] });
    expect(next.status).toBe('queued');
    expect(codesOf(await send('POST', `${base}/speaking-turns/${next.id}/start`))).toEqual(['E6.otherSpeaks']);
    go('2026-02-02', '09:35');
    expect((await read()).speaking.now).toMatchObject({ over: true, overSeconds: 120, spokenSeconds: 300 });
    expect(await ok('POST', `${base}/speaking-turns/${first.id}/end`)).toMatchObject({ overSeconds: 120 });
    await ok('POST', `${base}/speaking-turns/${next.id}/start`);
    go('2026-02-02', '09:36');
    const { speaking } = await read();
    expect(speaking.shares.map((s: Json) => [s.department.name, s.percent])).toEqual([
      ['製造部', 83.3],
      ['採購部', 16.7],
    ]);
    expect(speaking.hints).toMatchObject([{ code: 'E7.dominating', params: { department: '製造部', percent: 83 } }]);
    expect(speaking.notHeard.map((d: Json) => d.name)).toEqual(['研發部']);
    const done = await ok('POST', `${base}/topics/${topics[0]}/finish`, { outcome: 'informed' });
    expect(done.notHeard.map((d: Json) => d.name)).toEqual(['研發部']);
    expect(done.warnings.map((w: Json) => w.code)).toEqual(['E7.notHeard']);
  });

  test('E6 parked, taken off again, and on the next agenda by the close', async () => {
    const off = await ok('POST', `${base}/parking-lot`, { text: '停車費' });
    await ok('DELETE', `${base}/parking-lot/${off.topicId}`);
    const kept = await ok('POST', `${base}/parking-lot`, { text: '倉儲費用', department: '採購部' });
    expect((await read()).parkingLot).toMatchObject([{ topicId: kept.topicId, text: '倉儲費用' }]);
    await ok('POST', `${base}/close`);
    const { outbox } = api.temporal.started.get(`meeting-${id}`)!;
    const backlog = outbox.flatMap((e) => (e.type === 'putBacklog' ? e.topics : []));
    expect(backlog.find((t) => t.topicId === kept.topicId)).toMatchObject({ title: '倉儲費用', reason: 'parked' });
  });

  test('E10 groups and their reports', async () => {
    const groups = [
      { name: '甲組', members: ['chen@example.com', 'lin.mei@example.com'] },
      { name: '乙組', members: ['wang@example.com'] },
    ];
    const round = await ok('POST', `${base}/breakouts`, { topicId: topics[0], groups, minutes: 15 });
    expect(round.endsAt).toBe(iso('2026-02-02', '09:45'));
    await ok('PUT', `${base}/breakouts/${round.id}/report`, { group: '乙組', text: '走海運' });
    await ok('POST', `${base}/breakouts/${round.id}/end`);
    const [shown] = (await read()).breakouts;
    expect(shown.groups.map((g: Json) => [g.name, g.members.length, g.report])).toEqual([
      ['甲組', 2, undefined],
      ['乙組', 1, '走海運'],
    ]);
    const twice = [...groups, { name: '丙組', members: ['wang@example.com'] }];
    const refused = await send('POST', `${base}/breakouts`, { topicId: topics[0], groups: twice, minutes: 5 });
    expect([refused.status, codesOf(refused), refused.json.errors[0].path]).toEqual([
      409,
      ['E10.twice'],
      'groups[2].members[0]',
    ]);
  });

  test('E12 an analysis: written, read, replaced by a new version, refused on an old one, in the minutes', async () => {
    const topicId = topics[0]!;
    const first = {
      what: '模具延誤',
      problem: '交期不明',
      cause: '供應商產能',
      solution: '改走海運',
      riskControl: '每週追蹤',
    };
    expect((await ok('POST', `${base}/analyses`, { topicId, ...first })).version).toBe(1);
    const replaced = await ok('PUT', `${base}/analyses/${topicId}`, { ...first, why: '缺料', version: 1 });
    expect(replaced.version).toBe(2);
    expect(await ok('GET', `${base}/analyses/${topicId}`)).toMatchObject({ ...first, why: '缺料', version: 2 });
    const late = await send('PUT', `${base}/analyses/${topicId}`, { what: 'x', version: 1 });
    expect([late.status, codesOf(late)]).toEqual([409, ['E12.newer']]);
    expect(codesOf(await send('POST', `${base}/analyses`, { topicId }))).toEqual(['E12.textNeeded']);
    expect((await send('GET', `${base}/analyses/${topics[1]}`)).status).toBe(404);
    await ok('POST', `${base}/close`);
    const { text } = await api.request('GET', `${base}/minutes.md`);
    for (const said of ['模具延誤', '缺料', '每週追蹤']) expect(text).toContain(said);
  });

  test('E13 a note goes up, moves, becomes an action, and is taken down', async () => {
    const note = await ok('POST', `${base}/notes`, { text: '模具可否提前?' });
    await ok('PUT', `${base}/notes/${note.id}`, { column: 'problem', from: 'idea' });
    const taken = await send('PUT', `${base}/notes/${note.id}`, { column: 'cause', from: 'idea' });
    expect([taken.status, codesOf(taken)]).toEqual([409, ['E13.moved']]);
    const become = { kind: 'action', owner: 'chen@example.com', dueDate: '2026-02-10' };
    const action = await ok('POST', `${base}/notes/${note.id}/become`, become);
    const meeting = await read();
    expect(meeting.actions.map((a: Json) => [a.id, a.text])).toEqual([
      [action.ref, '[模具可否提前?](Owner: 陳大文, due: 2026-02-10)'],
    ]);
    expect(meeting.wall.notes[0].became).toEqual({ kind: 'action', id: action.ref });
    expect(meeting.wall.columns[0]).toEqual({ column: 'problem', name: 'Problems' });
    const other = await ok('POST', `${base}/notes`, { text: '誤貼', column: '其他' });
    await ok('DELETE', `${base}/notes/${other.id}`);
    expect((await read()).wall.notes).toHaveLength(1);
  });

  test('E15 adjourned until tomorrow, and opened again', async () => {
    go('2026-02-02', '09:50');
    const said = await ok('POST', `${base}/adjourn`, { until: iso('2026-02-03', '14:00'), reason: '等驗收單' });
    expect(said).toMatchObject({ until: iso('2026-02-03', '14:00'), plannedEndAt: iso('2026-02-03', '14:40') });
    expect((await read()).adjourned.until).toBe(iso('2026-02-03', '14:00'));
    const refused = await send('POST', `${base}/topics/${topics[0]}/start`);
    expect([refused.status, codesOf(refused)]).toEqual([409, ['E15.adjourned']]);
    go('2026-02-03', '14:00');
    await ok('POST', `${base}/open`);
    const meeting = await read();
    expect([meeting.adjourned, meeting.sittings.length, meeting.agenda[0].actualMinutes]).toEqual([undefined, 1, 20]);
  });

  test('E11 a deferral over facts names all that is missing', async () => {
    const path = `${base}/topics/${topics[0]}/finish`;
    const refused = await send('POST', path, { outcome: 'deferred', deferral: { factQuestion: '何時到?' } });
    expect(refused.status).toBe(422);
    expect(refused.json.errors.map((e: Json) => e.path)).toEqual([
      'deferral.department',
      'deferral.bringsMaterial',
      'deferral.date',
    ]);
  });

  test('E3 the sheet, in the language asked for; its code signs in whoever chooses themselves', async () => {
    const state = api.temporal.state(id);
    const gone = { present: false, log: [{ at: state.openedAt!, present: false, by: { via: 'api' as const } }] };
    api.temporal.put({ ...state, attendance: { [people[1]!]: gone } });
    const { text, headers } = await api.request('GET', `${base}/sign-in?lang=zh-TW`);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/style-src 'sha256-/);
    expect(text).toMatch(/<html lang="zh-TW">[^]*會議簽到單[^]*<svg[^]*陳大文/);
    expect((await api.request('GET', `${base}/sign-in`, undefined, { 'accept-language': 'en' })).text).toContain(
      'Sign-in sheet',
    );
    const claims = { purpose: 'signIn', person: 'anybody', meeting: id } as const;
    const link = (await api.links.url(claims, state.startsAt)).replace('http://convoke.test', api.url);
    const form = await (await fetch(link)).text();
    expect(form).toContain(`value="${people[1]}"`);
    expect((await post(link, { person: people[1]! })).status).toBe(303);
    const arrived = (await read()).attendance.find((a: Json) => a.person === people[1]);
    expect(arrived).toMatchObject({ present: true });
    expect(arrived.log.at(-1)).toMatchObject({ via: 'link', by: people[1] });
    expect((await post(link, { person: 'somebody' })).status).toBe(422);
    await ok('POST', `${base}/close`);
    expect((await post(link, { person: people[2]! })).status).toBe(409);
    expect((await send('GET', `${base}/sign-in`)).status).toBe(409);
  });

  test('E3 a link of one’s own signs in that person only', async () => {
    await ok('PUT', `${base}/attendance/${people[2]}`, { present: false });
    const claims = { purpose: 'signIn', person: people[2]!, meeting: id } as const;
    const link = (await api.links.url(claims, at('2026-02-02', '09:30'))).replace('http://convoke.test', api.url);
    await post(link, { person: people[1]! });
    expect((await read()).attendance.find((a: Json) => a.person === people[2]).present).toBe(true);
  });

  test('every answer was as the document says', () => expect(misshapen).toEqual([]));
});
