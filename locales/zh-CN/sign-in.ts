import type { signIn as base } from '../zh-TW/sign-in.js';

/** The sign-in sheet and its form (E3). */
export const signIn: Record<keyof typeof base, string> = {
  title: '签到表：{title}',
  sheet: '会议签到表',
  version: '第 {v} 版，{at}',
  scan: '扫码签到',
  no: '序',
  name: '姓名',
  department: '部门',
  role: '身份',
  signature: '签名',
  time: '到场时间',
  arrived: '{time} 已签到',
  heading: '会议签到',
  who: '您是哪一位？',
  help: '只替您自己签到；签到时间会留下记录，主持人看得到。',
  you: '{name}，您好。点击按钮即完成签到。',
  submit: '签到',
  here: '已签到',
  done: '您已签到。',
  early: '{from} 起可以签到。请到时再打开这个页面。',
  over: '这次会议目前不能签到。如您已到场，请告诉主持人。',
};
