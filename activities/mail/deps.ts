import type { Links } from '../../render/links.js';
import type { MailInput, RenderedMail } from '../../render/mail/index.js';
import type { Chat } from '../chat/create.js';
import type { Ports } from '../ports.js';

export interface MailAddress {
  name: string;
  address: string;
}

/** What the sending of mails needs; passed in. */
export interface MailDeps {
  ports: Pick<
    Ports,
    | 'directory'
    | 'claims'
    | 'invitations'
    | 'surveys'
    | 'minutes'
    | 'inputs'
    | 'analyses'
    | 'series'
    | 'backlog'
    | 'transport'
  >;
  render(input: MailInput): Promise<RenderedMail>;
  links: Links;
  /** F7: what messages go by besides mail. */
  chat: Chat;
  from: MailAddress;
  /** H9: every mail goes to this one address only, marked with whom it was for. */
  trialTo?: MailAddress | undefined;
  log: { warn(details: object, message: string): void };
  /** Tells the engine that we live. */
  heartbeat(done: number): void;
  /** Milliseconds since this mail was first tried. */
  sinceScheduledMs(): number;
  /** Rejects when the activity is to end. */
  sleep(ms: number): Promise<void>;
}
