import type { imports as base } from '../zh-TW/imports.js';

/** What imported tables are called, column by column. */
export const imports: Record<keyof typeof base, string> = {
  title: '导入的待办事项 {date}',
  'people.name': '姓名',
  'people.email': '电子邮件',
  'people.departments': '部门',
  'people.language': '语言',
  'people.timeZone': '时区',
  'people.nameZhTW': '繁体中文姓名',
  'people.nameZhCN': '简体中文姓名',
  'people.nameEn': '英文姓名',
  'people.wecom': '企业微信账号',
  'people.dingtalk': '钉钉账号',
  'people.feishu': '飞书账号',
  'people.slack': 'Slack 账号',
  'people.webhook': 'Webhook 账号',
  'departments.name': '部门',
  'departments.head': '主管',
  'departments.parent': '上级部门',
  'actions.task': '任务',
  'actions.owner': '负责人',
  'actions.due': '截止日期',
  'actions.department': '主责部门',
  'actions.supporting': '协办部门',
};
