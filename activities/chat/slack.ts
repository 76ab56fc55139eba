/** Slack: messages by user id, groups by incoming webhook. */
import { ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { askJson } from './http.js';
import { Pace } from './pace.js';

export interface SlackApp {
  token: string;
  base?: string;
}

const second = 1_000;
/** What a later try may mend. */
const passing = ['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'];

/** One message a second and channel is the documented pace. */
export function slackPersonal(app: SlackApp): PersonalChannel {
  const base = app.base ?? 'https://slack.com';
  const pace = new Pace(1, second);
  return {
    async send(userId, text) {
      await pace.turn();
      const answer = await askJson(new URL('/api/chat.postMessage', base), {
        headers: { authorization: `Bearer ${app.token}` },
        body: { channel: userId, text: escaped(text), unfurl_links: false, unfurl_media: false },
      });
      if (answer['ok'] === true) return;
      const error = String(answer['error'] ?? 'unknown');
      if (error === 'ratelimited') throw new ChatBusy(60 * second);
      if (passing.includes(error)) throw new Error(`slack ${error}`);
      throw new ChatRefused(`slack ${/^[a-z_]{1,40}$/.test(error) ? error : 'unknown'}`);
    },
  };
}

export function slackGroup(url: string): GroupChannel {
  const pace = new Pace(1, second);
  return {
    async send(text) {
      await pace.turn();
      await askJson(new URL(url), { body: { text: escaped(text) } });
    },
  };
}

/** The three characters that mean something in its texts: nobody can mention everybody by a title. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
