/**
 * What a workflow task wrote counts only once the engine has the task. A worker or server killed in between makes the engine
 * run the task again, later and maybe with other commands: what the lost one wrote here never happened, and gives way.
 */
const bursts = `
alter table view.meetings add column at bigint not null default 0;
alter table record.audit add column run text;

create function view.write_audit(p_audit jsonb, p_run text) returns void language sql as $$
  insert into record.audit (meeting_id, revision, event, at, person, key, via, on_behalf_of, ref, run)
    select a."meetingId", a.revision, a.event, a.at, a.person, a.key, a.via, a."onBehalfOf", a.ref, p_run
    from jsonb_to_recordset(p_audit) as a("meetingId" text, revision integer, event text, at bigint, person text,
      key text, via text, "onBehalfOf" text, ref text)
    on conflict do nothing;
$$;

-- As before (0003), with the moment of the burst, its run, and the revision up to which that run knows all to be written.
-- An older moment never overwrites a newer one; of one moment, the higher revision counts. What this run wrote beyond
-- p_after is from a task that was lost: the audit keeps what happened, a reset's former run included, and nothing else.
create function view.write_burst(
  p_id text, p_revision integer, p_state json, p_parts text[], p_rows text[], p_audit jsonb,
  p_at bigint, p_run text, p_after integer
) returns boolean language plpgsql as $$
declare
  v_parts text[];
begin
  select m.parts into v_parts from view.meetings m where m.id = p_id for update;
  if not found then
    insert into view.meetings values (p_id, '', '', '', '{}', '{}', null, 0, 0, '', '', '', p_revision, '{}', p_state)
      on conflict do nothing;
    select m.parts into v_parts from view.meetings m where m.id = p_id for update;
  end if;
  update view.meetings set revision = p_revision, at = p_at, parts = p_parts, state = p_state, recorded_at = now()
    where id = p_id and (at, revision) <= (p_at, p_revision);
  if not found then
    return false;
  end if;
  delete from record.audit a where a.meeting_id = p_id and a.run = p_run and a.revision > p_after;
  if jsonb_array_length(p_audit) > 0 then perform view.write_audit(p_audit, p_run); end if;
  if v_parts[1] is distinct from p_parts[1] then perform view.write_topics(p_id, p_rows[1]::jsonb); end if;
  if v_parts[2] is distinct from p_parts[2] then perform view.write_actions(p_id, p_rows[2]::jsonb); end if;
  if v_parts[3] is distinct from p_parts[3] then perform view.write_tasks(p_id, p_rows[3]::jsonb); end if;
  if v_parts[4] is distinct from p_parts[4] then perform view.write_columns(p_rows[4]::jsonb); end if;
  return true;
end $$;
`;

/** A box that nobody has put anything into takes the latest opening: an opening that was lost had another electorate, or was secret. */
const boxes = `
alter table record.ballot_boxes add column asked_at bigint not null default 0;

create function record.open_ballots(
  p_vote text, p_meeting text, p_secret boolean, p_electorate text[], p_at bigint
) returns void language plpgsql as $$
declare
  box record.ballot_boxes;
begin
  perform pg_advisory_xact_lock(hashtextextended('ballots of ' || p_vote, 0));
  select * into box from record.ballot_boxes b where b.vote_id = p_vote;
  if found then
    if box.status = 'closed' or box.asked_at >= p_at
      or (box.secret = p_secret and box.electorate = p_electorate)
      or exists (select 1 from record.open_ballot_boxes o where o.vote_id = p_vote and o.voted > 0) then
      return;
    end if;
    delete from record.open_ballot_seats s where s.vote_id = p_vote;
    delete from record.open_ballot_boxes o where o.vote_id = p_vote;
    delete from record.ballot_boxes b where b.vote_id = p_vote;
  end if;
  insert into record.ballot_boxes (vote_id, meeting_id, secret, electorate, asked_at)
    values (p_vote, p_meeting, p_secret, p_electorate, p_at);
  insert into record.open_ballot_boxes (vote_id, secret, electorate) values (p_vote, p_secret, cardinality(p_electorate));
  insert into record.open_ballot_seats (vote_id, person) select p_vote, unnest(p_electorate);
end $$;

create function record.open_survey(
  p_meeting text, p_eligible text[], p_closes_at bigint, p_series text
) returns void language plpgsql as $$
declare
  box record.survey_boxes;
begin
  perform pg_advisory_xact_lock(hashtextextended('survey of ' || p_meeting, 0));
  select * into box from record.survey_boxes b where b.meeting_id = p_meeting;
  if found then
    if box.status = 'closed' or box.closes_at >= p_closes_at
      or exists (select 1 from record.open_survey_boxes o where o.meeting_id = p_meeting and o.answers > 0) then
      return;
    end if;
    delete from record.open_survey_seats s where s.meeting_id = p_meeting;
    delete from record.open_survey_boxes o where o.meeting_id = p_meeting;
    delete from record.survey_boxes b where b.meeting_id = p_meeting;
  end if;
  insert into record.survey_boxes (meeting_id, eligible, closes_at, series_id)
    values (p_meeting, p_eligible, p_closes_at, p_series);
  insert into record.open_survey_boxes (meeting_id, eligible) values (p_meeting, cardinality(p_eligible));
  insert into record.open_survey_seats (meeting_id, person) select p_meeting, unnest(p_eligible);
end $$;
`;

export const tasksDoneTwice = bursts + boxes;
