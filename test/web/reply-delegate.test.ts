import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkPages } from '../../web/links.js';
import { startApi, type TestApi } from '../api/support.js';
import { page, post, text } from './follow.js';
import { aMeeting, at, Story } from './forms.fixture.js';
import { Stage } from './pages.js';

let api: TestApi;
let stage: Stage;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
  stage = await Stage.open(api);
});
afterAll(() => api?.close());

const announced = () => stage.place(new Story(aMeeting({ phase: 'notice' }), at('2026-01-29', '10:00')));

test('N2, N3 who cannot come names on the page of the reply who attends instead', async () => {
  const state = announced();
  const link = await stage.link('reply', 'p6', state.id);
  expect(text(await page(link))).toMatch(/由誰代理/);
  const delegate = 'new.delegate@example.org';
  const coming = await post(link, { reply: 'accepted', delegate });
  expect(coming.status).toBe(422);
  expect(await api.archive.directory.getPerson(delegate)).toBeNull();
  expect((await post(link, { reply: 'declined', delegate })).status).toBe(303);
  const found = await api.archive.directory.getPerson(delegate);
  const { rsvps, participants } = api.temporal.state(state.id);
  expect(Object.values(rsvps)).toContainEqual(expect.objectContaining({ reply: 'declined', delegate: found!.id }));
  expect(participants.find((p) => p.person === found!.id)).toBeDefined();
});

test('N2 a plain answer needs no name', async () => {
  const state = announced();
  const link = await stage.link('reply', 'p7', state.id);
  expect((await post(link, { reply: 'tentative', delegate: ' ' })).status).toBe(303);
});
