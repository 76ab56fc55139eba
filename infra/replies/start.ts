import { Api } from '../../api/context.js';
import type { ApiDeps } from '../../api/deps.js';
import { takeReply } from '../../api/replies/apply.js';
import type { Config } from '../config.js';
import type { TakeMessage } from './smtp.js';

/** How often the mailbox is looked into, milliseconds. */
const everyMs = 30_000;

/** N2: the ways on which calendar programs' answers come in, as far as they are configured. */
export async function startReplies(
  config: Pick<Config, 'replies' | 'mail'>,
  deps: ApiDeps,
): Promise<{ stop(): Promise<void> }> {
  const { smtp, imap, authserv } = config.replies;
  if ((smtp ?? imap) !== undefined && authserv === undefined)
    deps.log.warn(
      'REPLIES_AUTHSERV is not set: nobody vouches for senders, so every calendar reply waits for its host',
    );
  const take = taking(new Api(deps), { ourAddress: config.mail.from.address, authserv }, deps.log);
  // Each is loaded only where it is configured.
  const listener = smtp && (await (await import('./smtp.js')).listenForReplies(smtp, take));
  const poller =
    imap === undefined ? undefined : (await import('./imap.js')).pollForReplies({ url: imap, everyMs }, take, deps.log);
  return {
    stop: async () => {
      await Promise.all([listener?.stop(), poller?.stop()]);
    },
  };
}

/** What becomes of each message stands in the log, by codes: neither who wrote nor what. */
function taking(api: Api, settings: Parameters<typeof takeReply>[1], log: ApiDeps['log']): TakeMessage {
  return async (source) => {
    const outcome = await takeReply(api, settings, source);
    log.info(outcome, 'a calendar reply');
    return outcome.did !== 'again';
  };
}
