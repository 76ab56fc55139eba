/** Local servers that speak each vendor's protocol: tokens, signatures, error codes, limits. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Vendor } from '../../../activities/chat/channel.js';
import { createChat, type Chat } from '../../../activities/chat/create.js';
import { realTime, type ChatTime } from '../../../activities/chat/pace.js';

/** What goes wrong with the next message; `lost`: it is taken, but the answer never comes. */
export type Trouble = 'limited' | 'away' | 'expired' | 'refused' | 'lost';

export interface Taken {
  to: string;
  /** As the vendor's app would show it. */
  text: string;
  links: string[];
  /** How the vendor knows a repeat. */
  repeat?: string;
  /** Bytes of what it limits. */
  size: number;
}

type Json = Record<string, unknown>;
interface Asked {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  raw: string;
  body: Json;
}
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export const users = ['linmei', 'wang.wei'];
/** Some more that every vendor knows. */
export const manyUsers = Array.from({ length: 60 }, (_, i) => `user${i + 1}`);
const anchors = /<a href="([^"]+)">([^<]*)<\/a>/g;
const slackAnchors = /<(https?:[^|>]+)\|([^>]*)>/g;

export class VendorServer {
  readonly taken: Taken[] = [];
  readonly groupTexts: string[] = [];
  tokens = 0;
  /** For the next messages, one each. */
  troubles: Trouble[] = [];
  /** For all messages until it is taken back. */
  down = false;
  secret = 'SECof-the-robot';
  clock: () => number = Date.now;
  /** What the vendor says instead of taking one more, when it is more than it allows. */
  tooMany: (group: boolean, to: string) => Reply | undefined = () => undefined;
  private server!: Server;

  constructor(readonly vendor: Vendor) {}

  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', this.base);
    const body = raw === '' ? {} : (JSON.parse(raw) as Json);
    const asked = { path: url.pathname, query: url.searchParams, headers: request.headers, raw, body };
    const answer = this.down ? { status: 503, body: 'down' } : this.answer(asked);
    if (answer === 'hang up') return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  }

  private answer(asked: Asked): Reply | 'hang up' {
    const token = this.tokenAnswer(asked);
    if (token !== undefined) return token;
    if (isGroup(asked)) return this.group(asked);
    if (!this.authorized(asked)) return refusals[this.vendor].unauthorized;
    const trouble = this.troubles.shift();
    if (trouble === 'away') return { status: 502, body: 'bad gateway' };
    if (trouble === 'expired') {
      this.tokens++;
      return refusals[this.vendor].unauthorized;
    }
    if (trouble === 'limited') return refusals[this.vendor].limited;
    const taken = read[this.vendor](asked.body);
    const full = this.tooMany(false, taken.to);
    if (full !== undefined) return full;
    if (trouble === 'refused' || ![...users, ...manyUsers].includes(taken.to)) return refusals[this.vendor].unknownUser;
    this.taken.push({
      ...taken,
      ...(this.vendor === 'webhook' ? { repeat: String(asked.headers['webhook-id']) } : {}),
    });
    if (trouble === 'lost') return 'hang up';
    return accepted[this.vendor];
  }

  /** Each token is another one; only the newest holds. */
  private tokenAnswer({ path, query, body }: Asked): Reply | undefined {
    const named: Partial<Record<Vendor, [string, () => boolean, object]>> = {
      wecom: [
        '/cgi-bin/gettoken',
        () => query.get('corpid') === 'corp' && query.get('corpsecret') === 'key',
        { errcode: 0, errmsg: 'ok', access_token: `t${this.tokens + 1}`, expires_in: 7200 },
      ],
      dingtalk: [
        '/gettoken',
        () => query.get('appkey') === 'app' && query.get('appsecret') === 'key',
        { errcode: 0, errmsg: 'ok', access_token: `t${this.tokens + 1}`, expires_in: 7200 },
      ],
      feishu: [
        '/open-apis/auth/v3/tenant_access_token/internal',
        () => body['app_id'] === 'app' && body['app_secret'] === 'key',
        { code: 0, msg: 'ok', tenant_access_token: `t${this.tokens + 1}`, expire: 7200 },
      ],
    };
    const [at, fits, answer] = named[this.vendor] ?? [];
    if (at !== path || fits === undefined) return undefined;
    if (!fits()) return refusals[this.vendor].badSecret;
    this.tokens++;
    return { body: answer };
  }

  private authorized({ path, query, headers, raw }: Asked): boolean {
    switch (this.vendor) {
      case 'wecom':
        return path === '/cgi-bin/message/send' && query.get('access_token') === `t${this.tokens}`;
      case 'dingtalk':
        return (
          path === '/topapi/message/corpconversation/asyncsend_v2' && query.get('access_token') === `t${this.tokens}`
        );
      case 'feishu':
        return (
          path === '/open-apis/im/v1/messages' &&
          query.get('receive_id_type') === 'user_id' &&
          headers.authorization === `Bearer t${this.tokens}`
        );
      case 'slack':
        return path === '/api/chat.postMessage' && headers.authorization === 'Bearer xoxb-1';
      case 'webhook':
        return verified(raw, headers);
    }
  }

  private group(asked: Asked): Reply {
    if (this.troubles.shift() === 'limited') return refusals[this.vendor].limited;
    if (!this.groupAuthorized(asked)) return refusals[this.vendor].badSignature;
    const { body, path } = asked;
    const full = this.tooMany(true, '');
    if (full !== undefined) return full;
    this.groupTexts.push(groupText[path]?.(body) ?? '');
    return this.vendor === 'slack' ? { body: 'ok' } : accepted[this.vendor];
  }

  private groupAuthorized({ query, body, headers, raw, path }: Asked): boolean {
    const now = this.clock();
    if (path === '/robot/send') {
      const timestamp = query.get('timestamp') ?? '';
      const sign = createHmac('sha256', this.secret).update(`${timestamp}\n${this.secret}`).digest('base64');
      return Math.abs(now - Number(timestamp)) < 3_600_000 && query.get('sign') === sign;
    }
    if (path.startsWith('/open-apis/bot/')) {
      const timestamp = String(body['timestamp']);
      const sign = createHmac('sha256', `${timestamp}\n${this.secret}`).update('').digest('base64');
      return Math.abs(now / 1_000 - Number(timestamp)) < 3_600 && body['sign'] === sign;
    }
    return path === '/group-hook' ? verified(raw, headers) : true;
  }
}

export const webhookSecret = `whsec_${Buffer.from('a secret of the other system').toString('base64')}`;

function verified(raw: string, headers: IncomingMessage['headers']): boolean {
  try {
    new Webhook(webhookSecret).verify(raw, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

const groupPaths: Record<Vendor, string> = {
  wecom: '/cgi-bin/webhook/send?key=k',
  dingtalk: '/robot/send?access_token=r',
  feishu: '/open-apis/bot/v2/hook/h',
  slack: '/services/T0/B0/x',
  webhook: '/group-hook',
};
const isGroup = ({ path }: Asked): boolean => Object.values(groupPaths).some((p) => p.split('?')[0] === path);

const textOf = (body: Json, name: string, key: string): string => String((body[name] as Json)[key]);
interface Post {
  zh_cn: { title: string; content: { tag: string; text: string; href?: string }[][] };
}
const postText = ({ zh_cn: { title, content } }: Post): string =>
  [title, ...content.map((line) => line.map((part) => part.text).join(''))].join('\n');

const groupText: Record<string, (body: Json) => string> = {
  '/cgi-bin/webhook/send': (body) => textOf(body, 'text', 'content'),
  '/robot/send': (body) => textOf(body, 'text', 'content'),
  '/open-apis/bot/v2/hook/h': (body) => postText((body['content'] as Json)['post'] as Post),
  '/services/T0/B0/x': (body) => String(body['text']),
  '/group-hook': (body) => [textOf(body, 'data', 'title'), textOf(body, 'data', 'text')].join('\n'),
};

interface Card {
  markdown?: string;
  single_url?: string;
  btn_json_list?: { action_url: string }[];
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const read: Record<Vendor, (body: Json) => Taken> = {
  wecom: (body) => {
    const content = textOf(body, 'text', 'content');
    const links = [...content.matchAll(anchors)].map((m) => m[1]!);
    const text = content.replace(anchors, '$2');
    return { to: String(body['touser']), text, links, size: Buffer.byteLength(content) };
  },
  dingtalk: (body) => {
    const msg = body['msg'] as { text?: { content: string }; action_card?: Card };
    const card: Card = msg.action_card ?? {};
    const many = card.btn_json_list ?? [];
    const links = [...many.map((b) => b.action_url), ...(card.single_url === undefined ? [] : [card.single_url])];
    const markdown = card.markdown ?? msg.text?.content ?? '';
    const text = markdown.replace(/\\([\\`*_[\]<>#|~])/g, '$1').replace(/^### /, '');
    return { to: String(body['userid_list']), text, links, size: Buffer.byteLength(JSON.stringify(msg)) };
  },
  feishu: (body) => {
    const post = JSON.parse(String(body['content'])) as Post;
    const links = post.zh_cn.content.flat().flatMap((part) => part.href ?? []);
    const to = String(body['receive_id']);
    return { to, text: postText(post), links, repeat: String(body['uuid']), size: String(body['content']).length };
  },
  slack: (body) => {
    const content = String(body['text']);
    const links = [...content.matchAll(slackAnchors)].map((m) => unescaped(m[1]!));
    const text = unescaped(content.replace(slackAnchors, '$2'));
    return { to: String(body['channel']), text, links, size: Buffer.byteLength(content) };
  },
  webhook: (body) => {
    const data = body['data'] as { to: string; title: string; text: string; links: { url: string }[] };
    const text = [data.title, data.text].join('\n');
    return { to: data.to, text, links: data.links.map((l) => l.url), size: 0 };
  },
};

const accepted: Record<Vendor, Reply> = {
  wecom: { body: { errcode: 0, errmsg: 'ok', msgid: 'm' } },
  dingtalk: { body: { errcode: 0, task_id: 1, request_id: 'r' } },
  feishu: { body: { code: 0, msg: 'success', data: {} } },
  slack: { body: { ok: true, ts: '1.2' } },
  webhook: { status: 204, body: '' },
};

export const refusals: Record<
  Vendor,
  Record<'unauthorized' | 'limited' | 'unknownUser' | 'badSecret' | 'badSignature', Reply>
> = {
  wecom: {
    unauthorized: { body: { errcode: 42001, errmsg: 'access_token expired' } },
    limited: { body: { errcode: 45009, errmsg: 'api freq out of limit' } },
    unknownUser: { body: { errcode: 0, errmsg: 'ok', invaliduser: 'nobody' } },
    badSecret: { body: { errcode: 40001, errmsg: 'invalid credential' } },
    badSignature: { body: { errcode: 93000, errmsg: 'invalid webhook url' } },
  },
  dingtalk: {
    unauthorized: { body: { errcode: 88, sub_code: '40014', sub_msg: 'token' } },
    limited: { body: { errcode: 90018, errmsg: 'qps' } },
    unknownUser: { body: { errcode: 33012, errmsg: 'invalid user' } },
    badSecret: { body: { errcode: 40089, errmsg: 'invalid appkey' } },
    badSignature: { body: { errcode: 310000, errmsg: 'sign not match' } },
  },
  feishu: {
    unauthorized: { status: 400, body: { code: 99991663, msg: 'token invalid' } },
    limited: { status: 400, body: { code: 99991400, msg: 'request trigger frequency limit' } },
    unknownUser: { status: 400, body: { code: 230001, msg: 'invalid receive_id' } },
    badSecret: { body: { code: 10014, msg: 'app secret invalid' } },
    badSignature: { body: { code: 19021, msg: 'sign match fail or timestamp is not within one hour' } },
  },
  slack: {
    unauthorized: { body: { ok: false, error: 'invalid_auth' } },
    limited: { status: 429, headers: { 'retry-after': '7' }, body: { ok: false, error: 'ratelimited' } },
    unknownUser: { body: { ok: false, error: 'channel_not_found' } },
    badSecret: { body: { ok: false, error: 'invalid_auth' } },
    badSignature: { status: 403, body: 'invalid_token' },
  },
  webhook: {
    unauthorized: { status: 401, body: 'signature' },
    limited: { status: 429, headers: { 'retry-after': '7' }, body: '' },
    unknownUser: { status: 410, body: 'gone' },
    badSecret: { status: 401, body: '' },
    badSignature: { status: 401, body: 'signature' },
  },
};

/** Chats configured to talk to one vendor's server, and a group `g` there. */
export function chatAt(
  server: VendorServer,
  wrong: { key?: string; groupSecret?: string } = {},
  time: ChatTime = realTime,
): Chat {
  const { vendor, base } = server;
  const key = wrong.key ?? 'key';
  const signs =
    vendor === 'webhook' ? webhookSecret : ['dingtalk', 'feishu'].includes(vendor) ? server.secret : undefined;
  const secret = wrong.groupSecret ?? signs;
  return createChat(
    {
      ...(vendor === 'wecom' && { wecom: { corpId: 'corp', secret: key, agentId: '7', base } }),
      ...(vendor === 'dingtalk' && { dingtalk: { appKey: 'app', appSecret: key, agentId: '7', base } }),
      ...(vendor === 'feishu' && { feishu: { appId: 'app', appSecret: key, base } }),
      ...(vendor === 'slack' && { slack: { token: 'xoxb-1', base } }),
      ...(vendor === 'webhook' && { webhook: { url: `${base}/hook`, secret: webhookSecret } }),
      groups: [{ name: 'g', kind: vendor, url: base + groupPaths[vendor], secret }],
    },
    time,
  );
}
