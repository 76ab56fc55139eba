import type { Locale } from '../../domain/meeting/state.js';
import { pickLocale } from '../../locales/index.js';
import { UserMistake } from './problems.js';
import { wordsFor } from './words.js';

export interface Options {
  /** A meeting of the user's own. */
  file?: string;
  /** As asked for by --lang. */
  lang?: Locale;
  /** Leaves the data folder when it ends. */
  keep: boolean;
  /** One meeting of the sample only. */
  short: boolean;
  help: boolean;
}

export const help = `npm run demo [-- options]

A supplier is late: a weekly series of three coordination meetings, and an emergency meeting in between, live their whole
lives on a real Temporal server, with real mail and a real database; only the clocks are pushed forward.

  --lang zh-TW|zh-CN|en  language of the story and of the sample (default: the file's, CONVOKE_LOCALE, LANG, else zh-TW)
  --short                one meeting only, from preparation to its close
  --file my-meeting.json one meeting of your own: the body of POST /v1/meetings, or { "meeting": …, "departments": […],
                         "people": […], "calendar": … } like infra/demo/samples/en.json; without "startsAt" the demo
                         picks a day
  --keep                 leaves the data folder when it ends
  --help                 this text

Colours only on a terminal, and not with NO_COLOR.
`;

type Environment = Readonly<Record<string, string | undefined>>;

/** The reader's language before anything was read: what was asked for, then the environment. */
export function languageOf(lang: string | undefined, env: Environment): Locale {
  const system = [env['CONVOKE_LOCALE'], env['LC_ALL'], env['LC_MESSAGES'], env['LANG']]
    .map((name) => name?.split('.')[0]?.replace('_', '-'))
    .filter((name) => name !== undefined && name !== '' && name !== 'C' && name !== 'POSIX');
  return pickLocale(lang, ...system);
}

const known: readonly string[] = ['zh-TW', 'zh-CN', 'en'] satisfies Locale[];

/** Throws UserMistake for an option that there is not. */
export function readOptions(args: readonly string[], env: Environment): Options {
  const { say } = wordsFor(languageOf(undefined, env), 'sample');
  const wrong = (line: string): never => {
    throw new UserMistake([line, say('seeHelp')]);
  };
  const options: Options = { keep: false, short: false, help: false };
  const rest = args.flatMap((arg) => (/^--\w+=/.test(arg) ? splitOnce(arg) : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--help' || arg === '-h') options.help = true;
    else if (arg === '--keep') options.keep = true;
    else if (arg === '--short') options.short = true;
    else if (arg === '--file') options.file = rest.shift() ?? wrong(say('optionNeedsValue', { option: arg }));
    else if (arg === '--lang') {
      const value = rest.shift() ?? wrong(say('optionNeedsValue', { option: arg }));
      options.lang = known.includes(value) ? (value as Locale) : wrong(say('badLang', { value }));
    } else wrong(say('badOption', { option: arg }));
  }
  return options;
}

function splitOnce(arg: string): [string, string] {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}
