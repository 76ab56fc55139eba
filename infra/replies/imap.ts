import { setTimeout as delay } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { TakeMessage } from './smtp.js';

export interface Mailbox {
  /** imap:// or imaps://user:password@host[:port][/mailbox] */
  url: string;
  /** How long to wait between looks, milliseconds. */
  everyMs: number;
}

/** Messages looked at in one go; the rest at the next look, at once. */
const atOnce = 50;
const largest = 1_048_576;

/**
 * N2: looks into a mailbox for what nobody has seen. A message that was taken is marked as seen, and stays where it is; one
 * that must wait stays unseen. Errors are told once until it works again.
 */
export function pollForReplies(
  mailbox: Mailbox,
  take: TakeMessage,
  log: { warn(details: object, message: string): void },
): { looked(): Promise<void>; stop(): Promise<void> } {
  const ending = new AbortController();
  let failing = false;
  const look = async (): Promise<void> => {
    try {
      while (await lookOnce(mailbox, take)) if (ending.signal.aborted) return;
      failing = false;
    } catch (error) {
      const reason = (error as { code?: unknown }).code ?? (error as Error).name;
      if (!failing) log.warn({ reason }, 'the mailbox for calendar replies cannot be read');
      failing = true;
    }
  };
  const working = (async () => {
    while (!ending.signal.aborted) {
      await look();
      await delay(mailbox.everyMs, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    looked: look,
    stop: async () => {
      ending.abort();
      await working;
    },
  };
}

/** Whether there is more to look at. */
async function lookOnce(mailbox: Mailbox, take: TakeMessage): Promise<boolean> {
  const url = new URL(mailbox.url);
  const secure = url.protocol === 'imaps:';
  const client = new ImapFlow({
    host: url.hostname,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
  });
  // A connection that breaks is told by the call under way.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const lock = await client.getMailboxLock(decodeURIComponent(url.pathname.slice(1)) || 'INBOX');
    try {
      return await takeUnseen(client, take);
    } finally {
      lock.release();
    }
  } finally {
    await client.logout().catch(() => client.close());
  }
}

async function takeUnseen(client: ImapFlow, take: TakeMessage): Promise<boolean> {
  const unseen = await client.search({ seen: false }, { uid: true });
  const some = (unseen || []).slice(0, atOnce);
  let waiting = 0;
  for (const uid of some) {
    const message = await client.fetchOne(String(uid), { size: true, source: { maxLength: largest } }, { uid: true });
    if (message === false || message.source === undefined) continue;
    const taken = (message.size ?? 0) > largest || (await take(message.source));
    if (taken) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    else waiting++;
  }
  return waiting === 0 && (unseen || []).length > some.length;
}
