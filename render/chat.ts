/** F7: what a mail says, short enough for a conversation. The vendors' files make their formats of it and escape. */
import type { Locale } from '../domain/meeting/state.js';
import { translator, type Translate } from '../locales/index.js';
import type { Item, Link, MailDocument } from './document.js';
import { manyLines, oneLine } from './text.js';

export interface ChatMessage {
  title: string;
  /** Below it; one of them may have several lines. */
  lines: string[];
  links: Link[];
}

/** F7: own words to a group: whose, and about which meeting; no link, since links are personal. */
export function sharedMessage(
  { name, text, title, date }: { name: string; text: string; title: string; date: string },
  locale: Locale,
): ChatMessage {
  const say = translator(locale);
  const from = say('chat.fromMeeting', { title: oneLine(title), date });
  return { title: say('chat.shared', { name: oneLine(name) }), lines: [manyLines(text), from], links: [] };
}

/** More than these nobody looks for in a conversation; all of them are in the mail and behind the links. */
const mostItems = 5;

/** The same words, links and order as the mail: which meeting, when, what is wanted, the buttons, what else is asked for. */
export function chatMessage(mail: MailDocument, say: Translate): ChatMessage {
  const listed = asked(mail);
  const shown = listed.slice(0, mostItems);
  const left = listed.length - shown.length;
  return {
    title: mail.subject,
    lines: [
      ...(mail.banner === undefined ? [] : [mail.banner.text]),
      ...(mail.subject.includes(mail.title) ? [] : [mail.title]),
      ...mail.when,
      ...whereAndWhy(mail, say),
      ...mail.wanted.filter((line) => !aboutTheAttachment(say).includes(line)),
      ...shown.map(({ title }) => `• ${title}`),
      ...(left > 0 ? [say('chat.more', { count: left })] : []),
      say('chat.personal'),
    ].filter((line) => line !== ''),
    links: [...mail.buttons, ...shown.flatMap((item) => linkOf(item))],
  };
}

/** Of all facts those without which nobody would know where to go, or why. */
function whereAndWhy({ facts }: MailDocument, say: Translate): string[] {
  const told = ['place', 'online', 'reason', 'emergencyReason'].map((name) => say(`mail.label.${name}`));
  const shown = facts.filter((f) => told.includes(f.label));
  return shown.map(({ label, lines }) => label + say('words.colon') + lines.join(' '));
}

/** The calendar object comes with the mail alone. */
const aboutTheAttachment = (say: Translate): string[] =>
  ['notice', 'change', 'cancellation'].map((mail) => say(`mail.${mail}.calendar`));

/** H2, H3: what has a link of its own in the mail: the lines of a digest, and what else the same reader is asked for. */
function asked({ sections }: MailDocument): Item[] {
  return sections
    .flatMap((section) => (section.name === 'asked' ? section.blocks : []))
    .flatMap((block) => (block.type === 'items' ? block.items : []));
}

const linkOf = ({ title, link }: Item): Link[] =>
  link === undefined ? [] : [{ label: `${link.label} · ${title}`, url: link.url }];
