/** One suite for every vendor's adapter, against a server that speaks its protocol (F7). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChatAway, ChatBusy, chatReason, ChatRefused, vendors } from '../../../activities/chat/channel.js';
import { Pace } from '../../../activities/chat/pace.js';
import { AccessToken } from '../../../activities/chat/token.js';
import type { ChatMessage } from '../../../render/chat.js';
import { chatAt, VendorServer, webhookSecret } from './vendors.js';

const message: ChatMessage = {
  title: '[開會通知] 專案 A <b>& 進度</b>',
  lines: ['2月2日（一）10:00–11:00', '請於 1月30日 15:00 前回覆。', '連結僅供您本人使用。'],
  links: [
    { label: '出席', url: 'https://convoke.example.com/r/aaa.bbb.ccc?reply=accepted' },
    { label: '不克出席', url: 'https://convoke.example.com/r/aaa.bbb.ccc?reply=declined' },
  ],
};
const hostile = '<a href="https://evil.example">x</a> [y](https://evil.example) <!channel> <https://evil.example|z>';

describe.each(vendors)('%s', (vendor) => {
  let server: VendorServer;
  beforeEach(async () => {
    server = await new VendorServer(vendor).start();
  });
  afterEach(() => server.stop());

  const personal = (key?: string) => chatAt(server, key === undefined ? {} : { key }).personal[vendor]!;
  const hasToken = ['wecom', 'dingtalk', 'feishu'].includes(vendor);

  test('F7 a person gets the words and the links, once', async () => {
    await personal().send('linmei', message, 'key-1');
    expect(server.taken).toHaveLength(1);
    const [{ to, text, links } = { to: '', text: '', links: [] }] = server.taken;
    expect(to).toBe('linmei');
    expect(links).toEqual(message.links.map((l) => l.url));
    for (const line of message.lines) expect(text).toContain(line);
    expect(text.replaceAll('＜', '<')).toContain(message.title);
  });

  test('a token is asked for once, and anew when it no longer holds', async () => {
    const channel = personal();
    await Promise.all([channel.send('linmei', message, 'a'), channel.send('wang.wei', message, 'b')]);
    expect(server.tokens).toBe(hasToken ? 1 : 0);
    if (!hasToken) return;
    server.troubles = ['expired'];
    await channel.send('linmei', message, 'c');
    expect(server.taken.map((t) => t.to).sort()).toEqual(['linmei', 'linmei', 'wang.wei']);
    expect(server.tokens).toBe(3);
  });

  test('too often: to be tried again later; away: to be tried again; unknown: for good', async () => {
    const channel = personal();
    server.troubles = ['limited'];
    const limited = await channel.send('linmei', message, 'a').catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(ChatBusy);
    expect((limited as ChatBusy).afterMs).toBe(['slack', 'webhook'].includes(vendor) ? 7_000 : 60_000);
    server.troubles = ['away'];
    await expect(chatAt(server).personal[vendor]!.send('linmei', message, 'b')).rejects.toBeInstanceOf(ChatAway);
    const unknown = await chatAt(server)
      .personal[vendor]!.send('nobody', message, 'c')
      .catch((error: unknown) => error);
    expect(unknown).toBeInstanceOf(ChatRefused);
    // A code, never what the vendor said about somebody.
    expect((unknown as Error).message).toMatch(/^(http|wecom|dingtalk|feishu|slack) [\w]+$/);
    expect(server.taken).toEqual([]);
  });

  test('nobody listens, or the answer is lost: neither taken nor refused', async () => {
    const channel = personal();
    server.troubles = ['lost'];
    const lost = await channel.send('linmei', message, 'a').catch((error: unknown) => error);
    expect(chatReason(lost)).toMatch(/^(UND_ERR_SOCKET|ECONNRESET)$/);
    expect(lost).not.toBeInstanceOf(ChatRefused);
    const nowhere = chatAt(server).personal[vendor]!;
    server.stop();
    const gone = await nowhere.send('linmei', message, 'b').catch((error: unknown) => error);
    expect(chatReason(gone)).toMatch(/^(UND_ERR_SOCKET|ECONNRE(SET|FUSED))$/);
    expect(gone).not.toBeInstanceOf(ChatRefused);
  });

  test('what somebody typed is no link and calls nobody', async () => {
    await personal().send('linmei', { ...message, title: hostile, lines: [hostile] }, 'a');
    expect(server.taken[0]?.links).toEqual(message.links.map((l) => l.url));
  });

  test('the longest message is within the limit, with its links', async () => {
    const url = `https://convoke.example.com/r/${'x'.repeat(300)}`;
    const links = ['出席', '不克出席', '未定'].map((label) => ({ label, url: `${url}?${label.length}` }));
    await personal().send(
      'linmei',
      { title: '標'.repeat(150), lines: ['很長'.repeat(900), '另外'.repeat(500)], links },
      'a',
    );
    const [taken] = server.taken;
    expect(taken?.links).toEqual(links.map((l) => l.url));
    if (['wecom', 'dingtalk'].includes(vendor)) expect(taken?.size).toBeLessThanOrEqual(2_048);
    if (vendor === 'slack') expect(taken?.size).toBeLessThanOrEqual(4_000);
  });

  test('the same message has the same mark, another one another', async () => {
    const channel = personal();
    await channel.send('linmei', message, 'same');
    await channel.send('wang.wei', message, 'same');
    await chatAt(server).personal[vendor]!.send('linmei', message, 'other');
    const [first, second, third] = server.taken.map((t) => t.repeat);
    expect(second).toBe(first);
    if (['feishu', 'webhook'].includes(vendor)) expect(third).not.toBe(first);
  });

  test('a wrong key or secret is an error that names no secret', async () => {
    if (!hasToken) return;
    const wrong = await personal('hunter2')
      .send('linmei', message, 'a')
      .catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(ChatRefused);
    expect(String(wrong)).not.toContain('hunter2');
  });

  test('F7 a group gets the words, signed where the vendor signs', async () => {
    await chatAt(server).groups.get('g')!.send(message, 'k');
    expect(server.groupTexts).toHaveLength(1);
    expect(server.groupTexts[0]).toContain(message.lines[0]);
  });

  test('F7 a group with the wrong secret, or too much at once', async () => {
    server.troubles = ['limited'];
    await expect(chatAt(server).groups.get('g')!.send(message, 'k')).rejects.toBeInstanceOf(ChatBusy);
    if (!['dingtalk', 'feishu', 'webhook'].includes(vendor)) return;
    const groupSecret = vendor === 'webhook' ? webhookSecret.replace('whsec_YS', 'whsec_YT') : 'SECanother';
    const wrong = chatAt(server, { groupSecret }).groups.get('g')!;
    // A receiver that says no for a moment is asked again (Standard Webhooks); a robot that knows another secret is not.
    await expect(wrong.send(message, 'k')).rejects.toBeInstanceOf(vendor === 'webhook' ? ChatAway : ChatRefused);
    expect(server.groupTexts).toEqual([]);
  });
});

describe('rates', () => {
  test('so many in so much time; who would wait long comes back later', async () => {
    let now = 0;
    const slept: number[] = [];
    const sleep = (ms: number): Promise<void> => {
      slept.push(ms);
      return Promise.resolve();
    };
    const pace = new Pace(2, 3_000, { now: () => now, sleep });
    for (let i = 0; i < 4; i++) await pace.turn();
    expect(slept).toEqual([3_000, 3_000]);
    await expect(pace.turn()).rejects.toMatchObject({ afterMs: 6_000 });
    now = 6_000;
    await pace.turn();
    expect(slept).toEqual([3_000, 3_000]);
  });

  test('a token is asked for again before it ends', async () => {
    let now = 0;
    let asked = 0;
    const token = new AccessToken(
      () => Promise.resolve({ value: `t${++asked}`, seconds: 7_200 }),
      () => now,
    );
    const used: string[] = [];
    const use = (): Promise<void> =>
      token.with((value) => {
        used.push(value);
        return Promise.resolve(undefined);
      });
    await use();
    now = 7_000_000;
    await use();
    now = 7_100_000;
    await use();
    expect(used).toEqual(['t1', 't1', 't2']);
  });

  test('a token that never holds ends in an error to be tried again', async () => {
    const token = new AccessToken(() => Promise.resolve({ value: 't', seconds: 7_200 }));
    await expect(token.with(() => Promise.resolve('expired' as const))).rejects.toBeInstanceOf(ChatAway);
  });
});
