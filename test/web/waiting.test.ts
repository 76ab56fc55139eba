/** F2, F4, F5 behind the links of their mails. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkPages } from '../../web/links.js';
import { startApi, type TestApi } from '../api/support.js';
import { page, post, text } from './follow.js';
import { at } from './forms.fixture.js';
import { Stage, withAction, withBlock, withStuckTopic } from './pages.js';

let api: TestApi;
let stage: Stage;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
  stage = await Stage.open(api);
});
afterAll(() => api?.close());

describe('what waits, and what is stuck', () => {
  test('F2: the owner says whom it waits for; who tracks it accepts; then a new date ends it', async () => {
    const state = stage.place(withAction());
    const id = state.actions[0]!.id;
    const owner = await stage.link('progress', 'p7', state.id, id);
    const tracker = await stage.link('block', 'p3', state.id, id);
    expect(text(await page(tracker))).toMatch(/目前沒有等候其他部門/);
    const wordless = await post(owner, { do: 'progress', blockedBy: stage.ids['d3']! });
    expect(wordless.status).toBe(422);
    const said = await post(owner, { do: 'progress', blockedBy: stage.ids['d3']!, note: '等預算' });
    expect([said.status, said.headers.get('location')]).toEqual([303, expect.stringMatching(/done=blocked/)]);
    expect(text(await page(owner))).toMatch(/已提出等候「採購部」/);
    for (const form of [owner, tracker]) expect(text(await page(form)).match(/等預算/g)).toHaveLength(1);
    expect((await post(tracker, {})).status).toBe(422);
    expect((await post(tracker, { accepted: 'yes' })).headers.get('location')).toMatch(/done=block$/);
    expect(api.temporal.state(state.id).actions[0]?.block).toMatchObject({ department: stage.ids['d3'] });
    expect(text(await page(owner))).toMatch(/不計逾期/);
    expect((await post(owner, { do: 'unblock', unblockDue: '2026-02-12' })).headers.get('location')).toMatch(/unblock/);
    expect(api.temporal.state(state.id).actions[0]).toMatchObject({ status: 'open', dueAt: at('2026-02-12', '18:00') });
  });

  test('F2: not accepted, or not any longer, the date stands or a new one is set', async () => {
    const [said, waiting] = [stage.place(withBlock()), stage.place(withBlock(true))];
    const first = await stage.link('block', 'p3', said.id, said.actions[0]!.id);
    expect((await post(first, { accepted: 'no' })).headers.get('location')).toMatch(/done=blockNo/);
    expect(api.temporal.state(said.id).actions[0]).toMatchObject({ dueAt: at('2026-02-05', '18:00') });
    const again = await stage.link('block', 'p3', waiting.id, waiting.actions[0]!.id);
    await post(again, { accepted: 'no', dueDate: '2026-02-13' });
    const [action] = api.temporal.state(waiting.id).actions;
    expect([action?.dueAt, action?.block]).toEqual([at('2026-02-13', '18:00'), undefined]);
  });

  test('F4: host or coordinator choose with a reason, nobody else, and once', async () => {
    const state = stage.place(withStuckTopic());
    const { id } = state.tasks[0]!;
    const host = await stage.link('topic', 'p2', state.id, id);
    expect(text(await page(await stage.link('topic', 'p9', state.id, id)))).not.toMatch(/送出/);
    expect(text(await page(host))).toMatch(/已連續 3 次會議有未完成的行動項目.*2\/4.*上次的處理：說明理由後維持/);
    expect((await post(host, { choice: 'hold' })).status).toBe(422);
    expect((await post(host, { choice: 'hold', reason: '等供應商回覆' })).headers.get('location')).toMatch(
      /done=topic/,
    );
    expect(api.temporal.state(state.id).tasks[0]).toMatchObject({ status: 'done', choice: 'hold' });
    expect(text(await page(host))).toMatch(/已選擇/);
  });

  test('S1: a topic that waits in the department is put on the agenda from the link of a mail, once', async () => {
    const state = await stage.offering();
    const host = await stage.link('take', 'p2', state.id, stage.waiting);
    expect(text(await page(host))).toMatch(/夜班人力.*已由前 2 次會議延後|夜班人力/);
    expect(text(await page(await stage.link('take', 'p9', state.id, stage.waiting)))).not.toMatch(/送出|只會排進/);
    expect((await post(host, {})).headers.get('location')).toMatch(/done=take/);
    expect(text(await page(await stage.link('take', 'p2', state.id, 'nothing')))).toMatch(/已不再等候/);
    expect((await post(await stage.link('take', 'p2', state.id, 'nothing'), {})).status).toBe(409);
  });

  test('F5: the result and its suggestions, for who could answer and for who owes the plan', async () => {
    const state = await stage.surveyed();
    const over = text(await page(await stage.link('survey', 'p6', state.id)));
    expect(over).toMatch(/問卷已截止.*平均 2.2 分，5 人填答.*建議（匿名）.*資料請提早一天寄出/);
    expect(text(await page(await stage.link('survey', 'p9', state.id)))).not.toMatch(/平均/);
    const plan = text(await page(await stage.link('plan', 'p1', state.id, state.plans[0]!.id)));
    expect(plan).toMatch(/資料請提早一天寄出/);
    const { json } = await api.request('GET', `/v1/meetings/${state.id}/survey`);
    expect(json).toMatchObject({ status: 'published', eligible: 5, answers: 5, mean: 2.2, scores: { '1': 2, '5': 0 } });
    expect(json.suggestions).toHaveLength(2);
    const { status } = await api.request('GET', `/v1/meetings/${stage.place(withAction()).id}/survey`);
    expect(status).toBe(404);
  });
});
