import type { preparing as base } from '../zh-TW/preparing.js';

/** Mails to who presents or prepares something without being invited (P3, P8). */
export const preparing: Record<keyof typeof base, string> = {
  materials: '本次会议请您准备材料，期限{due}：{titles}。您不在受邀名单上，不必参会。',
  presents: '本次会议请您汇报：{topics}。您不在受邀名单上；请在轮到该议题时参会，如需全程参加，请联系主持人。',
  also: '另请准备材料，期限{due}：{titles}。',
  changed: '请您准备的内容或时间有变更，以下是目前的安排。',
  late: '还没有收到您的材料：{titles}（期限{due}）。请尽快上传，让参会人会前能读到。',
  cancelled: '会议已取消，您不必再为本次会议准备。',
  calledOff: '中断的会议不再继续，您不必再为本次会议准备。',
  nothing: '议程已调整，您不必再为本次会议准备。',
  topics: '请您汇报的议题',
  contact: '有疑问请联系主持人{host}。',
};
