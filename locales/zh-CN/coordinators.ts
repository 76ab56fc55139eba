import type { coordinators as base } from '../zh-TW/coordinators.js';

/** R4: why somebody could coordinate the next meeting. */
export const coordinators: Record<keyof typeof base, string> = {
  'stage.newcomer': '还没有观摩过会议',
  'stage.observer': '正在观摩',
  'stage.coHost': '可以协调会议',
  'stage.host': '可以主持会议',
  noLoad: '目前没有负责协调的会议',
  load: '目前协调 {count} 场未结束的会议',
  never: '最近两年没有协调过',
  last: '上次协调是 {date}',
  observeFirst: '建议先再观摩 {count} 场',
};
