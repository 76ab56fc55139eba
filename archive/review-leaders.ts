/** R1, H5, H7: who leads what on a day, and who is only ever there from outside. */
import type { LocalDate } from '../domain/calendar/index.js';
import type { PersonId } from '../domain/meeting/state.js';
import type { Leader } from '../domain/review/audience.js';
import type { Driver } from './driver.js';

/** Of departments that are open; people who left lead nothing. */
const leaders = {
  name: 'leaders_on',
  text: `with led as (
      select d.id, d.parent, coalesce((select a->>'person' from jsonb_array_elements(d.acting) a
        where a->>'from' <= $1 and a->>'to' >= $1 order by a->>'from' desc limit 1), d.head) as person
      from record.departments d where not d.closed
    )
    select led.id, led.parent, p.id as person from led left join record.people p on p.id = led.person and p.active
    order by led.id`,
};

/** Has parts in meetings, and all of them from outside. */
const outside = {
  name: 'is_only_outside',
  text: `select exists (select 1 from view.meetings m where m.people @> array[$1])
    and not exists (select 1 from view.meetings m where m.people @> array[$1]
      and not coalesce(m.outsiders, '{}') @> array[$1])
    and not exists (select 1 from record.departments d where d.head = $1) as outside`,
};

export interface LeadersPort {
  leaders(date: LocalDate): Promise<Leader[]>;
}

export interface Leaders extends LeadersPort {
  isOutside(person: PersonId): Promise<boolean>;
}

export function createLeaders(driver: Driver): Leaders {
  return {
    async leaders(date) {
      return (await driver.run(leaders, [date])).map(({ id, parent, person }) => ({
        department: String(id),
        ...(typeof parent === 'string' ? { parent } : {}),
        ...(typeof person === 'string' ? { person } : {}),
      }));
    },
    async isOutside(person) {
      return (await driver.run(outside, [person]))[0]?.['outside'] === true;
    },
  };
}
