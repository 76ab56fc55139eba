/** What happens in the room, as callers see it (E3, E6, E7, E10, E12, E13, E15). */
import type { Instant } from '../../domain/calendar/index.js';
import { fault } from '../../domain/errors.js';
import { floorOf, isAdjourned } from '../../domain/meeting/floor.js';
import { noteColumns } from '../../domain/meeting/notes.js';
import { mayLeave } from '../../domain/meeting/opening.js';
import { discussionShares, dominating, notHeard } from '../../domain/meeting/shares.js';
import type { Breakout, MeetingState, Note, Turn } from '../../domain/meeting/state.js';
import { overMs, spokenMs } from '../../domain/meeting/turns.js';
import { hasText, translator } from '../../locales/index.js';
import { shownFault } from '../problem-json.js';
import type { RoomAnswer } from '../schemas/room-answers.js';
import { iso, maybeIso, present } from './context.js';
import type { Telling } from './context.js';

export function presentRoom(telling: Telling, state: MeetingState, now: Instant): RoomAnswer {
  const { names } = telling;
  const { parked, breakouts, analyses } = floorOf(state);
  const last = state.adjournments?.at(-1);
  return present({
    attendance: attendance(telling, state),
    mayLeave: mayLeave(state).map((p) => names.person(p)),
    speaking: speaking(telling, state, now),
    parkingLot: parked.map(({ topicId, text, department, turnId }) =>
      present({ topicId, text, department: names.department(department), turnId }),
    ),
    breakouts: breakouts.map((b) => breakout(telling, b)),
    analyses: analyses.map(({ topicId, version, at, by }) =>
      present({ topicId, version, at: iso(telling, at), by: names.maybePerson(by.person) }),
    ),
    wall: wall(telling, floorOf(state).notes),
    adjourned: last && isAdjourned(state) ? { until: iso(telling, last.until), at: iso(telling, last.at) } : undefined,
    sittings: (state.adjournments ?? []).map((a) =>
      present({
        startsAt: iso(telling, a.startsAt),
        adjournedAt: iso(telling, a.at),
        resumedAt: maybeIso(telling, a.resumedAt),
      }),
    ),
  });
}

/** E3: arrivals and departures with times, and who noted them. */
function attendance(telling: Telling, state: MeetingState): RoomAnswer['attendance'] {
  return Object.entries(state.attendance).map(([person, a]) => ({
    person,
    name: telling.names.personName(person),
    present: a.present,
    log: a.log.map((e) => present({ at: iso(telling, e.at), present: e.present, via: e.by.via, by: e.by.person })),
  }));
}

function speaking(telling: Telling, state: MeetingState, now: Instant): RoomAnswer['speaking'] {
  const { turns } = floorOf(state);
  if (state.phase !== 'execution' && turns.length === 0) return undefined;
  const { names } = telling;
  const of = (status: Turn['status']) => turns.filter((t) => t.status === status).map((t) => turn(telling, t, now));
  const live = state.agenda.find((t) => t.status === 'live');
  return present({
    now: of('speaking')[0],
    queue: of('queued'),
    ended: of('ended'),
    shares: discussionShares(state, now).map(({ department, ms, share }) => ({
      department: names.department(department),
      seconds: Math.round(ms / 1000),
      percent: Math.round(share * 1000) / 10,
    })),
    notHeard: live === undefined ? [] : notHeard(state, live.topicId).map((d) => names.department(d)),
    hints: hints(telling, state, now),
  });
}

/** E7: a hint while they speak, told with the department's name. */
function hints(telling: Telling, state: MeetingState, now: Instant) {
  const most = state.phase === 'execution' ? dominating(state, now) : undefined;
  if (most === undefined) return [];
  const department = telling.names.department(most.department).name;
  const percent = Math.round(most.share * 100);
  return [shownFault(fault('E7.dominating', '', { department, percent }), telling.locale, state.zone)];
}

function turn(telling: Telling, t: Turn, now: Instant) {
  const { names } = telling;
  return present({
    id: t.id,
    kind: t.kind,
    person: names.maybePerson(t.person),
    department: names.maybeDepartment(t.department),
    topicId: t.topicId,
    status: t.status,
    limitSeconds: Math.round(t.limitMs / 1000),
    startedAt: maybeIso(telling, t.startedAt),
    endsAt: t.startedAt === undefined ? undefined : iso(telling, t.startedAt + t.limitMs),
    endedAt: maybeIso(telling, t.endedAt),
    spokenSeconds: Math.round(spokenMs(t, now) / 1000),
    over: overMs(t, now) > 0,
    overSeconds: Math.round(overMs(t, now) / 1000),
  });
}

function breakout(telling: Telling, b: Breakout): RoomAnswer['breakouts'][number] {
  return present({
    id: b.id,
    topicId: b.topicId,
    startedAt: iso(telling, b.startedAt),
    endsAt: iso(telling, b.endsAt),
    endedAt: maybeIso(telling, b.endedAt),
    groups: b.groups.map((g) =>
      present({
        name: g.name,
        members: g.members.map((m) => telling.names.person(m)),
        report: g.report,
        reportedAt: maybeIso(telling, g.reportedAt),
      }),
    ),
  });
}

/** E13: the columns it begins with, in the reader's language, then those that people made. */
function wall(telling: Telling, notes: Note[]): RoomAnswer['wall'] {
  const { names, locale } = telling;
  const columns = [...new Set<string>([...noteColumns, ...notes.map((n) => n.column)])];
  const name = (column: string): string => {
    const key = `params.column.${column}`;
    return hasText(locale, key) ? translator(locale)(key) : column;
  };
  return {
    columns: columns.map((column) => ({ column, name: name(column) })),
    notes: notes.map(({ id, text, column, at, by, became }) =>
      present({ id, text, column, at: iso(telling, at), by: names.maybePerson(by.person), became }),
    ),
  };
}
