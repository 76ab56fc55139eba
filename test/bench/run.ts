/** `npm run bench`: the product beside the bare engine, on the same server, in one run. Figures only; nothing passes or fails. */
import { productContestant } from './api.js';
import { ballots } from './ballots.js';
import { bareContestant, type Contestant } from './contestants.js';
import { measure, row, sum, type Figures } from './figures.js';
import { memory } from './memory.js';
import { startStage } from './stage.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const startsPerRound = 60;
const commandsPerRound = 200;
/** Commands go to so many meetings at once. */
const meetings = 16;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Measured {
  starts: Figures;
  commands: Figures;
}

/** In rounds, one after the other, so that whatever else the machine does meets all of them alike. */
async function race(contestants: Contestant[]): Promise<Measured[]> {
  const starts: Figures[][] = contestants.map(() => []);
  const commands: Figures[][] = contestants.map(() => []);
  for (const { start, command } of contestants) {
    await measure(20, 8, start);
    await measure(2 * meetings, meetings, command);
  }
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds} …`);
    for (const [i, { start }] of contestants.entries()) starts[i]!.push(await measure(startsPerRound, 8, start));
    for (const [i, { command }] of contestants.entries())
      commands[i]!.push(await measure(commandsPerRound, meetings, command));
  }
  return contestants.map((_, i) => ({ starts: sum(starts[i]!), commands: sum(commands[i]!) }));
}

const stage = await startStage();
try {
  const product = await productContestant(stage, meetings, say);
  const contestants = [
    await bareContestant(stage, 'skeleton', '(a) bare', meetings),
    await bareContestant(stage, 'archivedSkeleton', '(b) bare with an archive activity per burst', meetings),
    product,
  ];
  const [a, b, c] = (await race(contestants)) as [Measured, Measured, Measured];
  for (const [i, figures] of [a, b, c].entries()) {
    say(row(`${contestants[i]!.name}: starts`, figures.starts));
    say(row(`${contestants[i]!.name}: commands`, figures.commands));
  }
  say(`starts: ${(c.starts.perSecond / a.starts.perSecond).toFixed(2)} of (a), target 0.9`);
  say(`commands: ${(c.commands.perSecond / b.commands.perSecond).toFixed(2)} of (b), target 0.9`);
  await product.behind();
  await ballots(stage, product, rounds, say);
  for (const contestant of contestants) await contestant.stop();
  await memory(stage, say);
} finally {
  await stage.stop();
}
process.exit(0);
