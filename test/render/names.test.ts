import { describe, expect, test } from 'vitest';
import { Names } from '../../api/present/context.js';
import type { Locale } from '../../domain/meeting/state.js';
import { contentOf } from '../../render/calendar.js';
import { renderMail } from '../../render/mail/index.js';
import { minutesDocument, minutesMarkdown } from '../../render/minutes.js';
import { departments, done, mailOf, people, planned } from './fixture.js';

const called: Record<Locale, { person: string; department: string }> = {
  'zh-TW': { person: '林美玲', department: '研發部' },
  'zh-CN': { person: '林美玲（简）', department: '研发部' },
  en: { person: 'Mei-Ling Lin', department: 'R&D' },
};
const person = { 'zh-CN': called['zh-CN'].person, en: called.en.person };
const department = { 'zh-CN': called['zh-CN'].department, en: called.en.department };
const cast = {
  people: people.map((p) => (p.id === 'p1' ? { ...p, names: person } : p)),
  departments: departments.map((d) => (d.id === 'd1' ? { ...d, names: department } : d)),
};

describe.each(Object.keys(called) as Locale[])('in %s', (locale) => {
  const { person: name, department: section } = called[locale];

  test('H4, H5 names of answers and pages are those of the reader', async () => {
    const source = {
      people: async () => cast.people.map((p) => ({ ...p, departments: [] })),
      departments: async () => cast.departments,
    };
    const names = await Names.load(source, { people: ['p1', 'p2'], departments: ['d1'] }, locale);
    expect(names.person('p1').name).toBe(name);
    expect(names.personName('p2')).toBe('王大明');
    expect(names.department('d1').name).toBe(section);
  });

  test('H4, H5 names of mails and invitations are those of the reader', async () => {
    const mail = await renderMail(mailOf('notice', locale, cast));
    for (const part of [mail.text, mail.html]) expect(part).toContain(name);
    expect(mail.text).toContain(section);
    const reader = cast.people[1]!;
    const { description } = contentOf({ state: planned(), method: 'REQUEST', reader, locale, ...cast });
    expect(description).toContain(section);
  });

  test('H4, H5 names of the minutes are those of the document', () => {
    const md = minutesMarkdown(minutesDocument({ state: done(), locale, ...cast }));
    expect(md).toContain(name);
  });
});
