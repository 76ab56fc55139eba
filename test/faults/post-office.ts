import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { until } from './until.js';

/** One message as it came in whole; whether its sender has been told so is another matter. */
export interface Letter {
  to: string;
  subject: string;
  messageId: string;
  text: string;
  /** Of the calendar part; undefined without one. */
  uid?: string;
  sequence?: number;
  method?: string;
  /** The sender got its 250. */
  acknowledged: boolean;
}

/** Says of a message whether its 250 is held back. Asked once per message, in the order in which they come. */
export type Hold = (letter: Letter) => boolean;

/** A real mail server that keeps what it is given, and can hold back its 250: then that mail is in flight. */
export class PostOffice {
  readonly letters: Letter[] = [];
  private hold: Hold = () => false;
  private waiting: (() => void)[] = [];
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, answer) => {
        const [to] = session.envelope.rcptTo;
        void this.take(stream, to?.address ?? '', answer);
      },
    });
    // A sender that was killed breaks off; that is what these tests are about.
    this.server.on('error', () => undefined);
  }

  static async open(): Promise<PostOffice> {
    const office = new PostOffice();
    await new Promise<void>((resolve) => office.server.listen(0, '127.0.0.1', resolve));
    return office;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  private async take(stream: NodeJS.ReadableStream, to: string, answer: () => void): Promise<void> {
    const letter = await read(await text(stream), to);
    this.letters.push(letter);
    const acknowledge = (): void => {
      letter.acknowledged = true;
      answer();
    };
    if (this.hold(letter)) this.waiting.push(acknowledge);
    else acknowledge();
  }

  /** From now on. */
  holdBack(hold: Hold): void {
    this.hold = hold;
  }

  /** Waits until so many are held back: they are in flight, and nothing has told their sender that they arrived. */
  async inFlight(count: number): Promise<Letter[]> {
    await until(`${count} mails in flight`, () => this.waiting.length >= count);
    return this.letters.filter((letter) => !letter.acknowledged);
  }

  /** Their senders are gone: nobody will ever get these 250s. */
  forgetHeld(): void {
    this.hold = () => false;
    this.waiting = [];
  }

  /** Sends the 250s that were held back, and holds none any more. */
  release(): void {
    this.hold = () => false;
    for (const acknowledge of this.waiting.splice(0)) acknowledge();
  }

  /** Those whose subject names this. */
  about(title: string): Letter[] {
    return this.letters.filter((letter) => letter.subject.includes(title));
  }

  async close(): Promise<void> {
    this.release();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

async function read(source: string, to: string): Promise<Letter> {
  const mail = await simpleParser(source);
  const calendar = mail.attachments.find((part) => part.contentType === 'text/calendar');
  const line = calendarLines(calendar?.content.toString('utf8') ?? '');
  const sequence = line('SEQUENCE');
  return {
    to,
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    uid: line('UID'),
    sequence: sequence === undefined ? undefined : Number(sequence),
    method: line('METHOD'),
    acknowledged: false,
  };
}

/** Values of a calendar object's lines, unfolded. */
function calendarLines(content: string): (name: string) => string | undefined {
  const lines = content.replace(/\r\n[ \t]/g, '').split('\r\n');
  return (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
}

/** Which Message-IDs came more than once. */
export function repeated(letters: Letter[]): string[] {
  const seen = new Map<string, number>();
  for (const { messageId } of letters) seen.set(messageId, (seen.get(messageId) ?? 0) + 1);
  return [...seen].filter(([, times]) => times > 1).map(([id]) => id);
}
