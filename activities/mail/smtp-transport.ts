import { createTransport } from 'nodemailer';
import type { MailTransport, OutgoingMail } from '../ports.js';
import { MailRefused } from '../ports.js';

export interface SmtpOptions {
  /** smtp:// or smtps://, with user and password where needed. */
  url: string;
  from: { name: string; address: string };
  dkim?: { domainName: string; keySelector: string; privateKey: string } | undefined;
}

export interface SmtpTransport extends MailTransport {
  close(): void;
}

/**
 * MailTransport over a pool of SMTP connections, one message per person. Recipients only as {name, address}: a crafted
 * address string would reach others (design §5, tried).
 */
export function createSmtpTransport({ url, from, dkim }: SmtpOptions): SmtpTransport {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim === undefined ? {} : { dkim }),
  } as Parameters<typeof createTransport>[0]);
  return {
    send: async (mail) => {
      const info = (await transport.sendMail(messageOf(mail, from)).catch((error: unknown) => {
        throw isPermanent(error) ? new MailRefused(reasonOf(error)) : error;
      })) as { rejected?: unknown[]; response?: string };
      if ((info.rejected ?? []).length > 0) throw new MailRefused(info.response ?? 'recipient refused');
    },
    close: () => transport.close(),
  };
}

function messageOf(
  mail: OutgoingMail,
  from: SmtpOptions['from'],
): Parameters<ReturnType<typeof createTransport>['sendMail']>[0] {
  return {
    from,
    to: [mail.to],
    envelope: { from: from.address, to: [mail.to.address] },
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
    // As text/calendar; method=… beside text and HTML, and as an attachment for clients that only look there.
    ...(mail.calendar === undefined ? {} : { icalEvent: { ...mail.calendar, filename: 'invite.ics' } }),
  };
}

/** 5xx: for good. A refused login (535) is ours to mend and is tried again. */
function isPermanent(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500 && responseCode < 600;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'refused';
}
