import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewEntry } from '../../archive/knowledge.js';
import { linkPages } from '../../web/links.js';
import { now, startApi, type Json, type TestApi } from '../api/support.js';

let api: TestApi;
const who: Record<string, string> = {};
beforeAll(async () => {
  api = await startApi({}, [linkPages]);
  for (const name of ['owner', 'next', 'pmo'])
    who[name] = (await api.archive.directory.ensurePerson({ email: `${name}@example.com`, name })).id;
});
afterAll(() => api?.close());

const add = async (more: Partial<NewEntry> = {}) =>
  (
    await api.archive.knowledge.add({
      ...{ kind: 'article', title: '<b>供應商</b>評鑑', text: '每年一次。', locale: 'zh-TW', at: now },
      ...{ ownerPerson: who['owner']!, reviewOn: '2026-01-28', ...more },
    })
  ).entry;
const linkOf = (person: string, entry: { id: string }, more = {}): Promise<string> =>
  api.links.url({ purpose: 'knowledge', person: who[person]!, meeting: entry.id, ...more }, now);
const pathOf = (url: string): string => new URL(url).pathname;
async function post(url: string, fields: Record<string, string>) {
  const answer = await fetch(new URL(pathOf(url), api.url), {
    ...{
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      headers: { 'accept-language': 'zh-TW' },
    },
  });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}
const show = async (path: string) => {
  const answer = await fetch(new URL(path, api.url), { headers: { 'accept-language': 'zh-TW' } });
  return { status: answer.status, text: await answer.text() };
};
const read = (id: string): Promise<Json> => api.request('GET', `/v1/knowledge/${id}`).then(({ json }) => json);

describe('R5 the form behind the reminder’s link', () => {
  test('R5 showing changes nothing; “still right” sets the next date by the rule; nothing typed becomes markup', async () => {
    const entry = await add();
    const url = await linkOf('owner', entry);
    const shown = await show(pathOf(url));
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('&lt;b>供應商&lt;/b>評鑑');
    expect(shown.text).toContain('value="2027-01-28"');
    expect(await read(entry.id)).toMatchObject({ reviewOn: '2026-01-28', revision: entry.revision });

    const done = await post(url, { decision: 'right', revision: String(entry.revision), next: '' });
    expect([done.status, done.to]).toEqual([303, `${pathOf(url)}?done=right`]);
    expect(await read(entry.id)).toMatchObject({ reviewOn: '2027-01-28', reviewedBy: { id: who['owner'] } });
    expect((await show(done.to!)).text).toContain('已記下仍然正確');
    // The same form sent again, from the page of before.
    expect((await post(url, { decision: 'right', revision: String(entry.revision), next: '' })).status).toBe(409);
  });

  test('R5 a date that is past is refused at its field, and what was typed stays', async () => {
    const entry = await add();
    const fields = { decision: 'right', revision: String(entry.revision), next: '2026-01-01' };
    const refused = await post(await linkOf('owner', entry), fields);
    expect([refused.status, refused.text.includes('value="2026-01-01"')]).toEqual([422, true]);
    expect(refused.text).toContain('下次檢視日期須在今天之後');
  });

  test('R5 handed to another owner, who is asked about the same date; the first one’s link acts no more', async () => {
    const entry = await add();
    const url = await linkOf('owner', entry);
    const fields = { decision: 'handOn', revision: String(entry.revision) };
    expect((await post(url, { ...fields, owner: '' })).status).toBe(422);
    expect((await post(url, { ...fields, owner: 'nobody@example.com' })).status).toBe(422);
    const done = await post(url, { ...fields, owner: 'next@example.com' });
    expect(done.status).toBe(303);
    expect(await read(entry.id)).toMatchObject({ ownerPerson: { id: who['next'] }, reviewOn: '2026-01-28' });
    expect((await show(done.to!)).text).toContain('已轉交給 next');
    expect((await show(pathOf(url))).text).toContain('這一項現在由他人負責');
    const { revision } = await read(entry.id);
    expect((await post(url, { decision: 'right', revision: String(revision), next: '' })).status).toBe(403);
    expect((await show(pathOf(await linkOf('next', entry)))).text).toContain('這項內容今天仍然正確嗎？');
  });

  test('R5 handed to the archivist it waits in the queue without an owner, with what was said; reviewing clears that', async () => {
    const entry = await add();
    const fields = { decision: 'archivist', revision: String(entry.revision), note: '供應商已更換' };
    expect((await post(await linkOf('owner', entry), fields)).status).toBe(303);
    const queued = async () =>
      (await api.request('GET', '/v1/knowledge/queue?limit=200')).json.items.find((i: Json) => i.id === entry.id);
    expect(await queued()).toMatchObject({ reasons: ['reviewDue', 'noOwner'], note: '供應商已更換' });
    expect((await read(entry.id)).ownerPerson).toBeUndefined();
    await api.request('POST', `/v1/knowledge/${entry.id}/reviewed`);
    expect((await queued()).note).toBeUndefined();
  });

  test('a link of another kind, or of an assistant, leads to no entry (H6)', async () => {
    const entry = await add();
    const other = await api.links.url({ purpose: 'mails', person: who['owner']!, meeting: entry.id }, now);
    expect((await show(pathOf(other).replace('/u/', '/k/'))).status).toBe(404);
    expect((await show(pathOf(await linkOf('owner', entry)).replace('/k/', '/r/'))).status).toBe(404);
    expect((await show(pathOf(await linkOf('owner', entry, { by: who['next'] })))).status).toBe(403);
  });

  test('H10 nobody is shown, or handed, what they may not read', async () => {
    const entry = await add();
    await api.archive.db.execute(
      `update record.knowledge set secret = true, readers = array['${who['owner']}'] where id = '${entry.id}'`,
    );
    expect((await show(pathOf(await linkOf('owner', entry)))).status).toBe(200);
    expect((await show(pathOf(await linkOf('next', entry)))).status).toBe(404);
    const fields = { decision: 'handOn', revision: String(entry.revision), owner: 'next@example.com' };
    const refused = await post(await linkOf('owner', entry), fields);
    expect([refused.status, refused.text.includes('此人無權閱讀')]).toEqual([422, true]);
    const asked = {
      person: who['next']!,
      all: true,
      owners: [{ person: who['owner']! }],
      today: '2026-01-28',
      limit: 50,
    };
    expect((await api.archive.knowledgeCare.toTell(asked)).map((e) => e.id)).not.toContain(entry.id);
    const own = { ...asked, person: who['owner']!, all: false };
    expect((await api.archive.knowledgeCare.toTell(own)).map((e) => e.id)).toContain(entry.id);
  });
});
