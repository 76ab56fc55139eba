/** The table "Subject lines" of words.md, as it stands there. */
export const subjectTable = `
| notice | 【開會通知】{title}({when}),請於{replyBy}前回覆 | 【会议通知】{title}({when}),请于{replyBy}前回复 | [Meeting notice] {title}, {when} – reply by {replyBy} |
| emergency | 【緊急開會通知】{title}({when}) | 【紧急会议通知】{title}({when}) | [URGENT meeting] {title}, {when} |
| change | 【會議異動】{title}:{whatChanged},現為{when} | 【会议变更】{title}:{whatChanged},现为{when} | [Meeting changed] {title}: {whatChanged}, now {when} |
| cancellation | 【會議取消】{title}(原訂{when}) | 【会议取消】{title}(原定{when}) | [Meeting cancelled] {title} (was {when}) |
| not held | 【會議未召開】{title}(原訂{when}) | 【会议未召开】{title}(原定{when}) | [Meeting not held] {title} ({when}) |
| reply reminder | 【請回覆出席】{title}({when}) | 【请回复是否参会】{title}({when}) | [Please reply] {title}, {when} |
| alternate | 【請安排代理出席】{title}({when}),{replyBy}前 | 【请安排代为参会】{title}({when}),{replyBy}前 | [Alternate needed] {title}, {when} – by {replyBy} |
| host brief | 【主持人會前摘要】{title}({when}),{n}項待處理 | 【主持人会前摘要】{title}({when}),{n}项待处理 | [Host brief] {title}, {when} – {n} open points |
| confirm minutes | 【請確認會議紀錄】{title},{due}前須發出 | 【请确认会议纪要】{title},{due}前须发出 | [Confirm minutes] {title} – due out by {due} |
| minutes | 【會議紀錄】{title}({date}),行動項目{n}項 | 【会议纪要】{title}({date}),行动项{n}项 | [Minutes] {title}, {date} – {n} actions |
| draft minutes | 【會議紀錄草稿・尚未確認】{title}({date}) | 【会议纪要草稿・未确认】{title}({date}) | [Draft minutes, not confirmed] {title}, {date} |
| corrected | 【會議紀錄更正】{title}({date})第{v}版 | 【会议纪要更正】{title}({date})第{v}版 | [Minutes corrected] {title}, {date} – v{v} |
| action reminder | 【行動項目提醒】{task},{due}到期 | 【行动项提醒】{task},{due}到期 | [Action due {due}] {task} |
| missed | 【請更新進度】{task}(原訂{due}) | 【请更新进度】{task}(原定{due}) | [Update needed] {task} (was due {due}) |
| escalation | 【請協助決定】{task}({title}),請於{replyBy}前 | 【请协助决定】{task}({title}),请于{replyBy}前 | [Your decision needed] {task} ({title}) – by {replyBy} |
| survey | 【會後問卷・匿名】{title},1分鐘,{closes}截止 | 【会后问卷・匿名】{title},1分钟,{closes}截止 | [1-minute survey, anonymous] {title} – until {closes} |
| improvement plan | 【請提交改善計畫】{title},{due}前 | 【请提交改进计划】{title},{due}前 | [Improvement plan due {due}] {title} |
| quarterly report | 【季度檢討報告】{year}年第{q}季 跨部門會議({scope}) | 【季度复盘报告】{year}年第{q}季度 跨部门会议({scope}) | [Quarterly review] {year} Q{q} – cross-department meetings ({scope}) |
| not opened | 【會議尚未開始】{title}({when}),請開始、改期或取消 | 【会议尚未开始】{title}({when}),请开始、改期或取消 | [Not opened yet] {title}, {when} – open, move or cancel |
| draft nearing the limit | 【請發布開會通知】{title},{due}前 | 【请发布会议通知】{title},{due}前 | [Publish the notice] {title} – by {due} |
| reply changed | 【回覆已變更】{title}({when}) | 【回复已变更】{title}({when}) | [Reply changed] {title}, {when} |
| please check | 【請確認完成】{task} | 【请确认完成】{task} | [Please confirm done] {task} |
| survey reminder | 【問卷即將截止・匿名】{title},{closes} | 【问卷即将截止・匿名】{title},{closes} | [Survey closes {closes}, anonymous] {title} |
| digest | 【今日待辦】{n}項會議事項({date}) | 【今日待办】{n}项会议事项({date}) | [Today] {n} meeting items, {date} |
`;

/** mail → [zh-TW, zh-CN, en] */
export const subjectRows = new Map(
  subjectTable
    .trim()
    .split('\n')
    .map((line) => {
      const [, name = '', ...texts] = line.split('|').map((cell) => cell.trim());
      return [name, texts.slice(0, 3)] as const;
    }),
);
