import { createHash } from 'node:crypto';
import type { Dump, DumpedRow, RawTuple } from './attacker.js';

/** What somebody wants to know: which of these tokens (a text, a choice) belongs to which of these people. */
export interface Target {
  /** Meeting or vote. */
  box: string;
  people: string[];
  /** Texts or choices that occur in the box. */
  tokens: string[];
  /** The order in which people came, as an access log would tell. */
  arrivals: string[];
}

export type Guess = Map<string, string>;
export type Attack = (dump: Dump, target: Target) => Guess;

const mentions = (row: DumpedRow, text: string): boolean => JSON.stringify(row.row).includes(JSON.stringify(text));

/** Rows of a person and rows of a token that one transaction wrote: as SQL shows them, and dead ones in the files. */
export const joinByTransaction: Attack = ({ rows, tuples }, { people, tokens }) => {
  const writers = new Map<string, Set<string>>();
  const add = (xmin: string | number, text: string): void => {
    writers.set(String(xmin), (writers.get(String(xmin)) ?? new Set()).add(text));
  };
  const texts = [...people, ...tokens];
  for (const row of rows) texts.filter((text) => mentions(row, text)).forEach((text) => add(row.xmin, text));
  for (const tuple of tuples) {
    texts.filter((text) => tuple.bytes.includes(text)).forEach((text) => add(tuple.xmin, text));
  }
  const guess: Guess = new Map();
  for (const written of writers.values()) {
    const [who, what] = [people.filter((p) => written.has(p)), tokens.filter((t) => written.has(t))];
    if (who.length === 1 && what.length === 1) guess.set(who[0]!, what[0]!);
  }
  return guess;
};

/** The versions that a counter row went through, each beside the voter's row of the same transaction. */
export const replayCounters: Attack = ({ tuples }, { box, people, tokens }) => {
  const counters = tuples
    .filter(({ table, bytes }) => table === 'record.open_ballot_boxes' && bytes.includes(box))
    .map((tuple) => ({ xmin: tuple.xmin, ...countsOf(tuple) }))
    .sort((a, b) => a.voted - b.voted);
  const guess: Guess = new Map();
  counters.forEach((now, i) => {
    const before = counters[i - 1];
    if (before === undefined || now.voted !== before.voted + 1) return;
    const choice = (['agree', 'against', 'neutral'] as const).find((c) => now[c] === before[c] + 1);
    const voters = people.filter((p) => tuples.some((t) => t.xmin === now.xmin && t.bytes.includes(p)));
    if (choice !== undefined && tokens.includes(choice) && voters.length === 1) guess.set(voters[0]!, choice);
  });
  return guess;
};

/** The last four columns of record.open_ballot_boxes: voted, agree, against, neutral. */
function countsOf({ bytes }: RawTuple) {
  const column = (fromEnd: number): number => bytes.readInt32LE(bytes.length - 4 * fromEnd);
  return { voted: column(4), agree: column(3), against: column(2), neutral: column(1) };
}

/** The order of texts in a list or a table, beside the order in which people came. */
export const matchByArrival: Attack = (dump, { tokens, arrivals }) => pair(arrivals, inOrder(dump, tokens));

/** The order of texts beside the order of people, each as the database has it. */
export const matchByPlace: Attack = (dump, { people, tokens }) => pair(inOrder(dump, people), inOrder(dump, tokens));

function pair(people: string[], tokens: string[]): Guess {
  return new Map(people.flatMap((person, i) => (tokens[i] === undefined ? [] : [[person, tokens[i]]])));
}

/** Where each text first stands: by table, row, and place in the row. */
function inOrder({ rows }: Dump, texts: string[]): string[] {
  const boxes = rows.filter((row) => /box|seat|suggestion|naive/.test(row.table));
  const place = (ctid: string): number => {
    const [page, item] = ctid.replace(/[()]/g, '').split(',').map(Number);
    return page! * 1000 + item!;
  };
  const all = boxes
    .sort((a, b) => a.table.localeCompare(b.table) || place(a.ctid) - place(b.ctid))
    .map(({ row }) => JSON.stringify({ ...row, electorate: null, eligible: null }))
    .join('\n');
  const found = texts.map((text) => ({ text, at: all.indexOf(JSON.stringify(text)) })).filter(({ at }) => at >= 0);
  return found.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** Any two rows with nearly the same time in any column, one naming a person, one a text. */
export const matchByTime: Attack = ({ rows }, { people, tokens }) => {
  const timed = (texts: string[]) =>
    texts.flatMap((text) =>
      rows.filter((row) => mentions(row, text)).flatMap((row) => times(row).map((at) => ({ text, at }))),
    );
  const [who, what] = [timed(people), timed(tokens)];
  const guess: Guess = new Map();
  for (const person of people) {
    const pairs = who
      .filter(({ text }) => text === person)
      .flatMap(({ at }) => what.map((token) => ({ token: token.text, apart: Math.abs(token.at - at) })))
      .sort((a, b) => a.apart - b.apart);
    const [first, second] = [pairs[0], pairs.find((p) => p.token !== pairs[0]?.token)];
    if (first !== undefined && (second === undefined || first.apart < second.apart)) guess.set(person, first.token);
  }
  return guess;
};

function times({ row }: DumpedRow): number[] {
  return Object.values(row).flatMap((value) => {
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return [];
    return [
      Number(value.match(/\.(\d+)/)?.[1]?.padEnd(6, '0') ?? 0) / 1000 + Math.floor(Date.parse(value) / 1000) * 1000,
    ];
  });
}

/** A hash beside a person, of what they can have said: few scores and choices are guessed at once. */
export const guessHashes: Attack = ({ rows }, { people, tokens }) => {
  const bodies = (token: string): string[] => [token, `{"score":${token}}`, `{"choice":"${token}"}`, `"${token}"`];
  const guess: Guess = new Map();
  for (const person of people) {
    const text = rows
      .filter((row) => mentions(row, person))
      .map((row) => JSON.stringify(row.row))
      .join('\n');
    for (const token of tokens) {
      const hashes = [token, person + token, token + person]
        .flatMap(bodies)
        .flatMap((body) =>
          (['sha1', 'sha256', 'md5'] as const).map((name) => createHash(name).update(body).digest('hex')),
        );
      if (hashes.some((hash) => text.includes(hash))) guess.set(person, token);
    }
  }
  return guess;
};

/** What stands right after a person, in a row or in a JSON value. */
export const readBeside: Attack = ({ rows }, { people, tokens }) => {
  const guess: Guess = new Map();
  const texts = rows.map((row) => JSON.stringify(row.row));
  for (const person of people) {
    for (const next of texts.flatMap((text) => text.split(`"${person}"`).slice(1))) {
      const beside = tokens.filter((token) => next.slice(0, 60).includes(`"${token}"`));
      if (beside.length === 1) guess.set(person, beside[0]!);
    }
  }
  return guess;
};

export const attacks: Record<string, Attack> = {
  readBeside,
  joinByTransaction,
  replayCounters,
  matchByArrival,
  matchByPlace,
  matchByTime,
  guessHashes,
};
