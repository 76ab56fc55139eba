/** Slack: messages by member id, groups by incoming webhook. */
import type { ChatMessage } from '../../render/chat.js';
import { ChatAway, ChatBusy, ChatRefused } from './channel.js';
import type { GroupChannel, PersonalChannel } from './channel.js';
import { bytesOf, fitted } from './fit.js';
import { ask, requireOk } from './http.js';
import { Pace, PaceEach } from './pace.js';
import type { ChatTime } from './pace.js';

export interface SlackApp {
  token: string;
  base?: string;
}

const second = 1_000;
/** What a later try may mend. */
const passing = ['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable', 'team_added_to_org'];
/** The vendor's advice for one text. */
const mostCharacters = 4_000;

/** One message a second and conversation, and some hundreds a minute in all. */
export function slackPersonal(app: SlackApp, time: ChatTime): PersonalChannel {
  const base = app.base ?? 'https://slack.com';
  const [pace, each] = [new Pace(300, 60 * second, time), new PaceEach(1, second, time)];
  return {
    async send(userId, message) {
      await each.turn(userId);
      await pace.turn();
      const answer = await ask(new URL('/api/chat.postMessage', base), {
        headers: { authorization: `Bearer ${app.token}` },
        body: { channel: userId, ...content(message), unfurl_links: false, unfurl_media: false },
      });
      if (answer.body['ok'] === true) return;
      const { error: said } = answer.body;
      const error = typeof said === 'string' ? said : 'unknown';
      if (error === 'ratelimited' || error === 'rate_limited') throw new ChatBusy(60 * second);
      if (passing.includes(error)) throw new ChatAway(`slack ${error}`);
      requireOk(answer);
      throw new ChatRefused(`slack ${/^[a-z_]{1,40}$/.test(error) ? error : 'unknown'}`);
    },
  };
}

/** `https://hooks.slack.com/services/…` */
export function slackGroup(url: string, time: ChatTime): GroupChannel {
  const pace = new Pace(1, second, time);
  return {
    async send(message) {
      await pace.turn();
      requireOk(await ask(new URL(url), { body: content(message) }));
    },
  };
}

const content = (message: ChatMessage): { text: string } => ({
  text: text(fitted(message, (m) => bytesOf(text(m)), mostCharacters)),
});

function text({ title, lines, links }: ChatMessage): string {
  const anchors = links.map(({ label, url }) => `<${url}|${escaped(label).replaceAll('|', '¦')}>`);
  return [title, ...lines].map(escaped).concat(anchors).join('\n');
}

/** The three characters that mean something in its texts: nobody can mention everybody by a title. */
const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
