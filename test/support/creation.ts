import { calendarById, zoneData } from '../../domain/calendar/index.js';
import type { CreateMeetingInput } from '../../domain/meeting/commands.js';
import { createMeeting } from '../../domain/meeting/create.js';
import type { Change } from '../../domain/meeting/effects.js';
import { defaultNorms } from '../../domain/norms.js';

const hour = 3_600_000;
export const day = 24 * hour;
let serial = 0;

/** A fresh meeting id that is none of another test's. */
export function freshId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  const n = Date.now() * 100 + serial++;
  return [...n.toString(32).padStart(16, '0')].map((c) => letters[parseInt(c, 32)]).join('');
}

function input(overrides: Partial<CreateMeetingInput> = {}): CreateMeetingInput {
  return {
    id: freshId(),
    kind: 'regular',
    title: 'Supplier delay',
    goal: 'Agree on the new date',
    issueKind: 'progress',
    startsAt: Date.now() + 10 * day,
    durationMinutes: 60,
    place: 'Room 1',
    initiator: { department: 'd1', person: 'p1' },
    host: 'p2',
    coordinator: 'p3',
    recorder: 'p4',
    participants: [
      { person: 'p2', department: 'd1', role: 'head' },
      { person: 'p6', department: 'd2', role: 'head' },
      { person: 'p8', department: 'd3', role: 'core' },
    ],
    supportDepartments: [{ department: 'd9', person: 'p99' }],
    agenda: [
      { title: 'Date', minutes: 20, priority: 1 },
      { title: 'Staff', minutes: 20, priority: 2 },
    ],
    locale: 'en',
    ...overrides,
  };
}

/** A draft as the API makes it, ten days ahead of the real clock. */
export function created(overrides: Partial<CreateMeetingInput> = {}): Change {
  const now = Date.now();
  const zone = zoneData('Asia/Taipei', now - day, now + 4 * 365 * day);
  const context = { now, norms: defaultNorms, calendar: calendarById('TW'), zone, by: { via: 'api' as const } };
  return createMeeting(input(overrides), context);
}
