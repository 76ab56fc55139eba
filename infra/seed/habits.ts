/** How series are, each in its own way, so that a review has something to find. */
export interface Habit {
  name: 'steady' | 'runsOver' | 'endsEarly' | 'repeats' | 'silent' | 'large' | 'idle' | 'dominated';
  /** Planned minutes. */
  minutes: number;
  /** How long it takes of what is planned, on average. */
  pace: number;
  people: readonly [number, number];
  topics: readonly [number, number];
  /** How often a topic is put off to the next meeting. */
  putOff: number;
  /** Share of its people who never say a word and never vote. */
  silent: number;
  /** Actions, against all others. */
  actions: number;
  /** Added to what it scores. */
  score: number;
  /** One department speaks most of the time. */
  dominated: boolean;
}

const steady: Habit = {
  name: 'steady',
  minutes: 60,
  pace: 0.97,
  people: [6, 11],
  topics: [2, 4],
  putOff: 0.06,
  silent: 0.1,
  actions: 1,
  score: 0.1,
  dominated: false,
};

/** In turn, so that a small organisation has each of them too. */
export const habits: readonly Habit[] = [
  steady,
  { ...steady, name: 'runsOver', pace: 1.35, topics: [4, 6], putOff: 0.2, score: -0.4, actions: 1.2 },
  { ...steady, name: 'endsEarly', pace: 0.5, topics: [1, 2], actions: 0.6, score: 0.15 },
  { ...steady, name: 'repeats', putOff: 0.6, score: -0.3, actions: 0.8 },
  steady,
  { ...steady, name: 'large', people: [16, 21], topics: [4, 5], minutes: 90, pace: 1.05, score: -0.6, actions: 1.3 },
  { ...steady, name: 'silent', people: [10, 14], silent: 0.45, score: -0.1 },
  { ...steady, name: 'idle', topics: [1, 2], pace: 0.7, actions: 0.15, score: -0.2 },
  { ...steady, name: 'dominated', people: [8, 12], dominated: true, score: -0.25 },
];

/** By month, January first: how well things go. Before the new year, and in the holidays, less well. */
export const season: readonly number[] = [-0.15, -0.25, 0.1, 0.1, 0.05, 0, -0.05, -0.1, 0.05, 0.1, 0, -0.2];
