/** Any other system: a signed webhook (Standard Webhooks). */
import { Webhook } from 'standardwebhooks';
import type { GroupChannel } from './channel.js';
import { askJson } from './http.js';
import { Pace } from './pace.js';

/** `secret`: `whsec_` and base64. */
export function webhookGroup(url: string, secret: string, clock: () => number = Date.now): GroupChannel {
  const pace = new Pace(5, 1_000);
  const signer = new Webhook(secret);
  return {
    async send(text, key) {
      await pace.turn();
      const at = new Date(clock());
      const id = `msg_${key}`;
      const body = JSON.stringify({ type: 'convoke.message', timestamp: at.toISOString(), data: { text } });
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': signer.sign(id, at, body),
      };
      await askJson(new URL(url), { headers, body });
    },
  };
}
