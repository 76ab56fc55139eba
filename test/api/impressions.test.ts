/** F7: own words to a group: by the person alone, at once, once, and never of a confidential meeting. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSharer, type Sharer } from '../../activities/chat/share.js';
import type { OutgoingMail } from '../../activities/ports.js';
import type { Archive } from '../../archive/open.js';
import type { MeetingState } from '../../domain/meeting/state.js';
import { chatAt, VendorServer } from '../activities/chat/vendors.js';
import { aBody, startApi, type Json, type Reply, type TestApi } from './support.js';
import { openEmptyArchive } from '../support/archive.js';

const from = { name: 'Convoke', address: 'convoke@example.com' };
const text = '今天的討論很有收穫 <!channel>\n謝謝採購部。';
let archive: Archive;
let api: TestApi;
let server: VendorServer;
let trial: { to: typeof from; transport: { send(mail: OutgoingMail): Promise<void> } } | undefined;
/** Made anew for each test, as a group's pace would be too slow for all of them. */
let sharer: Sharer;

beforeAll(async () => {
  archive = await openEmptyArchive();
  api = await startApi({
    archive,
    sharer: {
      get groups() {
        return sharer.groups;
      },
      share: (words) => sharer.share(words),
    },
  });
});
afterAll(async () => {
  await api?.close();
  await archive?.close();
});
beforeEach(async () => {
  server = await new VendorServer('slack').start();
  trial = undefined;
  fresh();
});
afterEach(() => server.stop());

function fresh(): void {
  const log = { warn: () => undefined };
  sharer = createSharer({ groups: chatAt(server).groups, claims: archive.claims, from, log, trial });
}

let serial = 0;

interface Stage {
  id: string;
  say(body?: Json, who?: string): Promise<Reply>;
}

/** A meeting in its follow-up, and the keys of its people. */
async function stage(more: Partial<MeetingState> = {}): Promise<Stage> {
  const word = `s${++serial}`;
  const mail = (who: string): string => `${who}-${word}@example.com`;
  const body = aBody({
    initiator: { department: '研發部', email: mail('lin'), name: '林美' },
    participants: [
      { email: mail('lin'), name: '林美', department: '研發部', role: 'head' },
      { email: mail('chen'), name: '陳大文', department: '製造部', role: 'head' },
    ],
    agenda: [{ title: '試產時程', minutes: 20, priority: 1 }],
  });
  const { id } = (await api.request('POST', '/v1/meetings', body)).json;
  api.temporal.put({ ...api.temporal.state(id), phase: 'followUp', ...more });
  const keys: Record<string, string> = {};
  for (const who of ['lin', 'stranger']) {
    if (who === 'stranger') await api.request('PUT', `/v1/people/${mail(who)}`, { name: '路人' });
    keys[who] = (await api.request('POST', '/v1/keys', { name: who, role: 'member', person: mail(who) })).json.key;
  }
  return {
    id,
    say: (said = { group: 'g', text }, who = 'lin') =>
      api.request(
        'POST',
        `/v1/meetings/${id}/impressions`,
        said,
        who === 'admin' ? {} : { authorization: `Bearer ${keys[who]}` },
      ),
  };
}

describe('F7 own words to a group', () => {
  test('F7 go at once, with the name and the meeting, no link, and call nobody; their record has no word of them', async () => {
    const { id, say } = await stage();
    expect((await api.request('GET', '/v1/chat-groups')).json).toEqual({ items: [{ name: 'g' }] });
    const { status, json } = await say();
    expect([status, json]).toMatchObject([201, { group: 'g', again: false }]);
    const [told] = server.groupTexts;
    expect(told).toContain('林美');
    expect(told).toContain('新產品試產協調會');
    expect(told).toContain('謝謝採購部。');
    expect(told).not.toMatch(/<!channel>|https?:/);
    const { items } = (await api.request('GET', `/v1/meetings/${id}/deliveries`)).json;
    const shared = items.filter((d: Json) => d.mail === 'impression');
    expect(shared).toMatchObject([{ status: 'sent', person: { name: '林美' } }]);
    expect(JSON.stringify(shared)).not.toContain('收穫');
    expect(api.log()).not.toContain('收穫');
  });

  test('F7 the same words go once, also when pressed twice; other words go, too', async () => {
    const { say } = await stage();
    const [one, two] = await Promise.all([say(), say()]);
    expect([one.status, two.status]).toEqual([201, 201]);
    fresh();
    expect((await say()).json).toMatchObject({ again: true });
    expect(server.groupTexts).toHaveLength(1);
    expect((await say({ group: 'g', text: '再說一句。' })).json).toMatchObject({ again: false });
    expect(server.groupTexts).toHaveLength(2);
  });

  test('F7 only somebody with a part in it, for themselves, when it was held', async () => {
    const { say } = await stage();
    expect((await say(undefined, 'stranger')).status).toBe(404);
    const { status, json } = await say(undefined, 'admin');
    expect([status, json.errors[0].code]).toEqual([403, 'F7.ownWords']);
    const secret = await (await stage({ confidential: true })).say();
    expect([secret.status, secret.json.errors[0].code]).toEqual([403, 'F7.confidential']);
    const early = await (await stage({ phase: 'notice' })).say();
    expect([early.status, early.json.errors[0].code]).toEqual([409, 'F7.notHeld']);
    expect(server.groupTexts).toEqual([]);
  });

  test('F7 a group that is not there, one that is busy or away, one that refuses: said so, and tried again by saying it again', async () => {
    const { say } = await stage();
    const unknown = await say({ group: 'elsewhere', text });
    expect([unknown.status, unknown.json.errors[0]]).toMatchObject([422, { code: 'F7.unknownGroup', path: 'group' }]);
    expect((await say({ group: 'g', text: ' ' })).status).toBe(422);
    server.troubles = ['limited'];
    const busy = await say();
    expect([busy.status, busy.headers.get('retry-after'), busy.json.errors[0].code]).toEqual([503, '7', 'F7.away']);
    server.down = true;
    fresh();
    expect((await say()).status).toBe(503);
    server.down = false;
    fresh();
    expect((await say()).json).toMatchObject({ again: false });
    expect(server.groupTexts).toHaveLength(1);
  });

  test('H9 in trial mode the words are a mail to the one address', async () => {
    const mails: OutgoingMail[] = [];
    const transport = { send: (mail: OutgoingMail) => Promise.resolve(void mails.push(mail)) };
    trial = { to: { name: 'Trial', address: 'trial@example.com' }, transport };
    fresh();
    const { say } = await stage();
    expect((await say()).status).toBe(201);
    expect(server.groupTexts).toEqual([]);
    expect(mails.map((m) => m.to.address)).toEqual(['trial@example.com']);
    expect(mails[0]?.text).toContain('謝謝採購部。');
  });

  test('without groups there is nowhere to share to', async () => {
    const { say } = await stage();
    sharer = createSharer({ groups: new Map(), claims: archive.claims, from, log: { warn: () => undefined } });
    expect((await api.request('GET', '/v1/chat-groups')).json).toEqual({ items: [] });
    expect((await say()).json.errors[0].code).toBe('F7.unknownGroup');
  });
});
