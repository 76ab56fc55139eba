/** `npm run demo`: a series of meetings, or one meeting's whole life, on the real stack, told as it happens. */
import { reasonOf, StartProblem } from '../problem.js';
import { ApiRefusal } from './api.js';
import { help, languageOf, readOptions } from './args.js';
import { StoryProblem, UserMistake } from './problems.js';
import { readScenario, sampleFile, zoneNameOf } from './scenario.js';
import { readSeason } from './series/sample.js';
import { Show } from './show.js';
import { exitCodeOf, firstSignal } from './signals.js';
import { DemoStack } from './stack.js';
import { type Words, wordsFor } from './words.js';

const { argv, env, stdout, stderr } = process;
/** A part that is just starting may take this long to be ended, too. */
const stopWithinMs = 20_000;

const complain = (line: string): void => void stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(argv.slice(2), env);
  if (options.help) {
    stdout.write(help);
    return 0;
  }
  const guess = languageOf(options.lang, env);
  const scenario = readScenario(options.file ?? sampleFile(guess), wordsFor(guess, 'sample'));
  const locale = options.lang ?? languageOf(scenario.file === undefined ? guess : localeIn(scenario.meeting), env);
  const { keep, short } = options;
  const season = scenario.file === undefined && !short ? readSeason(guess, scenario) : undefined;
  const words = wordsFor(locale, scenario.file !== undefined ? 'own' : season === undefined ? 'sample' : 'series');
  const stack = new DemoStack({ timeZone: zoneNameOf(scenario), calendar: scenario.calendar, locale, keep, env });
  const show = new Show({ scenario, season, locale, words, stack, output: stdout, env, keep });
  return untilTheEnd(show, stack, words, keep);
}

/** What the file says of its own language; anything else is for the API to refuse. */
const localeIn = (meeting: Record<string, unknown>): string | undefined =>
  typeof meeting['locale'] === 'string' ? meeting['locale'] : undefined;

async function untilTheEnd(show: Show, stack: DemoStack, words: Words, keep: boolean): Promise<number> {
  const signalled = firstSignal();
  try {
    const early = await Promise.race([show.perform(), signalled]);
    if (early !== undefined) {
      show.remark(words.say('interrupted'));
      return exitCodeOf(early);
    }
    if (!stdout.isTTY) show.remark(words.say('notATerminal'));
    else {
      show.remark(words.say(keep ? 'stayKeep' : 'stay'));
      await Promise.race([signalled, stack.failed]);
      show.remark(words.say('stopping'));
    }
    return 0;
  } catch (error) {
    explain(error, show, words);
    return 1;
  } finally {
    await stack.stop(stopWithinMs);
  }
}

/** What went wrong: which step, what was expected, what came. A stack only where the fault is ours. */
function explain(error: unknown, show: Show, { say }: Words): void {
  if (error instanceof UserMistake) return error.lines.forEach(complain);
  if (error instanceof StartProblem) return complain(error.message);
  complain(say('failed', { step: show.doing }));
  if (error instanceof StoryProblem) {
    complain(say('expected', { text: error.expected }));
    complain(say('came', { text: error.came }));
  } else if (error instanceof ApiRefusal) {
    complain(say('expected', { text: say('expect.answer', { call: `${error.method} ${error.path}` }) }));
    complain(say('came', { text: `${error.status} ${error.title}` }));
    for (const { path, message } of error.faults)
      complain(`  - ${path === '' ? message : say('fileFault', { path, message })}`);
  } else {
    complain(say('came', { text: reasonOf(error) }));
    complain(error instanceof Error && error.stack !== undefined ? error.stack : '');
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof UserMistake ? error.message : String(error instanceof Error ? error.stack : error));
    process.exit(1);
  },
);
