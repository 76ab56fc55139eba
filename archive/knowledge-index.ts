import { createHash } from 'node:crypto';
import { toLocal } from '../domain/calendar/index.js';
import { entriesOf, type MeetingEntry } from '../domain/knowledge/entries.js';
import { defaultKeeping, reviewOn, type KeepingRules } from '../domain/knowledge/retention.js';
import type { MeetingState } from '../domain/meeting/state.js';
import type { AnalysesPort } from './analyses.js';
import type { Driver, Log } from './driver.js';
import { redacted } from './errors.js';
import { mintId } from './ids.js';
import { foundBy } from './knowledge-words.js';
import type { Burst, MinutesPort } from './ports.js';
import type { View } from './view.js';

const known = {
  name: 'knowledge_of_meeting',
  text: 'select hash from record.knowledge_meetings where meeting_id = $1',
};
const put = { name: 'index_meeting', text: 'select record.index_meeting($1, $2, $3, $4::jsonb) as done' };
const rulesOf = { name: 'knowledge_rules', text: 'select kind, rule from record.knowledge_rules' };
const behind = {
  name: 'knowledge_behind',
  text: `select m.id, m.state from view.meetings m left join record.knowledge_meetings k on k.meeting_id = m.id
    where m.id > $1 and (k.revision is null or k.revision < m.revision)
      and (m.phase in ('followUp', 'closed') or k.meeting_id is not null)
    order by m.id limit 50`,
};

/** Meetings whose last state this process has put in. */
const mostRemembered = 5_000;

export interface KnowledgeIndex {
  /** What the meeting leaves as it stands; cheap while nothing of that has changed. */
  note(state: MeetingState): Promise<void>;
  /** What no burst has brought: meetings of before this table, or that were written past it. Answers how many. */
  catchUp(): Promise<number>;
}

/** R5: puts into record.knowledge what meetings leave. Safe to repeat, in any order. */
export function createKnowledgeIndex(
  driver: Driver,
  texts: { minutes: MinutesPort; analyses: AnalysesPort },
): KnowledgeIndex {
  const remembered = new Map<string, string>();
  const remember = (id: string, hash: string): void => {
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(id, hash);
  };

  const note = async (state: MeetingState, past = false): Promise<void> => {
    const found = entriesOf(state);
    if (found.length === 0 && state.reopenings === undefined && !past) return;
    const hash = createHash('sha1').update(JSON.stringify(found)).digest('base64');
    if (!past && remembered.get(state.id) === hash) return;
    const [row] = await driver.run(known, [state.id]);
    if (!past && (row?.['hash'] === hash || (row === undefined && found.length === 0))) return remember(state.id, hash);
    const entries = row?.['hash'] === hash ? [] : await written(texts, state, found, await keepingRules(driver));
    const [done] = await driver.run(put, [state.id, state.revision, hash, JSON.stringify(entries)]);
    if (done?.['done'] === true) remember(state.id, hash);
  };

  return {
    note,
    async catchUp() {
      let count = 0;
      for (let last = ''; ;) {
        const rows = await driver.run(behind, [last]);
        const waiting = rows.map((row) => row['state'] as MeetingState);
        const line = async (): Promise<void> => {
          for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await note(next, true);
        };
        await Promise.all(Array.from({ length: driver.kind === 'pglite' ? 1 : 4 }, line));
        count += rows.length;
        if (rows.length === 0) return count;
        last = String(rows.at(-1)!['id']);
      }
    },
  };
}

/** Rules as they were set here, over those that come with the program. */
export async function keepingRules(driver: Driver): Promise<KeepingRules> {
  const rows = await driver.run(rulesOf, []);
  return { ...defaultKeeping, ...Object.fromEntries(rows.map((row) => [String(row['kind']), row['rule']])) };
}

/** Entries with their texts and all that they are found by, as record.write_knowledge takes them. */
async function written(
  { minutes, analyses }: { minutes: MinutesPort; analyses: AnalysesPort },
  state: MeetingState,
  entries: MeetingEntry[],
  rules: KeepingRules,
): Promise<object[]> {
  const hash = state.minutes?.hash;
  const content = hash === undefined ? null : await minutes.load(state.id, hash);
  const hashes = entries.flatMap((e) => (e.written && 'analysis' in e.written ? [e.written.analysis] : []));
  const found = await analyses.load(state.id, hashes);
  const corrected = new Map(content?.topics.map((t) => [t.topicId, t.conclusion]));
  const open = new Set(state.agenda.filter((t) => !t.confidential).map((t) => t.topicId));

  const textOf = ({ kind, topicId = '', text, written: where }: MeetingEntry): string => {
    if (kind === 'conclusion') return corrected.get(topicId) ?? text;
    if (where === undefined) return text;
    if ('analysis' in where) return Object.values(found[where.analysis] ?? {}).join('\n');
    const conclusions = (content?.topics ?? []).filter((t) => open.has(t.topicId)).map((t) => t.conclusion);
    return [text, content?.summary, ...conclusions].filter((part) => part).join('\n');
  };
  return entries.flatMap(({ written: _, ...entry }) => {
    const text = textOf({ ...entry, ...(_ && { written: _ }) });
    if (entry.kind === 'conclusion' && text === '') return [];
    const date = reviewOn(rules[entry.kind], toLocal(state.zone, entry.at).date);
    const owner = { ownerDepartment: entry.department, ...(date === undefined ? {} : { reviewOn: date }) };
    return [{ id: mintId('n'), ...entry, text, ...owner, ...foundBy(entry.title, text) }];
  });
}

/** The view whose bursts bring the knowledge along. What cannot be put in keeps no meeting from going on. */
export function withKnowledge(view: View, index: KnowledgeIndex, log: Log): View {
  return {
    ...view,
    async write(burst: Burst) {
      await view.write(burst);
      try {
        await index.note(burst.state);
      } catch (error) {
        const fault = redacted(error);
        if ('retryable' in fault && fault.retryable === true) throw fault;
        log('warn', 'what a meeting leaves could not be put into the knowledge base', { reason: fault.message });
      }
    },
  };
}
