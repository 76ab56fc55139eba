/** Data that leaves: the calendar to subscribe to, and people who were erased. */
export const data = {
  feedName: '我的協調會議',
  confidentialMeeting: '機密會議',
  confidentialDue: '機密事項到期',
  due: '截止：{task}',
  dueOf: '來自會議「{meeting}」',
  formerMember: '前成員',
};
