import type { Locale } from '../../domain/meeting/state.js';
import { translator } from '../../locales/index.js';
import { chatMessage } from '../chat.js';
import type { MailDocument } from '../document.js';
import { mailHtml } from './html.js';
import type { RenderedMail } from './index.js';
import { mailText } from './plain.js';

/** A document in every form that a message takes, in the language that it is written in. */
export function rendered(document: MailDocument, locale: Locale): Omit<RenderedMail, 'invitation'> {
  const say = translator(locale);
  return {
    subject: document.subject,
    text: mailText(document, say),
    html: mailHtml(document, locale),
    message: chatMessage(document, say),
    headers: { 'Content-Language': locale },
  };
}
