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
  revision integer not null,
  state jsonb not null,
  recorded_at timestamptz not null default now()
) with (fillfactor = 60);
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

-- One burst, one transaction, one round trip. Answers whether the meeting's row was written: not by an older revision.
create function view.write_burst(
  p_id text, p_phase text, p_kind text, p_title text, p_departments text[], p_people text[], p_series text,
  p_starts_at bigint, p_planned_end_at bigint, p_revision integer, p_state jsonb, p_topics jsonb, p_actions jsonb,
  p_tasks jsonb, p_audit jsonb
) returns boolean language plpgsql as $$
begin
  if jsonb_array_length(p_audit) > 0 then
    insert into record.audit (meeting_id, revision, event, at, person, key, via, on_behalf_of, ref)
      select a."meetingId", a.revision, a.event, a.at, a.person, a.key, a.via, a."onBehalfOf", a.ref
      from jsonb_to_recordset(p_audit) as a("meetingId" text, revision integer, event text, at bigint, person text,
        key text, via text, "onBehalfOf" text, ref text)
      on conflict do nothing;
  end if;
  insert into view.meetings as m values (p_id, p_phase, p_kind, p_title, p_departments, p_people, p_series, p_starts_at,
      p_planned_end_at, p_revision, p_state)
    on conflict (id) do update set phase = excluded.phase, kind = excluded.kind, title = excluded.title,
      departments = excluded.departments, people = excluded.people, series_id = excluded.series_id,
      starts_at = excluded.starts_at, planned_end_at = excluded.planned_end_at, revision = excluded.revision,
      state = excluded.state, recorded_at = now()
    where m.revision <= excluded.revision;
  if not found then
    return false;
  end if;
  perform view.write_topics(p_id, p_topics);
  perform view.write_actions(p_id, p_actions);
  perform view.write_tasks(p_id, p_tasks);
  return true;
end $$;
`;
