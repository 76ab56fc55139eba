/** The series, with their people, and when meetings are. */
import type { SeedSeries } from '../../archive/seed.js';
import {
  addDays,
  addWorkingDays,
  fromLocal,
  isWorkingDay,
  toLocal,
  type Instant,
  type WorkingCalendar,
  type ZoneData,
} from '../../domain/calendar/index.js';
import type { Locale } from '../../domain/meeting/state.js';
import { occurrences } from '../../domain/series/occurrences.js';
import type { SeriesPlan } from '../../domain/series/plan.js';
import type { Pattern } from '../../domain/series/rule.js';
import { habits, type Habit } from './habits.js';
import type { Member, Organisation } from './organisation.js';
import type { Random } from './random.js';
import { about, vocabulary } from './words.js';

/** What the meetings of a series, or a single meeting, have in common. */
export interface Circle {
  seriesId?: string;
  title: string;
  subject: string;
  locale: Locale;
  habit: Habit;
  department: string;
  host: Member;
  coordinator: Member;
  recorder: Member;
  people: Member[];
  /** Who may come to watch. */
  newcomers: Member[];
  /** Of its people, who neither speaks nor votes. */
  silent: Set<string>;
  /** Who speaks most, in a dominated one. */
  loud: string;
}

export interface Planned {
  startsAt: Instant;
  circle: Circle;
}

export interface World {
  organisation: Organisation;
  calendar: WorkingCalendar;
  zone: ZoneData;
  from: string;
  /** The last day. */
  until: string;
  /** 18:00 of it: all is told as it stands then. */
  now: Instant;
}

/** Meetings are planned that far ahead of the last day. */
const aheadDays = 10;
const inSeries = 0.82;

export function planned(world: World, meetings: number, random: Random): { plan: Planned[]; series: SeedSeries[] } {
  const wanted = Math.round(meetings * inSeries);
  const series: SeedSeries[] = [];
  const plan: Planned[] = [];
  for (let i = 0; plan.length < wanted; i++) {
    const line = random.fork(`series${i}`);
    const circle = circleOf(world, line, habits[i % habits.length]!, i);
    const made = seriesOf(world, circle, line, i);
    const last = fromLocal(world.zone, addDays(world.until, aheadDays), '00:00');
    const dates = occurrences(made.rule, world.calendar, world.zone, 0, last);
    // The newest: one that began later is shorter.
    const taken = dates.slice(-(wanted - plan.length));
    if (taken.length === 0) break;
    series.push({ plan: made, department: circle.department, people: circle.people.map((p) => p.id) });
    plan.push(...taken.map(({ startsAt }) => ({ startsAt, circle: { ...circle, seriesId: made.id } })));
  }
  for (let i = 0; plan.length < meetings; i++) {
    const line = random.fork(`single${i}`);
    plan.push({ startsAt: someTime(world, line), circle: circleOf(world, line, line.pick(habits), i) });
  }
  return { plan: plan.sort((a, b) => a.startsAt - b.startsAt), series };
}

function circleOf({ organisation }: World, random: Random, habit: Habit, i: number): Circle {
  const { departments, of, members } = organisation;
  const department = departments[i % departments.length]!.id;
  const own = of.get(department)!;
  const host = own[0]!;
  const count = Math.min(random.int(...habit.people), members.length);
  const guests = random.some(departments, random.int(2, 5)).flatMap((d) => of.get(d.id)!);
  const pool = [...new Set([...own.slice(1), ...guests])].filter((m) => m !== host);
  const people = [host, ...random.some(pool.length >= count - 1 ? pool : members.filter((m) => m !== host), count - 1)];
  const others = people.slice(1);
  const locale = host.locale === 'zh-CN' && random.chance(0.7) ? 'zh-CN' : host.locale === 'en' ? 'en' : 'zh-TW';
  const words = vocabulary[locale];
  const subject = random.pick(words.subjects);
  return {
    title: about(random.pick(words.meetings), subject),
    subject,
    locale,
    habit,
    department,
    host,
    coordinator: random.pick(others),
    recorder: random.pick(others),
    people,
    newcomers: own.slice(-2),
    silent: new Set(random.some(others, Math.floor(others.length * habit.silent)).map((p) => p.id)),
    loud: random.pick(people).department,
  };
}

const patterns = (random: Random): Pattern[] => [
  { every: 'week', interval: 1, weekdays: [random.int(1, 5)] },
  { every: 'week', interval: 1, weekdays: [random.int(1, 5)] },
  { every: 'week', interval: 2, weekdays: [random.int(1, 5)] },
  { every: 'month', interval: 1, by: 'weekday', nth: random.int(1, 4), weekday: random.int(1, 5), working: false },
];

function seriesOf(world: World, circle: Circle, random: Random, i: number): SeriesPlan {
  const { locale, subject, habit, department, host, coordinator, recorder } = circle;
  const words = vocabulary[locale];
  const pattern = patterns(random)[i % 4]!;
  circle.title = `${subject}${locale === 'en' ? ' ' : ''}${words.series[i % words.series.length]}`;
  return {
    id: random.id('s'),
    rule: { pattern, time: clockTime(random), starts: world.from, onDayOff: 'next', skips: [], moves: [] },
    timeZone: world.zone.name,
    template: {
      kind: 'regular',
      title: circle.title,
      goal: about(words.goals[0]!, subject),
      issueKind: 'progress',
      complex: habit.minutes > 60,
      durationMinutes: habit.minutes,
      place: words.room(random.int(1, 9)),
      initiator: { department, person: host.id },
      host: host.id,
      coordinator: coordinator.id,
      recorder: recorder.id,
      participants: circle.people.map((p, n) => ({
        person: p.id,
        department: p.department,
        role: n === 0 ? 'head' : 'core',
      })),
      supportDepartments: [],
      agenda: [],
      ...(circle.people.length > 15 ? { capReason: words.capReason } : {}),
      locale,
    },
    leadDays: 7,
    publish: 'auto',
    publishDaysBefore: 5,
    paused: false,
  };
}

/** Ends before 18:00, so that nothing is under way at the end of the last day. */
const clockTime = (random: Random): string =>
  `${String(random.pick([9, 10, 11, 13, 14, 15])).padStart(2, '0')}:${random.pick(['00', '30'])}`;

/** Any working hour of the years. */
function someTime({ calendar, zone, from, now }: World, random: Random): Instant {
  const first = fromLocal(zone, from, '09:00');
  const at = first + Math.floor(random.next() * (now - first));
  const { date } = toLocal(zone, at);
  const day = isWorkingDay(calendar, date) ? date : toLocal(zone, addWorkingDays(calendar, zone, at, 0)).date;
  const start = fromLocal(zone, day, clockTime(random));
  return start < now ? start : fromLocal(zone, from, clockTime(random));
}
