import type { Locale } from '../../domain/meeting/state.js';
import type { ChatMessage } from '../chat.js';
import { mailHtml } from './html.js';

/** H9: a message by chat as the mail that it is in trial mode. */
export function messageHtml({ title, lines, links }: ChatMessage, locale: Locale): string {
  const [first = '', ...others] = lines;
  return mailHtml(
    {
      subject: title,
      title,
      when: [],
      wanted: [first, ...others],
      buttons: links,
      facts: [],
      sections: [],
      footer: [],
    },
    locale,
  );
}
