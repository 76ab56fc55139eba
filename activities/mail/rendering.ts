import type { MailKind } from '../../domain/meeting/effects.js';
import { calendarContentHash, calendarText } from '../../render/calendar.js';
import type { CalendarInput } from '../../render/calendar.js';
import { renderMail } from '../../render/mail/index.js';
import type { MailInput } from '../../render/mail/index.js';
import type { MailAddress, RenderedMail } from './send-mails.js';

/** Which mails carry the calendar object, and as what (N1, N4, X1). */
const methods: Partial<Record<MailKind, 'REQUEST' | 'CANCEL'>> = {
  notice: 'REQUEST',
  emergency: 'REQUEST',
  change: 'REQUEST',
  cancellation: 'CANCEL',
};

/** X1: urgent in every client that shows it. */
const urgent = { 'X-Priority': '1', Importance: 'high', Priority: 'urgent' };

/** A mail for one reader, with the calendar object where it has one. Uid, hash and SEQUENCE: render/calendar.ts. */
export async function renderWithInvitation(from: MailAddress, input: MailInput): Promise<RenderedMail> {
  const { subject, text, html } = await renderMail(input);
  const { effect, state, reader, locale, people, departments, now } = input;
  const mail = { subject, text, html, headers: effect.mail === 'emergency' ? urgent : {} };
  const method = methods[effect.mail];
  if (method === undefined) return mail;
  const mailDomain = from.address.split('@')[1] ?? 'convoke.local';
  const calendar: CalendarInput = { state, method, reader, locale, people, departments, from, mailDomain };
  const content = (sequence: number): string => calendarText(calendar, sequence, now);
  return { ...mail, invitation: { method, hash: calendarContentHash(calendar), content } };
}
