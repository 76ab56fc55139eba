/** Chance that is the same for the same seed. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

export interface Random {
  /** 0 (included) to 1. */
  next(): number;
  /** Whole, both included. */
  int(from: number, to: number): number;
  /** True that often, 0 to 1. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** So many different ones, in a random order. */
  some<T>(list: readonly T[], count: number): T[];
  /** Around `mean`, most within `spread`. */
  near(mean: number, spread: number): number;
  /** Like the archive's ids. */
  id(letter?: string): string;
  /** Another line of chance that does not depend on how far this one has gone. */
  fork(name: string): Random;
}

export function randomOf(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const self: Random = {
    next,
    int,
    chance: (share) => next() < share,
    pick: (list) => list[int(0, list.length - 1)]!,
    some: (list, count) => {
      const left = [...list];
      const most = Math.min(count, left.length);
      return Array.from({ length: most }, () => left.splice(int(0, left.length - 1), 1)[0]!);
    },
    near: (mean, spread) => mean + (next() + next() + next() - 1.5) * (spread / 0.75),
    id: (letter = '') => letter + Array.from({ length: 16 }, () => alphabet.charAt(int(0, 31))).join(''),
    fork: (name) => randomOf(`${seed}/${name}`),
  };
  return self;
}

/** FNV-1a over UTF-16, well mixed at the end. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) | 0;
}
