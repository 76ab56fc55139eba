import type { LocalDate } from '../domain/calendar/index.js';
import type { DepartmentId, MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver, Row } from './driver.js';
import type { Leave, PersonStanding, StandingPort } from './ports.js';

/** Leave earliest first. */
export interface Kept {
  active: boolean;
  successor?: PersonId;
  leave: Leave[];
}

/** What the directory keeps of it, and where the open work is. */
export interface Standing extends StandingPort {
  /** Of each of these people; who is not known counts as active. */
  kept(people: PersonId[]): Promise<Kept[]>;
  /** What somebody heads, or acts as head of on a date. */
  ledBy(person: PersonId, date: LocalDate): Promise<DepartmentId[]>;
  /** Which of these are closed. */
  closed(departments: DepartmentId[]): Promise<DepartmentId[]>;
  /** Earliest first. */
  leaveOf(person: PersonId): Promise<Leave[]>;
  /** Replaces it; periods of one beginning are one. */
  putLeave(person: PersonId, leave: Leave[]): Promise<void>;
  statusOf(person: PersonId): Promise<Omit<Kept, 'leave'>>;
  setStatus(person: PersonId, status: { active?: boolean; successor?: PersonId | null }): Promise<void>;
  isClosed(department: DepartmentId): Promise<boolean>;
  setClosed(department: DepartmentId, closed: boolean): Promise<void>;
  /** Meetings whose open work names the department, as lead, supporting or waited for. */
  meetingsWithWorkOf(department: DepartmentId): Promise<MeetingId[]>;
  /** Meetings where somebody owns, leads, coordinates or is asked what is still open. */
  meetingsNeeding(person: PersonId): Promise<MeetingId[]>;
}

const of = {
  name: 'standing_of',
  text: `select p.id, p.active, p.successor,
      (select max(l.to_date) from record.leave l where l.person = p.id and l.from_date <= $2 and l.to_date >= $2) as until
    from record.people p where p.id = any ($1) order by p.id`,
};

const kept = {
  name: 'standing_kept',
  text: `select p.id, p.active, p.successor, coalesce((select jsonb_agg(jsonb_build_object('from', l.from_date, 'to', l.to_date)
      order by l.from_date) from record.leave l where l.person = p.id), '[]'::jsonb) as leave
    from record.people p where p.id = any ($1)`,
};

const led = {
  name: 'departments_led_by',
  text: `select d.id from record.departments d where not d.closed and (d.head = $1 or exists (
      select 1 from jsonb_array_elements(d.acting) a where a->>'person' = $1 and a->>'from' <= $2 and a->>'to' >= $2))
    order by d.id`,
};

const closed = {
  name: 'closed_departments',
  text: 'select id from record.departments where closed and id = any ($1) order by id',
};

/** A closed department's work is its successor's, so the way up leads there. */
const levels = {
  name: 'levels_upward',
  text: `with recursive up(id, head, acting, above, closed, depth, seen) as (
      select d.id, d.head, d.acting, case when d.closed then coalesce(d.successor, d.parent) else d.parent end, d.closed,
          0, array[d.id]
        from record.departments d where d.id = $1
      union all
      select d.id, d.head, d.acting, case when d.closed then coalesce(d.successor, d.parent) else d.parent end, d.closed,
          up.depth + 1, up.seen || d.id
        from up join record.departments d on d.id = up.above where d.id <> all (up.seen)
    )
    select head, (select a->>'person' from jsonb_array_elements(acting) a
        where a->>'from' <= $2 and a->>'to' >= $2 order by a->>'from' desc limit 1) as acting
      from up where not closed order by depth`,
};

/** Who of these people ($1) works or leads somewhere at what another of them leads, or truly under it. */
const under = {
  name: 'people_under',
  text: `with recursive led(person, id) as (
      select p.person, d.id from unnest($1::text[]) as p(person) join record.departments d on not d.closed and (
        d.head = p.person or exists (select 1 from jsonb_array_elements(d.acting) a
          where a->>'person' = p.person and a->>'from' <= $2 and a->>'to' >= $2))
    ), up(person, id, seen) as (
      select s.person, s.id, array[s.id] from (select person, id from led
        union select m.person, m.department from record.memberships m where m.person = any ($1)) s
      union all
      select up.person, n.above, up.seen || n.above from up
        join (select d.id, case when d.closed then coalesce(d.successor, d.parent) else d.parent end as above
          from record.departments d) n on n.id = up.id and n.above is not null and n.above <> all (up.seen)
    )
    select up.person, led.person as boss, bool_or(cardinality(up.seen) > 1) as truly
      from up join led on led.id = up.id and led.person <> up.person group by up.person, led.person`,
};

const openPhases = `('execution', 'minutes', 'followUp')`;

const workOf = {
  name: 'meetings_with_work_of',
  text: `select m.id from view.meetings m where m.phase in ${openPhases} and (
      exists (select 1 from view.actions a where a.meeting_id = m.id and a.status not in ('done', 'cancelled')
        and (a.department = $1 or a.data->'supporting' ? $1 or a.data->'block'->>'department' = $1))
      or exists (select 1 from view.tasks t where t.meeting_id = m.id and t.kind = 'improvementPlan'
        and t.status not in ('done', 'cancelled') and t.data->>'department' = $1))
    order by m.starts_at, m.id`,
};

const needing = {
  name: 'meetings_needing',
  text: `select m.id from view.meetings m where m.phase in ${openPhases} and m.people @> array[$1] and (
      $1 in (m.host, m.state->>'coordinator', m.state->>'deputyHost', m.state->>'actingHost', m.state->>'recorder',
        m.state->'initiator'->>'person')
      or exists (select 1 from view.actions a where a.meeting_id = m.id and (a.owner = $1
        and a.status in ('open', 'overdue') or a.data->>'internalContact' = $1 and a.status not in ('done', 'cancelled')))
      or exists (select 1 from view.tasks t where t.meeting_id = m.id and t.status in ('open', 'overdue')
        and (t.assignee = $1 or t.data->'chain' ? $1)))
    order by m.starts_at, m.id`,
};

export function createStanding(driver: Driver): Standing {
  const self: Standing = {
    async of(people, date) {
      if (people.length === 0) return [];
      return (await driver.run(of, [people, date])).map(standingOf);
    },

    async headsUpward(department, { date, keep }) {
      const rows = await driver.run(levels, [department, date]);
      const pairs = rows.map((row) => [row['acting'], row['head']].filter((p) => p !== null).map(String));
      const standings = await self.of([...new Set(pairs.flat())], date);
      const present = (p: PersonId): boolean =>
        standings.some((s) => s.person === p && !s.left && s.leaveUntil === undefined);
      // Who is asked about stands where they stand, whoever acts for them: the rule cuts below.
      const heads = pairs.map((pair) => (keep !== undefined && pair.includes(keep) ? keep : pair.find(present)));
      const named = heads.filter((p) => p !== undefined);
      return keep === undefined ? [...new Set(named)] : named;
    },

    async below(boss, people, date) {
      if (people.length === 0) return [];
      const rows = await driver.run(under, [[...new Set([boss, ...people])], date]);
      const found = (person: PersonId, above: PersonId): Row | undefined =>
        rows.find((row) => row['person'] === person && row['boss'] === above);
      return people.filter((p) => found(p, boss) !== undefined && found(boss, p)?.['truly'] !== true);
    },

    async kept(people) {
      const rows = people.length === 0 ? [] : await driver.run(kept, [people]);
      return people.map((person) => keptOf(rows.find((row) => row['id'] === person)));
    },

    leaveOf: async (person) => (await self.kept([person]))[0]!.leave,

    async putLeave(person, leave) {
      await driver.run(
        {
          name: 'put_leave',
          // One statement, so that nobody sees a person without their leave.
          text: `with given as (
              select l."from" as f, max(l."to") as t from jsonb_to_recordset($2::jsonb) as l("from" text, "to" text) group by 1
            ), gone as (
              delete from record.leave where person = $1 and from_date not in (select f from given)
            )
            insert into record.leave (person, from_date, to_date) select $1, f, t from given
              on conflict (person, from_date) do update set to_date = excluded.to_date`,
        },
        [person, JSON.stringify(leave)],
      );
    },

    async statusOf(person) {
      const { leave: _, ...status } = (await self.kept([person]))[0]!;
      return status;
    },

    async setStatus(person, { active, successor }) {
      await driver.run(
        {
          name: 'set_status',
          text: `update record.people set active = coalesce($2, active),
            successor = case when $4 then $3 else successor end where id = $1`,
        },
        [person, active ?? null, successor ?? null, successor !== undefined],
      );
    },

    async ledBy(person, date) {
      return (await driver.run(led, [person, date])).map(idOf);
    },

    async closed(departments) {
      return departments.length === 0 ? [] : (await driver.run(closed, [departments])).map(idOf);
    },

    isClosed: async (department) => (await self.closed([department])).length > 0,

    async setClosed(department, closed) {
      await driver.run({ name: 'set_closed', text: 'update record.departments set closed = $2 where id = $1' }, [
        department,
        closed,
      ]);
    },

    async meetingsWithWorkOf(department) {
      return (await driver.run(workOf, [department])).map(idOf);
    },

    async meetingsNeeding(person) {
      return (await driver.run(needing, [person])).map(idOf);
    },
  };
  return self;
}

function keptOf(row: Row | undefined): Kept {
  const successor = row?.['successor'];
  return {
    active: row?.['active'] !== false,
    ...(typeof successor === 'string' ? { successor } : {}),
    leave: (row?.['leave'] ?? []) as Leave[],
  };
}

const idOf = (row: Row): string => String(row['id']);

function standingOf(row: Row): PersonStanding {
  const { until, successor } = row;
  return {
    person: String(row['id']),
    ...(typeof until === 'string' ? { leaveUntil: until } : {}),
    ...(row['active'] === false ? { left: true } : {}),
    ...(typeof successor === 'string' ? { successor } : {}),
  };
}
