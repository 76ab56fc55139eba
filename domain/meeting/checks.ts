/** P2–P8: what refuses a meeting's plan, and what is allowed but kept, shown and reported. */
import { addWorkingHours, isCovered, toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { fault } from '../errors.js';
import type { Fault } from '../errors.js';
import type { Norms } from '../norms.js';
import type { CreateMeetingInput, TopicInput } from './commands.js';
import { countedParticipants } from './people.js';
import { preparerHints } from './preparers.js';
import type { MeetingKind, MeetingState, Topic } from './state.js';

/** A start that lies ahead. */
export function startFaults(meeting: { startsAt: Instant }, now: Instant): Fault[] {
  return meeting.startsAt <= now ? [fault('P2.startPast', 'startsAt')] : [];
}

/** P2 */
export function durationFaults(input: { durationMinutes: number; complex?: boolean }, norms: Norms): Fault[] {
  const { durationMinutes: minutes } = input;
  if (minutes > norms.durationCapMinutes)
    return [fault('P2.tooLong', 'durationMinutes', { minutes, cap: norms.durationCapMinutes })];
  if (minutes > norms.durationMaxMinutes && input.complex !== true)
    return [fault('P2.complexNeeded', 'complex', { minutes, max: norms.durationMaxMinutes })];
  return [];
}

/** X1 */
export function emergencyFaults(meeting: Pick<CreateMeetingInput, 'kind' | 'emergencyReason'>): Fault[] {
  return meeting.kind === 'emergency' && !meeting.emergencyReason ? [fault('X1.reason', 'emergencyReason')] : [];
}

/** M4: two languages are two. */
export function localeFaults({ locale, secondLocale }: Pick<CreateMeetingInput, 'locale' | 'secondLocale'>): Fault[] {
  return locale === secondLocale ? [fault('M4.sameLocale', 'secondLocale', {})] : [];
}

/** P3, P4 */
export function participantFaults(
  input: Pick<CreateMeetingInput, 'participants' | 'kind' | 'capReason'>,
  norms: Norms,
): Fault[] {
  const found: Fault[] = [];
  const { participants } = input;
  const seen = new Set<string>();
  participants.forEach((p, i) => {
    if (seen.has(p.person)) found.push(fault('P3.personTwice', `participants[${i}]`, {}));
    seen.add(p.person);
  });
  if (participants.length < norms.participantsMin)
    found.push(fault('P3.tooFew', 'participants', { min: norms.participantsMin }));
  const count = countedParticipants(participants);
  const cap = capOf(input.kind, norms);
  if (count > cap && !input.capReason) found.push(fault('P4.overCap', 'participants', { count, cap }));
  return found;
}

/** P4, X1 */
function capOf(kind: MeetingKind, norms: Norms): number {
  return kind === 'emergency' ? norms.participantsEmergencyCap : norms.participantsCap;
}

/** P3: an own topic, by id or title, is one of the agenda. */
export function ownTopicFaults(
  participants: Pick<CreateMeetingInput['participants'][number], 'topics'>[],
  agenda: { topicId?: string; title: string }[],
): Fault[] {
  return participants.flatMap((p, i) =>
    (p.topics ?? []).flatMap((name, j) =>
      agenda.some((t) => t.topicId === name || t.title === name)
        ? []
        : [fault('P3.unknownTopic', `participants[${i}].topics[${j}]`, { topic: name })],
    ),
  );
}

/** An agenda holds a topic once, and an id of this meeting's own is one that it has given (design §3, Ids). */
export function topicIdFaults(meetingId: string, topics: TopicInput[], counters: Record<string, number>): Fault[] {
  const seen = new Set<string>();
  const own = `${meetingId}-t`;
  return topics.flatMap(({ topicId }, i) => {
    if (topicId === undefined) return [];
    const path = `agenda[${i}].topicId`;
    if (seen.has(topicId)) return [fault('P5.topicTwice', path, { topicId })];
    seen.add(topicId);
    const n = Number(topicId.slice(own.length));
    const minted = n >= 1 && n <= (counters['t'] ?? 0) && topicId === `${own}${n}`;
    return minted || !topicId.startsWith(own) ? [] : [fault('E4.noSuchTopic', path, { topicId })];
  });
}

/** P8: a material that is named by its id is one of this agenda, and stands on it once. */
export function materialIdFaults(topics: TopicInput[], existing: Topic[] = []): Fault[] {
  const there = new Set(existing.flatMap((t) => t.materials.map((m) => m.id)));
  return topics.flatMap(({ materials = [] }, i) =>
    materials.flatMap(({ id }, j) =>
      id === undefined || there.delete(id)
        ? []
        : [fault('P8.noSuchMaterial', `agenda[${i}].materials[${j}].id`, { id })],
    ),
  );
}

/** P2–P4, P6, P8, E2: the hints of a plan. `noticeAt`: when the notice went out, or now for one that has not. */
export function hints(
  meeting: Pick<
    MeetingState,
    'durationMinutes' | 'participants' | 'agenda' | 'kind' | 'norms' | 'calendar' | 'zone' | 'startsAt'
  > &
    Parameters<typeof preparerHints>[0],
  noticeAt: Instant,
): Fault[] {
  const { durationMinutes, participants, agenda, kind, norms, calendar, zone, startsAt } = meeting;
  const found: Fault[] = [];
  const { durationMinMinutes: min, durationMaxMinutes: max } = norms;
  if (durationMinutes < min || durationMinutes > max)
    found.push(fault('P2.unusualDuration', 'durationMinutes', { minutes: durationMinutes, min, max }));
  const count = countedParticipants(participants);
  if (count >= norms.participantsHintFrom)
    found.push(fault('P4.many', 'participants', { count, cap: capOf(kind, norms) }));
  agenda.forEach((t, i) => {
    if (t.minutes === 0) found.push(fault('P6.noMinutes', `agenda[${i}].minutes`, { title: t.title }));
    if (t.expectedConclusion === undefined)
      found.push(fault('E2.noConclusion', `agenda[${i}].expectedConclusion`, { title: t.title }));
  });
  found.push(...preparerHints(meeting));
  const hours = norms.materialsAfterNoticeWorkingHours;
  const earliest = addWorkingHours(calendar, zone, noticeAt, hours);
  if (agenda.some((t) => t.materials.some((m) => m.dueAt < earliest)))
    found.push(fault('P8.shortTime', 'agenda', { hours }));
  const { id, coversUntil } = calendar;
  if (coversUntil !== undefined && !isCovered(calendar, toLocal(zone, startsAt).date))
    found.push(fault('H1.calendarUnknown', 'startsAt', { calendar: id, until: coversUntil }));
  return found;
}
