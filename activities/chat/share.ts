/** F7: a person's own words to a group, because they said so and at once; nothing else ever goes to a group. */
import type { Locale, MeetingId, PersonId } from '../../domain/meeting/state.js';
import { sharedMessage } from '../../render/chat.js';
import { domainOf } from '../../render/mail/index.js';
import type { MailDeps } from '../mail/deps.js';
import { messageIdOf } from '../mail/message-id.js';
import type { MailClaims, MailKey, MailTransport } from '../ports.js';
import { ChatBusy, chatReason, ChatRefused } from './channel.js';
import type { Chat } from './create.js';
import { createHash } from 'node:crypto';
import { inTrial } from './trial.js';

export interface Shared {
  meetingId: MeetingId;
  person: PersonId;
  group: string;
  text: string;
  /** Who says it, and where it was: as the group reads them. */
  name: string;
  title: string;
  date: string;
  locale: Locale;
  /** Workflow time. */
  at: number;
}

/** `before`: the same words of the same person went there already. */
export type Sharing =
  { outcome: 'sent' | 'before' | 'refused' | 'unknownGroup' } | { outcome: 'away'; retryAfterSeconds: number };

export interface Sharer {
  /** The names of the groups. */
  readonly groups: readonly string[];
  share(words: Shared): Promise<Sharing>;
}

interface Claims extends Pick<MailClaims, 'claim' | 'markSent' | 'markFailed'> {
  deliveries(meetingId: MeetingId): Promise<{ kind: string; person: string; occasion: string; status: string }[]>;
}

export interface SharerDeps extends Pick<MailDeps, 'from' | 'log'> {
  groups: Chat['groups'];
  claims: Claims;
  /** H9: to one address only instead. */
  trial?: { to: { name: string; address: string }; transport: MailTransport } | undefined;
}

const retryAfterSeconds = 30;

/** The words themselves are kept nowhere; that they went is, like any delivery. */
export function createSharer(deps: SharerDeps): Sharer {
  const underWay = new Map<string, Promise<Sharing>>();
  return {
    groups: [...deps.groups.keys()],
    share(words) {
      if (!deps.groups.has(words.group)) return Promise.resolve({ outcome: 'unknownGroup' });
      const key = keyOf(words);
      const id = [key.meetingId, key.person, key.occasion].join('\n');
      // Whoever presses twice has said it once.
      const running = underWay.get(id) ?? share(deps, words, key).finally(() => underWay.delete(id));
      underWay.set(id, running);
      return running;
    },
  };
}

const keyOf = ({ meetingId, person, group, text }: Shared): MailKey => ({
  meetingId,
  kind: 'impression',
  person,
  occasion: `${createHash('sha256').update(text).digest('hex').slice(0, 16)} → ${group}`,
});

async function share(deps: SharerDeps, words: Shared, key: MailKey): Promise<Sharing> {
  const { claims, from, log } = deps;
  const all = await claims.deliveries(key.meetingId);
  const before = all.find((d) => d.kind === key.kind && d.person === key.person && d.occasion === key.occasion);
  if (before?.status === 'sent') return { outcome: 'before' };
  const messageId = messageIdOf(key, domainOf(from.address));
  await claims.claim(key, words.at, messageId);
  try {
    await deliver(deps, words, messageId);
  } catch (error) {
    const reason = chatReason(error);
    log.warn({ mail: key.kind, reason }, 'words were not shared');
    await claims.markFailed(key, words.at, reason);
    if (error instanceof ChatRefused) return { outcome: 'refused' };
    const wait = error instanceof ChatBusy ? Math.ceil(error.afterMs / 1_000) : retryAfterSeconds;
    return { outcome: 'away', retryAfterSeconds: wait };
  }
  await claims.markSent(key, words.at);
  return { outcome: 'sent' };
}

async function deliver({ groups, trial }: SharerDeps, words: Shared, messageId: string): Promise<void> {
  const { group, locale } = words;
  const message = sharedMessage(words, locale);
  if (trial === undefined) return await groups.get(group)!.send(message, messageId);
  const mail = inTrial(locale, { name: group, address: 'chat' }, message);
  await trial.transport.send({ ...mail, to: trial.to, messageId });
}
