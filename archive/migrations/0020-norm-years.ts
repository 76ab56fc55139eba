/** Y1: the years that were looked at, those without a proposal too; why a change that came from a proposal was made, as a code. */
export const normYears = `
create table record.norm_years (
  year integer primary key,
  made_at bigint not null,
  -- until when its proposals are to be answered
  due_at bigint not null,
  -- regular meetings that were looked at
  meetings integer not null,
  recorded_at timestamptz not null default now()
);
insert into record.norm_years (year, made_at, due_at, meetings)
  select year, min(made_at), min(made_at), coalesce(max((data->'effect'->>'meetings')::integer), 0)
  from record.norm_proposals group by year;

-- {code, params} in place of a reason that somebody wrote
alter table record.norms add column because jsonb;
`;
