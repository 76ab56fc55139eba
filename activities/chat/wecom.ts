/** WeCom (企业微信): application messages by user id, group robots by webhook. */
import type { ChatMessage } from '../../render/chat.js';
import { ChatAway, ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { bytesOf, fitted } from './fit.js';
import { ask, codeOf, requireOk } from './http.js';
import type { Answer } from './http.js';
import { Pace, PaceEach } from './pace.js';
import type { ChatTime } from './pace.js';
import { AccessToken } from './token.js';

export interface WeComApp {
  corpId: string;
  secret: string;
  agentId: string;
  /** Of an installation of one's own. */
  base?: string;
}

const minute = 60_000;
/** 40014, 41001, 42001: the token does not hold; 45009, 45033: too often. */
const expired = [40014, 41001, 42001];
const busy = [45009, 45033];
/** Seconds within which the vendor drops a repeat; its most is four hours. */
const repeatSeconds = 4 * 3_600;
/** Longer texts are cut off by the vendor, in the middle of a link if need be. */
const mostBytes = 2_048;

export function weComPersonal(app: WeComApp, time: ChatTime): PersonalChannel {
  const base = app.base ?? 'https://qyapi.weixin.qq.com';
  const pace = new Pace(300, minute, time);
  const each = new PaceEach(30, minute, time);
  const token = new AccessToken(async () => {
    const url = new URL('/cgi-bin/gettoken', base);
    url.search = new URLSearchParams({ corpid: app.corpId, corpsecret: app.secret }).toString();
    const answer = await ask(url, { method: 'GET' });
    accepted(answer);
    return { value: String(answer.body['access_token']), seconds: codeOf(answer.body['expires_in'], 7_200) };
  }, time.now);
  return {
    async send(userId, message) {
      await each.turn(userId);
      await pace.turn();
      await token.with(async (value) => {
        const url = new URL('/cgi-bin/message/send', base);
        url.searchParams.set('access_token', value);
        const body = {
          touser: userId,
          msgtype: 'text',
          agentid: Number(app.agentId),
          text: { content: text(fitted(message, (m) => bytesOf(text(m)), mostBytes)) },
          enable_duplicate_check: 1,
          duplicate_check_interval: repeatSeconds,
        };
        const answer = await ask(url, { body });
        if (expired.includes(codeOf(answer.body['errcode'], 0))) return 'expired';
        accepted(answer);
        const { invaliduser, unlicenseduser } = answer.body;
        if ([invaliduser, unlicenseduser].some((who) => typeof who === 'string' && who !== ''))
          throw new ChatRefused('wecom user');
        return undefined;
      });
    },
  };
}

/** `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`: at most 20 a minute. */
export function weComGroup(url: string, time: ChatTime): GroupChannel {
  const pace = new Pace(20, minute, time);
  return {
    async send(message) {
      await pace.turn();
      const content = text(fitted(message, (m) => bytesOf(text(m)), mostBytes));
      accepted(await ask(new URL(url), { body: { msgtype: 'text', text: { content } } }));
    },
  };
}

/** Texts may hold links as HTML does; nobody's title makes one. */
function text({ title, lines, links }: ChatMessage): string {
  const plain = [title, ...lines].map((line) => line.replaceAll('<', '＜'));
  const anchors = links.map(({ label, url }) => `<a href="${url}">${label.replaceAll('<', '＜')}</a>`);
  return [...plain, ...anchors].join('\n');
}

function accepted(answer: Answer): void {
  const code = codeOf(answer.body['errcode'], Number.NaN);
  if (Number.isNaN(code)) requireOk(answer);
  if (Number.isNaN(code)) throw new ChatAway('wecom unclear');
  if (code === 0) return;
  if (busy.includes(code)) throw new ChatBusy(minute);
  if (code === -1) throw new ChatAway('wecom -1');
  throw new ChatRefused(`wecom ${code}`);
}
