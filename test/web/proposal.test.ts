/** R2: the page behind a proposal in the review's mail, followed as a person without JavaScript does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProposalChange } from '../../domain/review/proposals.js';
import { linkPages } from '../../web/links.js';
import { aBody, now, startApi, type Json, type TestApi } from '../api/support.js';
import { get, page, post, text } from './follow.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
});
afterAll(() => api?.close());

const idOf = async (email: string): Promise<string> => (await api.request('GET', `/v1/people/${email}`)).json.id;
interface Proposed {
  series: Json;
  id: string;
  link(email: string, more?: { by?: string }): Promise<string>;
}
let made = 0;
async function proposed(change: (series: Json) => ProposalChange): Promise<Proposed> {
  const { startsAt: _, kind: __, ...body } = aBody({ title: `試產例會 ${++made}` });
  const recurrence = { every: 'week', weekdays: [3], time: '09:30', starts: '2026-02-01' };
  const series = (await api.request('POST', '/v1/series', { ...body, recurrence })).json;
  const id = `2025-Q4-${series.id}-x`;
  await api.archive.proposals.keep('2025-Q4', now, [
    {
      ...{ id, seriesId: series.id, title: series.title, change: change(series) },
      ...{ because: ['m1', 'm2', 'm3'], params: { meetings: 3 }, score: 0.5 },
    },
  ]);
  return {
    series,
    id,
    link: async (email, more = {}) => {
      const claims = { purpose: 'proposal' as const, person: await idOf(email), meeting: '2025-Q4', ref: id, ...more };
      return (await api.links.url(claims, Date.now())).replace('http://convoke.test', api.url);
    },
  };
}
const shorter = (): ProposalChange => ({ kind: 'shorten', fromMinutes: 60, toMinutes: 50 });
const organiser = 'lin.mei@example.com';
const seriesNow = async ({ series }: Proposed): Promise<Json> =>
  (await api.request('GET', `/v1/series/${series.id}`)).json;
const stateOf = async ({ id }: Proposed) => (await api.archive.proposals.find(id))!;

describe('R2 a proposal, by the link of the review’s mail', () => {
  test('R2 showing changes nothing; accepting changes the series from its next meeting on; undoing makes it as before', async () => {
    const proposal = await proposed(shorter);
    const url = await proposal.link(organiser);
    const shown = text(await page(url));
    expect(shown).toContain(proposal.series.title);
    expect(shown).toMatch(/從 60 分鐘縮短為 50 分鐘|60.*50/);
    expect((await stateOf(proposal)).state).toBe('open');

    const accepted = await post(url, { do: 'accept' });
    expect([accepted.status, accepted.headers.get('location')]).toEqual([303, expect.stringContaining('done=accept')]);
    expect((await seriesNow(proposal)).durationMinutes).toBe(50);
    expect(await stateOf(proposal)).toMatchObject({ state: 'accepted', person: await idOf(organiser) });
    expect((await post(url, { do: 'accept' })).status).toBe(303);
    const after = await page(`${url}?done=accept&lang=en`);
    expect(text(after)).toMatch(/Accepted\. The series has been changed\..*Accepted by 林美.*Undo/);
    const late = await post(`${url}?lang=en`, { do: 'reject', reason: 'x' });
    expect([late.status, text(await late.text())]).toEqual([409, expect.stringMatching(/answered already.*Undo/)]);

    expect((await post(url, { do: 'undo' })).headers.get('location')).toContain('done=undo');
    expect((await seriesNow(proposal)).durationMinutes).toBe(60);
    expect(text(await page(`${url}?lang=en`))).toMatch(/Accepted and then undone by 林美/);
    // A page that was open all the while: what became of it, not what is missing in a form that is gone.
    const stale = await post(`${url}?lang=en`, { do: 'reject', reason: '' });
    expect(stale.status).toBe(409);
  });

  test('R2 once the series has made its next meeting, that has the change, and undo is offered no more', async () => {
    const proposal = await proposed(shorter);
    const url = await proposal.link(organiser);
    await post(url, { do: 'accept' });
    const { durationMinutes } = (await seriesNow(proposal)) as { durationMinutes: number };
    const next = await api.request('POST', '/v1/meetings', aBody({ seriesId: proposal.series.id, durationMinutes }));
    const state = api.temporal.state(next.json.id);
    await api.archive.view.write({ state: { ...state, createdAt: now + 1 }, audit: [] });
    const shown = await page(`${url}?lang=en`);
    expect(text(shown)).toContain('The series has made a meeting since');
    expect(shown).not.toContain('value="undo"');
    expect((await post(url, { do: 'undo' })).status).toBe(409);
  });

  test('R2 rejecting needs a reason, which is kept and shown', async () => {
    const proposal = await proposed(shorter);
    const url = await proposal.link(organiser);
    const without = await post(`${url}?lang=zh-TW`, { do: 'reject', reason: ' ' });
    expect([without.status, await without.text()]).toEqual([422, expect.stringContaining('href="#f-reason"')]);
    expect((await post(url, { do: 'nothing' })).status).toBe(422);
    const rejected = await post(`${url}?lang=zh-TW`, { do: 'reject', reason: '下季再看' });
    expect(rejected.headers.get('location')).toMatch(/done=reject&lang=zh-TW/);
    expect(await stateOf(proposal)).toMatchObject({ state: 'rejected', reason: '下季再看' });
    const shown = await page(`${url}?lang=zh-TW`);
    expect(text(shown)).toMatch(/不採納.*下季再看/);
    expect(shown).not.toContain('<form');
    expect((await seriesNow(proposal)).durationMinutes).toBe(60);
  });

  test('R2 what no longer fits can only be rejected; nothing is asked about a series that has ended', async () => {
    const proposal = await proposed(shorter);
    const url = `${await proposal.link(organiser)}?lang=en`;
    await api.request('PATCH', `/v1/series/${proposal.series.id}`, { durationMinutes: 55 });
    const outdated = await page(url);
    expect(text(outdated)).toContain('no longer fits');
    expect([outdated.includes('value="accept"'), outdated.includes('value="reject"')]).toEqual([false, true]);
    const refused = await post(url, { do: 'accept' });
    expect([refused.status, text(await refused.text())]).toEqual([
      409,
      expect.stringContaining('no longer what it was'),
    ]);
    await api.request('DELETE', `/v1/series/${proposal.series.id}`);
    await api.archive.series.end(proposal.series.id, now);
    const ended = await page(url);
    expect(text(ended)).toContain('The series has ended');
    expect(ended).not.toContain('<form');
  });

  test('R2 H6 only whose it is to decide: not a member, not an assistant’s mailbox, not with another link', async () => {
    const proposal = await proposed(({ participants }) => ({
      kind: 'dropPeople',
      people: [participants[1].person.id],
    }));
    const member = await get(await proposal.link('wang@example.com'));
    expect([member.status, text(await member.text())]).toEqual([404, expect.not.stringContaining('陳大文')]);
    const assistant = await get(await proposal.link(organiser, { by: await idOf('wang@example.com') }));
    expect(assistant.status).toBe(403);
    const own = await proposal.link(organiser);
    expect(text(await page(own))).toContain('陳大文');
    expect((await get(own.replace('/p/', '/r/'))).status).toBe(404);
    const review = await api.links.sign({
      ...{ purpose: 'review', person: await idOf(organiser), meeting: '2025-Q4', exp: Date.now() + 1e9 },
    });
    expect((await get(`${api.url}/p/${review}`)).status).toBe(404);
  });
});
