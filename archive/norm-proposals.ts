/** Y1: what a year's data proposes for the norms, and what became of it. */
import type { Instant } from '../domain/calendar/index.js';
import type { NormProposal, YearFacts } from '../domain/norms-proposals.js';
import type { Driver } from './driver.js';
import { factsFrom, fillFacts } from './facts.js';

export interface KeptNormProposal {
  proposal: NormProposal;
  madeAt: Instant;
  state: 'open' | 'accepted' | 'rejected';
  decidedAt?: Instant;
  person?: string;
  key?: string;
  reason?: string;
  /** The change of the norms that accepting it made. */
  version?: number;
}

/** A year that was looked at, with proposals or without. */
export interface NormYear {
  year: number;
  madeAt: Instant;
  /** Until when its proposals are to be answered. */
  dueAt: Instant;
  /** Regular meetings that were looked at. */
  meetings: number;
}

export interface NormProposalsPort {
  /** Announced meetings that started in the span and are over: held or lapsed. H10: nothing confidential. */
  facts(from: Instant, to: Instant): Promise<YearFacts[]>;
  /** A year is looked at once: again → nothing changes. */
  keep(year: NormYear, proposals: NormProposal[]): Promise<void>;
  year(year: number): Promise<NormYear | null>;
  /** The newest year first. */
  list(year?: number): Promise<KeptNormProposal[]>;
}

export interface NormProposals extends NormProposalsPort {
  /** The newest first. */
  years(): Promise<NormYear[]>;
  find(id: string): Promise<KeptNormProposal | null>;
  /** Only an open one, or an accepted one that has no version yet; false: somebody was faster. */
  decide(
    id: string,
    state: 'accepted' | 'rejected',
    by: { at: Instant; person?: string | undefined; key?: string | undefined; reason?: string | undefined },
    version?: number,
  ): Promise<boolean>;
}

const facts = {
  name: 'facts_of_year',
  text: `select f.* from view.facts f where f.starts_at >= $1 and f.starts_at < $2 and f.counted and not f.confidential
    order by f.starts_at, f.meeting_id`,
};
/** Whoever comes second, even at the same moment, adds nothing: the year's row decides. */
const keep = {
  name: 'keep_norm_proposals',
  text: `with looked as (
      insert into record.norm_years (year, made_at, due_at, meetings) values ($1::integer, $2::bigint, $3, $4)
      on conflict (year) do nothing returning year
    )
    insert into record.norm_proposals (id, year, made_at, data)
    select p->>'id', $1::integer, $2::bigint, p from looked, jsonb_array_elements($5::jsonb) p on conflict (id) do nothing`,
};
const years = {
  name: 'norm_years',
  text: `select year, made_at, due_at, meetings from record.norm_years
    where $1::integer is null or year = $1 order by year desc limit 200`,
};
const columns = 'data, made_at, state, decided_at, person, key, reason, version';
const find = { name: 'find_norm_proposal', text: `select ${columns} from record.norm_proposals where id = $1` };
const list = {
  name: 'list_norm_proposals',
  text: `select ${columns} from record.norm_proposals where $1::integer is null or year = $1 order by year desc, id limit 500`,
};
const decide = {
  name: 'decide_norm_proposal',
  text: `update record.norm_proposals set state = $2, decided_at = $3, person = $4, key = $5, reason = $6, version = $7
    where id = $1 and (state = 'open' or (state = 'accepted' and version is null and $2 = 'accepted')) returning id`,
};

function keptFrom({ data, made_at, decided_at, ...rest }: Record<string, unknown>): KeptNormProposal {
  const there = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return {
    ...(there as unknown as Pick<KeptNormProposal, 'state'>),
    proposal: data as NormProposal,
    madeAt: Number(made_at),
    ...(decided_at === null ? {} : { decidedAt: Number(decided_at) }),
  };
}

const yearFrom = ({ year, made_at, due_at, meetings }: Record<string, unknown>): NormYear => ({
  year: Number(year),
  madeAt: Number(made_at),
  dueAt: Number(due_at),
  meetings: Number(meetings),
});

export function createNormProposals(driver: Driver): NormProposals {
  const yearsOf = async (year: number | null): Promise<NormYear[]> => (await driver.run(years, [year])).map(yearFrom);
  return {
    async facts(from, to) {
      await fillFacts(driver);
      return (await driver.run(facts, [from, to])).map(factsFrom);
    },
    async keep({ year, madeAt, dueAt, meetings }, proposals) {
      await driver.run(keep, [year, madeAt, dueAt, meetings, JSON.stringify(proposals)]);
    },
    year: async (year) => (await yearsOf(year))[0] ?? null,
    years: () => yearsOf(null),
    async find(id) {
      const [row] = await driver.run(find, [id]);
      return row === undefined ? null : keptFrom(row);
    },
    list: async (year) => (await driver.run(list, [year ?? null])).map(keptFrom),
    async decide(id, state, { at, person, key, reason }, version) {
      const values = [id, state, at, person ?? null, key ?? null, reason ?? null, version ?? null];
      return (await driver.run(decide, values)).length > 0;
    },
  };
}
