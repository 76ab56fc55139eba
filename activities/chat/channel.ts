/** What a vendor's file offers. */
import type { ChatMessage } from '../../render/chat.js';

export { vendors } from '../../domain/chats.js';
export type { Vendor } from '../../domain/chats.js';

/** To one person, by the id that the vendor knows them by. */
export interface PersonalChannel {
  /**
   * Resolves when the vendor has taken it. `key` is the same for a repeat, where the vendor can tell repeats. Rejects with
   * ChatRefused for good, ChatBusy to be tried again, or anything else, to be tried again too.
   */
  send(userId: string, message: ChatMessage, key: string): Promise<void>;
}

/** To a group, by the address that its robot has. */
export interface GroupChannel {
  send(message: ChatMessage, key: string): Promise<void>;
}

/** The vendor says no, and would say so again. The message is a code for the log and the host's list. */
export class ChatRefused extends Error {}

/** Too much at once: not before so many milliseconds. */
export class ChatBusy extends Error {
  constructor(readonly afterMs: number) {
    super('busy');
  }
}

/** The vendor is away or muddled; a code again. */
export class ChatAway extends Error {}

/** What became of it, as a code: what vendors answer may name people. */
export function chatReason(error: unknown): string {
  if (error instanceof ChatRefused || error instanceof ChatAway || error instanceof ChatBusy) return error.message;
  const { cause, name } = (error ?? {}) as { cause?: { code?: unknown }; name?: unknown };
  const code = cause?.code ?? name;
  return typeof code === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(code) ? code : 'unknown';
}
