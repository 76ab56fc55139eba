/** DingTalk (钉钉): work notifications by user id, group robots by webhook with a signature. */
import { createHmac } from 'node:crypto';
import type { ChatMessage } from '../../render/chat.js';
import { shortened } from '../../render/text.js';
import { ChatAway, ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { bytesOf, fitted } from './fit.js';
import { ask, codeOf, requireOk } from './http.js';
import type { Answer } from './http.js';
import { Pace } from './pace.js';
import type { ChatTime } from './pace.js';
import { AccessToken } from './token.js';

export interface DingTalkApp {
  appKey: string;
  appSecret: string;
  agentId: string;
  base?: string;
}

const minute = 60_000;
/** 40001, 40014, 42001: the token does not hold; 130101, 410100 and 90001 to 90018: too often. */
const expired = [40001, 40014, 42001];
const isBusy = (code: number): boolean => [silenced, 410100].includes(code) || (code >= 90001 && code <= 90018);
/** A robot that was sent too much is silent for so long, whatever comes meanwhile. */
const silenced = 130101;
const silencedMs = 10 * minute;
/** Of the message as JSON. */
const mostBytes = 2_048;

export function dingTalkPersonal(app: DingTalkApp, time: ChatTime): PersonalChannel {
  const base = app.base ?? 'https://oapi.dingtalk.com';
  const pace = new Pace(1_000, minute, time);
  const token = new AccessToken(async () => {
    const url = new URL('/gettoken', base);
    url.search = new URLSearchParams({ appkey: app.appKey, appsecret: app.appSecret }).toString();
    const answer = await ask(url, { method: 'GET' });
    accepted(answer);
    return { value: String(answer.body['access_token']), seconds: codeOf(answer.body['expires_in'], 7_200) };
  }, time.now);
  return {
    async send(userId, message) {
      await pace.turn();
      await token.with(async (value) => {
        const url = new URL('/topapi/message/corpconversation/asyncsend_v2', base);
        url.searchParams.set('access_token', value);
        const msg = card(fitted(message, (m) => bytesOf(JSON.stringify(card(m))), mostBytes));
        const answer = await ask(url, { body: { agent_id: Number(app.agentId), userid_list: userId, msg } });
        // 88 is what the gateway says before the call itself; the reason stands beside it.
        const code = codeOf(answer.body['errcode'], 0);
        const reason = code === 88 ? Number(answer.body['sub_code'] ?? 0) : code;
        if (expired.includes(reason)) return 'expired';
        accepted(answer);
        return undefined;
      });
    },
  };
}

/**
 * `https://oapi.dingtalk.com/robot/send?access_token=…`: at most 20 a minute; `secret` as the robot's safety setting shows
 * it. Whoever sends more is silenced for ten minutes.
 */
export function dingTalkGroup(url: string, secret: string | undefined, time: ChatTime): GroupChannel {
  const pace = new Pace(20, minute, time);
  return {
    async send(message) {
      await pace.turn();
      const address = new URL(url);
      if (secret !== undefined) {
        const timestamp = String(time.now());
        const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
        address.searchParams.set('timestamp', timestamp);
        address.searchParams.set('sign', sign);
      }
      const content = [message.title, ...message.lines, ...message.links.map((l) => `${l.label} ${l.url}`)].join('\n');
      accepted(await ask(address, { body: { msgtype: 'text', text: { content } } }));
    },
  };
}

/** One button is a card of one button; several stand below each other; without any it is a text. */
function card({ title, lines, links }: ChatMessage): object {
  const [first, ...others] = links;
  if (first === undefined) return { msgtype: 'text', text: { content: [title, ...lines].join('\n') } };
  // The first is what the list of conversations shows.
  const shown = {
    title: shortened(title, 30),
    markdown: [`### ${escaped(title)}`, ...lines.map(escaped)].join('\n\n'),
  };
  if (others.length === 0)
    return { msgtype: 'action_card', action_card: { ...shown, single_title: first.label, single_url: first.url } };
  const buttons = links.map(({ label, url }) => ({ title: label, action_url: url }));
  return { msgtype: 'action_card', action_card: { ...shown, btn_orientation: '0', btn_json_list: buttons } };
}

/** What Markdown would read as a link, a picture, a heading or HTML stays what somebody typed. */
const escaped = (line: string): string => line.replace(/[\\`*_[\]<>#|~]/g, (character) => `\\${character}`);

function accepted(answer: Answer): void {
  const code = codeOf(answer.body['errcode'], Number.NaN);
  if (Number.isNaN(code)) requireOk(answer);
  if (Number.isNaN(code)) throw new ChatAway('dingtalk unclear');
  if (code === 0) return;
  if (isBusy(code)) throw new ChatBusy(code === silenced ? silencedMs : minute);
  if (code === -1) throw new ChatAway('dingtalk -1');
  throw new ChatRefused(`dingtalk ${code}`);
}
