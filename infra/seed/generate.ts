/** A generated organisation: the same for the same options. */
import type { SeedMeeting, SeedSeries } from '../../archive/seed.js';
import {
  addDays,
  fromLocal,
  toLocal,
  zoneData,
  DAY,
  HOUR,
  type Instant,
  type WorkingCalendar,
} from '../../domain/calendar/index.js';
import { meetingOf, type Left } from './meeting.js';
import type { SeedOptions } from './options.js';
import { organisationOf, type Organisation } from './organisation.js';
import { randomOf } from './random.js';
import { planned, type World } from './series.js';

export interface Generated {
  organisation: Organisation;
  series: SeedSeries[];
  from: string;
  until: string;
  now: Instant;
  /** In the order of their starts; made one by one. */
  meetings(): Generator<SeedMeeting>;
}

export interface Place {
  timeZone: string;
  calendar: WorkingCalendar;
  /** Of the wall clock; only its day counts, the one before until 18:00, and only without `until`. */
  now: Instant;
}

export function generate(options: SeedOptions, place: Place): Generated {
  const random = randomOf(options.seed);
  // The last day is seen from 18:00: nothing lies ahead of the clock.
  const seen = place.now - 18 * HOUR;
  const until = options.until ?? toLocal(zoneData(place.timeZone, seen - DAY, seen + DAY), seen).date;
  const from = `${Number(until.slice(0, 4)) - options.years}${addDays(until, 0).slice(4)}`.replace('-02-29', '-02-28');
  const utc = { name: 'UTC', offsets: [{ from: 0, minutes: 0 }] };
  const zone = zoneData(
    place.timeZone,
    fromLocal(utc, from, '00:00') - 60 * DAY,
    fromLocal(utc, until, '00:00') + 800 * DAY,
  );
  const organisation = organisationOf(options, random.fork('organisation'));
  const world: World = {
    organisation,
    calendar: place.calendar,
    zone,
    from,
    until,
    now: fromLocal(zone, until, '18:00'),
  };
  const { plan, series } = planned(world, options.meetings, random.fork('plan'));
  return {
    organisation,
    series,
    from,
    until,
    now: world.now,
    *meetings() {
      const left = new Map<string, Left[]>();
      const wantedOf = (i: number): number => (options.actions * (i + 1)) / plan.length;
      let made = 0;
      for (const [i, next] of plan.entries()) {
        const { circle } = next;
        const own = circle.seriesId ?? '';
        const line = random.fork(`meeting${i}`);
        // Those that are not held leave their share to the next ones.
        const share = Math.max(0, Math.min(30, wantedOf(i) - made)) * circle.habit.actions;
        const actions = Math.round(line.near(share, Math.min(4, share)));
        const meeting = meetingOf(next, {
          world,
          random: line,
          actions: Math.max(0, actions),
          left: left.get(own) ?? [],
        });
        made += meeting.state.actions.length;
        if (own !== '') left.set(own, leftBy(meeting, left.get(own) ?? []));
        yield meeting;
      }
    },
  };
}

/** S1: what a meeting that was held put off; one that was not leaves what it had. */
function leftBy({ state }: SeedMeeting, before: Left[]): Left[] {
  if (state.closedAt === undefined) return before;
  return state.agenda
    .filter((t) => t.outcome === 'deferred')
    .slice(0, 3)
    .map((topic) => ({ topic, from: state.id, times: (topic.carried?.times ?? 0) + 1 }));
}
