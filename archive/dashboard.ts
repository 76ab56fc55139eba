/** The figures of today: who waits for whom, and which decisions are open; each caller's own view (H7, H10). */
import type { Instant } from '../domain/calendar/index.js';
import type { MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver, Row } from './driver.js';

/** `all`: everything that is not confidential, besides what these people have a part in. */
export interface Onlooker {
  people: PersonId[];
  all: boolean;
}

/** Actions, plans and tasks that lie with `to`, and whoever cannot go on without them. */
export interface Waiting {
  from: PersonId;
  to: PersonId;
  count: number;
  overdue: number;
  /** The earliest date of them. */
  oldestDueAt: Instant;
}

export interface OpenEscalation {
  id: string;
  title: string;
  meetingId: MeetingId;
  meetingTitle: string;
  assignee: PersonId;
  dueAt: Instant;
  createdAt: Instant;
}

export interface Dashboard {
  /** The longest overdue first; at most 100. */
  waiting(who: Onlooker): Promise<Waiting[]>;
  /** The same of open decisions (F3); at most 50. */
  escalations(who: Onlooker): Promise<OpenEscalation[]>;
}

/**
 * $1 all, $2 people. An item of a confidential topic is for its readers, and so is every item for who is there by a part of
 * their own; who looks over everything sees what is not confidential.
 */
const seen = `seen as (
    select m.id, m.title, m.host, (m.confidential_by is null and $1::boolean) as overlooked from view.meetings m
    where m.phase in ('notice', 'execution', 'minutes', 'followUp')
      and ((m.confidential_by is null and $1) or m.people && $2::text[])
  )`;
const isSecret = (meeting: string, topic: string): string =>
  `exists (select 1 from view.topics t where t.meeting_id = ${meeting} and t.topic_id = ${topic}
     and coalesce((t.data->>'confidential')::boolean, false))`;
const mayRead = (item: string, topic: string): string => `(
    coalesce(${item}.data->'readers' ?| $2::text[], ${item}.data->'readers' is null)
    or s.overlooked and not ${isSecret(`${item}.meeting_id`, topic)})`;
/** Of a task about an action the action's topic, of one about a topic that. */
const topicOfTask = `coalesce((select x.topic_id from view.actions x where x.id = k.about), k.about)`;

const waiting = {
  name: 'who_waits',
  text: `with ${seen},
    items as (
      select a.id, a.meeting_id, a.owner, a.status, a.due_at, a.data, true as tracked from view.actions a
        join seen s on s.id = a.meeting_id
        where a.status in ('open', 'overdue', 'escalated', 'reported') and ${mayRead('a', 'a.topic_id')}
      union all
      select k.id, k.meeting_id, k.assignee, k.status, k.due_at, k.data, k.kind = 'improvementPlan' from view.tasks k
        join seen s on s.id = k.meeting_id
        where k.status in ('open', 'overdue', 'escalated', 'reported') and k.kind <> 'escalation'
          and k.assignee is not null and ${mayRead('k', topicOfTask)}
    ),
    officers as materialized (
      select m.id, m.host, coalesce(m.state->>'coordinator', m.host) as tracker from view.meetings m
        where m.id in (select i.meeting_id from items i)
    ),
    waits as (
      select i.status, i.due_at,
        case when i.tracked and (i.status = 'reported' or i.data->'block'->>'acceptedAt' is not null) then i.owner
          when i.owner = o.tracker then o.host else o.tracker end as "from",
        case when not i.tracked then i.owner
          when i.status = 'reported' then case when i.owner = o.tracker then o.host else o.tracker end
          when i.status = 'escalated' then (select k.assignee from view.tasks k
            where k.meeting_id = i.meeting_id and k.kind = 'escalation' and k.about = i.id and k.status = 'open' limit 1)
          when i.data->'block'->>'acceptedAt' is not null then coalesce(i.data->'block'->>'head', i.owner)
          else i.owner end as "to"
      from items i join officers o on o.id = i.meeting_id
    )
    select "from", "to", count(*)::int as count, count(*) filter (where status in ('overdue', 'escalated'))::int as overdue,
      min(due_at) as oldest
    from waits where "to" is not null and "from" <> "to" group by 1, 2 order by min(due_at), 1, 2 limit 100`,
};

const escalations = {
  name: 'open_escalations',
  text: `with ${seen}
    select k.id, k.meeting_id, s.title as meeting_title, k.assignee, k.due_at, k.data->>'createdAt' as created_at,
      coalesce(a.data->>'task', s.title) as title
    from view.tasks k join seen s on s.id = k.meeting_id left join view.actions a on a.id = k.about
    where k.kind = 'escalation' and k.status = 'open' and k.assignee is not null and ${mayRead('k', topicOfTask)}
    order by (k.data->>'createdAt')::bigint, k.id limit 50`,
};

export function createDashboard(driver: Driver): Dashboard {
  return {
    async waiting({ all, people }) {
      return (await driver.run(waiting, [all, people])).map((row) => ({
        from: String(row['from']),
        to: String(row['to']),
        count: Number(row['count']),
        overdue: Number(row['overdue']),
        oldestDueAt: Number(row['oldest']),
      }));
    },
    async escalations({ all, people }) {
      return (await driver.run(escalations, [all, people])).map((row: Row) => ({
        id: String(row['id']),
        title: String(row['title']),
        meetingId: String(row['meeting_id']),
        meetingTitle: String(row['meeting_title']),
        assignee: String(row['assignee']),
        dueAt: Number(row['due_at']),
        createdAt: Number(row['created_at']),
      }));
    },
  };
}
