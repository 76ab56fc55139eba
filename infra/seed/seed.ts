import type { Archive } from '../../archive/open.js';
import type { SeedMeeting } from '../../archive/seed.js';
import { StartProblem } from '../problem.js';
import type { Progress } from '../progress.js';
import type { Generated } from './generate.js';
import type { SeedOptions } from './options.js';

const batch = 200;

/** Writes it all; refuses a database that is in use. */
export async function seed(
  archive: Pick<Archive, 'seeding' | 'kind' | 'knowledge'>,
  generated: Generated,
  { options, progress }: { options: Pick<SeedOptions, 'add' | 'meetings'>; progress: Progress },
): Promise<void> {
  const { seeding } = archive;
  const { organisation, series } = generated;
  const there = await seeding.meetings();
  if (there > 0 && !options.add)
    throw new StartProblem(
      `This database has ${there} meetings already, and generated ones would lie among them. ` +
        'Use an empty database (DATABASE_URL, CONVOKE_DATA), or add --add to do it all the same.',
    );
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1_000)} s`;
  await seeding.organisation(organisation.departments, organisation.members, series).catch((error: unknown) => {
    throw isTaken(error)
      ? new StartProblem('This organisation is in the database already: give another --seed.')
      : error;
  });
  let [written, actions, waiting] = [0, 0, [] as SeedMeeting[]];
  const flush = async (): Promise<void> => {
    await seeding.write(waiting);
    written += waiting.length;
    waiting = [];
    if (written % (5 * batch) === 0)
      progress(`${written} of ${options.meetings} meetings, ${actions} actions, ${seconds()} …`);
  };
  for (const meeting of generated.meetings()) {
    waiting.push(meeting);
    actions += meeting.state.actions.length;
    if (waiting.length === batch) await flush();
  }
  await flush();
  progress(`What the meetings leave goes into the knowledge base, ${seconds()} …`);
  // R5: what was written past the bursts is found, too.
  await archive.knowledge.catchUp();
  await seeding.finish();
  const { departments, members } = organisation;
  progress(
    `Written in ${seconds()}: ${departments.length} departments, ${members.length} people, ${series.length} series, ` +
      `${written} meetings from ${generated.from} to ${generated.until}, ${actions} actions.`,
  );
}

/** A department's name or a person's address that is there already. */
const isTaken = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  /unique|23505|taken|conflict/i.test(`${(error as { code?: string }).code ?? ''} ${String((error as Error).message)}`);
