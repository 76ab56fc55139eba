import type { templates as base } from '../zh-TW/templates.js';

/** P8: the templates that can be downloaded; an uploaded spreadsheet is known by these headings. */
export const templates: Record<keyof typeof base, string> = {
  'column.topic': '议题',
  'column.goal': '目标',
  'column.progress': '进度',
  'column.problem': '问题',
  'column.proposal': '提案',
  'column.support': '所需支持',
  'column.owner': '负责人',
  'column.date': '日期',
  'common.sheet': '统一格式',
  'common.title': '会议材料（统一格式）',
  'common.help': '每个议题一行。请写事实，并说明需要谁的什么支持。',
};
