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

const behind = {
  name: 'meetings_with_older_facts',
  text: `select m.id, m.revision, m.state from view.facts_behind b join view.meetings m on m.id = b.meeting_id
    where b.meeting_id > $1 order by b.meeting_id limit 50`,
};

/** A meeting that moves on in between stays for the next time. */
const fill = {
  name: 'fill_facts',
  text: `select view.fill_facts(f."meetingId", f.revision, f.facts)
    from jsonb_to_recordset($1::jsonb) as f("meetingId" text, revision integer, facts jsonb)`,
};

const missing = { name: 'facts_missing', text: 'select exists(select 1 from view.facts_behind) as behind' };

/**
 * Meetings that an older program wrote: all of them once, after the upgrade, while everything else goes on. Each small piece
 * is written by itself, so that whoever is cut off loses nothing, and any number of processes may do it at once. Whoever
 * counts over facts calls it first: with nothing to do it is one look into an empty table.
 */
export async function fillFacts(driver: Driver): Promise<void> {
  for (let last = ''; ;) {
    const rows = await driver.run(behind, [last]);
    if (rows.length === 0) return;
    await driver.run(fill, [JSON.stringify(rows.map(filling))]);
    last = String(rows.at(-1)!['id']);
  }
}

const filling = ({ id, revision, state }: Record<string, unknown>) => ({
  meetingId: id,
  revision,
  facts: factsRow(state as MeetingState),
});

/** Whether `fillFacts` still has something to do. */
export async function factsMissing(driver: Driver): Promise<boolean> {
  const [row] = await driver.run(missing, []);
  return row?.['behind'] === true;
}
