import { describe, expect, test } from 'vitest';
import { permissions } from '../../domain/meeting/authorize.js';
import type { CommandName } from '../../domain/meeting/commands.js';
import { allowedIn } from '../../domain/meeting/phases.js';
import { defaultNorms } from '../../domain/norms.js';
import { subjects } from '../../locales/en/subjects.js';
import { codes, filesUnder, read, tables, tableWith, unionOf } from './support.js';

const pages = {
  preparation: 'preparation.md',
  notice: 'notice.md',
  execution: 'execution.md',
  minutes: 'minutes.md',
  followUp: 'follow-up.md',
} as const;
const page = (name: string): string => read(`docs/phases/${name}`);
const index = page('README.md');
const lives = [...Object.values(pages), 'ends.md'].map((name) => [name, page(name)] as const);
const whole = lives.map(([, text]) => text).join('\n');

const timerKinds = unionOf('domain/meeting/state.ts', 'TimerKind');
const mailKinds = unionOf('domain/meeting/effects.ts', 'MailKind');
const commands = Object.keys(allowedIn);
const norms: Record<string, unknown> = { ...defaultNorms };

/** The rows of all timelines: tables that say who is mailed. */
const timelines = lives.flatMap(([, text]) => tables(text).filter((rows) => 'Mail → to' in (rows[0] ?? {}))).flat();

describe('the pages of the phases say what the code does', () => {
  test('every timer, mail, command and norm stands on a page', () => {
    const said = new Set(codes(whole).flatMap((code) => [code, code.split(' = ')[0] ?? '']));
    // The version of the norms is no number of the standard.
    const names = Object.keys(defaultNorms).filter((name) => name !== 'version');
    const missing = [...timerKinds, ...mailKinds, ...commands, ...names, 'pmo'].filter((name) => !said.has(name));
    expect(missing).toEqual([]);
  });

  test('every norm is given with its default', () => {
    const said = codes(whole).flatMap((code) => {
      const [name, value] = code.split(' = ');
      return name !== undefined && value !== undefined ? [[name, value]] : [];
    });
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter(([name, value]) => String(norms[name as string]) !== value)).toEqual([]);
  });

  test('each column of a timeline names only what there is', () => {
    expect(timelines.length).toBeGreaterThan(50);
    const unknown = timelines.flatMap((row) => [
      ...codes(row['Mail → to'] ?? '').filter((code) => !mailKinds.includes(code)),
      ...byOf(row).filter(({ name, isTimer }) => !(isTimer ? timerKinds : commands).includes(name)),
    ]);
    expect(unknown).toEqual([]);
  });

  test('every timer stands in a timeline as such, and every mail', () => {
    const by = timelines.flatMap(byOf).filter(({ isTimer }) => isTimer);
    expect(timerKinds.filter((kind) => !by.some(({ name }) => name === kind))).toEqual([]);
    const mails = timelines.flatMap((row) => codes(row['Mail → to'] ?? ''));
    expect(mailKinds.filter((kind) => !mails.includes(kind))).toEqual([]);
  });

  test.each(Object.entries(pages))('%s lists the commands of that phase', (phase, name) => {
    const line = /^Commands: ([^]*?)\n\n/m.exec(page(name))?.[1] ?? '';
    const expected = commands.filter((c) => (allowedIn[c as CommandName] as string[]).includes(phase));
    expect(codes(line).sort()).toEqual(expected.sort());
  });

  test('what a plan and a notice are checked for is all there', () => {
    const sources = ['checks', 'agenda', 'preparation', 'patch']
      .map((file) => read(`domain/meeting/${file}.ts`))
      .join('\n');
    const checked = [...sources.matchAll(/fault\(\s*'([A-Z]\d{1,2}\.\w+)'/g)].map((match) => match[1] ?? '');
    expect(checked.length).toBeGreaterThan(15);
    expect(checked.filter((code) => !codes(whole).includes(code))).toEqual([]);
  });

  test('every rule that the meeting cites, and every code that it refuses with, is real on both sides', () => {
    const sources = filesUnder('domain/meeting')
      .filter((file) => file.endsWith('.ts'))
      .map(read)
      .join('\n');
    const faultCodes = new Set([...sources.matchAll(/'([A-Z]\d{1,2}\.\w+)'/g)].map((match) => match[1]));
    const said = codes(whole).filter((code) => /^[A-Z]\d{1,2}\.\w+$/.test(code));
    expect(said.filter((code) => !faultCodes.has(code))).toEqual([]);
    const rules = new Set([...sources.matchAll(/\b([PNEMFXC]\d{1,2})\b/g)].map((match) => match[1] ?? ''));
    expect(rulesIn(whole)).toEqual(expect.arrayContaining([...rules].sort()));
  });
});

describe('the index of the phases', () => {
  test('every mail with its English subject', () => {
    const rows = tableWith(index, 'Subject in English');
    const said = new Map(rows.map((row) => [codes(row['Code'] ?? '')[0], row['Subject in English'] ?? '']));
    expect([...said.keys()].sort()).toEqual([...mailKinds].sort());
    expect([...said.values()].filter((subject) => subject.length < 10)).toEqual([]);
    for (const [name, subject] of Object.entries(subjects))
      // A mail of a kind may have several subjects, by what happened.
      if (mailKinds.includes(name)) expect(said.get(name)).toContain(subject);
      else expect([...said.values(), index].join('\n')).toContain(subject);
  });

  test('who may do what, and in which phases, as the two tables of the domain say', () => {
    const [rows] = tables(index).filter((table) => 'Command' in (table[0] ?? {}));
    const said = rows?.map((row) => [
      codes(row['Command'] ?? '')[0],
      codes(row['Who'] ?? ''),
      codes(row['In the phases'] ?? ''),
    ]);
    const real = commands.map((c) => [c, permissions[c as CommandName], allowedIn[c as CommandName]]);
    expect(said).toEqual(real);
    const explained = tables(index).filter((table) => 'That is' in (table[0] ?? {}))[0] ?? [];
    const relations = new Set(Object.values(permissions).flat());
    expect(explained.map((row) => codes(row['Who'] ?? '')[0]).sort()).toEqual([...relations].sort());
  });
});

/** "timer `x`, `y`" and "`publish`"; what is neither word nor timer (a route) is left out. */
function byOf(row: Record<string, string>): { name: string; isTimer: boolean }[] {
  const parts = (row['By (command or timer)'] ?? '').split(', ');
  return parts.flatMap((part) =>
    codes(part)
      .filter((name) => /^\w+$/.test(name))
      .map((name) => ({ name, isTimer: part.startsWith('timer ') })),
  );
}

/** "P1–P8" counts as all of them. */
function rulesIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, letter, from, to] of text.matchAll(/\b([PNEMFXC])(\d{1,2})(?:–[PNEMFXC](\d{1,2}))?\b/g))
    for (let n = Number(from); n <= Number(to ?? from); n++) found.add(`${letter}${n}`);
  return [...found].sort();
}
