import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales } from '../../locales/index.js';
import { draftMinutes } from '../../render/minutes-draft.js';
import { linkPages } from '../../web/links.js';
import { startApi, type TestApi } from '../api/support.js';
import { page, post, text } from './follow.js';
import { aMeeting, at, Story } from './forms.fixture.js';
import { Stage, withAction, withPlan } from './pages.js';

let api: TestApi;
let stage: Stage;
let ids: Record<string, string>;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
  stage = await Stage.open(api);
  ids = stage.ids;
});
afterAll(() => api?.close());

const place = (story: Story) => stage.place(story);
const link: Stage['link'] = (...claims) => stage.link(...claims);

describe('what each link can do', () => {
  test('F1, F2: progress, and after a miss the obstacle and a new date; then done', async () => {
    const story = withAction().until(at('2026-02-06', '09:00'));
    const state = place(story);
    const item = state.actions[0]!.id;
    const url = await link('progress', 'p7', state.id, item);
    expect(text(await page(url))).toMatch(
      /\[完成專案A的模具驗收並回報品保\]\(負責人:吳佩珊,截止日期:2026-02-05\).*逾期/,
    );
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
    const escalated = () => place(withAction().until(at('2026-03-04', '09:00'), ['p6']));
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
      item: { owner: ids['p8'], task: '完成專案A的模具驗收並回報品保' },
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

  test('M1, M3: the draft is read, corrected and confirmed; a confirmed one is corrected with a reason', async () => {
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
    // M3: from now on a correction, which says why.
    expect(html).not.toMatch(/value="confirm"/);
    expect(html).toMatch(/name="reason"/);
    expect(text(html)).toMatch(/會議紀錄已於 .* 確認/);
    expect((await post(await link('confirm', 'p9', state.id), { do: 'save', summary: 'x' })).status).toBe(403);
  });

  test('C1: the shared goal stands on the page from which a meeting is opened, before and after it', async () => {
    const shared = { phase: 'notice' as const, sharedGoal: '三月底前順利出貨' };
    const state = place(new Story(aMeeting(shared), at('2026-02-02', '09:43')));
    const url = await link('open', 'p2', state.id);
    expect(text(await page(url))).toMatch(/共同目標.*三月底前順利出貨/);
    expect((await post(url, { do: 'open' })).headers.get('location')).toMatch(/done=open/);
    expect(text(await page(url))).toMatch(/共同目標.*三月底前順利出貨/);
    const plain = place(new Story(aMeeting({ phase: 'notice' }), at('2026-02-02', '09:43')));
    expect(text(await page(await link('open', 'p2', plain.id)))).not.toMatch(/共同目標/);
  });

  test('P3 P8: who presents without being invited sees what it is about, and has nothing to reply', async () => {
    const [first, second] = aMeeting().agenda;
    const agenda = [{ ...first!, presenter: 'p5' }, second!];
    const state = place(new Story(aMeeting({ phase: 'notice', agenda }), at('2026-01-29', '10:00')));
    const url = await link('reply', 'p5', state.id);
    const html = await page(url);
    expect(text(html)).toMatch(/您不在受邀名單上；這場會議請您報告或準備資料/);
    expect(text(html)).toMatch(/交期/);
    expect(html).not.toMatch(/<form/);
    expect((await post(url, { reply: 'accepted' })).status).toBe(404);
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
    const state = place(withPlan());
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
    // Two can answer, and there is no series: the form asks for what the mail asks for.
    const form = await page(url);
    expect(form).not.toMatch(/name="suggestion"/);
    expect(text(form)).toMatch(/這份問卷不收建議/);
    expect(text(form)).not.toMatch(/建議滿/);
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
    for (const [name, url] of Object.entries(await stage.everyPage())) {
      for (const lang of locales) {
        const html = await page(`${url}${url.includes('?') ? '&' : '?'}lang=${lang}`);
        expect([name, html.match(/(?:forms|mail|words|errors)\.[a-z]+\b/i)?.[0]]).toEqual([name, undefined]);
        expect([name, text(html).match(/\{\w+\}|undefined|\[object/)?.[0]]).toEqual([name, undefined]);
      }
    }
  });
});
