import type { Instant } from '../domain/calendar/index.js';
import type { Norms } from '../domain/norms.js';
import { normsAt } from '../domain/norms-history.js';
import type { NormChange } from '../domain/norms-history.js';
import type { Driver } from './driver.js';

export interface NormsArchive {
  /** The norms in force at a moment; a change made by another process is heard within two seconds. */
  at(moment: Instant): Promise<Norms>;
  /** Every change, those to come and those withdrawn too, in the order in which they were made. Always as it is now. */
  history(): Promise<NormChange[]>;
  /** The next one after `newest`, the last that the caller saw. Null: somebody else was faster. */
  add(change: Omit<NormChange, 'version' | 'withdrawnAt' | 'withdrawnBy'>, newest: number): Promise<NormChange | null>;
  /** Only one that is not in force at `now`, and once; false otherwise. */
  withdraw(version: number, by: string, now: Instant): Promise<boolean>;
}

/** Milliseconds: creating a meeting asks the database for norms no more often. */
const rememberMs = 1_500;

const columns = `json_strip_nulls(json_build_object('version', version, 'effectiveFrom', effective_from,
  'effectiveAt', effective_at, 'reason', reason, 'person', person, 'key', key, 'at', at, 'proposals', proposals,
  'withdrawnAt', withdrawn_at, 'withdrawnBy', withdrawn_by, 'because', because)) as found, changes`;

const history = { name: 'norms_history', text: `select ${columns} from record.norms order by version` };
const add = {
  name: 'add_norms',
  text: `insert into record.norms (version, effective_from, effective_at, changes, reason, person, key, at, proposals, because)
    select $1::integer + 1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9::jsonb, $10::jsonb
    where (select coalesce(max(version), 1) from record.norms) = $1::integer
    on conflict (version) do nothing returning ${columns}`,
};
const withdraw = {
  name: 'withdraw_norms',
  text: `update record.norms set withdrawn_at = $3, withdrawn_by = $2
    where version = $1 and withdrawn_at is null and effective_at > $3 returning version`,
};

/** A change keeps its nulls: they put the standard's own values back. */
const rowOf = (row: Record<string, unknown>): NormChange => ({
  ...(row['found'] as Omit<NormChange, 'changes'>),
  changes: row['changes'] as NormChange['changes'],
});

export function createNorms(driver: Driver): NormsArchive {
  let remembered: { rows: Promise<NormChange[]>; until: number } | undefined;
  const load = async (): Promise<NormChange[]> => (await driver.run(history, [])).map(rowOf);
  const recent = (): Promise<NormChange[]> => {
    if (remembered === undefined || remembered.until <= Date.now()) {
      const rows = load();
      const mine = { rows, until: Date.now() + rememberMs };
      remembered = mine;
      // What failed is asked again at once.
      rows.catch(() => {
        if (remembered === mine) remembered = undefined;
      });
    }
    return remembered.rows;
  };
  return {
    at: async (moment) => normsAt(await recent(), moment),
    history: load,
    async add({ effectiveFrom, effectiveAt, changes, reason, person, key, at, proposals, because }, newest) {
      const values = [newest, effectiveFrom, effectiveAt, JSON.stringify(changes), reason, person ?? null, key ?? null];
      const [row] = await driver.run(add, [
        ...[...values, at, JSON.stringify(proposals)],
        because === undefined ? null : JSON.stringify(because),
      ]);
      remembered = undefined;
      return row === undefined ? null : rowOf(row);
    },
    async withdraw(version, by, now) {
      const rows = await driver.run(withdraw, [version, by, now]);
      remembered = undefined;
      return rows.length > 0;
    },
  };
}
