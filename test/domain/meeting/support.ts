import { calendarById, fromLocal, zoneData } from '../../../domain/calendar/index.js';
import type { Instant, LocalDate, WorkingCalendar, ZoneData } from '../../../domain/calendar/index.js';
import type { CreateMeetingInput, TopicInput } from '../../../domain/meeting/commands.js';
import { createMeeting } from '../../../domain/meeting/create.js';
import type { CreateContext } from '../../../domain/meeting/create.js';
import type { Change, Effect, MailEffect } from '../../../domain/meeting/effects.js';
import type { MeetingState } from '../../../domain/meeting/state.js';
import { applyTimer } from '../../../domain/meeting/step.js';
import { defaultNorms } from '../../../domain/norms.js';
import { at, meetingId, taipei, taiwan } from '../../support/meeting.js';

/** Where and by which calendar a meeting lives. */
export interface Place {
  zone: ZoneData;
  calendar: WorkingCalendar;
  at(date: LocalDate, time: string): Instant;
}

function place(name: string, calendar: WorkingCalendar): Place {
  const zone = zoneData(name, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1));
  return { zone, calendar, at: (date, time) => fromLocal(zone, date, time) };
}

export const inTaipei: Place = { zone: taipei, calendar: taiwan, at };
export const inShanghai = place('Asia/Shanghai', calendarById('CN'));
/** Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October 2026. */
export const inBerlin = place('Europe/Berlin', calendarById('none'));

/** Wednesday morning, five days before the meeting of `aRequest`. */
export const wednesday = at('2026-01-28', '10:00');
export const monday = at('2026-02-02', '09:30');

/** n people p1, p2, … of departments d1, d2, …, core members all. */
export const people = (n: number): CreateMeetingInput['participants'] =>
  Array.from({ length: n }, (_, i) => ({ person: `p${i + 1}`, department: `d${i + 1}`, role: 'core' }));

export const topic = (title: string, minutes = 15, priority = 1, more: Partial<TopicInput> = {}): TopicInput => ({
  title,
  minutes,
  priority,
  expectedConclusion: '有結論',
  ...more,
});

/** A request that breaks no rule: Monday 2 February 2026, 09:30–10:30 in Taipei, two topics. */
export function aRequest(overrides: Partial<CreateMeetingInput> = {}): CreateMeetingInput {
  return {
    id: meetingId,
    kind: 'regular',
    title: '專案A進度協調',
    goal: '確認專案A的交期',
    issueKind: 'progress',
    startsAt: monday,
    durationMinutes: 60,
    place: '3F 會議室',
    initiator: { department: 'd1', person: 'p1' },
    host: 'p2',
    coordinator: 'p3',
    recorder: 'p4',
    participants: [
      { person: 'p1', department: 'd1', role: 'core' },
      { person: 'p2', department: 'd1', role: 'head' },
      { person: 'p6', department: 'd2', role: 'head', key: true },
      { person: 'p7', department: 'd3', role: 'support' },
    ],
    supportDepartments: [{ department: 'd9', person: 'p90' }],
    agenda: [topic('交期', 20, 1), topic('人力', 20, 2)],
    locale: 'zh-TW',
    ...overrides,
  };
}

export function context(overrides: Partial<CreateContext> = {}): CreateContext {
  return {
    now: wednesday,
    norms: defaultNorms,
    calendar: taiwan,
    zone: taipei,
    by: { person: 'p1', via: 'api' },
    ...overrides,
  };
}

/** Creates it, on Wednesday 28 January 2026, 10:00 in Taipei unless the context says otherwise. */
export function create(overrides: Partial<CreateMeetingInput> = {}, where: Partial<CreateContext> = {}): Change {
  return createMeeting(aRequest(overrides), context(where));
}

/** A meeting whose notice is out. */
export function published(
  overrides: Partial<CreateMeetingInput> = {},
  where: Partial<CreateContext> = {},
): MeetingState {
  return create({ publish: true, ...overrides }, where).state;
}

export function mailsOf({ effects }: { effects: Effect[] }): MailEffect[] {
  return effects.filter((e) => e.type === 'mail');
}

/** `notice → p1 p2`, a line per mail. */
export function lines(change: { effects: Effect[] }): string[] {
  return mailsOf(change).map((m) => `${m.mail} → ${m.to.join(' ')}`);
}

export const hintCodes = (state: MeetingState): string[] => state.warnings.map((w) => w.code);

/** N4: a change, and what is told of it when its minute is over. */
export function told<R>(change: Change<R>): Change<R> {
  const timer = change.state.timers.find((t) => t.kind === 'changeMail');
  if (timer === undefined) return change;
  const after = applyTimer(change.state, timer, timer.at);
  return { ...change, state: after.state, effects: [...change.effects, ...after.effects] };
}
