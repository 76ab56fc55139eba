/** Every mail of words.md: an effect, the meeting as it is now, and a reader → subject, text and HTML. */
import type { MailKind } from '../../domain/meeting/effects.js';
import type { MailDocument } from '../document.js';
import { oneLine } from '../text.js';
import { contextOf } from './context.js';
import type { MailBuilder, MailInput } from './context.js';
import { decided, escalation, improvementPlan } from './decisions.js';
import { mailHtml } from './html.js';
import { actionReminder, missed, pleaseCheck, talk } from './ladder.js';
import { cancellation, change, emergency, notice } from './notices.js';
import { whenLines } from './parts.js';
import { mailText } from './plain.js';
import { confirmMinutes, draftMinutes, minutes, survey, surveyReminder } from './records.js';
import { notHeld, notOpened, replyChanged, replyReminder } from './replies.js';

export type { MailInput } from './context.js';
export { NothingToSay } from './item-parts.js';

const builders: Record<MailKind, MailBuilder> = {
  notice,
  emergency,
  change,
  cancellation,
  notHeld,
  replyReminder,
  replyChanged,
  notOpened,
  confirmMinutes,
  minutes,
  draftMinutes,
  survey,
  surveyReminder,
  actionReminder,
  missed,
  talk,
  pleaseCheck,
  escalation,
  decided,
  improvementPlan,
};

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** What the mail says, before it becomes text and HTML. NothingToSay when what it is about does not exist. */
export async function mailDocument(input: MailInput): Promise<MailDocument> {
  const c = contextOf(input);
  const body = await builders[c.kind](c);
  return {
    title: c.title,
    when: whenLines(c),
    sections: [],
    ...body,
    // A line break in a title must never become a header of its own.
    subject: oneLine(body.subject),
    footer: [c.say('mail.footer.sent'), c.say('mail.footer.personal')],
  };
}

export async function renderMail(input: MailInput): Promise<RenderedMail> {
  const document = await mailDocument(input);
  const c = contextOf(input);
  return { subject: document.subject, text: mailText(document, c.say), html: mailHtml(document, input.locale) };
}
