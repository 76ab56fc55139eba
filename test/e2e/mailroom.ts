/** A real mail server that keeps every message whole, as its reader's program would have it. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The message as it was sent. */
  source: string;
  /** The calendar object, by whichever part; undefined without one. */
  calendar: string | undefined;
  /** Content types of the parts that hold the calendar object. */
  calendarTypes: string[];
}

export class Mailroom {
  readonly letters: Letter[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, answer) => {
      const to = session.envelope.rcptTo.map(({ address }) => address).join();
      void this.take(stream, to).then(() => answer(), answer);
    },
  });

  static async open(): Promise<Mailroom> {
    const room = new Mailroom();
    await new Promise<void>((resolve) => room.server.listen(0, '127.0.0.1', resolve));
    return room;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  private async take(stream: NodeJS.ReadableStream, to: string): Promise<void> {
    const source = await text(stream);
    const mail = await simpleParser(source);
    const objects = mail.attachments.filter(({ contentType }) => contentType === 'text/calendar');
    this.letters.push({
      to,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html || '',
      source,
      calendar: objects[0]?.content.toString('utf8'),
      calendarTypes: [...source.matchAll(/^Content-Type: (text\/calendar[^\r]*(?:\r\n[ \t][^\r]*)*)/gim)].map((m) =>
        (m[1] ?? '').replace(/\s+/g, ' '),
      ),
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** The addresses in a mail that lead to a form, without what presets its fields. */
export const linksIn = ({ text: body }: Letter): string[] => [
  ...new Set([...body.matchAll(/http:\/\/127\.0\.0\.1:\d+\/(?:r|feedback)\/[\w.-]+/g)].map((m) => m[0])),
];
