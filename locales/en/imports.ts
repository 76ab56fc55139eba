import type { imports as base } from '../zh-TW/imports.js';

/** What imported tables are called, column by column. */
export const imports: Record<keyof typeof base, string> = {
  title: 'Imported actions {date}',
  'people.name': 'Name',
  'people.email': 'E-mail',
  'people.departments': 'Departments',
  'people.language': 'Language',
  'people.timeZone': 'Time zone',
  'people.nameZhTW': 'Name in Traditional Chinese',
  'people.nameZhCN': 'Name in Simplified Chinese',
  'people.nameEn': 'Name in English',
  'people.wecom': 'WeCom account',
  'people.dingtalk': 'DingTalk account',
  'people.feishu': 'Feishu account',
  'people.slack': 'Slack account',
  'people.webhook': 'Webhook account',
  'departments.name': 'Department',
  'departments.head': 'Head',
  'departments.parent': 'Department above',
  'actions.task': 'Task',
  'actions.owner': 'Owner',
  'actions.due': 'Due date',
  'actions.department': 'Lead department',
  'actions.supporting': 'Supporting departments',
};
