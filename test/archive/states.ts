import type { AuditEntry } from '../../archive/ports.js';
import type { Action, MeetingState, Topic } from '../../domain/meeting/state.js';
import { aMeeting } from '../support/meeting.js';
import { aMeetingId, aPerson } from './support.js';

const by = { via: 'api' } as const;

export function anAction(meetingId: string, n: number, overrides: Partial<Action> = {}): Action {
  const tracked = {
    status: 'open',
    dueAt: 1000 * n,
    firstDueAt: 1000 * n,
    dues: [],
    missed: 0,
    missedTotal: 0,
  } as const;
  const rest = { obstacles: [], percent: 0, notes: [], reports: 0, createdAt: 1, createdBy: by, supporting: [] };
  return { id: `${meetingId}-a${n}`, owner: aPerson(), task: `任務 ${n}`, ...tracked, ...rest, dues: [], ...overrides };
}

export function aState(overrides: Partial<MeetingState> = {}): MeetingState {
  const id = aMeetingId();
  const topic = (n: number): Topic => ({ ...aMeeting().agenda[0]!, topicId: `${id}-t${n}`, title: `議題 ${n}` });
  return { ...aMeeting({ id, revision: 1, agenda: [topic(1), topic(2)] }), ...overrides };
}

export const anEntry = (state: MeetingState, event: string): AuditEntry => ({
  meetingId: state.id,
  revision: state.revision,
  at: 5,
  event,
  person: 'p1',
  via: 'api',
});
