import type { chat as base } from '../zh-TW/chat.js';

/** F7: messages in conversations. */
export const chat: Record<keyof typeof base, string> = {
  more: '另有 {count} 项，见今日的邮件。',
  personal: '链接仅供您本人使用，请勿转发。',
  shared: '{name} 分享：',
  fromMeeting: '来自会议“{title}”（{date}）',
};
