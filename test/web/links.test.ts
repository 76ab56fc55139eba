import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DAY } from '../../domain/calendar/index.js';
import type { LinkPurpose } from '../../render/links.js';
import { locales } from '../../locales/index.js';
import { draftMinutes } from '../../render/minutes-draft.js';
import { linkPages } from '../../web/links.js';
import { cssHash } from '../../web/style.js';
import { startApi, type TestApi } from '../api/support.js';
import { aMeeting, at, cast, people, Story } from './forms.fixture.js';

let api: TestApi;
let ids: Record<string, string>;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
  ids = await people(api.archive);
});
afterAll(() => api?.close());

/** Puts a story's state there and makes a link into it. */
function place(story: Story) {
  const state = cast(story.state, ids);
  api.temporal.put(state, story.now);
  return state;
}

async function link(purpose: LinkPurpose, who: string, meeting: string, ref?: string): Promise<string> {
  const exp = Date.now() + 365 * DAY;
  const token = await api.links.sign({
    purpose,
    person: ids[who]!,
    meeting,
    exp,
    ...(ref === undefined ? {} : { ref }),
  });
  return `${api.url}/${purpose === 'survey' ? 'feedback' : 'r'}/${token}`;
}

const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { redirect: 'manual', headers });
const page = async (url: string): Promise<string> => (await get(url)).text();
const post = (url: string, fields: Record<string, string>) =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  });
const text = (html: string): string => html.replace(/<style>.*?<\/style>|<[^>]+>/gs, ' ').replace(/\s+/g, ' ');

const notice = () => new Story(aMeeting({ phase: 'notice' }), at('2026-01-29', '10:00'));
const withAction = () =>
  new Story(aMeeting({ phase: 'followUp' }), at('2026-02-03', '10:00')).run('action', {
    task: '完成模具驗收',
    owner: 'p7',
    dueAt: at('2026-02-05', '18:00'),
    department: 'd2',
  });

describe('links of mails (design §7)', () => {
  test('GET and HEAD change nothing, however often; what the address says is only filled in', async () => {
    const state = place(notice());
    const url = await link('reply', 'p6', state.id);
    for (let i = 0; i < 3; i += 1) expect((await get(`${url}?reply=declined`)).status).toBe(200);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    expect(api.temporal.state(state.id)).toEqual(state);
    expect(await page(`${url}?reply=declined`)).toMatch(/value="declined" checked/);
    expect(await page(url)).not.toMatch(/ checked/);
  });

  test('N2: POST answers with a redirect to the state, which can be changed with the same link', async () => {
    const state = place(notice());
    const url = await link('reply', 'p6', state.id);
    const answer = await post(url, { reply: 'declined', comment: '出差' });
    expect(answer.status).toBe(303);
    const next = `${api.url}${answer.headers.get('location')}`;
    expect(text(await page(next))).toMatch(/已收到您的回覆.*您目前的回覆：無法出席/);
    expect(api.temporal.state(state.id).rsvps[ids['p6']!]).toMatchObject({ reply: 'declined', by: { via: 'link' } });
    await post(url, { reply: 'accepted' });
    expect(api.temporal.state(state.id).rsvps[ids['p6']!]?.reply).toBe('accepted');
  });

  test('what was wrong is said on top with a link to the field, and nothing typed is lost', async () => {
    const state = place(notice());
    const url = await link('reply', 'p6', state.id);
    const refused = await post(url, { comment: '會晚到' });
    const html = await refused.text();
    expect(refused.status).toBe(422);
    expect(html).toMatch(/role="alert"[\s\S]*href="#f-reply"/);
    expect(html).toMatch(/id="f-reply"/);
    expect(html).toMatch(/會晚到<\/textarea>/);
    expect(html).toMatch(/aria-describedby="[^"]*e-reply/);
  });

  test('nobody is cached, referred from, indexed, framed or scripted', async () => {
    const state = place(notice());
    const { headers } = await get(await link('reply', 'p6', state.id));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toMatch(/noindex/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toContain(cssHash);
    expect(policy).not.toMatch(/unsafe|script-src/);
  });

  test('what people typed stays text', async () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const story = new Story(
      aMeeting({ phase: 'notice', title: hostile, goal: hostile, place: hostile }),
      at('2026-01-29', '10:00'),
    );
    const state = place(story);
    const url = await link('reply', 'p6', state.id);
    await post(url, { reply: 'declined', comment: `</textarea>${hostile}` });
    for (const html of [
      await page(`${url}?reply=${encodeURIComponent(hostile)}&done=${encodeURIComponent(hostile)}`),
      await (await post(url, { comment: hostile })).text(),
    ]) {
      expect(html).not.toMatch(/<script|<img|<\/textarea>"/);
      expect(html).toMatch(/&lt;script>/);
    }
  });

  test('the token is in no log', async () => {
    const url = await link('reply', 'p6', place(notice()).id);
    await get(url);
    await post(url, { reply: 'accepted' });
    await get(`${url}x`);
    expect(api.log()).toMatch(/"route":"\/r\/:token"/);
    expect(api.log()).not.toMatch(/eyJ/);
  });

  test('a wrong, broken or expired link gets a page that helps, in the reader’s language; never a 5xx', async () => {
    const state = place(notice());
    const good = await link('reply', 'p6', state.id);
    const expired = await api.links.sign({ purpose: 'reply', person: ids['p6']!, meeting: state.id, exp: 1000 });
    const survey = await link('survey', 'p6', state.id);
    for (const url of [
      `${good}x`,
      `${api.url}/r/x`,
      `${api.url}/r/${'a'.repeat(1900)}`,
      `${api.url}/r/${expired}`,
      `${api.url}/feedback/x`,
      `${api.url}/r/%00`,
    ]) {
      for (const method of ['GET', 'POST'] as const) {
        const answer = await fetch(url, { method, headers: { 'accept-language': 'zh-CN' } });
        expect({ url, status: answer.status }).toEqual({ url, status: 404 });
        expect(text(await answer.text())).toMatch(/这个链接无法使用/);
      }
    }
    const moved = await get(survey.replace('/feedback/', '/r/'));
    expect({ status: moved.status, to: moved.headers.get('location')?.startsWith('/feedback/') }).toEqual({
      status: 303,
      to: true,
    });
    const gone = await get(await link('reply', 'p6', 'aaaaaaaaaaaaaaaa'));
    expect(gone.status).toBe(410);
  });

  test('nobody answers: the page says that nothing was sent and keeps what was typed', async () => {
    const state = place(notice());
    const url = await link('reply', 'p6', state.id);
    await api.archive.view.write({ state, audit: [] });
    api.temporal.away = Object.assign(new Error('away'), { code: 4, details: 'deadline', metadata: {} });
    try {
      const shown = await get(url);
      expect({ status: shown.status, text: text(await shown.text()) }).toEqual({
        status: 200,
        text: expect.stringMatching(/暫時連不上/),
      });
      const refused = await post(url, { reply: 'accepted', comment: '我會到' });
      expect({ status: refused.status, retry: refused.headers.has('retry-after') }).toEqual({
        status: 503,
        retry: true,
      });
      expect(await refused.text()).toMatch(/尚未送出[\s\S]*我會到<\/textarea>/);
    } finally {
      api.temporal.away = undefined;
    }
  });

  test('the language can be switched and stays', async () => {
    const url = await link('reply', 'p6', place(notice()).id);
    for (const [lang, words] of [
      ['en', 'Will you attend?'],
      ['zh-CN', '您会参会吗？'],
      ['zh-TW', '您會出席嗎？'],
    ] as const) {
      const html = await page(`${url}?lang=${lang}`);
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain(words);
    }
    const answer = await post(`${url}?lang=en`, { reply: 'tentative' });
    expect(answer.headers.get('location')).toMatch(/lang=en/);
    const known = await api.archive.directory.putPerson(ids['p6']!, { locale: 'en' });
    expect(known.locale).toBe('en');
    expect(await page(url)).toContain('<html lang="en">');
    await api.archive.directory.putPerson(ids['p6']!, { locale: 'zh-TW' });
  });
});

describe('what each link can do', () => {
  test('F1, F2: progress, and after a miss the obstacle and a new date; then done', async () => {
    const story = withAction().until(at('2026-02-06', '09:00'));
    const state = place(story);
    const item = state.actions[0]!.id;
    const url = await link('progress', 'p7', state.id, item);
    expect(text(await page(url))).toMatch(/\[完成模具驗收\]\(負責人:吳佩珊,截止日期:2026-02-05\).*逾期/);
    const late = await post(url, { do: 'progress', newDueDate: '2026-06-01', percent: '10' });
    expect({ status: late.status, html: await late.text() }).toEqual({
      status: 422,
      html: expect.stringMatching(/href="#f-newDueDate"/),
    });
    expect(
      (await post(url, { do: 'progress', percent: '60', obstacle: '模具延誤', newDueDate: '2026-02-12' })).status,
    ).toBe(303);
    expect(api.temporal.state(state.id).actions[0]).toMatchObject({
      percent: 60,
      status: 'open',
      dueAt: at('2026-02-12', '18:00'),
    });
    const done = await post(url, { do: 'done', doneNote: '完成' });
    expect(done.headers.get('location')).toMatch(/done=complete/);
    expect(text(await page(url))).toMatch(/已回報完成，正等待確認/);
  });

  test('F1: the check accepts, or sends back with what is missing', async () => {
    const state = place(withAction());
    const item = state.actions[0]!.id;
    const owner = await link('progress', 'p7', state.id, item);
    const check = await link('check', 'p3', state.id, item);
    expect(text(await page(check))).toMatch(/沒有待確認的完成回報/);
    await post(owner, { do: 'done' });
    expect((await post(check, { note: '缺報告' })).status).toBe(422);
    expect((await post(check, { accepted: 'no', note: '缺報告' })).headers.get('location')).toMatch(/sentBack/);
    expect(api.temporal.state(state.id).actions[0]?.status).toBe('open');
    await post(owner, { do: 'done' });
    expect((await post(check, { accepted: 'yes' })).headers.get('location')).toMatch(/done=check/);
    expect(text(await page(owner))).toMatch(/已經完成，謝謝/);
  });

  test('F2: the talk records who, when, result and new date', async () => {
    const state = place(withAction().until(at('2026-02-09', '12:00')));
    const task = state.tasks.find((t) => t.kind === 'talk')!;
    const url = await link('talk', 'p3', state.id, task.id);
    const missing = await post(url, { text: '談妥', with: ids['p7']!, talkedAt: '2026-02-09T11:00' });
    expect({ status: missing.status, html: await missing.text() }).toEqual({
      status: 422,
      html: expect.stringMatching(/href="#f-newDueDate"/),
    });
    const fields = { text: '談妥', with: ids['p7']!, talkedAt: '2026-02-09T11:00', newDueDate: '2026-02-12' };
    expect((await post(url, fields)).status).toBe(303);
    expect(api.temporal.state(state.id).tasks[0]).toMatchObject({
      status: 'done',
      talk: { with: ids['p7'], at: at('2026-02-09', '11:00') },
    });
    expect(text(await page(url))).toMatch(/這次溝通已經登錄.*談妥/);
  });

  test('F3: each of the four decisions, with only what belongs to it', async () => {
    const escalated = () => place(withAction().until(at('2026-02-27', '09:00'), ['p6']));
    const decide = async (fields: Record<string, string>) => {
      const state = escalated();
      const task = state.tasks.find((t) => t.kind === 'escalation')!;
      const url = await link('decision', 'p6', state.id, task.id);
      expect(text(await page(url))).toMatch(/已逾期 3 次.*歷次期限/);
      const answer = await post(url, { owner: '', task: '', dueDate: '', reason: '理由', ...fields });
      return { status: answer.status, item: api.temporal.state(state.id).actions[0], after: text(await page(url)) };
    };
    expect(await decide({ decision: 'reassign', owner: ids['p8']!, task: 'ignored' })).toMatchObject({
      status: 303,
      item: { owner: ids['p8'], task: '完成模具驗收' },
      after: expect.stringMatching(/已有決定：改由他人負責/),
    });
    expect(await decide({ decision: 'simplify', task: '只驗收主模' })).toMatchObject({
      status: 303,
      item: { task: '只驗收主模' },
    });
    expect(await decide({ decision: 'extend', dueDate: '2026-03-20' })).toMatchObject({
      status: 303,
      item: { dueAt: at('2026-03-20', '18:00'), missed: 0 },
    });
    expect(await decide({ decision: 'cancel' })).toMatchObject({ status: 303, item: { status: 'cancelled' } });
    expect(await decide({ decision: 'extend' })).toMatchObject({ status: 422 });
    expect(await decide({})).toMatchObject({ status: 422 });
  });

  test('M1: the draft is read, corrected and confirmed; a confirmed one is only read', async () => {
    const story = new Story(aMeeting({ phase: 'execution' }), at('2026-02-02', '10:00'));
    const topicId = story.state.agenda[0]!.topicId;
    story
      .run('startTopic', { topicId })
      .run('finishTopic', { topicId, outcome: 'decided', basis: 'noObjection', conclusion: '二月試產' })
      .run('close', {});
    const state = place(story);
    const hash = await api.archive.minutes.save(state.id, draftMinutes(state));
    api.temporal.put({ ...state, minutes: { ...state.minutes!, version: 1, hash } }, story.now);
    const url = await link('confirm', 'p4', state.id);
    expect(text(await page(url))).toMatch(/核心結論.*二月試產/);
    const saved = await post(url, {
      do: 'save',
      summary: '時程已定',
      'topics[0].conclusion': '三月試產',
      nextMeetingAt: '2026-03-02T09:30',
    });
    expect(saved.headers.get('location')).toMatch(/done=saved/);
    expect(api.temporal.state(state.id).minutes).toMatchObject({
      version: 2,
      nextMeetingAt: at('2026-03-02', '09:30'),
    });
    expect(text(await page(url))).toMatch(/時程已定.*三月試產/);
    expect((await post(url, { do: 'confirm' })).headers.get('location')).toMatch(/done=confirm/);
    const html = await page(url);
    expect(html).not.toMatch(/<form/);
    expect(text(html)).toMatch(/會議紀錄已於 .* 確認/);
    expect((await post(await link('confirm', 'p9', state.id), { do: 'save', summary: 'x' })).status).toBe(403);
  });

  test('E15: open, move or cancel a meeting that nobody has opened', async () => {
    const late = () => place(new Story(aMeeting({ phase: 'notice' }), at('2026-02-02', '09:43')));
    const opened = late();
    const url = await link('open', 'p3', opened.id);
    expect((await post(url, { do: 'open' })).headers.get('location')).toMatch(/done=open/);
    expect(api.temporal.state(opened.id)).toMatchObject({ phase: 'execution', actingHost: ids['p3'] });
    expect(text(await page(url))).toMatch(/會議已於 .* 開始，主持人：陳怡君/);
    const moved = late();
    const move = await link('open', 'p3', moved.id);
    expect((await post(move, { do: 'move', startsAt: '2026-02-02T14:00', moveReason: '' })).status).toBe(422);
    expect((await post(move, { do: 'move', startsAt: '2026-02-02T14:00', moveReason: '主持人塞車' })).status).toBe(303);
    expect(api.temporal.state(moved.id).startsAt).toBe(at('2026-02-02', '14:00'));
    const cancelled = late();
    const cancel = await link('open', 'p3', cancelled.id);
    await api.archive.view.write({ state: { ...cancelled, phase: 'cancelled', revision: 99 }, audit: [] });
    expect((await post(cancel, { do: 'cancel', cancelReason: '不需要了' })).status).toBe(303);
    expect(text(await page(cancel))).toMatch(/這場會議已經結束/);
  });

  test('F6: the improvement plan is handed in', async () => {
    const story = new Story(aMeeting({ phase: 'followUp' }), at('2026-02-06', '10:00'));
    const by = { via: 'clock' } as const;
    const dueAt = at('2026-02-13', '18:00');
    const plan = {
      id: `${story.state.id}-p1`,
      kind: 'improvementPlan',
      reason: 'survey',
      score: 2.4,
      owner: 'p1',
      status: 'open',
      dueAt,
      firstDueAt: dueAt,
      dues: [{ dueAt, setAt: story.now, by, missed: false }],
      missed: 0,
      missedTotal: 0,
      obstacles: [],
      percent: 0,
      notes: [],
      reports: 0,
      createdAt: story.now,
      createdBy: by,
    } as const;
    story.state = { ...story.state, plans: [{ ...plan, dues: [...plan.dues], obstacles: [], notes: [] }] };
    const state = place(story);
    const url = await link('plan', 'p1', state.id, state.plans[0]!.id);
    expect((await post(url, { text: '  ' })).status).toBe(422);
    expect((await post(url, { text: '議程減為三項' })).headers.get('location')).toMatch(/done=plan/);
    expect(text(await page(url))).toMatch(/已回報完成.*議程減為三項/);
  });

  test('F5: the survey is answered once, and shows no answer again', async () => {
    const state = place(new Story(aMeeting({ phase: 'minutes' }), at('2026-02-02', '11:00')));
    await api.archive.surveys.open({
      meetingId: state.id,
      eligible: [ids['p6']!, ids['p7']!],
      closesAt: at('2026-02-05', '10:30'),
    });
    const url = await link('survey', 'p6', state.id);
    expect((await post(url, { suggestion: '短一點' })).status).toBe(422);
    expect((await post(url, { score: '9' })).status).toBe(422);
    expect((await post(url, { score: '4', suggestion: '短一點' })).status).toBe(303);
    const html = await page(url);
    expect(text(html)).toMatch(/您已經填答/);
    expect(html).not.toMatch(/<form|短一點/);
    expect((await post(url, { score: '1' })).status).toBe(409);
    expect(text(await page(await link('survey', 'p9', state.id)))).toMatch(/只給實際出席的人/);
  });

  test('a link of somebody whose turn it is not only shows', async () => {
    const state = place(withAction());
    const other = await link('progress', 'p9', state.id, state.actions[0]!.id);
    const html = await page(other);
    expect(html).not.toMatch(/<form/);
    expect(text(html)).toMatch(/目前只能查看/);
    expect((await post(other, { do: 'done' })).status).toBe(403);
    expect(text(await page(await link('progress', 'p7', state.id, `${state.id}-a9`)))).toMatch(/找不到這個項目/);
  });

  test('no page shows a key of the catalogue instead of its words', async () => {
    const urls = [
      await link('reply', 'p6', place(notice()).id),
      await link('open', 'p3', place(new Story(aMeeting({ phase: 'notice' }), at('2026-02-02', '09:43'))).id),
    ];
    const story = withAction().until(at('2026-02-06', '09:00'));
    const state = place(story);
    urls.push(await link('progress', 'p7', state.id, state.actions[0]!.id));
    const later = place(story.until(at('2026-02-27', '09:00'), ['p6']));
    for (const t of later.tasks) urls.push(await link(t.kind === 'talk' ? 'talk' : 'decision', 'p6', later.id, t.id));
    for (const url of urls) {
      for (const lang of locales) {
        const html = await page(`${url}?lang=${lang}`);
        expect(html).not.toMatch(/(?:forms|mail|words|errors)\.[a-z]+\b/i);
        expect(text(html)).not.toMatch(/\{\w+\}|undefined|\[object/);
      }
    }
  });
});
