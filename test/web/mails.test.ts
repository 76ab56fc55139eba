/** H2: the page that says which mails one gets, followed as a person and as a mail program do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkPages } from '../../web/links.js';
import { now, startApi, type TestApi } from '../api/support.js';
import { get, page, post, text } from './follow.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
});
afterAll(() => api?.close());

let made = 0;
async function reader(): Promise<{ id: string; url: string; digestOnly(): Promise<boolean> }> {
  const { id } = await api.archive.directory.ensurePerson({ email: `reader${++made}@example.com`, name: '林美' });
  const link = await api.links.url({ purpose: 'mails', person: id, meeting: 'aaaaaaaaaaaaaaaa' }, now);
  const digestOnly = async () => (await api.archive.directory.getPerson(id))?.digestOnly === true;
  return { id, url: link.replace('http://convoke.test', api.url), digestOnly };
}

test('H2 showing changes nothing; by the button it is the digest, and single mails again; in three languages', async () => {
  const { url, digestOnly } = await reader();
  const shown = await get(url);
  expect([shown.status, await digestOnly()]).toEqual([200, false]);
  expect(text(await shown.text())).toContain('您的提醒郵件');

  const digest = await post(url, { mails: 'digest' });
  expect([digest.status, await digestOnly()]).toEqual([200, true]);
  expect(await digest.text()).toContain('name="mails" value="single"');
  const single = await post(`${url}?lang=en`, { mails: 'single' });
  expect([single.status, await digestOnly()]).toEqual([200, false]);
  expect(text(await single.text())).toContain('Saved.');
  for (const lang of ['zh-TW', 'zh-CN', 'en'])
    expect(await page(`${url}?lang=${lang}`)).toContain(`<html lang="${lang}"`);
});

test('H2, RFC 8058 one click of a mail program is answered, not sent elsewhere, in both of its encodings', async () => {
  const form = await reader();
  const clicked = await post(form.url, { 'List-Unsubscribe': 'One-Click' });
  expect([clicked.status, await form.digestOnly()]).toEqual([200, true]);
  const multipart = await reader();
  const body = new FormData();
  body.set('List-Unsubscribe', 'One-Click');
  const sent = await fetch(multipart.url, { method: 'POST', redirect: 'manual', body });
  expect([sent.status, await multipart.digestOnly()]).toEqual([200, true]);
});

test('H2 anything else changes nothing, and a link of another kind leads nowhere', async () => {
  const { id, url, digestOnly } = await reader();
  expect([(await post(url, { mails: 'none' })).status, await digestOnly()]).toEqual([422, false]);
  const empty = await fetch(url, { method: 'POST', redirect: 'manual', body: new FormData() });
  expect([empty.status, await digestOnly()]).toEqual([422, false]);
  const other = await api.links.sign({ purpose: 'norms', person: id, meeting: '2025', exp: now + 1_000_000 } as never);
  expect((await get(`${api.url}/u/${other}`)).status).toBe(404);
});
