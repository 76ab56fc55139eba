/** Feishu (飞书): messages by user id, group robots by webhook with a signature. */
import { createHash, createHmac } from 'node:crypto';
import type { ChatMessage } from '../../render/chat.js';
import { ChatAway, ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { ask, codeOf, requireOk } from './http.js';
import type { Answer } from './http.js';
import { Pace, PaceEach } from './pace.js';
import type { ChatTime } from './pace.js';
import { AccessToken } from './token.js';

export interface FeishuApp {
  appId: string;
  appSecret: string;
  base?: string;
}

const second = 1_000;
const minute = 60 * second;
/** 99991661, 99991663, 99991664, 99991668: the token does not hold; the others: too often. */
const expired = [99991661, 99991663, 99991664, 99991668];
const busy = [99991400, 11232, 11233, 230020, 9499];

export function feishuPersonal(app: FeishuApp, time: ChatTime): PersonalChannel {
  const base = app.base ?? 'https://open.feishu.cn';
  const [quick, slow, each] = [
    new Pace(50, second, time),
    new Pace(1_000, minute, time),
    new PaceEach(5, second, time),
  ];
  const token = new AccessToken(async () => {
    const url = new URL('/open-apis/auth/v3/tenant_access_token/internal', base);
    const answer = await ask(url, { body: { app_id: app.appId, app_secret: app.appSecret } });
    accepted(answer);
    return { value: String(answer.body['tenant_access_token']), seconds: codeOf(answer.body['expire'], 7_200) };
  }, time.now);
  return {
    async send(userId, message, key) {
      await each.turn(userId);
      await slow.turn();
      await quick.turn();
      await token.with(async (value) => {
        const url = new URL('/open-apis/im/v1/messages', base);
        url.searchParams.set('receive_id_type', 'user_id');
        const body = {
          receive_id: userId,
          msg_type: 'post',
          content: JSON.stringify(post(message)),
          // The vendor drops a repeat of one uuid within an hour; at most 50 characters.
          uuid: createHash('sha256').update(key).digest('hex').slice(0, 40),
        };
        const answer = await ask(url, { headers: { authorization: `Bearer ${value}` }, body });
        if (expired.includes(codeOf(answer.body['code'], 0))) return 'expired';
        accepted(answer);
        return undefined;
      });
    },
  };
}

/** `https://open.feishu.cn/open-apis/bot/v2/hook/…`: at most 100 a minute and 5 a second. */
export function feishuGroup(url: string, secret: string | undefined, time: ChatTime): GroupChannel {
  const [quick, slow] = [new Pace(5, second, time), new Pace(100, minute, time)];
  return {
    async send(message) {
      await slow.turn();
      await quick.turn();
      const timestamp = String(Math.floor(time.now() / second));
      const sign =
        secret === undefined
          ? {}
          : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
      const body = { ...sign, msg_type: 'post', content: { post: post(message) } };
      accepted(await ask(new URL(url), { body }));
    },
  };
}

/** Rich text: nothing in it is read as a mention or a link but what we make one. It is shown whatever the reader's language. */
function post({ title, lines, links }: ChatMessage): object {
  const paragraphs = lines.flatMap((line) => line.split('\n')).map((text) => [{ tag: 'text', text }]);
  const anchors = links.map(({ label, url }) => [{ tag: 'a', text: label, href: url }]);
  return { zh_cn: { title, content: [...paragraphs, ...anchors] } };
}

function accepted(answer: Answer): void {
  const code = codeOf(answer.body['code'] ?? answer.body['StatusCode'], Number.NaN);
  if (Number.isNaN(code)) requireOk(answer);
  if (Number.isNaN(code)) throw new ChatAway('feishu unclear');
  if (code === 0) return;
  if (busy.includes(code)) throw new ChatBusy(minute);
  throw new ChatRefused(`feishu ${code}`);
}
