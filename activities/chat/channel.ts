/** What a vendor's file offers. */

export const vendors = ['wecom', 'dingtalk', 'feishu', 'slack'] as const;
export type Vendor = (typeof vendors)[number];

/** To one person, by the id that the vendor knows them by. */
export interface PersonalChannel {
  /**
   * Resolves when the vendor has taken it. `key` is the same for a repeat, where the vendor can tell repeats. Rejects with
   * ChatRefused for good, ChatBusy to be tried again, or anything else, to be tried again too.
   */
  send(userId: string, text: string, key: string): Promise<void>;
}

/** To a group, by the address that its robot has. */
export interface GroupChannel {
  send(text: string, key: string): Promise<void>;
}

/** The vendor says no, and would say so again. The message is a code for the log and the host's list. */
export class ChatRefused extends Error {}

/** Too much at once: not before so many milliseconds. */
export class ChatBusy extends Error {
  constructor(readonly afterMs: number) {
    super('busy');
  }
}
