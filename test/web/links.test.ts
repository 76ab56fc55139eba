import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkPages } from '../../web/links.js';
import { cssHash } from '../../web/style.js';
import { aConfig, startApi, type TestApi } from '../api/support.js';
import { get, page, post, text } from './follow.js';
import { aMeeting, at, Story } from './forms.fixture.js';
import { Stage } from './pages.js';

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
const notice = () => new Story(aMeeting({ phase: 'notice' }), at('2026-01-29', '10:00'));

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

  test('who asks too often waits, and reads so on a page', async () => {
    const config = { ...aConfig(), ratePerMinute: 3 };
    const strict = await startApi({ archive: api.archive, config }, [linkPages]);
    try {
      const answers = [];
      for (let i = 0; i < 4; i += 1) answers.push(await get(`${strict.url}/r/x`));
      expect(answers.map((a) => a.status)).toEqual([404, 404, 404, 429]);
      expect(answers[3]!.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(text(await answers[3]!.text())).toMatch(/Not possible at the moment/);
    } finally {
      await strict.close();
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
