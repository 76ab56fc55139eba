/**
 * F5: too few suggestions are held for the series. A meeting without one has no later meeting to hold them for: they were
 * kept for good without ever being read, and are now deleted with the close (docs/decisions/0025). The function is that of
 * 0002 but for this.
 */
export const suggestionsWithoutSeries = `
delete from record.held_suggestions where series_id like 'meeting %';

create or replace function record.close_survey(
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
    select b.series_id into v_series from record.survey_boxes b where b.meeting_id = p_meeting;
    perform pg_advisory_xact_lock(hashtextextended('suggestions of ' || coalesce(v_series, 'meeting ' || p_meeting), 0));
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
    if v_series is not null and cardinality(v_held) > 0 then
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
