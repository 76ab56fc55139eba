/**
 * Schema `view`: what the lists show, rebuilt from the open workflows at any time. `data` and `state` are the workflow's own
 * objects; the columns beside them are there to search by.
 */
export const view = `
create table view.meetings (
  id text primary key,
  phase text not null,
  kind text not null,
  title text not null,
  departments text[] not null,
  -- everyone with a part in it: who may see it, and ?person=
  people text[] not null,
  series_id text,
  starts_at bigint not null,
  planned_end_at bigint not null,
  time_zone text not null,
  locale text not null,
  host text not null,
  revision integer not null,
  -- hashes of what topics, actions, tasks and the columns above were last written from: most bursts change one or none
  parts text[] not null,
  -- read and written as a whole, with every command: json costs half of jsonb's writing
  state json not null,
  recorded_at timestamptz not null default now()
) with (fillfactor = 60);
-- written with every command: the faster compression, where the server was built with it
do $$ begin
  alter table view.meetings alter column state set compression lz4;
exception when feature_not_supported then null;
end $$;
create index meetings_by_start on view.meetings (starts_at, id);
create index meetings_by_series on view.meetings (series_id, starts_at) where series_id is not null;
create index meetings_by_people on view.meetings using gin (people) with (fastupdate = off);
create index meetings_by_departments on view.meetings using gin (departments) with (fastupdate = off);

create table view.topics (
  meeting_id text not null,
  topic_id text not null,
  position integer not null,
  title text not null,
  department text,
  status text not null,
  outcome text,
  data jsonb not null,
  primary key (meeting_id, topic_id)
) with (fillfactor = 80);
create index topics_by_id on view.topics (topic_id);

create table view.actions (
  id text primary key,
  meeting_id text not null,
  topic_id text,
  owner text not null,
  department text,
  status text not null,
  due_at bigint not null,
  data jsonb not null
) with (fillfactor = 80);
create index actions_by_meeting on view.actions (meeting_id);
create index actions_by_owner on view.actions (owner, due_at);
create index actions_by_due on view.actions (due_at, id);

create table view.tasks (
  id text primary key,
  meeting_id text not null,
  kind text not null,
  assignee text,
  about text,
  status text not null,
  due_at bigint not null,
  data jsonb not null
) with (fillfactor = 80);
create index tasks_by_meeting on view.tasks (meeting_id);
create index tasks_by_assignee on view.tasks (assignee, due_at);
create index tasks_by_due on view.tasks (due_at, id);

create function view.write_topics(p_meeting text, p_rows jsonb) returns void language plpgsql as $$
begin
  delete from view.topics t where t.meeting_id = p_meeting
    and t.topic_id not in (select r->>'topicId' from jsonb_array_elements(p_rows) r);
  insert into view.topics as t
    select p_meeting, r."topicId", r.position, r.title, r.department, r.status, r.outcome, r.data
    from jsonb_to_recordset(p_rows) as r("topicId" text, position integer, title text, department text, status text,
      outcome text, data jsonb)
    on conflict (meeting_id, topic_id) do update set position = excluded.position, title = excluded.title,
      department = excluded.department, status = excluded.status, outcome = excluded.outcome, data = excluded.data
    where t.data is distinct from excluded.data or t.position <> excluded.position;
end $$;

create function view.write_actions(p_meeting text, p_rows jsonb) returns void language plpgsql as $$
begin
  delete from view.actions a where a.meeting_id = p_meeting
    and a.id not in (select r->>'id' from jsonb_array_elements(p_rows) r);
  insert into view.actions as a
    select r.id, p_meeting, r."topicId", r.owner, r.department, r.status, r."dueAt", r.data
    from jsonb_to_recordset(p_rows) as r(id text, "topicId" text, owner text, department text, status text, "dueAt" bigint,
      data jsonb)
    on conflict (id) do update set topic_id = excluded.topic_id, owner = excluded.owner,
      department = excluded.department, status = excluded.status, due_at = excluded.due_at, data = excluded.data
    where a.data is distinct from excluded.data;
end $$;

create function view.write_tasks(p_meeting text, p_rows jsonb) returns void language plpgsql as $$
begin
  delete from view.tasks t where t.meeting_id = p_meeting
    and t.id not in (select r->>'id' from jsonb_array_elements(p_rows) r);
  insert into view.tasks as t
    select r.id, p_meeting, r.kind, r.assignee, r.about, r.status, r."dueAt", r.data
    from jsonb_to_recordset(p_rows) as r(id text, kind text, assignee text, about text, status text, "dueAt" bigint,
      data jsonb)
    on conflict (id) do update set kind = excluded.kind, assignee = excluded.assignee, about = excluded.about,
      status = excluded.status, due_at = excluded.due_at, data = excluded.data
    where t.data is distinct from excluded.data;
end $$;

create function view.write_columns(p jsonb) returns void language sql as $$
  update view.meetings m set phase = r.phase, kind = r.kind, title = r.title, departments = r.departments,
      people = r.people, series_id = r."seriesId", starts_at = r."startsAt", planned_end_at = r."plannedEndAt",
      time_zone = r."timeZone", locale = r.locale, host = r.host
    from jsonb_to_record(p) as r(id text, phase text, kind text, title text, departments text[], people text[],
      "seriesId" text, "startsAt" bigint, "plannedEndAt" bigint, "timeZone" text, locale text, host text)
    where m.id = r.id;
$$;

create function view.write_audit(p_audit jsonb) returns void language sql as $$
  insert into record.audit (meeting_id, revision, event, at, person, key, via, on_behalf_of, ref)
    select a."meetingId", a.revision, a.event, a.at, a.person, a.key, a.via, a."onBehalfOf", a.ref
    from jsonb_to_recordset(p_audit) as a("meetingId" text, revision integer, event text, at bigint, person text,
      key text, via text, "onBehalfOf" text, ref text)
    on conflict do nothing;
$$;

-- One burst, one transaction, one round trip. Answers whether the meeting's row was written: not by an older revision.
-- p_rows: topics, actions, tasks and the columns to search by, as text, parsed only where their hash in p_parts changed.
create function view.write_burst(
  p_id text, p_revision integer, p_state json, p_parts text[], p_rows text[], p_audit jsonb
) returns boolean language plpgsql as $$
declare
  v_parts text[];
begin
  if jsonb_array_length(p_audit) > 0 then
    perform view.write_audit(p_audit);
  end if;
  select m.parts into v_parts from view.meetings m where m.id = p_id for update;
  if not found then
    insert into view.meetings values (p_id, '', '', '', '{}', '{}', null, 0, 0, '', '', '', p_revision, '{}', p_state)
      on conflict do nothing;
    select m.parts into v_parts from view.meetings m where m.id = p_id for update;
  end if;
  update view.meetings set revision = p_revision, parts = p_parts, state = p_state, recorded_at = now()
    where id = p_id and revision <= p_revision;
  if not found then
    return false;
  end if;
  if v_parts[1] is distinct from p_parts[1] then perform view.write_topics(p_id, p_rows[1]::jsonb); end if;
  if v_parts[2] is distinct from p_parts[2] then perform view.write_actions(p_id, p_rows[2]::jsonb); end if;
  if v_parts[3] is distinct from p_parts[3] then perform view.write_tasks(p_id, p_rows[3]::jsonb); end if;
  if v_parts[4] is distinct from p_parts[4] then perform view.write_columns(p_rows[4]::jsonb); end if;
  return true;
end $$;
`;
