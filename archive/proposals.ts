/** R2: proposals on series: what they are made from, which were made, and what became of them. */
import type { Instant } from '../domain/calendar/index.js';
import type { HeldFacts, SeriesHistory } from '../domain/review/propose.js';
import type { Proposal } from '../domain/review/proposals.js';
import type { Quarter } from '../domain/review/report.js';
import type { SeriesPlan } from '../domain/series/plan.js';
import type { Driver } from './driver.js';
import { factsFrom, fillFacts } from './facts.js';

export type ProposalState = 'open' | 'accepted' | 'rejected' | 'undone';

/** Parts of a series before and after; what `split` made beside it. */
export interface SeriesParts {
  template: Partial<SeriesPlan['template']>;
  rule?: SeriesPlan['rule'];
  second?: string;
}

export interface KeptProposal {
  id: string;
  quarter: Quarter;
  madeAt: Instant;
  proposal: Proposal;
  state: ProposalState;
  decidedAt?: Instant;
  person?: string;
  key?: string;
  reason?: string;
  was?: SeriesParts;
  became?: SeriesParts;
}

/** Who decided, when and why. */
export interface Decided {
  at: Instant;
  person?: string | undefined;
  key?: string | undefined;
  reason?: string | undefined;
}

/** What a quarter's review needs; each may be asked any number of times. */
export interface ProposalsPort {
  /** Series that go on and held a meeting in the span, each with its last meetings before its end. H10: nothing confidential. */
  histories(from: Instant, to: Instant): Promise<SeriesHistory[]>;
  /** Keyed by id: again → the same rows. */
  keep(quarter: Quarter, madeAt: Instant, proposals: Proposal[]): Promise<void>;
  /** Accepted before this moment, with the series' meetings up to then. */
  accepted(before: Instant): Promise<{ proposal: Proposal; acceptedAt: Instant; held: HeldFacts[] }[]>;
}

export interface Proposals extends ProposalsPort {
  find(id: string): Promise<KeptProposal | null>;
  /** The newest quarter first, the worst series first. */
  list(filter: { state?: ProposalState | undefined; seriesId?: string | undefined }): Promise<KeptProposal[]>;
  /** Only from this state; false: somebody was faster. */
  decide(id: string, from: ProposalState, to: ProposalState, by: Decided): Promise<boolean>;
  /** What accepting made of the series, for undoing. */
  applied(id: string, was: SeriesParts, became: SeriesParts): Promise<void>;
  /** Whether the series has made a meeting since. */
  madeSince(seriesId: string, since: Instant): Promise<boolean>;
}

/** Meetings of a series that are looked at. */
const mostHeld = 12;

const unfinished = `(select coalesce(jsonb_agg(jsonb_build_object('topicId', t.data->>'topicId', 'title', t.data->>'title')
    order by t.position), '[]'::jsonb)
  from view.topics t where t.meeting_id = f.meeting_id and coalesce(t.data->>'confidential', 'false') <> 'true'
    and coalesce(t.data->>'outcome', 'deferred') = 'deferred')`;
const held = (series: string, before: string): string => `select f.*, ${unfinished} as unfinished from (
    select g.*, row_number() over (partition by g.series_id order by g.starts_at desc, g.meeting_id desc) as nth
    from view.facts g where g.series_id = any(${series}) and g.held and g.ended_at is not null and not g.confidential
      and g.starts_at < ${before}) f
  where f.nth <= ${mostHeld} order by f.series_id, f.starts_at, f.meeting_id`;

const going = {
  name: 'series_reviewed',
  text: `select s.id, s.data from record.series s where s.ended_at is null and exists (select 1 from view.facts f
    where f.series_id = s.id and f.held and f.ended_at is not null and not f.confidential
      and f.starts_at >= $1 and f.starts_at < $2) order by s.id`,
};
const heldOf = { name: 'held_of_series', text: held('$1::text[]', '$2') };
const keep = {
  name: 'keep_proposal',
  text: `insert into record.proposals (id, series_id, quarter, made_at, data)
    select p->>'id', p->>'seriesId', $1, $2, p from jsonb_array_elements($3::jsonb) p on conflict (id) do nothing`,
};
const columns = `id, quarter, made_at, data, state, decided_at, person, key, reason, was, became`;
const find = { name: 'find_proposal', text: `select ${columns} from record.proposals where id = $1` };
const list = {
  name: 'list_proposals',
  text: `select ${columns} from record.proposals where ($1::text is null or state = $1) and ($2::text is null or series_id = $2)
    order by quarter desc, (data->>'score')::float8 desc, id limit 500`,
};
const acceptedOnes = {
  name: 'accepted_proposals',
  text: `select ${columns} from record.proposals where state = 'accepted' and decided_at < $1 order by decided_at, id`,
};
const decide = {
  name: 'decide_proposal',
  text: `update record.proposals set state = $3, decided_at = $4, person = $5, key = $6, reason = $7
    where id = $1 and state = $2 returning id`,
};
const applied = {
  name: 'applied_proposal',
  text: 'update record.proposals set was = $2::jsonb, became = $3::jsonb where id = $1',
};
const madeSince = {
  name: 'series_made_since',
  text: 'select 1 as found from view.facts where series_id = $1 and created_at > $2 limit 1',
};

function keptFrom(row: Record<string, unknown>): KeptProposal {
  const { made_at, decided_at, data, ...rest } = row;
  const there = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return {
    ...(there as unknown as Omit<KeptProposal, 'madeAt' | 'decidedAt' | 'proposal'>),
    madeAt: Number(made_at),
    proposal: data as Proposal,
    ...(decided_at === null ? {} : { decidedAt: Number(decided_at) }),
  };
}

const heldFrom = ({ unfinished: topics, nth: _, ...row }: Record<string, unknown>): HeldFacts => ({
  ...factsFrom(row),
  unfinished: topics as HeldFacts['unfinished'],
});

export function createProposals(driver: Driver): Proposals {
  const bySeries = async (ids: string[], before: Instant): Promise<Map<string, HeldFacts[]>> => {
    const rows = await driver.run(heldOf, [ids, before]);
    const found = new Map<string, HeldFacts[]>(ids.map((id) => [id, []]));
    for (const row of rows) found.get(row['series_id'] as string)?.push(heldFrom(row));
    return found;
  };
  return {
    async histories(from, to) {
      await fillFacts(driver);
      const rows = await driver.run(going, [from, to]);
      const ids = rows.map((row) => row['id'] as string);
      const found = await bySeries(ids, to);
      return rows.map((row, i) => ({ plan: row['data'] as SeriesPlan, held: found.get(ids[i]!) ?? [] }));
    },
    async keep(quarter, madeAt, proposals) {
      await driver.run(keep, [quarter, madeAt, JSON.stringify(proposals)]);
    },
    async accepted(before) {
      const rows = (await driver.run(acceptedOnes, [before])).map(keptFrom);
      const found = await bySeries([...new Set(rows.map((r) => r.proposal.seriesId))], before);
      return rows.map(({ proposal, decidedAt }) => ({
        proposal,
        acceptedAt: decidedAt!,
        held: found.get(proposal.seriesId) ?? [],
      }));
    },
    async find(id) {
      const [row] = await driver.run(find, [id]);
      return row === undefined ? null : keptFrom(row);
    },
    list: async ({ state, seriesId }) => (await driver.run(list, [state ?? null, seriesId ?? null])).map(keptFrom),
    async decide(id, from, to, { at, person, key, reason }) {
      const rows = await driver.run(decide, [id, from, to, at, person ?? null, key ?? null, reason ?? null]);
      return rows.length > 0;
    },
    async applied(id, was, became) {
      await driver.run(applied, [id, JSON.stringify(was), JSON.stringify(became)]);
    },
    madeSince: async (seriesId, since) => (await driver.run(madeSince, [seriesId, since])).length > 0,
  };
}
