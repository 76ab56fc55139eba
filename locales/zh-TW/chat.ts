/** F7: messages in conversations. */
export const chat = {
  more: '更多 {count} 項見今日的信件。',
  personal: '連結僅供您本人使用，請勿轉傳。',
  shared: '{name} 分享：',
  fromMeeting: '來自會議「{title}」（{date}）',
};
