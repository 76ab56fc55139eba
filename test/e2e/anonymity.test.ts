/** F5, E8 against somebody who has everything: database, decoded histories, logs. The archive's own test has the database alone. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { openArchive } from '../../archive/open.js';
import type { Dump, DumpedRow } from '../archive/attacker.js';
import { attacks } from '../archive/attacks.js';
import { aTarget, choices, hits, shuffled } from '../archive/told.js';
import type { Told } from '../archive/told.js';
import { dumpWiped } from '../archive/wiped.js';
import { ok } from '../faults/caller.js';
import { until } from '../faults/until.js';
import { describeOneDatabase } from '../support/postgres.js';
import { agreed, wednesday } from './agreed.js';
import { Meeting, plusDays } from './meeting.js';
import { Product } from './product.js';

const [people, meetings, votes] = [12, 4, 3];
const mail = (n: number): string => `voter${n}@example.com`;

/** Five standard deviations above guessing. */
const bound = (tries: number, chance: number): number => tries * chance + 5 * Math.sqrt(tries * chance * (1 - chance));

interface Everything {
  dumped: Dump;
  histories: string;
  logs: string;
  ballots: Told[];
  answers: Told[];
}

/** Every payload of a history as the text that was encoded. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  const { data, metadata } = value as { data?: unknown; metadata?: unknown };
  if (typeof data === 'string' && metadata !== undefined) {
    const text = Buffer.from(data, 'base64').toString('utf8');
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decoded(part)]));
}

/** What is no table, as rows that the attacks understand. */
const asRows = (table: string, rows: Record<string, unknown>[]): DumpedRow[] =>
  rows.map((row, i) => ({ table, ctid: `(0,${i + 1})`, xmin: `${table}-${i}`, row }));

/** JSON lines; their times as texts, like those of the database. */
const logRows = (logs: string): Record<string, unknown>[] =>
  logs.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const row = JSON.parse(line) as Record<string, unknown>;
    return [{ ...row, time: new Date(Number(row['time'])).toISOString() }];
  });

describeOneDatabase('F5, E8 anonymity with database, histories and logs', (database) => {
  let product: Product;
  let all: Everything;

  beforeAll(async () => {
    const where = database();
    product = await Product.start(where, { LOG_LEVEL: 'info' });
    const ids = await peopleOf(product);
    const told: Pick<Everything, 'ballots' | 'answers'> = { ballots: [], answers: [] };
    const held: Meeting[] = [];
    for (let n = 0; n < meetings; n++) held.push(await hold(product, ids, n, told));
    const events = await Promise.all(held.map(({ id }) => historyOf(product, id)));
    await product.halt();
    const archive = await openArchive(
      where.kind === 'postgres' ? { databaseUrl: where.url } : { dataDir: path.join(product.folder, 'data/archive') },
    );
    const dumped = await dumpWiped(archive, [...told.ballots, ...told.answers]);
    await archive.close();
    const logs = product.process.output();
    dumped.rows.push(...asRows('history', events.flat()), ...asRows('log', logRows(logs)));
    all = { ...told, dumped, histories: JSON.stringify(events), logs };
  }, 240_000);
  afterAll(() => product?.stop(), 60_000);

  for (const [name, attack] of Object.entries(attacks)) {
    test(`E8 ${name} tells no more of secret ballots than guessing`, () => {
      expect(hits(attack, all.dumped, all.ballots)).toBeLessThanOrEqual(bound(people * meetings * votes, 1 / 3));
    });
    test(`F5 ${name} tells no more of suggestions than guessing`, () => {
      expect(hits(attack, all.dumped, all.answers)).toBeLessThanOrEqual(bound(people * meetings, 1 / people));
    });
  }

  test('the attacker had something to look at: histories, logs, and the published suggestions', () => {
    expect(all.histories).toContain('mail survey to 12');
    expect(logRows(all.logs).filter(({ route }) => route === '/v1/meetings/:id/open').length).toBe(meetings);
    const rows = JSON.stringify(all.dumped.rows);
    for (const { tokens } of all.answers) for (const token of tokens) expect(rows).toContain(token);
  });

  test('F5 no suggestion is in a history or a log, and no link of a mail', () => {
    for (const { tokens } of all.answers) {
      for (const token of tokens) expect(all.histories + all.logs).not.toContain(token);
    }
    expect(all.histories + all.logs).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20}/);
  });

  test('E8, F5 no log line about a ballot or an answer says who, what or in which order', () => {
    const lines = logRows(all.logs).filter((row) => /ballots|feedback/.test(JSON.stringify(row)));
    for (const line of lines)
      expect(JSON.stringify(line)).not.toMatch(/voter\d|p[a-z2-7]{16}|"(agree|against|neutral)"/);
  });

  test('E8 no event of a history has a choice and is about one person', () => {
    const events = all.dumped.rows.filter(({ table }) => table === 'history').map(({ row }) => JSON.stringify(row));
    const single = events.filter(
      (event) =>
        /"choice"/.test(event) ||
        (/"(agree|against|neutral)"/.test(event) && new Set(event.match(/"p[a-z2-7]{16}"/g)).size === 1),
    );
    expect(single).toEqual([]);
  });
});

async function peopleOf(product: Product): Promise<string[]> {
  const made = [];
  for (let n = 0; n < people; n++)
    made.push(await ok(product.api.put(`/v1/people/${mail(n)}`, { name: `Voter ${n}` })));
  return made.map(({ id }) => id as string);
}

/** Three balanced secret votes and a survey that everybody answers, each in an order of its own. */
async function hold(product: Product, ids: string[], n: number, told: Pick<Everything, 'ballots' | 'answers'>) {
  const meeting = await Meeting.create(
    product,
    agreed(`匿名的會 ${n}`, {
      publish: true,
      initiator: { department: '研發部', email: mail(0) },
      host: mail(0),
      coordinator: mail(0),
      recorder: mail(0),
      participants: ids.map((email, i) => ({ email, department: `部門 ${i % 4}`, role: 'core' })),
      agenda: [{ title: '一件事', minutes: 30, priority: 1 }],
    }),
  );
  await meeting.goTo(wednesday, '09:31');
  await meeting.post('/open');
  for (const id of ids) await meeting.put(`/attendance/${id}`, { present: true });
  const { topicId } = (await meeting.read()).agenda[0];
  await meeting.post(`/topics/${topicId}/start`);
  for (let v = 0; v < votes; v++) {
    const { id } = await meeting.post('/votes', { topicId, motion: `提案 ${v}`, secret: true });
    const truth = new Map(shuffled(ids).map((person, i) => [person, choices[i % 3]!]));
    const order = shuffled(ids);
    for (const person of order) await meeting.put(`/votes/${id}/ballots/${person}`, { choice: truth.get(person) });
    expect(await meeting.post(`/votes/${id}/close`)).toMatchObject({ agree: 4, against: 4, neutral: 4 });
    told.ballots.push(aTarget(id as string, truth, order));
  }
  await meeting.post('/close');
  await meeting.quiet();
  const truth = new Map(ids.map((id) => [id, `建議 ${Math.random().toString(36).slice(2)}`]));
  const order = shuffled(ids);
  for (const person of order) {
    const link = await meeting.link(mail(ids.indexOf(person)), '【會後問卷・匿名】');
    const answer = { score: 1 + Math.floor(Math.random() * 5), suggestion: truth.get(person) };
    await ok(product.api.post(`/v1/feedback/${link.split('/').at(-1)!}`, answer));
  }
  told.answers.push(aTarget(meeting.id, truth, order));
  await meeting.post('/minutes/confirm');
  await meeting.goTo(plusDays(wednesday, 8), '12:00');
  await until('the survey is published', async () => (await meeting.read()).survey?.answers === people);
  return meeting;
}

async function historyOf(product: Product, id: string): Promise<Record<string, unknown>[]> {
  const history = await product.temporal.client.workflow.getHandle(`meeting-${id}`).fetchHistory();
  const { events } = JSON.parse(historyToJSON(history)) as { events: Record<string, unknown>[] };
  return events.map((event) => decoded(event) as Record<string, unknown>);
}
