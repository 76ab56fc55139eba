import type { data as base } from '../zh-TW/data.js';

/** Data that leaves: the calendar to subscribe to, and people who were erased. */
export const data: Record<keyof typeof base, string> = {
  feedName: 'My coordination meetings',
  confidentialMeeting: 'Confidential meeting',
  confidentialDue: 'A confidential item is due',
  due: 'Due: {task}',
  dueOf: 'From the meeting “{meeting}”',
  formerMember: 'former member',
};
