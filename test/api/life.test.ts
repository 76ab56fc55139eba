import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, nextSlot, toIso, toLocal } from '../../domain/calendar/index.js';
import { taipei, taiwan } from '../support/meeting.js';
import { openHouse, type House } from './house.js';
import { Shapes } from './shapes.js';
import { aBody, call, type Json } from './support.js';

let house: House;
let shapes: Shapes;
/** Answers that were not as the document says. */
const misshapen: string[] = [];
beforeAll(async () => {
  house = await openHouse();
  shapes = new Shapes((await house.request('GET', '/openapi.json')).json);
});
afterAll(() => house?.close());

/** 09:30 in Taipei, about ten days from now. */
const startsAt = (() => {
  const { date } = toLocal(taipei, Date.now() + 10 * DAY);
  return Date.parse(`${date}T09:30:00+08:00`);
})();
const body = () => aBody({ startsAt: toIso(taipei, startsAt), locale: 'zh-TW' });

const ok = async (method: string, path: string, sent?: unknown): Promise<Json> => {
  const reply = await house.request(method, path, sent);
  const { status, json, text } = reply;
  misshapen.push(...shapes.faults(method, path, reply));
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return json;
};
const read = (id: string): Promise<Json> => ok('GET', `/v1/meetings/${id}`);
/** Follows the link of the newest mail to an address whose subject has this word. */
const linkTo = (address: string, word: string): string => {
  const mail = house.mails.filter((m) => m.to.address === address && m.subject.includes(word)).at(-1);
  const link = /http:\/\/convoke\.test(\/(?:r|feedback)\/[\w.-]+)/.exec(mail?.text ?? '')?.[1];
  if (link === undefined)
    throw new Error(`no ${word} for ${address}: ${house.mails.map((m) => `${m.to.address} ${m.subject}`).join('; ')}`);
  return `${house.url}${link}`;
};
const post = (url: string, fields: Record<string, string>) =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  });

describe('a meeting by HTTP and by the links of its mails', () => {
  let id: string;
  let topics: string[];
  let voters: string[];

  test('P, N1: made as a draft, published, and everybody has the notice', async () => {
    const made = await ok('POST', '/v1/meetings', body());
    id = made.id;
    topics = made.agenda.map((t: Json) => t.topicId);
    voters = made.participants.map((p: Json) => p.person);
    expect(made.host.name).toBe('林美');
    expect((await ok('POST', `/v1/meetings/${id}/publish`)).revision).toBe(2);
    await house.waitFor(async () => house.mails.filter((m) => m.subject.includes('開會通知')).length === 3);
    const { text, headers } = await house.request('GET', `/v1/meetings/${id}/invite.ics`);
    expect(headers.get('content-type')).toMatch(/^text\/calendar/);
    expect(text).toMatch(/BEGIN:VCALENDAR\r\n/);
  });

  test('N2: a reply by link, shown again after it, changeable', async () => {
    const link = linkTo('chen@example.com', '開會通知');
    const shown = await (await fetch(link)).text();
    expect(shown).toMatch(/name="reply"/);
    const answer = await post(link, { reply: 'declined', comment: '出差' });
    expect(answer.status).toBe(303);
    const after = await (await fetch(answer.headers.get('location')!.replace(/^/, house.url))).text();
    expect(after).toMatch(/您目前的回覆：無法出席/);
    expect((await read(id)).participants[1]).toMatchObject({ reply: 'declined', comment: '出差' });
    expect((await post(link, { reply: 'accepted' })).status).toBe(303);
    expect((await read(id)).participants[1].reply).toBe('accepted');
  });

  test('E: opening, roll call, topic, ballots, key point, action, close', async () => {
    expect((await house.request('POST', `/v1/meetings/${id}/open`)).json).toMatchObject({
      status: 409,
      errors: [{ code: 'H11.tooEarly' }],
    });
    await house.until(id, startsAt);
    await ok('POST', `/v1/meetings/${id}/open`);
    for (const person of voters) await ok('PUT', `/v1/meetings/${id}/attendance/${person}`, { present: true });
    await ok('POST', `/v1/meetings/${id}/topics/${topics[0]}/start`);
    const vote = await ok('POST', `/v1/meetings/${id}/votes`, {
      topicId: topics[0],
      motion: '同意二月試產',
      secret: true,
    });
    expect(vote).toMatchObject({ electorate: 3, required: 2 });
    const box = `/v1/meetings/${id}/votes/${vote.id}`;
    for (const [i, choice] of ['agree', 'agree', 'neutral'].entries())
      expect(await ok('PUT', `${box}/ballots/${voters[i]}`, { choice })).toEqual({ outcome: 'counted' });
    expect((await house.request('PUT', `${box}/ballots/${voters[0]}`, { choice: 'against' })).json.errors[0].code).toBe(
      'E8.voted',
    );
    const open = (await read(id)).votes[0];
    expect(open).toMatchObject({ status: 'open', voted: 3 });
    expect(JSON.stringify(open)).not.toMatch(/agree|against|neutral/);
    await house.waitFor(async () => (await read(id)).votes[0].complete);
    expect(await ok('POST', `${box}/close`)).toMatchObject({ agree: 2, against: 0, neutral: 1, passed: true });
    await ok('POST', `/v1/meetings/${id}/topics/${topics[0]}/finish`, {
      outcome: 'decided',
      conclusion: '二月二十四日試產',
    });
    await ok('POST', `/v1/meetings/${id}/key-points`, {
      topicId: topics[1],
      text: '夜班缺人',
      kind: 'concern',
      department: '製造部',
    });
    const { date } = toLocal(taipei, startsAt + 7 * DAY);
    const action = await ok('POST', `/v1/meetings/${id}/actions`, {
      task: '完成模具驗收',
      owner: 'wang@example.com',
      dueDate: date,
    });
    expect(action.text).toBe(`[完成模具驗收](負責人:王小明,截止日期:${date})`);
    const closed = await ok('POST', `/v1/meetings/${id}/close`);
    expect(closed.readBack.map((r: Json) => r.outcome)).toEqual(['decided', 'deferred']);
  });

  test('M1: the minutes are corrected and confirmed by link', async () => {
    await house.waitFor(async () => (await read(id)).minutes.version === 1);
    await house.waitFor(async () => house.mails.some((m) => m.subject.includes('請確認會議紀錄')));
    const link = linkTo('lin.mei@example.com', '請確認會議紀錄');
    expect(await (await fetch(link)).text()).toMatch(/二月二十四日試產/);
    const answer = await post(link, {
      do: 'confirm',
      summary: '試產時程已定',
      'topics[0].conclusion': '二月二十四日試產，500 件',
    });
    expect(answer.headers.get('location')).toMatch(/done=confirm/);
    const minutes = await ok('GET', `/v1/meetings/${id}/minutes`);
    expect(minutes).toMatchObject({ confirmed: true, version: 2, summary: '試產時程已定' });
    expect((await house.request('GET', `/v1/meetings/${id}/minutes.md`)).text).toMatch(/500 件/);
  });

  test('F5: the survey by link, once; F1: done by link, checked by link; then the meeting closes', async () => {
    for (const address of ['lin.mei@example.com', 'chen@example.com', 'wang@example.com']) {
      await house.waitFor(async () =>
        house.mails.some((m) => m.to.address === address && m.subject.includes('會後問卷')),
      );
      const link = linkTo(address, '會後問卷');
      expect((await post(link, { score: '4', suggestion: '議程再短一點' })).status).toBe(303);
      expect((await post(link, { score: '1' })).status).toBe(409);
    }
    await house.waitFor(async () => (await read(id)).survey.status === 'published');
    expect((await read(id)).survey).toMatchObject({ answers: 3, mean: 4 });
    const link = linkTo('wang@example.com', '會議紀錄】');
    expect((await post(link, { do: 'done', doneNote: '已驗收' })).status).toBe(303);
    await house.until(id, nextSlot(taiwan, taipei, startsAt, '08:40') + 90_000);
    await house.waitFor(async () => house.mails.some((m) => m.subject.includes('今日待辦】1項會議事項')));
    expect((await post(linkTo('lin.mei@example.com', '今日待辦'), { accepted: 'yes' })).status).toBe(303);
    await house.until(id, startsAt + 6 * DAY);
    const ended = await house.waitFor(async () => {
      const meeting = await read(id);
      return meeting.phase === 'closed' && meeting;
    });
    expect(ended).toMatchObject({ effectiveness: 4.5, actions: [{ status: 'done' }] });
  });

  test('an ended meeting is read from the archive, and a command says that it is over', async () => {
    const { status, json } = await house.request('POST', `/v1/meetings/${id}/key-points`, {
      topicId: topics[0],
      text: 'x',
    });
    expect({ status, code: json.errors[0].code }).toEqual({ status: 409, code: 'phase.ended' });
    expect((await read(id)).stale).toBeUndefined();
    const list = await ok('GET', '/v1/meetings?phase=closed');
    expect(list.items.map((m: Json) => m.id)).toContain(id);
    expect((await ok('GET', `/v1/actions?meeting=${id}`)).items).toMatchObject([{ task: '完成模具驗收', meeting: id }]);
    expect((await ok('GET', '/v1/tasks?status=open')).items).toEqual([]);
    const { items } = await ok('GET', `/v1/meetings/${id}/timeline`);
    expect(items.map((e: Json) => e.event)).toEqual(
      expect.arrayContaining(['create', 'publish', 'rsvp', 'openVote', 'close', 'confirmMinutes']),
    );
    const deliveries = await ok('GET', `/v1/meetings/${id}/deliveries`);
    expect(deliveries.items.every((d: Json) => d.status === 'sent')).toBe(true);
    const link = linkTo('chen@example.com', '開會通知');
    const late = await call(link, 'GET');
    expect(late.status).toBe(200);
    expect(late.text).toMatch(/會議資訊/);
  });

  test('every answer was as the OpenAPI document says', () => {
    expect([...new Set(misshapen)]).toEqual([]);
  });

  test('nothing of a token, a ballot or an answer is in the log', () => {
    expect(house.log()).not.toMatch(/eyJ|ballots\/p|feedback\/e|議程再短一點/);
    expect(house.log()).not.toMatch(/"level":50/);
  });
});
