import type { Archive } from '../../archive/open.js';
import type { Choice } from '../../domain/meeting/state.js';
import type { Dump } from './attacker.js';
import { attacks, type Attack, type Target } from './attacks.js';
import { aMeetingId, aPerson, fresh } from './support.js';

/** Twelve people a box: who guesses, is right once in twelve for a text, once in three for a balanced vote. */
export const people = 12;
export const boxes = 12;
export const all = boxes * people;
/** Five standard deviations above guessing: a sound archive fails once in a million runs. */
export const bound = (chance: number): number => all * chance + 5 * Math.sqrt(all * chance * (1 - chance));
export const choices: Choice[] = ['agree', 'against', 'neutral'];

export type Told = Target & { truth: Map<string, string> };

export const shuffled = <T>(list: T[]): T[] =>
  list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

export const aTarget = (box: string, truth: Map<string, string>, order: string[]): Told => ({
  box,
  people: [...truth.keys()],
  tokens: [...new Set(truth.values())].sort(),
  arrivals: order,
  truth,
});

/** How many of all people an attack names rightly. */
export function hits(attack: Attack, dumped: Dump, told: Told[]): number {
  return told.reduce((sum, { truth, ...target }) => {
    const guess = attack(dumped, target);
    return sum + [...truth].filter(([person, token]) => guess.get(person) === token).length;
  }, 0);
}

export const best = (dumped: Dump, told: Told[]): number =>
  Math.max(...Object.values(attacks).map((attack) => hits(attack, dumped, told)));

export async function vote(archive: Archive, meetingId = aMeetingId(), n = 1): Promise<Told> {
  const voteId = `${meetingId}-v${n}`;
  const electorate = Array.from({ length: people }, aPerson);
  await archive.ballots.open({ voteId, meetingId, secret: true, electorate });
  const truth = new Map(electorate.map((person, i) => [person, choices[i % 3]!]));
  const order = shuffled(electorate);
  for (const person of order) await archive.ballots.cast(voteId, person, truth.get(person) as Choice);
  return aTarget(voteId, truth, order);
}

export async function survey(archive: Archive): Promise<Told> {
  const meetingId = aMeetingId();
  const eligible = Array.from({ length: people }, aPerson);
  await archive.surveys.open({ meetingId, eligible, closesAt: 1 });
  const truth = new Map(eligible.map((person) => [person, `words ${fresh()}`]));
  const order = shuffled(eligible);
  for (const person of order)
    await archive.surveys.answer(meetingId, person, 1 + (order.indexOf(person) % 5), truth.get(person));
  return aTarget(meetingId, truth, order);
}

export const many = async (make: () => Promise<Told>, count = boxes): Promise<Told[]> => {
  const told: Told[] = [];
  for (let i = 0; i < count; i++) told.push(await make());
  return told;
};
