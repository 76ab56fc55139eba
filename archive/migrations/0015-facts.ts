/**
 * R1: what each meeting adds to the figures, one flat row beside it (domain/review/facts.ts says what each column means). It
 * comes with the burst, as the fifth part; rows of before are filled in at the start (archive/facts.ts).
 */
const table = `
create table view.facts (
  meeting_id text primary key,
  phase text not null,
  confidential boolean not null,
  emergency boolean not null,
  department text not null,
  departments text[] not null,
  series_id text,
  host text not null,
  -- epoch milliseconds; of an adjourned meeting the first start
  starts_at bigint not null,
  created_at bigint not null,
  announced_at bigint,
  opened_at bigint,
  ended_at bigint,
  cancelled boolean not null,
  held boolean not null,
  lapsed boolean not null,
  counted boolean not null,
  notice_on_time boolean not null,
  notice_minutes integer,
  invited integer not null,
  replied integer not null,
  seats integer not null,
  over_cap boolean not null,
  planned_minutes integer not null,
  minutes integer,
  over_minutes integer,
  over_time boolean not null,
  minutes_due boolean not null,
  minutes_on_time boolean not null,
  topics integer not null,
  carried_topics integer not null,
  decided integer not null,
  informed integer not null,
  deferred integer not null,
  dropped integer not null,
  -- department → milliseconds
  speaking jsonb not null,
  speaking_rated boolean not null,
  balanced boolean not null,
  attended text[] not null,
  active text[] not null,
  silent text[] not null,
  survey double precision,
  survey_answers integer,
  effectiveness double precision,
  actions integer not null,
  actions_in_time integer not null,
  plans_raised integer not null,
  plans_done integer not null
) with (fillfactor = 80);
create index facts_by_start on view.facts (starts_at, meeting_id);

-- named like the columns
create function view.write_facts(p jsonb) returns void language plpgsql as $$
begin
  delete from view.facts f where f.meeting_id = p->>'meeting_id';
  insert into view.facts select * from jsonb_populate_record(null::view.facts, p);
end $$;
`;

/** As before (0003, 0004), with the fifth part; a process of before sends four. */
const parts = ['topics', 'actions', 'tasks', 'columns']
  .map(
    (part, i) =>
      `  if v_parts[${i + 1}] is distinct from p_parts[${i + 1}] then perform view.write_${part}(${
        part === 'columns' ? '' : 'p_id, '
      }p_rows[${i + 1}]::jsonb); end if;`,
  )
  .join('\n');

const row = `
  select m.parts into v_parts from view.meetings m where m.id = p_id for update;
  if not found then
    insert into view.meetings values (p_id, '', '', '', '{}', '{}', null, 0, 0, '', '', '', p_revision, '{}', p_state)
      on conflict do nothing;
    select m.parts into v_parts from view.meetings m where m.id = p_id for update;
  end if;`;

const fifth = `
  if p_rows[5] is not null and v_parts[5] is distinct from p_parts[5] then
    perform view.write_facts(p_rows[5]::jsonb);
  end if;`;

/** Both forms of the function; `facts` is what is done with the fifth part. */
export const burstsWith = (facts: string): string => `
create or replace function view.write_burst(
  p_id text, p_revision integer, p_state json, p_parts text[], p_rows text[], p_audit jsonb
) returns boolean language plpgsql as $$
declare
  v_parts text[];
begin
  if jsonb_array_length(p_audit) > 0 then
    perform view.write_audit(p_audit);
  end if;${row}
  update view.meetings set revision = p_revision, parts = p_parts, state = p_state, recorded_at = now()
    where id = p_id and revision <= p_revision;
  if not found then
    return false;
  end if;
${parts}${facts}
  return true;
end $$;

create or replace function view.write_burst(
  p_id text, p_revision integer, p_state json, p_parts text[], p_rows text[], p_audit jsonb,
  p_at bigint, p_run text, p_after integer
) returns boolean language plpgsql as $$
declare
  v_parts text[];
begin${row}
  update view.meetings set revision = p_revision, at = p_at, parts = p_parts, state = p_state, recorded_at = now()
    where id = p_id and (at, revision) <= (p_at, p_revision);
  if not found then
    return false;
  end if;
  delete from record.audit a where a.meeting_id = p_id and a.run = p_run and a.revision > p_after;
  if jsonb_array_length(p_audit) > 0 then perform view.write_audit(p_audit, p_run); end if;
${parts}${facts}
  return true;
end $$;
`;

/** R1: a quarter's review as it was first made, and the rows that each of its figures is the sum of. */
const reviews = `
create table record.reviews (
  -- 2026-Q4
  quarter text primary key,
  -- epoch milliseconds; of the schedule
  made_at bigint not null,
  -- json, not jsonb: what is given back is the same to the byte
  report json not null,
  recorded_at timestamptz not null default now()
);

create table record.review_rows (
  quarter text not null references record.reviews on delete cascade,
  figure text not null,
  -- meeting, action or topic
  kind text not null,
  id text not null,
  meeting_id text not null,
  at bigint not null,
  department text not null,
  series_id text,
  host text not null,
  part double precision not null,
  whole double precision not null,
  primary key (quarter, figure, at, id, meeting_id)
);
`;

export const facts = table + burstsWith(fifth) + reviews;
