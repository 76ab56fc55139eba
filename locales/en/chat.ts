import type { chat as base } from '../zh-TW/chat.js';

/** F7: messages in conversations. */
export const chat: Record<keyof typeof base, string> = {
  more: '{count} more are in today’s mail.',
  personal: 'The links are yours alone; please do not forward them.',
  shared: '{name} shares:',
  fromMeeting: 'From the meeting “{title}” ({date})',
};
