/** Feishu (飞书): messages by user id, group robots by webhook with a signature. */
import { createHmac } from 'node:crypto';
import { ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { askJson } from './http.js';
import { Pace } from './pace.js';
import { AccessToken } from './token.js';

export interface FeishuApp {
  appId: string;
  appSecret: string;
  base?: string;
}

const second = 1_000;
const minute = 60 * second;
/** 99991661, 99991663, 99991664: the token no longer holds; 99991400, 11232, 9499: too often. */
const expired = [99991661, 99991663, 99991664];
const busy = [99991400, 11232, 9499];

export function feishuPersonal(app: FeishuApp): PersonalChannel {
  const base = app.base ?? 'https://open.feishu.cn';
  const pace = new Pace(50, second);
  const token = new AccessToken(async () => {
    const url = new URL('/open-apis/auth/v3/tenant_access_token/internal', base);
    const answer = await askJson(url, { body: { app_id: app.appId, app_secret: app.appSecret } });
    accepted(answer);
    return { value: String(answer['tenant_access_token']), seconds: Number(answer['expire'] ?? 7_200) };
  });
  return {
    async send(userId, text, key) {
      await pace.turn();
      await token.with(async (value) => {
        const url = new URL('/open-apis/im/v1/messages', base);
        url.searchParams.set('receive_id_type', 'user_id');
        // The vendor drops a repeat of one uuid within an hour.
        const body = { receive_id: userId, msg_type: 'text', content: JSON.stringify({ text }), uuid: key.slice(0, 50) };
        const answer = await askJson(url, { headers: { authorization: `Bearer ${value}` }, body });
        if (expired.includes(Number(answer['code']))) return 'expired';
        accepted(answer);
        return undefined;
      });
    },
  };
}

/** `https://open.feishu.cn/open-apis/bot/v2/hook/…`: at most 100 a minute and 5 a second. */
export function feishuGroup(url: string, secret: string | undefined, clock: () => number = Date.now): GroupChannel {
  const pace = new Pace(5, second);
  return {
    async send(text) {
      await pace.turn();
      const timestamp = String(Math.floor(clock() / second));
      const sign =
        secret === undefined ? {} : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
      accepted(await askJson(new URL(url), { body: { ...sign, msg_type: 'text', content: { text } } }));
    },
  };
}

function accepted(answer: Record<string, unknown>): void {
  const code = Number(answer['code'] ?? answer['StatusCode'] ?? 0);
  if (code === 0) return;
  if (busy.includes(code)) throw new ChatBusy(minute);
  throw new ChatRefused(`feishu ${code}`);
}
