import type { Locale } from '../../domain/meeting/state.js';
import type { ChatMessage } from '../../render/chat.js';
import { trialSubject } from '../../render/mail/index.js';
import { messageHtml } from '../../render/mail/message.js';
import type { OutgoingMail } from '../ports.js';

/** H9: a message as a mail, marked with whom it was for. */
export function inTrial(
  locale: Locale,
  to: { name: string; address: string },
  message: ChatMessage,
): Pick<OutgoingMail, 'subject' | 'text' | 'html' | 'headers'> {
  const links = message.links.map(({ label, url }) => `${label}\n${url}`);
  return {
    subject: trialSubject(locale, to, message.title),
    text: [message.title, ...message.lines, ...links].join('\n\n'),
    html: messageHtml(message, locale),
    headers: { 'Content-Language': locale },
  };
}
