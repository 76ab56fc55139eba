import type { subjects as base } from '../zh-TW/subjects.js';

/** Subject lines, exactly as the table of words.md has them; `decided`, `dueMoved` and `returned` are not in that table. */
export const subjects: Record<keyof typeof base, string> = {
  notice: '[Meeting notice] {title}, {when} – reply by {replyBy}',
  emergency: '[URGENT meeting] {title}, {when}',
  change: '[Meeting changed] {title}: {whatChanged}, now {when}',
  cancellation: '[Meeting cancelled] {title} (was {when})',
  notHeld: '[Meeting not held] {title} ({when})',
  replyReminder: '[Please reply] {title}, {when}',
  replyChanged: '[Reply changed] {title}, {when}',
  notOpened: '[Not opened yet] {title}, {when} – open, move or cancel',
  confirmMinutes: '[Confirm minutes] {title} – due out by {due}',
  minutes: '[Minutes] {title}, {date} – {n} actions',
  draftMinutes: '[Draft minutes, not confirmed] {title}, {date}',
  survey: '[1-minute survey, anonymous] {title} – until {closes}',
  surveyReminder: '[Survey closes {closes}, anonymous] {title}',
  actionReminder: '[Action due {due}] {task}',
  missed: '[Update needed] {task} (was due {due})',
  pleaseCheck: '[Please confirm done] {task}',
  escalation: '[Your decision needed] {task} ({title}) – by {replyBy}',
  decided: '[Decided] {task} ({title})',
  dueMoved: '[New due date {due}] {task}',
  returned: '[Not done yet, due {due}] {task}',
  improvementPlan: '[Improvement plan due {due}] {title}',
};
