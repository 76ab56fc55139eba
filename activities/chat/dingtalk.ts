/** DingTalk (钉钉): work notifications by user id, group robots by webhook with a signature. */
import { createHmac } from 'node:crypto';
import { ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { askJson } from './http.js';
import { Pace } from './pace.js';
import { AccessToken } from './token.js';

export interface DingTalkApp {
  appKey: string;
  appSecret: string;
  agentId: string;
  base?: string;
}

const minute = 60_000;
/** 40014, 42001, 88: the token no longer holds; 90018, 130101, 410100: too often. */
const expired = [40014, 42001, 88];
const busy = [90018, 130101, 410100];

export function dingTalkPersonal(app: DingTalkApp): PersonalChannel {
  const base = app.base ?? 'https://oapi.dingtalk.com';
  const pace = new Pace(1_000, minute);
  const token = new AccessToken(async () => {
    const url = new URL('/gettoken', base);
    url.search = new URLSearchParams({ appkey: app.appKey, appsecret: app.appSecret }).toString();
    const answer = await askJson(url, { method: 'GET' });
    accepted(answer);
    return { value: String(answer['access_token']), seconds: Number(answer['expires_in'] ?? 7_200) };
  });
  return {
    async send(userId, text) {
      await pace.turn();
      await token.with(async (value) => {
        const url = new URL('/topapi/message/corpconversation/asyncsend_v2', base);
        url.searchParams.set('access_token', value);
        const msg = { msgtype: 'text', text: { content: text } };
        const answer = await askJson(url, { body: { agent_id: Number(app.agentId), userid_list: userId, msg } });
        if (expired.includes(Number(answer['errcode']))) return 'expired';
        accepted(answer);
        return undefined;
      });
    },
  };
}

/** `https://oapi.dingtalk.com/robot/send?access_token=…`: at most 20 a minute; `secret` as the robot's safety setting shows it. */
export function dingTalkGroup(url: string, secret: string | undefined, clock: () => number = Date.now): GroupChannel {
  const pace = new Pace(20, minute);
  return {
    async send(text) {
      await pace.turn();
      const address = new URL(url);
      if (secret !== undefined) {
        const timestamp = String(clock());
        const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
        address.searchParams.set('timestamp', timestamp);
        address.searchParams.set('sign', sign);
      }
      accepted(await askJson(address, { body: { msgtype: 'text', text: { content: text } } }));
    },
  };
}

function accepted(answer: Record<string, unknown>): void {
  const code = Number(answer['errcode'] ?? 0);
  if (code === 0) return;
  if (busy.includes(code)) throw new ChatBusy(minute);
  if (code === -1) throw new Error('dingtalk -1');
  throw new ChatRefused(`dingtalk ${code}`);
}
