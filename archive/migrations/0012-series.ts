/**
 * S1: series, and a backlog whose topics belong to one meeting at a time. A meeting that has ended takes nothing any more,
 * and what it gave back it gives back once: a call that comes late, or twice, must neither lose a topic nor bring back one
 * that was settled since.
 */
export const series = `
create table record.series (
  id text primary key,
  department text not null,
  people text[] not null default '{}',
  data jsonb not null,
  revision integer not null default 1,
  request_hash text,
  -- wall clock, epoch milliseconds
  ended_at bigint,
  recorded_at timestamptz not null default now()
);
create index series_by_department on record.series (department);

alter table record.backlog add column taken_by text;
alter table record.backlog add column taken_at bigint;
alter table record.backlog add column times integer;
alter table record.backlog add column presenter text;
alter table record.backlog add column expected_conclusion text;
alter table record.backlog add column confidential boolean;
create index backlog_by_taker on record.backlog (taken_by);

-- meetings that have given everything back, and when
create table record.backlog_ended (meeting_id text primary key, at bigint not null);

create function record.lock_backlog(p_meeting text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('backlog of ' || p_meeting, 0));
$$;

create function record.take_backlog(
  p_meeting text, p_at bigint, p_series text, p_topics text[], p_except text[]
) returns setof record.backlog language plpgsql as $$
begin
  perform record.lock_backlog(p_meeting);
  if exists (select 1 from record.backlog_ended e where e.meeting_id = p_meeting and e.at >= p_at) then
    return;
  end if;
  update record.backlog b set taken_by = p_meeting, taken_at = p_at
    where b.taken_by is null and b.topic_id <> all (p_except)
      and (b.series_id = p_series or b.topic_id = any (p_topics));
  return query select * from record.backlog b where b.taken_by = p_meeting order by b.at, b.topic_id;
end $$;

-- p_done: null unless the meeting has ended; then what it settled.
create function record.put_backlog(p_meeting text, p_at bigint, p_topics jsonb, p_done text[])
returns void language plpgsql as $$
begin
  perform record.lock_backlog(p_meeting);
  if exists (select 1 from record.backlog_ended e where e.meeting_id = p_meeting and e.at >= p_at) then
    return;
  end if;
  insert into record.backlog as b (topic_id, title, reason, department, series_id, fact_question, brings_department,
      brings_material, date, times, presenter, expected_conclusion, confidential, meeting_id, at)
    select t."topicId", t.title, t.reason, t.department,
      -- of a series that is over: its department's next host is offered it
      case when exists (select 1 from record.series s where s.id = t."seriesId" and s.ended_at is not null)
        then null else t."seriesId" end,
      t."factQuestion", t."bringsDepartment", t."bringsMaterial", t.date, t.times, t.presenter, t."expectedConclusion",
      t.confidential,       p_meeting, p_at
    from jsonb_to_recordset(p_topics) as t("topicId" text, title text, reason text, department text, "seriesId" text,
      "factQuestion" text, "bringsDepartment" text, "bringsMaterial" text, date text, times integer, presenter text,
      "expectedConclusion" text, confidential boolean)
    on conflict (topic_id) do update set title = excluded.title, reason = excluded.reason,
      department = excluded.department, series_id = excluded.series_id, fact_question = excluded.fact_question,
      brings_department = excluded.brings_department, brings_material = excluded.brings_material, date = excluded.date,
      times = excluded.times, presenter = excluded.presenter, expected_conclusion = excluded.expected_conclusion, confidential = excluded.confidential,
      meeting_id = excluded.meeting_id, at = excluded.at, taken_by = null, taken_at = null
    where b.taken_by = p_meeting or (b.taken_by is null and b.at <= excluded.at);
  if p_done is not null then
    delete from record.backlog b where b.taken_by = p_meeting and b.topic_id = any (p_done);
    update record.backlog b set taken_by = null, taken_at = null where b.taken_by = p_meeting;
    insert into record.backlog_ended as e (meeting_id, at) values (p_meeting, p_at)
      on conflict (meeting_id) do update set at = greatest(e.at, excluded.at);
  end if;
end $$;
`;
