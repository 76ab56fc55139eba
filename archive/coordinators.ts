/** R4: who has watched, coordinated and led, of what the view keeps; confidential meetings count for nobody (H10). */
import type { Instant } from '../domain/calendar/index.js';
import type { Experience, HostedMeeting } from '../domain/coordinators.js';
import type { DepartmentId, MeetingId, PersonId } from '../domain/meeting/state.js';
import type { Driver, Row } from './driver.js';

export interface CoordinatorRecord extends Experience {
  person: PersonId;
  load: number;
  lastAt?: Instant;
}

export interface ComingMeeting {
  id: MeetingId;
  title: string;
  startsAt: Instant;
  timeZone: string;
  host: PersonId;
  department: DepartmentId;
}

export interface Coordinators {
  /** Of meetings that began in or after `since`; in the order given, everybody, nothing counted for who was at none. */
  records(people: PersonId[], since: Instant): Promise<CoordinatorRecord[]>;
  membersOf(department: DepartmentId): Promise<PersonId[]>;
  /** Announced, ahead, not confidential, of these departments, without the person; earliest first. */
  toObserve(person: PersonId, departments: DepartmentId[], from: Instant, limit: number): Promise<ComingMeeting[]>;
  /** Held by this host in or after `since`, latest first. */
  hosted(host: PersonId, since: Instant): Promise<HostedMeeting[]>;
}

const statement = (name: string, text: string) => ({ name: `coordinators_${name}`, text });

/** The state is parsed once for a meeting; `attended` says who was really there. */
const records = statement(
  'records',
  `with met as (
      select f.host, f.starts_at, f.held, f.attended, m.phase, s.coordinator, s."deputyHost" as deputy,
          array(select p->>'person' from json_array_elements(s.participants) p where p->>'role' = 'observer') as observers
        from view.facts f join view.meetings m on m.id = f.meeting_id,
          json_to_record(m.state) as s(coordinator text, "deputyHost" text, participants json)
        where not f.confidential and f.starts_at >= $2 and m.people && $1
    )
    select p.person,
        count(*) filter (where m.held and p.person = any (m.observers) and p.person = any (m.attended)) as observed,
        count(*) filter (where m.held and p.person in (m.coordinator, m.deputy)) as co_hosted,
        count(*) filter (where m.held and p.person = m.host) as hosted,
        count(*) filter (where p.person = m.coordinator and m.phase in ('preparation', 'notice', 'execution', 'minutes', 'followUp'))
          as load,
        max(m.starts_at) filter (where m.held and p.person = m.coordinator) as last_at
      from unnest($1::text[]) as p(person) left join met m on p.person in (m.host, m.coordinator, m.deputy)
        or p.person = any (m.observers)
      group by p.person`,
);

const members = statement(
  'members',
  `select m.person from record.memberships m join record.people p on p.id = m.person
    where m.department = $1 and p.active order by m.person`,
);

const toObserve = statement(
  'to_observe',
  `select m.id, m.title, m.starts_at, m.time_zone, m.host, f.department from view.meetings m
    join view.facts f on f.meeting_id = m.id
    where m.phase = 'notice' and m.starts_at > $3 and m.confidential_by is null and f.department = any ($2)
      and not m.people @> array[$1] order by m.starts_at, m.id limit $4`,
);

const hosted = statement(
  'hosted',
  `select meeting_id, starts_at, planned_minutes, over_minutes, over_time, speaking_rated, balanced, minutes_due,
      minutes_on_time
    from view.facts where host = $1 and held and starts_at >= $2 order by starts_at desc, meeting_id`,
);

export function createCoordinators(driver: Driver): Coordinators {
  return {
    async records(people, since) {
      if (people.length === 0) return [];
      const rows = await driver.run(records, [people, since]);
      const found = new Map(rows.map((row) => [String(row['person']), recordOf(row)]));
      return people.map((p) => found.get(p)!);
    },
    async membersOf(department) {
      return (await driver.run(members, [department])).map((row) => String(row['person']));
    },
    async toObserve(person, departments, from, limit) {
      if (departments.length === 0) return [];
      return (await driver.run(toObserve, [person, departments, from, limit])).map((row) => ({
        id: String(row['id']),
        title: String(row['title']),
        startsAt: Number(row['starts_at']),
        timeZone: String(row['time_zone']),
        host: String(row['host']),
        department: String(row['department']),
      }));
    },
    async hosted(host, since) {
      return (await driver.run(hosted, [host, since])).map((row) => ({
        meetingId: String(row['meeting_id']),
        startsAt: Number(row['starts_at']),
        plannedMinutes: Number(row['planned_minutes']),
        ...(row['over_minutes'] === null ? {} : { overMinutes: Number(row['over_minutes']) }),
        overTime: row['over_time'] === true,
        speakingRated: row['speaking_rated'] === true,
        balanced: row['balanced'] === true,
        minutesDue: row['minutes_due'] === true,
        minutesOnTime: row['minutes_on_time'] === true,
      }));
    },
  };
}

function recordOf(row: Row): CoordinatorRecord {
  const last = row['last_at'];
  return {
    person: String(row['person']),
    observed: Number(row['observed']),
    coHosted: Number(row['co_hosted']),
    hosted: Number(row['hosted']),
    load: Number(row['load']),
    ...(last === null ? {} : { lastAt: Number(last) }),
  };
}
