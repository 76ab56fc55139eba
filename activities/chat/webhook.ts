/** Any other system: a signed webhook (Standard Webhooks). */
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ChatMessage } from '../../render/chat.js';
import { ChatAway, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { ask } from './http.js';
import { Pace } from './pace.js';
import type { ChatTime } from './pace.js';

export interface WebhookSystem {
  url: string;
  /** `whsec_` and base64. */
  secret: string;
}

/** `data.to` says for whom, as the other system calls them. */
export function webhookPersonal({ url, secret }: WebhookSystem, time: ChatTime): PersonalChannel {
  const post = poster(url, secret, time);
  return { send: (userId, message, key) => post('message.personal', { to: userId, ...dataOf(message) }, key) };
}

export function webhookGroup(url: string, secret: string, time: ChatTime): GroupChannel {
  const post = poster(url, secret, time);
  return { send: (message, key) => post('message.group', dataOf(message), key) };
}

const dataOf = ({ title, lines, links }: ChatMessage): object => ({ title, text: lines.join('\n'), links });

function poster(url: string, secret: string, time: ChatTime) {
  const pace = new Pace(10, 1_000, time);
  const signer = new Webhook(secret);
  return async (type: string, data: object, key: string): Promise<void> => {
    await pace.turn();
    const at = new Date(time.now());
    // The same for a repeat, by which the receiver knows it.
    const id = `msg_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signer.sign(id, at, body),
    };
    const { status } = await ask(new URL(url), { headers, body });
    // 410: not wanted any more; any other answer but 2xx is tried again.
    if (status === 410) throw new ChatRefused('http 410');
    if (status < 200 || status > 299) throw new ChatAway(`http ${status}`);
  };
}
