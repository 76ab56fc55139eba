/**
 * Everything as rows (data out): table after table, page after page by primary key, so that nothing is held in memory. Which
 * columns leave is said here for every table; a table that is named nowhere leaves nothing, and a test tells of it.
 */
import type { Driver, Row } from './driver.js';

interface Exported {
  /** Of its primary key, in order. */
  key: readonly string[];
  /** Columns that stay: secrets, and what only helps a program. */
  without?: readonly string[];
  /** What is left of a row, where more than columns stays behind. */
  only?: (row: Row) => Row;
}

const meeting = (...more: string[]): Exported => ({ key: ['meeting_id', ...more] });

/** E8: a secret vote gives its counts, not who has voted; one that is open nothing at all. */
function ballots({ voters, ballots: choices, ...row }: Row): Row {
  if (row['status'] === 'open') return { vote_id: row['vote_id'], meeting_id: row['meeting_id'], status: 'open' };
  const { marks: _, ...counts } = row;
  return row['secret'] === true ? counts : { ...row, voters, ballots: choices };
}

/** F5: what was published, not who has answered. */
function survey({ answered: _, ...row }: Row): Row {
  const { scores: __, mean: ___, suggestions: ____, answers: _____, ...open } = row;
  return row['status'] === 'open' ? open : row;
}

export const exportedTables: Readonly<Record<string, Exported>> = {
  'record.departments': { key: ['id'], without: ['name_key'] },
  'record.people': { key: ['id'], without: ['name_keys'] },
  'record.memberships': { key: ['person', 'department'] },
  'record.assistants': { key: ['person', 'assistant'] },
  'record.leave': { key: ['person', 'from_date'] },
  'record.erasures': { key: ['person'] },
  'record.keys': { key: ['id'], without: ['hash'] },
  'record.norms': { key: ['version'] },
  'record.norm_years': { key: ['year'] },
  'record.norm_proposals': { key: ['id'] },
  'record.proposals': { key: ['id'] },
  'record.knowledge': { key: ['id'], without: ['words', 'title_words', 'grams', 'request_key', 'request_hash'] },
  'record.knowledge_rules': { key: ['kind'] },
  'record.topic_links': { key: ['a', 'b'] },
  'record.series': { key: ['id'], without: ['request_hash'] },
  'view.meetings': { key: ['id'], without: ['parts', 'run', 'at'] },
  'view.facts': meeting(),
  'record.minutes': meeting('hash'),
  'record.analyses': meeting('hash'),
  'record.written_inputs': meeting('hash'),
  'record.files': meeting('material_id', 'version'),
  'record.stories': { key: ['id'], without: ['request_key', 'request_hash'] },
  'record.backlog': { key: ['topic_id'] },
  'record.backlog_ended': meeting(),
  'record.ballot_boxes': { key: ['vote_id'], only: ballots },
  'record.survey_boxes': { key: ['meeting_id'], only: survey },
  'record.mail': meeting('kind', 'person', 'occasion'),
  'record.digests': { key: ['id'] },
  'record.digest_items': meeting('kind', 'person', 'occasion'),
  'record.invitations': meeting('person'),
  'record.calendar_replies': meeting('person'),
  'record.held_letters': { key: ['letter'] },
  'record.reviews': { key: ['quarter'] },
  'record.review_rows': { key: ['quarter', 'figure', 'at', 'id', 'meeting_id'] },
  'record.audit': meeting('revision', 'event', 'at'),
};

/** Which stay here, and why. */
export const keptTables: Readonly<Record<string, string>> = {
  'record.migrations': 'of the database itself',
  'record.calendar_feeds': 'secret: addresses',
  'record.open_ballot_boxes': 'open votes',
  'record.open_ballot_seats': 'open votes',
  'record.open_survey_boxes': 'open surveys',
  'record.open_survey_seats': 'open surveys',
  'record.open_suggestions': 'open surveys',
  'record.held_suggestions': 'too few to be published (F5)',
  'record.knowledge_meetings': 'in the entries themselves',
  'view.facts_behind': 'what is still to be filled in',
  'view.topics': 'in their meetings',
  'view.actions': 'in their meetings',
  'view.tasks': 'in their meetings',
};

export interface Exports {
  /** Rows of all tables, with the table's name. */
  rows(): AsyncGenerator<{ table: string; row: Row }>;
}

/** Rows at once; a meeting has some 20 KB. */
const atOnce = 100;

export function createExports(driver: Driver): Exports {
  return {
    async *rows() {
      const there = await driver.run(
        {
          name: 'export_tables',
          text: `select table_schema || '.' || table_name as name from information_schema.tables`,
        },
        [],
      );
      const names = new Set(there.map((row) => String(row['name'])));
      for (const [table, how] of Object.entries(exportedTables))
        if (names.has(table)) yield* rowsOf(driver, table, how);
    },
  };
}

async function* rowsOf(driver: Driver, table: string, how: Exported): AsyncGenerator<{ table: string; row: Row }> {
  const key = how.key.map((column) => `t.${column}`).join(', ');
  const text = (after: boolean): string =>
    `select ${key}, (to_jsonb(t) - $1::text[]) as row from ${table} t
      ${after ? `where (${key}) > (${how.key.map((_, i) => `$${i + 2}`).join(', ')})` : ''} order by ${key} limit ${atOnce}`;
  const without = [...(how.without ?? [])];
  for (let last: unknown[] | undefined; ;) {
    const name = `export_${table}_${last === undefined ? 'first' : 'next'}`;
    const rows = await driver.run({ name, text: text(last !== undefined) }, [without, ...(last ?? [])]);
    for (const { row } of rows) yield { table, row: how.only?.(row as Row) ?? (row as Row) };
    const end = rows.at(-1);
    if (end === undefined || rows.length < atOnce) return;
    last = how.key.map((column) => end[column]);
  }
}
