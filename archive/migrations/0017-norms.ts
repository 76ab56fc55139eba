/** Y1, R2: the organisation's norms, change by change; what was proposed from a year's or a quarter's data, and what became of it. */
export const norms = `
create table record.norms (
  -- 1 is the standard's own values
  version integer primary key check (version > 1),
  effective_from text not null,
  effective_at bigint not null,
  changes jsonb not null,
  reason text not null,
  person text,
  key text,
  at bigint not null,
  proposals jsonb not null default '[]',
  withdrawn_at bigint,
  withdrawn_by text,
  recorded_at timestamptz not null default now()
);

create table record.norm_proposals (
  id text primary key,
  year integer not null,
  made_at bigint not null,
  data jsonb not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
  decided_at bigint,
  person text,
  key text,
  reason text,
  -- the change of the norms that accepting it made
  version integer,
  recorded_at timestamptz not null default now()
);
create index norm_proposals_by_year on record.norm_proposals (year desc, id);

create table record.proposals (
  id text primary key,
  series_id text not null,
  quarter text not null,
  made_at bigint not null,
  data jsonb not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'undone')),
  decided_at bigint,
  person text,
  key text,
  reason text,
  -- the parts of the series as they were and as they became, for undoing
  was jsonb,
  became jsonb,
  recorded_at timestamptz not null default now()
);
create index proposals_by_series on record.proposals (series_id);
create index proposals_by_state on record.proposals (state, quarter);
`;
