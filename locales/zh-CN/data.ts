import type { data as base } from '../zh-TW/data.js';

/** Data that leaves: the calendar to subscribe to, and people who were erased. */
export const data: Record<keyof typeof base, string> = {
  feedName: '我的协调会议',
  confidentialMeeting: '机密会议',
  confidentialDue: '机密事项到期',
  due: '截止：{task}',
  dueOf: '来自会议“{meeting}”',
  formerMember: '前成员',
};
