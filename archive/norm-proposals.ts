/** Y1: what a year's data proposes for the norms, and what became of it. */
import type { Instant } from '../domain/calendar/index.js';
import type { NormProposal, YearFacts } from '../domain/norms-proposals.js';
import type { Driver } from './driver.js';
import { factsFrom } from './facts.js';

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

export interface NormProposals {
  /** Announced meetings that started in the span and are over: held or lapsed. H10: nothing confidential. */
  facts(from: Instant, to: Instant): Promise<YearFacts[]>;
  /** Keyed by id: again → the same rows. */
  keep(year: number, madeAt: Instant, proposals: NormProposal[]): Promise<void>;
  find(id: string): Promise<KeptNormProposal | null>;
  /** The newest year first. */
  list(year?: number): Promise<KeptNormProposal[]>;
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
const keep = {
  name: 'keep_norm_proposals',
  text: `insert into record.norm_proposals (id, year, made_at, data)
    select p->>'id', $1, $2, p from jsonb_array_elements($3::jsonb) p on conflict (id) do nothing`,
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

export function createNormProposals(driver: Driver): NormProposals {
  return {
    facts: async (from, to) => (await driver.run(facts, [from, to])).map(factsFrom),
    async keep(year, madeAt, proposals) {
      await driver.run(keep, [year, madeAt, JSON.stringify(proposals)]);
    },
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
