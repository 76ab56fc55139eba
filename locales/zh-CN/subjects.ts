import type { subjects as base } from '../zh-TW/subjects.js';

/** Subject lines, exactly as the table of words.md has them; `decided`, `dueMoved` and `returned` are not in that table. */
export const subjects: Record<keyof typeof base, string> = {
  notice: '【会议通知】{title}({when}),请于{replyBy}前回复',
  emergency: '【紧急会议通知】{title}({when})',
  change: '【会议变更】{title}:{whatChanged},现为{when}',
  cancellation: '【会议取消】{title}(原定{when})',
  notHeld: '【会议未召开】{title}(原定{when})',
  replyReminder: '【请回复是否参会】{title}({when})',
  replyChanged: '【回复已变更】{title}({when})',
  notOpened: '【会议尚未开始】{title}({when}),请开始、改期或取消',
  confirmMinutes: '【请确认会议纪要】{title},{due}前须发出',
  minutes: '【会议纪要】{title}({date}),行动项{n}项',
  draftMinutes: '【会议纪要草稿・未确认】{title}({date})',
  survey: '【会后问卷・匿名】{title},1分钟,{closes}截止',
  surveyReminder: '【问卷即将截止・匿名】{title},{closes}',
  actionReminder: '【行动项提醒】{task},{due}到期',
  missed: '【请更新进度】{task}(原定{due})',
  pleaseCheck: '【请确认完成】{task}',
  escalation: '【请协助决定】{task}({title}),请于{replyBy}前',
  decided: '【已作决定】{task}({title})',
  dueMoved: '【期限已更新】{task},现为{due}',
  returned: '【尚未完成,请继续】{task},{due}到期',
  improvementPlan: '【请提交改进计划】{title},{due}前',
};
