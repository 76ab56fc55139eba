/** WeCom (企业微信): application messages by user id, group robots by webhook. */
import { ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { askJson } from './http.js';
import { Pace } from './pace.js';
import { AccessToken } from './token.js';

export interface WeComApp {
  corpId: string;
  secret: string;
  agentId: string;
  /** Of an installation of one's own. */
  base?: string;
}

const minute = 60_000;
/** 40014, 42001: the token no longer holds; 45009, 45033: too often. */
const expired = [40014, 42001];
const busy = [45009, 45033];
/** Seconds within which the vendor drops a repeat. */
const repeatSeconds = 1_800;

export function weComPersonal(app: WeComApp): PersonalChannel {
  const base = app.base ?? 'https://qyapi.weixin.qq.com';
  const pace = new Pace(300, minute);
  const token = new AccessToken(async () => {
    const url = new URL('/cgi-bin/gettoken', base);
    url.search = new URLSearchParams({ corpid: app.corpId, corpsecret: app.secret }).toString();
    const answer = await askJson(url, { method: 'GET' });
    accepted(answer);
    return { value: String(answer['access_token']), seconds: Number(answer['expires_in'] ?? 7_200) };
  });
  return {
    async send(userId, text) {
      await pace.turn();
      await token.with(async (value) => {
        const url = new URL('/cgi-bin/message/send', base);
        url.searchParams.set('access_token', value);
        const body = {
          touser: userId,
          msgtype: 'text',
          agentid: Number(app.agentId),
          text: { content: text },
          enable_duplicate_check: 1,
          duplicate_check_interval: repeatSeconds,
        };
        const answer = await askJson(url, { body });
        if (expired.includes(Number(answer['errcode']))) return 'expired';
        accepted(answer);
        if (typeof answer['invaliduser'] === 'string' && answer['invaliduser'] !== '') throw new ChatRefused('user');
        return undefined;
      });
    },
  };
}

/** `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`: at most 20 a minute. */
export function weComGroup(url: string): GroupChannel {
  const pace = new Pace(20, minute);
  return {
    async send(text) {
      await pace.turn();
      accepted(await askJson(new URL(url), { body: { msgtype: 'text', text: { content: text } } }));
    },
  };
}

function accepted(answer: Record<string, unknown>): void {
  const code = Number(answer['errcode'] ?? 0);
  if (code === 0) return;
  if (busy.includes(code)) throw new ChatBusy(minute);
  if (code === -1) throw new Error('wecom -1');
  throw new ChatRefused(`wecom ${code}`);
}
