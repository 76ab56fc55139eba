import { isLocalDate } from '../../domain/calendar/index.js';
import { StartProblem } from '../problem.js';

export interface SeedOptions {
  seed: string;
  meetings: number;
  actions: number;
  years: number;
  departments: number;
  people: number;
  /** The last day, local; today unless given. */
  until?: string;
  /** Into a database that has meetings already. */
  add: boolean;
  help: boolean;
}

export const defaults: SeedOptions = {
  seed: '1',
  meetings: 6_000,
  actions: 40_000,
  years: 3,
  departments: 30,
  people: 400,
  add: false,
  help: false,
};

export const help = `npm run seed [-- options]

Writes a generated organisation into the database that DATABASE_URL names, else into the data folder's own
(CONVOKE_DATA): departments, people, series, and years of meetings with their actions, to look at, measure and test with.
The same options give the same organisation. Nothing is mailed, and no workflow is started: its meetings can be read and
reviewed, not acted upon.

  --seed TEXT        which organisation (default 1)
  --departments N    (default 30)
  --people N         (default 400)
  --years N          how far back it begins (default 3)
  --meetings N       in all (default 6000)
  --actions N        about so many in all (default 40000)
  --until YYYY-MM-DD its last day, seen from 18:00 (default: today in
                     CONVOKE_TIME_ZONE, before 18:00 the day before)
  --add              also into a database that has meetings already
  --help             this text

--meetings without --actions keeps the proportion.
`;

const numbers = {
  meetings: [1, 200_000],
  actions: [0, 2_000_000],
  years: [1, 10],
  departments: [2, 500],
  people: [4, 20_000],
} as const satisfies Partial<Record<keyof SeedOptions, readonly [number, number]>>;

/** Throws a StartProblem for an option that there is not. */
export function readSeedOptions(args: readonly string[]): SeedOptions {
  const options: SeedOptions = { ...defaults };
  const wrong = (line: string): never => {
    throw new StartProblem(`${line} See npm run seed -- --help.`);
  };
  const given = new Set<string>();
  const rest = args.flatMap((arg) =>
    /^--\w+=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg],
  );
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const name = arg.replace(/^--/, '');
    given.add(name);
    if (arg === '--help' || arg === '-h') options.help = true;
    else if (arg === '--add') options.add = true;
    else if (arg === '--seed') options.seed = rest.shift() ?? wrong('--seed needs a value.');
    else if (arg === '--until') {
      const value = rest.shift() ?? '';
      options.until = isLocalDate(value) ? value : wrong(`--until needs a date like 2026-03-31, not "${value}".`);
    } else if (arg.startsWith('--') && Object.hasOwn(numbers, name)) {
      const key = name as keyof typeof numbers;
      const [least, most] = numbers[key];
      const text = rest.shift() ?? '';
      const value = /^\d+$/.test(text) ? Number(text) : NaN;
      options[key] =
        value >= least && value <= most
          ? value
          : wrong(`${arg} needs a whole number from ${least} to ${most}, not "${text}".`);
    } else wrong(`There is no option ${arg}.`);
  }
  if (!given.has('actions')) options.actions = Math.round((options.meetings * defaults.actions) / defaults.meetings);
  if (options.people < options.departments * 2) wrong('Two people per department are needed at least: raise --people.');
  return options;
}
