/** Departments with heads, and people with two languages of names. */
import type { SeedDepartment, SeedPerson } from '../../archive/seed.js';
import type { Locale } from '../../domain/meeting/state.js';
import type { SeedOptions } from './options.js';
import type { Random } from './random.js';
import { departmentNames, englishNames, englishSurnames, givenNames, surnames } from './words.js';

/** A person as the generator needs them: how they are in meetings, besides what the directory knows. */
export interface Member extends SeedPerson {
  department: string;
  /** 0 (never in time) to 1. */
  reliable: number;
  /** How much they speak, 1 as everybody. */
  talkative: number;
  /** As a host: added to what a meeting scores. */
  skill: number;
}

export interface Organisation {
  departments: SeedDepartment[];
  members: Member[];
  /** By department, its head first. */
  of: Map<string, Member[]>;
}

const divisions = 5;

export function organisationOf({ departments, people, add, seed }: SeedOptions, random: Random): Organisation {
  // Beside others, names and addresses of its own.
  const mark = add ? ` ${seed}` : '';
  const ids = Array.from({ length: departments }, () => random.id('d'));
  const members = Array.from({ length: people }, (_, i) => memberOf(i, ids[i % departments]!, mark.trim(), random));
  const of = new Map(ids.map((id) => [id, members.filter((m) => m.department === id)]));
  const made = ids.map((id, i): SeedDepartment => {
    const parent = i === 0 ? undefined : i <= divisions ? ids[0] : ids[1 + (i % Math.min(divisions, departments - 1))];
    const known = departmentNames[i % departmentNames.length]!;
    const name = i < departmentNames.length ? known : `${known} ${Math.floor(i / departmentNames.length) + 1}`;
    const head = of.get(id)![0]!.id;
    return { id, name: name + mark, head, ...(parent === undefined || parent === id ? {} : { parent }) };
  });
  return { departments: made, members, of };
}

const locales: readonly Locale[] = ['zh-TW', 'zh-TW', 'zh-TW', 'zh-CN', 'en'];

function memberOf(i: number, department: string, mark: string, random: Random): Member {
  const locale = random.pick(locales);
  const [family, familyLatin] = random.pick(surnames);
  const [given, givenLatin] = random.pick(givenNames);
  const english = random.pick(englishNames);
  const foreign = locale === 'en' && random.chance(0.6);
  const latin = foreign ? random.pick(englishSurnames) : familyLatin.charAt(0).toUpperCase() + familyLatin.slice(1);
  const name = foreign ? `${english} ${latin}` : `${family}${given}`;
  const box = foreign ? `${english}.${latin}`.toLowerCase() : `${givenLatin}.${familyLatin}`;
  return {
    id: random.id('p'),
    name,
    names: foreign ? {} : { en: `${english} ${latin}`, 'zh-TW': name },
    // Several people have one name; none have one address.
    email: `${box}${i + 1}${mark.replace(/[^a-z0-9]/gi, '').toLowerCase()}@example.com`,
    locale,
    departments: [department],
    department,
    reliable: Math.min(1, Math.max(0.25, random.near(0.78, 0.2))),
    talkative: random.chance(0.06) ? 6 : random.near(1, 0.5),
    skill: random.near(0, 0.35),
  };
}
