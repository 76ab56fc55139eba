import { addWorkingDays, calendarById, fromLocal } from '../../domain/calendar/index.js';
import type { Instant, LocalDate, ZoneData } from '../../domain/calendar/index.js';
import type { Actor } from '../../domain/meeting/commands.js';
import type { MeetingState, Participant, ParticipantRole, Phase, Topic } from '../../domain/meeting/state.js';
import { defaultNorms } from '../../domain/norms.js';

/** Taipei has kept one offset since 1980. */
export const taipei: ZoneData = { name: 'Asia/Taipei', offsets: [{ from: 0, minutes: 480 }] };
export const taiwan = calendarById('TW');

/** An instant by Taipei's wall clock: `at('2026-02-02', '09:30')`. */
export function at(date: LocalDate, time: string): Instant {
  return fromLocal(taipei, date, time);
}

export const meetingId = 'aaaabbbbccccdddd';

/** Mon 2 Feb 2026 09:30–10:30; the Lunar New Year (15–20 Feb) lies two weeks ahead. */
const startsAt = at('2026-02-02', '09:30');
const plannedEndAt = at('2026-02-02', '10:30');

const seat = (person: string, department: string, role: ParticipantRole): Participant => ({
  person,
  department,
  role,
  key: role === 'head',
  topics: [],
});

const topic = (n: number, title: string): Topic => ({
  topicId: `${meetingId}-t${n}`,
  title,
  minutes: 15,
  priority: n,
  order: n - 1,
  department: `d${n}`,
  materials: [],
  status: 'planned',
  spentMs: 0,
});

/**
 * A valid meeting in a phase: p1 initiates (d1), p2 hosts, p3 coordinates, p4 records, p5 sponsors; p6 and p8 head d2 and
 * d3, p7 and p9 work there, p10 observes, p11 is external. What an override names replaces what is here.
 */
export function aMeeting(overrides: Partial<MeetingState> = {}): MeetingState {
  const phase = overrides.phase ?? 'followUp';
  return { ...base(), ...reached(phase), ...overrides, phase };
}

function base(): MeetingState {
  return {
    schemaVersion: 1,
    id: meetingId,
    revision: 1,
    counters: { t: 2 },
    phase: 'preparation',
    kind: 'regular',
    title: '專案A進度協調',
    goal: '確認專案A的交期',
    issueKind: 'progress',
    complex: false,
    startsAt,
    zone: taipei,
    calendar: taiwan,
    norms: defaultNorms,
    durationMinutes: 60,
    plannedEndAt,
    place: '3F 會議室',
    initiator: { department: 'd1', person: 'p1' },
    host: 'p2',
    coordinator: 'p3',
    recorder: 'p4',
    sponsor: 'p5',
    participants: [
      seat('p1', 'd1', 'core'),
      seat('p2', 'd1', 'head'),
      seat('p3', 'd1', 'core'),
      seat('p6', 'd2', 'head'),
      seat('p7', 'd2', 'core'),
      seat('p8', 'd3', 'head'),
      seat('p9', 'd3', 'support'),
      seat('p10', 'd3', 'observer'),
      seat('p11', 'd4', 'external'),
    ],
    supportDepartments: [],
    agenda: [topic(1, '交期'), topic(2, '人力')],
    openDiscussionMinutes: 10,
    breakMinutes: 0,
    locale: 'zh-TW',
    warnings: [],
    createdAt: at('2026-01-28', '10:00'),
    createdBy: { person: 'p1', via: 'api' },
    rsvps: {},
    attendance: {},
    keyPoints: [],
    votes: [],
    actions: [],
    plans: [],
    tasks: [],
    timers: [],
  };
}

/** What a meeting has by the time it is in a phase. */
function reached(phase: Phase): Partial<MeetingState> {
  if (phase === 'preparation') return {};
  const published = { publishedAt: at('2026-01-28', '11:00') };
  if (phase === 'notice') return published;
  if (phase === 'cancelled' || phase === 'lapsed') return { ...published, endedAt: plannedEndAt };
  const opened = { ...published, openedAt: startsAt, lastEventAt: startsAt, attendance: present() };
  if (phase === 'execution') return opened;
  const closed: Partial<MeetingState> = { ...opened, closedAt: plannedEndAt, closedBy: 'host' };
  const draft = { version: 1, kind: 'draft' as const, at: plannedEndAt, by: { via: 'engine' as const } };
  const minutes = { version: 1, versions: [draft], dueAt: plannedEndAt + 24 * 3_600_000 };
  if (phase === 'minutes') return { ...closed, minutes };
  const sentAt = at('2026-02-02', '14:00');
  const objectionsUntil = addWorkingDays(taiwan, taipei, sentAt, 2);
  const sent = { ...closed, minutes: { ...minutes, confirmedAt: sentAt, sentAt, objectionsUntil } };
  return phase === 'closed' ? { ...sent, endedAt: at('2026-02-06', '18:00') } : sent;
}

function present(): MeetingState['attendance'] {
  const people = ['p1', 'p2', 'p3', 'p6', 'p7', 'p8', 'p9', 'p10', 'p11'];
  const by = { person: 'p2', via: 'api' as const };
  return Object.fromEntries(people.map((p) => [p, { present: true, log: [{ at: startsAt, present: true, by }] }]));
}

/** A person signed in, or following a link. */
export function person(id: string, via: Actor['via'] = 'api'): Actor {
  return { person: id, roles: ['member'], scopes: [], via };
}

/** The administrator's key. */
export const admin: Actor = { key: 'k1', roles: ['admin'], scopes: ['act-as'], via: 'api' };
/** A service's key without `act-as`. */
export const service: Actor = { key: 'k2', roles: ['service'], scopes: [], via: 'api' };
