/** R1: `view.facts`: a row per meeting, made with its burst; what older programs wrote is filled in once. */
import { factsOf, type MeetingFacts } from '../domain/review/facts.js';
import type { MeetingState } from '../domain/meeting/state.js';
import type { Driver } from './driver.js';

/** Under the names of the columns. */
export function factsRow(state: MeetingState): Record<string, unknown> {
  const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(factsOf(state)).map(([name, value]) => [snake(name), value]));
}

/** A row of `view.facts` as the rule made it. */
export function factsFrom(row: Record<string, unknown>): MeetingFacts {
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [camel(name), plain(name, value)]),
  ) as unknown as MeetingFacts;
}

/** bigint comes as text from one of the drivers. */
const plain = (name: string, value: unknown): unknown => (name.endsWith('_at') ? Number(value) : value);

const without = {
  name: 'meetings_without_facts',
  text: `select m.id, m.state from view.meetings m
    where m.id > $1 and not exists (select 1 from view.facts f where f.meeting_id = m.id)
    order by m.id limit 50`,
};

/** A burst that comes in between has the newer facts, and they stay. */
const fill = {
  name: 'fill_facts',
  text: `insert into view.facts select * from jsonb_populate_recordset(null::view.facts, $1::jsonb)
    on conflict (meeting_id) do nothing`,
};

const missing = {
  name: 'facts_missing',
  text: `select exists(select 1 from view.meetings m
    where not exists (select 1 from view.facts f where f.meeting_id = m.id)) as behind`,
};

/**
 * Meetings that an older program wrote: all of them once, after the upgrade, while everything else goes on. Each small piece
 * is written by itself, so that whoever is cut off loses nothing, and any number of processes may do it at once. Whoever
 * counts over facts calls it first: with nothing to do it is one question.
 */
export async function fillFacts(driver: Driver): Promise<void> {
  for (let last = ''; ;) {
    const rows = await driver.run(without, [last]);
    if (rows.length === 0) return;
    await driver.run(fill, [JSON.stringify(rows.map((row) => factsRow(row['state'] as MeetingState)))]);
    last = String(rows.at(-1)!['id']);
  }
}

/** Whether `fillFacts` still has something to do. */
export async function factsMissing(driver: Driver): Promise<boolean> {
  const [row] = await driver.run(missing, []);
  return row?.['behind'] === true;
}
