/** The development inbox, read like its page does. */
export interface Mail {
  id: string;
  subject: string;
  /** The one recipient: a mail goes to one person only. */
  to: { name: string; address: string };
  text: string;
  /** The Date header. */
  sentAt: number;
}

interface StoredMail {
  id: string;
  time: string;
  subject: string;
  to: { name?: string; address: string }[];
  text?: string;
}

export class Mailbox {
  private read = 0;
  /** Everything that has come so far, oldest first. */
  readonly all: Mail[] = [];

  constructor(readonly url: string) {}

  /** What has come since the last look, oldest first. */
  async look(): Promise<Mail[]> {
    const response = await fetch(`${this.url}/api/email?skip=${this.read}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
    const fresh = ((await response.json()) as StoredMail[]).map(opened);
    this.read += fresh.length;
    this.all.push(...fresh);
    return fresh;
  }
}

function opened({ id, time, subject, to, text }: StoredMail): Mail {
  const [first] = to;
  const address = first?.address ?? '';
  return { id, subject, to: { name: first?.name || address, address }, text: text ?? '', sentAt: Date.parse(time) };
}
