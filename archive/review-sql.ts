/**
 * R1: the one place where figures are computed. Each figure is the sum of rows, one per meeting, action or topic that it is
 * made of, so that the list behind a figure and the figure itself are the same query. docs/review.md says what each counts.
 *
 * $1 quarters, $2 their first moments, $3 the first moments after them (all arrays).
 */
import { outcomeNames } from '../domain/review/figures.js';

const spans = `spans as (
  select s.quarter, s.since, s.until from unnest($1::text[], $2::bigint[], $3::bigint[]) as s(quarter, since, until)
)`;

/** H10: no confidential meeting. */
const facts = `facts as (
  select s.quarter, f.* from spans s join view.facts f on f.starts_at >= s.since and f.starts_at < s.until
  where f.counted and not f.confidential
)`;

const ofMeetings = `
  select f.quarter, v.figure, 'meeting' as kind, f.meeting_id as id, f.meeting_id, f.starts_at as at, f.department,
    f.series_id, f.host, v.part::numeric as part, v.whole
  from facts f cross join lateral (values
    ('held', f.held::int::numeric, 1),
    ('lapsed', f.lapsed::int, 1),
    ('emergency', (f.held and f.emergency)::int, f.held::int),
    ('noticeOnTime', (f.notice_on_time and not f.emergency)::int, (not f.emergency)::int),
    ('replies', f.replied, f.invited),
    ('overCap', (f.held and f.over_cap)::int, f.held::int),
    ('overTime', f.over_time::int, (f.ended_at is not null)::int),
    ('minutesOnTime', f.minutes_on_time::int, f.minutes_due::int),
    ('survey', coalesce(f.survey, 0)::numeric, (f.survey is not null)::int),
    ('effectiveness', coalesce(f.effectiveness, 0)::numeric, (f.effectiveness is not null)::int),
    ('plansRaised', f.plans_raised, (f.ended_at is not null)::int),
    ('plansDone', f.plans_done, f.plans_raised),
    ('speakingBalance', f.balanced::int, f.speaking_rated::int),
    -- lists only: what became of topics
    ('decided', f.decided, f.decided),
    ('informed', f.informed, f.informed),
    ('deferred', f.deferred, f.deferred),
    ('dropped', f.dropped, f.dropped)
  ) v(figure, part, whole)
  where v.whole > 0`;

/** H10: a topic that is confidential in this meeting. */
const confidential = (topics: string): string => `coalesce((${topics}.data->>'confidential')::boolean, false)`;

/** F6: of the quarter in which it was first due; of the department that it falls to, whoever called the meeting. */
const ofActions = `
  select s.quarter, 'actionCompletion' as figure, 'action' as kind, a.id, a.meeting_id, x.first_due as at,
    coalesce(a.department, f.department) as department, f.series_id, f.host,
    (a.status = 'done' and coalesce(x.reported, x.ended) <= x.first_due)::int::numeric as part, 1 as whole
  from view.actions a
  cross join lateral (select (a.data->>'firstDueAt')::bigint as first_due, (a.data->>'reportedAt')::bigint as reported,
    (a.data->>'endedAt')::bigint as ended) x
  join spans s on x.first_due >= s.since and x.first_due < s.until
  join view.facts f on f.meeting_id = a.meeting_id
  where not f.confidential and not coalesce((a.data->>'cancelledByDecision')::boolean, false)
    and not exists (select 1 from view.topics t where t.meeting_id = a.meeting_id and t.topic_id = a.topic_id
      and ${confidential('t')})`;

/**
 * R2: topics that somebody said are one count as one, however many steps apart: all of them go by the least of their ids. What
 * is not linked with anything goes by its own.
 */
const identities = `edges as (
    select a, b from record.topic_links where same union all select b, a from record.topic_links where same
  ), linked as (
    select a as id, a as other from edges union select l.id, e.b from linked l join edges e on e.a = l.other
  ), identities as (select id, min(other) as identity from linked group by id)`;

/** Topics on agendas of held meetings of all times; `nth`: which meeting it is that has the topic, from the first one on. */
const agendas = `agendas as (
  select t.meeting_id, t.topic_id, x.identity,
    dense_rank() over (partition by x.identity order by g.starts_at, g.meeting_id) as nth
  from view.topics t join view.facts g on g.meeting_id = t.meeting_id left join identities i on i.id = t.topic_id
  cross join lateral (select coalesce(i.identity, t.topic_id) as identity) x
  where g.held and not g.confidential and not ${confidential('t')}
)`;

/** The part: an earlier held meeting had it on its agenda already. */
const ofTopics = `
  select f.quarter, 'repeatedTopics' as figure, 'topic' as kind, a.topic_id as id, a.meeting_id, f.starts_at as at,
    f.department, f.series_id, f.host, (a.nth > 1)::int::numeric as part, 1 as whole
  from facts f join agendas a on a.meeting_id = f.meeting_id`;

const rowsBy = (how: '' | 'materialized '): string =>
  `recursive ${spans}, ${facts}, ${identities}, ${agendas}, figure_rows as ${how}(${ofMeetings} union all ${ofActions} union all ${ofTopics})`;

/** Every row of every figure of the quarters asked for. */
export const rows = rowsBy('materialized ');

/**
 * Sums per scope: of the organisation for all quarters; of departments, series and hosts for those in $4. The rows are added up as
 * they come, and those that are in lists alone are left out: a third of the time.
 */
export const sums = {
  name: 'review_sums',
  text: `with ${rowsBy('')}, sums as (
      select quarter, figure, department, series_id, host, grouping(department, series_id, host) as g,
        sum(part)::double precision as part, sum(whole)::double precision as whole
      from figure_rows where figure <> all ('{${outcomeNames.join(',')}}')
      group by grouping sets ((quarter, figure), (quarter, figure, department), (quarter, figure, series_id),
        (quarter, figure, host))
    )
    select quarter, case g when 7 then 'organisation' when 3 then 'department' when 5 then 'series' else 'host' end as scope,
      case g when 7 then '' when 3 then department when 5 then series_id else host end as id,
      json_object_agg(figure, json_build_array(part, whole)) as figures
    from sums
    where g = 7 or (quarter = any ($4::text[]) and (g <> 5 or series_id is not null))
    group by 1, 2, 3`,
};

/** The meetings of the quarter: those that count, with what tables and scopes need of them. */
export const meetings = {
  name: 'review_meetings',
  text: `with ${spans}, ${facts}
    select f.meeting_id as id, m.title, f.starts_at, f.department, f.departments, f.series_id, f.host, f.phase,
      f.survey, f.effectiveness, f.decided, f.informed, f.deferred, f.dropped
    from facts f join view.meetings m on m.id = f.meeting_id
    order by f.starts_at, f.meeting_id`,
};

export const speaking = {
  name: 'review_speaking',
  text: `with ${spans}, ${facts}
    select s.key as department, sum(s.value::bigint)::double precision as ms
    from facts f cross join lateral jsonb_each_text(f.speaking) s
    group by 1 order by 2 desc, 1`,
};

/** R3: due in the quarter; $4 = how many, those that missed a date first to be kept. */
export const bars = {
  name: 'review_bars',
  text: `with ${spans}, picked as (
      select a.id, a.data, a.meeting_id, a.owner, a.status, a.due_at, coalesce(a.department, f.department) as department
      from spans s join view.actions a on a.due_at >= s.since and a.due_at < s.until
      join view.facts f on f.meeting_id = a.meeting_id
      where not f.confidential
        and not exists (select 1 from view.topics t where t.meeting_id = a.meeting_id and t.topic_id = a.topic_id
          and ${confidential('t')})
      order by (a.data->>'missedTotal')::int desc, a.due_at, a.id limit $4
    )
    select * from picked order by due_at, id`,
};

/** Topics of the quarter that an earlier meeting had already, as they were last; $4 = how many, those that came most often first. */
export const repeated = {
  name: 'review_repeated',
  text: `with ${rows}, again as (
      select distinct a.identity from figure_rows r join agendas a on a.topic_id = r.id and a.meeting_id = r.meeting_id
      where r.figure = 'repeatedTopics' and r.part > 0
    ), once as (
      select distinct on (a.identity, a.meeting_id) a.identity, a.meeting_id, t.topic_id, t.title,
        coalesce(t.department, f.department) as department, f.starts_at
      from again join agendas a on a.identity = again.identity
      join view.topics t on t.topic_id = a.topic_id and t.meeting_id = a.meeting_id
      join view.facts f on f.meeting_id = a.meeting_id
      where f.starts_at < (select max(until) from spans) order by a.identity, a.meeting_id, t.topic_id
    )
    select (array_agg(topic_id order by starts_at desc, meeting_id desc))[1] as topic_id, count(*)::int as times,
      array_agg(meeting_id order by starts_at, meeting_id) as meetings,
      (array_agg(title order by starts_at desc, meeting_id desc))[1] as title,
      (array_agg(department order by starts_at desc, meeting_id desc))[1] as department
    from once group by identity order by 2 desc, identity limit $4`,
};

/** Keeps the rows of one quarter beside its report. */
export const keepRows = {
  name: 'review_keep_rows',
  text: `with ${rows}
    insert into record.review_rows (quarter, figure, kind, id, meeting_id, at, department, series_id, host, part, whole)
    select quarter, figure, kind, id, meeting_id, at, department, series_id, host, part, whole from figure_rows`,
};
