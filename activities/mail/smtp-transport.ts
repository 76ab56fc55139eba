import { createTransport } from 'nodemailer';
import type { MailTransport, OutgoingMail } from '../ports.js';
import { MailRefused } from '../ports.js';
import { smtpCode } from './reasons.js';

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
 * What DKIM signs: the library's own choice, and the field that makes unsubscribing one click; a mail program believes that
 * one only when it is signed (RFC 8058).
 */
const signedFields =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'Content-ID:Content-Description:Resent-Date:Resent-From:Resent-Sender:Resent-To:Resent-Cc:Resent-Message-ID:' +
  'In-Reply-To:References:List-Id:List-Help:List-Unsubscribe:List-Unsubscribe-Post:List-Subscribe:List-Post:' +
  'List-Owner:List-Archive:Auto-Submitted';

/**
 * MailTransport over a pool of SMTP connections, one message per person. Recipients only as {name, address}, in the header
 * and in the envelope: a crafted address string would reach others (design §5, tried).
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
    ...(dkim === undefined ? {} : { dkim: { ...dkim, headerFieldNames: signedFields } }),
  } as Parameters<typeof createTransport>[0]);
  return {
    send: async (mail) => {
      const info = (await transport.sendMail(messageOf(mail, from)).catch((error: unknown) => {
        throw isPermanent(error) ? new MailRefused(answerOf(error)) : error;
      })) as { rejected?: unknown[]; response?: string };
      if ((info.rejected ?? []).length > 0) throw new MailRefused(smtpCode(info.response ?? '') ?? 'rejected');
    },
    close: () => transport.close(),
  };
}

const bare = (address: string): { name: string; address: string } => ({ name: '', address });

function messageOf(
  mail: OutgoingMail,
  from: SmtpOptions['from'],
): Parameters<ReturnType<typeof createTransport>['sendMail']>[0] {
  return {
    from,
    to: [mail.to],
    envelope: { from: bare(from.address), to: [bare(mail.to.address)] },
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
    // As text/calendar; method=… beside text and HTML, and as an attachment for programs that only look there.
    ...(mail.calendar === undefined ? {} : { icalEvent: { ...mail.calendar, filename: 'invite.ics' } }),
  };
}

/**
 * 5xx about this recipient or this message: for good. A refused login or a refused sender is ours to mend, and 503 is a
 * muddled session: those are tried again.
 */
function isPermanent(error: unknown): boolean {
  const { responseCode = 0, command = '' } = error as { responseCode?: number; command?: string };
  if (isUnwritable(error)) return true;
  const aboutTheMail = command.startsWith('RCPT') || command === 'DATA';
  return aboutTheMail && responseCode >= 500 && responseCode < 600 && responseCode !== 503;
}

/** An address that no envelope can hold; the library says so before it talks to the server. */
function isUnwritable(error: unknown): boolean {
  const { code, command } = error as { code?: string; command?: string };
  return code === 'EENVELOPE' && command === 'API';
}

/** The code alone: the server's words name the address. */
function answerOf(error: unknown): string {
  if (isUnwritable(error)) return 'invalidAddress';
  const { response = '', responseCode } = error as { response?: string; responseCode?: number };
  return smtpCode(response) ?? String(responseCode);
}
