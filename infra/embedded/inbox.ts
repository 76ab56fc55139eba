import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { MailDev, type Servers } from 'maildev';
import { codeOf, reasonOf, StartProblem } from '../problem.js';
import { requireFree } from './ports.js';

export interface InboxOptions {
  /** Mails are kept there over a restart. */
  folder: string;
  /** 0 takes a free one. */
  smtpPort: number;
  /** 0 takes a free one. */
  webPort: number;
}

export interface InboxMessage {
  id: string;
  /** Wall clock, epoch milliseconds. */
  receivedAt: number;
  /** Envelope recipients: whom it really goes to. */
  recipients: string[];
  from: string;
  subject: string;
  /** Names in lower case. */
  headers: Record<string, string | string[]>;
  text: string;
  html: string;
  attachments: { fileName: string; contentType: string }[];
}

/** The development inbox: takes every mail, delivers none, shows all. */
export interface Inbox {
  smtpUrl: string;
  webUrl: string;
  /** Oldest first. */
  messages(): Promise<InboxMessage[]>;
  /** The mail as it came in, headers and all parts (RFC 822). */
  source(id: string): Promise<string>;
  stop(): Promise<void>;
}

const ip = '127.0.0.1';
type StoredMail = Awaited<ReturnType<Servers['storage']['getAll']>>[number];

/** Starts maildev in this process, on 127.0.0.1 only. */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const otherwise = 'SMTP_URL to use a mail server of your own';
  await requireFree({ port: options.smtpPort, host: ip, setting: 'SMTP_PORT', otherwise });
  await requireFree({ port: options.webPort, host: ip, setting: 'INBOX_PORT' });
  mkdirSync(options.folder, { recursive: true });
  const maildev = new MailDev({
    smtp: options.smtpPort,
    ip,
    web: options.webPort,
    webIp: ip,
    mailDirectory: path.resolve(options.folder),
    silent: true,
  });
  const servers = await quietly(() => maildev.start()).catch((error: unknown) => {
    throw new StartProblem(
      `The development inbox did not start: ${reasonOf(error)}${codeOf(error) ? ` (${codeOf(error)})` : ''}.`,
    );
  });
  const webPort = servers.api?.getAddress()?.port ?? options.webPort;
  return {
    smtpUrl: `smtp://${ip}:${servers.smtp.getPort()}`,
    webUrl: `http://${ip}:${webPort}`,
    messages: async () => {
      const mails = await servers.storage.getAll();
      return mails.map(toMessage).sort((a, b) => a.receivedAt - b.receivedAt);
    },
    source: async (id) => text(await servers.smtp.getRawEmail(id)),
    stop: () => maildev.stop(),
  };
}

/** maildev announces its address by console.info whatever it is told; standard output is ours. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { console } = globalThis;
  const { info } = console;
  console.info = () => undefined;
  try {
    return await work();
  } finally {
    console.info = info;
  }
}

function toMessage(mail: StoredMail): InboxMessage {
  return {
    id: mail.id,
    receivedAt: new Date(mail.time).getTime(),
    recipients: mail.envelope.to.map((to) => to.address),
    from: mail.from[0]?.address ?? '',
    subject: mail.subject,
    headers: mail.headers,
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename, contentType }) => ({ fileName: filename, contentType })),
  };
}
