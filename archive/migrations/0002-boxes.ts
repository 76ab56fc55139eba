/**
 * Ballot and survey boxes (E8, F5; design §4, Anonymity). What is being put in lives in the small `open_*` tables, and only
 * there: closing moves the sums into the box's own row, which no ballot ever touched, with people in the order of their ids
 * and suggestions shuffled, and deletes the rest; archive/scrub.ts then writes the small tables anew (autovacuum would only
 * stand in its way). No time, no sequence and no row version of a secret ballot or answer is left to join by.
 *
 * One box is one lock, held from its first look to the commit: so the close waits for ballots on their way, and "complete"
 * is known exactly. Each statement of a function sees what was committed before it (READ COMMITTED).
 */
const tables = `
create table record.ballot_boxes (
  vote_id text primary key,
  meeting_id text not null,
  secret boolean not null,
  electorate text[] not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  agree integer,
  against integer,
  neutral integer,
  -- from the close on, in the order of ids
  voters text[],
  -- open votes only: person → {choice, recordedAt}
  ballots jsonb,
  -- person → the key that put the ballot in for them; for a secret ballot untimed (design §6, act-as)
  marks jsonb
);
create index ballot_boxes_by_meeting on record.ballot_boxes (meeting_id);

create table record.open_ballot_boxes (
  vote_id text primary key,
  secret boolean not null,
  electorate integer not null,
  voted integer not null default 0,
  agree integer not null default 0,
  against integer not null default 0,
  neutral integer not null default 0
) with (fillfactor = 30, autovacuum_enabled = off);

create table record.open_ballot_seats (
  vote_id text not null,
  person text not null,
  voted boolean not null default false,
  -- open votes only
  choice text,
  recorded_at timestamptz,
  entered_by text,
  primary key (vote_id, person)
) with (fillfactor = 50, autovacuum_enabled = off);

create table record.survey_boxes (
  meeting_id text primary key,
  series_id text,
  eligible text[] not null,
  closes_at bigint not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  answers integer,
  -- how many gave 1, 2, 3, 4, 5; null when too few answered
  scores integer[],
  mean double precision,
  -- in the order of ids; null when too few answered
  answered text[],
  suggestions text[]
);

create table record.open_survey_boxes (
  meeting_id text primary key,
  eligible integer not null,
  answers integer not null default 0,
  scores integer[] not null default '{0,0,0,0,0}' check (cardinality(scores) = 5)
) with (fillfactor = 30, autovacuum_enabled = off);

create table record.open_survey_seats (
  meeting_id text not null,
  person text not null,
  answered boolean not null default false,
  primary key (meeting_id, person)
) with (fillfactor = 50, autovacuum_enabled = off);

create table record.open_suggestions (
  meeting_id text not null,
  suggestion text not null
) with (autovacuum_enabled = off);
create index open_suggestions_by_meeting on record.open_suggestions (meeting_id);

-- too few to be published: kept without their meeting until the series has enough (F5)
create table record.held_suggestions (
  series_id text primary key,
  suggestions text[] not null
) with (autovacuum_enabled = off);
`;

/** Ballots that come while one of their box is on its way go together: one lock, one commit, each with its own answer. */
const ballots = `
create function record.cast_ballots(
  p_vote text, p_people text[], p_choices text[], p_entered_by text[], out outcomes text[], out complete boolean[]
) language plpgsql as $$
declare
  box record.open_ballot_boxes;
  v_outcome text;
  v_before integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('ballots of ' || p_vote, 0));
  select * into box from record.open_ballot_boxes o where o.vote_id = p_vote;
  if not found then
    v_outcome := case when exists (select 1 from record.ballot_boxes b where b.vote_id = p_vote)
      then 'closed' else 'unknown' end;
    outcomes := array_fill(v_outcome, array[cardinality(p_people)]);
    complete := array_fill(false, array[cardinality(p_people)]);
    return;
  end if;
  v_before := box.voted;
  for i in 1 .. cardinality(p_people) loop
    if box.secret then
      update record.open_ballot_seats set voted = true, entered_by = p_entered_by[i]
        where vote_id = p_vote and person = p_people[i] and not voted;
    else
      update record.open_ballot_seats
        set voted = true, choice = p_choices[i], recorded_at = clock_timestamp(), entered_by = p_entered_by[i]
        where vote_id = p_vote and person = p_people[i] and not voted;
    end if;
    if found then
      v_outcome := 'counted';
      box.voted := box.voted + 1;
      if box.secret then
        box.agree := box.agree + (p_choices[i] = 'agree')::integer;
        box.against := box.against + (p_choices[i] = 'against')::integer;
        box.neutral := box.neutral + (p_choices[i] = 'neutral')::integer;
      end if;
    elsif not exists (select 1 from record.open_ballot_seats where vote_id = p_vote and person = p_people[i]) then
      v_outcome := 'notElector';
    elsif box.secret then
      v_outcome := 'already';
    else
      v_outcome := 'changed';
      update record.open_ballot_seats
        set choice = p_choices[i], recorded_at = clock_timestamp(), entered_by = p_entered_by[i]
        where vote_id = p_vote and person = p_people[i]
        and (choice is distinct from p_choices[i] or entered_by is distinct from p_entered_by[i]);
    end if;
    outcomes[i] := v_outcome;
    complete[i] := v_outcome <> 'notElector' and box.voted = box.electorate;
  end loop;
  if box.voted > v_before then
    update record.open_ballot_boxes
      set voted = box.voted, agree = box.agree, against = box.against, neutral = box.neutral where vote_id = p_vote;
  end if;
end $$;

create function record.close_ballots(
  p_vote text, out known boolean, out secret boolean, out agree integer, out against integer, out neutral integer
) language plpgsql as $$
declare box record.open_ballot_boxes;
begin
  perform pg_advisory_xact_lock(hashtextextended('ballots of ' || p_vote, 0));
  select * into box from record.open_ballot_boxes o where o.vote_id = p_vote;
  if found then
    if not box.secret then
      select count(*) filter (where s.choice = 'agree'), count(*) filter (where s.choice = 'against'),
          count(*) filter (where s.choice = 'neutral')
        into box.agree, box.against, box.neutral
        from record.open_ballot_seats s where s.vote_id = p_vote;
    end if;
    update record.ballot_boxes b set status = 'closed',
        agree = box.agree, against = box.against, neutral = box.neutral,
        voters = sums.voters, ballots = case when box.secret then null else sums.ballots end, marks = sums.marks
      from (
        select coalesce(array_agg(s.person order by s.person), '{}') as voters,
          jsonb_object_agg(s.person, jsonb_build_object(
            'choice', s.choice, 'recordedAt', floor(extract(epoch from s.recorded_at) * 1000)) order by s.person) as ballots,
          jsonb_object_agg(s.person, s.entered_by order by s.person) filter (where s.entered_by is not null) as marks
        from record.open_ballot_seats s where s.vote_id = p_vote and s.voted
      ) sums
      where b.vote_id = p_vote;
    delete from record.open_ballot_seats s where s.vote_id = p_vote;
    delete from record.open_ballot_boxes o where o.vote_id = p_vote;
  end if;
  select b.secret, b.agree, b.against, b.neutral into secret, agree, against, neutral
    from record.ballot_boxes b where b.vote_id = p_vote;
  known := found;
end $$;
`;

const surveys = `
create function record.answer_survey(
  p_meeting text, p_person text, p_score integer, p_suggestion text, out outcome text, out complete boolean
) language plpgsql as $$
declare box record;
begin
  complete := false;
  perform pg_advisory_xact_lock(hashtextextended('survey of ' || p_meeting, 0));
  select o.eligible, o.answers, s.answered into box
    from record.open_survey_boxes o
    left join record.open_survey_seats s on s.meeting_id = o.meeting_id and s.person = p_person
    where o.meeting_id = p_meeting;
  if not found then
    outcome := case when exists (select 1 from record.survey_boxes b where b.meeting_id = p_meeting)
      then 'closed' else 'unknown' end;
    return;
  end if;
  if box.answered is null then
    outcome := 'notEligible';
    return;
  end if;
  if box.answered then
    outcome := 'already';
    complete := box.answers = box.eligible;
    return;
  end if;
  update record.open_survey_seats set answered = true where meeting_id = p_meeting and person = p_person;
  update record.open_survey_boxes set answers = answers + 1, scores[p_score] = scores[p_score] + 1
    where meeting_id = p_meeting;
  if p_suggestion is not null then
    insert into record.open_suggestions values (p_meeting, p_suggestion);
  end if;
  complete := box.answers + 1 = box.eligible;
  outcome := 'counted';
end $$;

create function record.close_survey(
  p_meeting text, p_min_for_mean integer, p_min_for_suggestions integer,
  out known boolean, out answers integer, out mean double precision
) language plpgsql as $$
declare
  box record.open_survey_boxes;
  v_series text;
  v_new text[];
  v_held text[];
  v_public text[] := '{}';
begin
  perform pg_advisory_xact_lock(hashtextextended('survey of ' || p_meeting, 0));
  select * into box from record.open_survey_boxes o where o.meeting_id = p_meeting;
  if found then
    select coalesce(b.series_id, 'meeting ' || b.meeting_id) into v_series
      from record.survey_boxes b where b.meeting_id = p_meeting;
    perform pg_advisory_xact_lock(hashtextextended('suggestions of ' || v_series, 0));
    v_new := array(select o.suggestion from record.open_suggestions o where o.meeting_id = p_meeting);
    v_held := coalesce((select h.suggestions from record.held_suggestions h where h.series_id = v_series), '{}');
    if cardinality(v_new) + cardinality(v_held) >= p_min_for_suggestions then
      v_public := v_new || v_held;
      v_held := '{}';
    elsif box.answers >= p_min_for_suggestions then
      v_public := v_new;
    else
      v_held := v_new || v_held;
    end if;
    delete from record.held_suggestions h where h.series_id = v_series;
    if cardinality(v_held) > 0 then
      insert into record.held_suggestions values (v_series, array(select t from unnest(v_held) t order by gen_random_uuid()));
    end if;
    update record.survey_boxes b set status = 'closed', answers = box.answers,
        scores = case when box.answers >= p_min_for_mean then box.scores end,
        mean = case when box.answers >= p_min_for_mean and box.answers > 0 then
          (select sum(n * score)::double precision / sum(n) from unnest(box.scores) with ordinality u(n, score)) end,
        -- below that, a list of two beside two texts would nearly name the authors
        answered = case when box.answers >= p_min_for_suggestions then array(
          select s.person from record.open_survey_seats s
          where s.meeting_id = p_meeting and s.answered order by s.person) end,
        suggestions = array(select t from unnest(v_public) t order by gen_random_uuid())
      where b.meeting_id = p_meeting;
    delete from record.open_suggestions o where o.meeting_id = p_meeting;
    delete from record.open_survey_seats s where s.meeting_id = p_meeting;
    delete from record.open_survey_boxes o where o.meeting_id = p_meeting;
  end if;
  select b.answers, b.mean into answers, mean from record.survey_boxes b where b.meeting_id = p_meeting;
  known := found;
end $$;
`;

export const boxes = tables + ballots + surveys;
