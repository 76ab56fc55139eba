/** The rows of imported tables: texts, as cells are. */
import { z } from 'zod';
import { isLocalDate } from '../../domain/calendar/index.js';
import { bounds, departmentRef, email, lines, personRef, text, timeZone } from './base.js';

export const importKinds = ['people', 'departments', 'actions'] as const;
export type ImportKind = (typeof importKinds)[number];

/** Several in one cell: `R&D; Quality`, `研發部、品保部`. */
const several = (most: number) =>
  text(bounds.text)
    .transform((cell) => [...new Set(cell.split(/[;；、\n]/).map((part) => part.trim()))].filter((part) => part !== ''))
    .pipe(z.array(departmentRef()).max(most));

/** A language however offices write it. */
const languages: Record<string, 'zh-TW' | 'zh-CN' | 'en'> = {
  'zh-tw': 'zh-TW',
  'zh-hant': 'zh-TW',
  繁體中文: 'zh-TW',
  繁体中文: 'zh-TW',
  正體中文: 'zh-TW',
  'zh-cn': 'zh-CN',
  'zh-hans': 'zh-CN',
  简体中文: 'zh-CN',
  簡體中文: 'zh-CN',
  en: 'en',
  english: 'en',
  英文: 'en',
  英語: 'en',
  英语: 'en',
};
const language = z
  .string()
  .trim()
  .transform((cell) => languages[cell.toLowerCase()] ?? cell)
  .pipe(z.enum(['zh-TW', 'zh-CN', 'en']));

function dateText() {
  return z.string().superRefine((value, context) => {
    if (!isLocalDate(value))
      context.addIssue({ code: 'custom', message: 'input.date', params: { code: 'input.date' } });
  });
}

/** `2026/3/5`, `2026年3月5日`, `2026.03.05` → `2026-03-05`. */
const date = z
  .string()
  .trim()
  .transform((cell) => {
    const [, y = '', m = '', d = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell) ?? [];
    return y === '' ? cell : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  })
  .pipe(dateText());

const account = () => text(120).optional();

export const rows = {
  people: z.strictObject({
    name: text(bounds.name),
    email: email().optional(),
    departments: several(20).optional(),
    language: language.optional(),
    timeZone: timeZone().optional(),
    nameZhTW: text(bounds.name).optional(),
    nameZhCN: text(bounds.name).optional(),
    nameEn: text(bounds.name).optional(),
    wecom: account(),
    dingtalk: account(),
    feishu: account(),
    slack: account(),
    webhook: account(),
  }),
  departments: z.strictObject({
    name: departmentRef(),
    nameZhTW: text(bounds.name).optional(),
    nameZhCN: text(bounds.name).optional(),
    nameEn: text(bounds.name).optional(),
    head: personRef().optional(),
    parent: departmentRef().optional(),
  }),
  actions: z.strictObject({
    task: lines(bounds.sentence),
    owner: personRef(),
    due: date,
    department: departmentRef().optional(),
    supporting: several(20).optional(),
  }),
};
