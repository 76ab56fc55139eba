import type { Instant } from '../calendar/index.js';
import { fault, Refusal } from '../errors.js';
import type { Fault } from '../errors.js';
import { agendaFaults, buildAgenda, defaultBreak, materialsDueAt } from './agenda.js';
import { afterList } from './alternates.js';
import { announceLater } from './announce.js';
import { recarried } from './carry.js';
import { changed } from './change.js';
import {
  durationFaults,
  emergencyFaults,
  hints,
  localeFaults,
  ownTopicFaults,
  participantFaults,
  startFaults,
  materialIdFaults,
  topicIdFaults,
} from './checks.js';
import type { Clearable, PatchInput } from './commands.js';
import { withOwnTopics } from './create.js';
import { armDraft } from './drafts.js';
import type { Change } from './effects.js';
import { repliers } from './people.js';
import { noticeLimit, agendaNeeded, placeFaults, retimed } from './preparation.js';
import { withLinks } from './materials.js';
import type { By, MeetingState, Participant, PersonId, Rsvp, Topic } from './state.js';

/** N4: what may still be changed once the notice is out; the time only by reschedule. */
const inNotice: readonly (keyof PatchInput)[] = [
  'agenda',
  'openDiscussionMinutes',
  'breakMinutes',
  'successStory',
  'participants',
  'supportDepartments',
  'host',
  'deputyHost',
  'coordinator',
  'recorder',
  'sponsor',
  'capReason',
  'confidential',
  'place',
  'onlineLink',
  'reason',
];

const clearable: readonly string[] = [
  'sharedGoal',
  'place',
  'onlineLink',
  'deputyHost',
  'coordinator',
  'recorder',
  'sponsor',
  'capReason',
  'secondLocale',
  'successStory',
  'seriesId',
] satisfies Clearable[];

/** PATCH: in preparation all but id, in notice agenda, people and place (design §6); exactly those concerned get a mail. */
export function patch(state: MeetingState, input: PatchInput, now: Instant, by: By = { via: 'engine' }): Change {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as PatchInput;
  if (state.phase === 'notice') refuseFixedFields(given);
  const linked = withLinks(state, patched(state, given, now), now, by);
  const again = recarried(state, linked.state);
  const next = again.state;
  const carried = [...linked.effects, ...again.effects];
  const faults = patchFaults(state, next, given, now);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  if (state.phase !== 'notice') return changed(armDraft(next, now), carried);
  const asked = afterList(next, now);
  const replied = { ...asked, rsvps: keptReplies(asked.rsvps, asked, now) };
  return changed(announceLater(state, replied, given.reason, now), carried);
}

function refuseFixedFields(input: PatchInput): void {
  const faults = (Object.keys(input) as (keyof PatchInput)[])
    .filter((field) => !inNotice.includes(field))
    .map((field) =>
      fault(field === 'startsAt' || field === 'durationMinutes' ? 'N4.useReschedule' : 'N4.fixed', field, { field }),
    );
  if (faults.length > 0) throw new Refusal('Conflict', faults);
}

function patched(state: MeetingState, input: PatchInput, now: Instant): MeetingState {
  const { agenda, participants, reason: _, startsAt, durationMinutes, breakMinutes, ...plain } = input;
  const cleared = Object.entries(plain).map(([field, value]) => [field, value ?? undefined]);
  const timed = retimed(state, startsAt ?? state.startsAt, durationMinutes ?? state.durationMinutes);
  const due = materialsDueAt(timed.startsAt, state.calendar, state.zone, state.norms);
  const built = agenda && buildAgenda(state.id, agenda, due, state.counters, state.agenda);
  const topics = built?.agenda ?? timed.agenda;
  const next: MeetingState = {
    ...timed,
    ...(Object.fromEntries(cleared) as Partial<MeetingState>),
    counters: built?.counters ?? state.counters,
    agenda: topics,
    participants: stillRepresented(state, withOwnTopics(participants ?? withoutPresented(state), topics)),
    breakMinutes: breakMinutes ?? breakAfter(state, timed.durationMinutes),
  };
  // P8 counts from the notice; what is new on the agenda is announced now.
  return { ...next, warnings: hints(next, agenda ? now : (state.publishedAt ?? now)) };
}

/** N3: a list that names a delegate again leaves them in the place of whom they stand for, unless it names them both. */
function stillRepresented(before: MeetingState, participants: Participant[]): Participant[] {
  return participants.map((p) => {
    const standsFor = before.participants.find((x) => x.person === p.person)?.standsFor;
    return standsFor === undefined || participants.some((x) => x.person === standsFor) ? p : { ...p, standsFor };
  });
}

/** P9: a break that was the default follows the length; one that was chosen stays. */
function breakAfter(before: MeetingState, durationMinutes: number): number {
  const { breakMinutes, norms } = before;
  const wasDefault = breakMinutes === defaultBreak(before.durationMinutes, norms);
  return wasDefault ? defaultBreak(durationMinutes, norms) : breakMinutes;
}

/** Topics that were somebody's own because they presented them: whoever presents now has them next. */
function withoutPresented({ participants, agenda }: MeetingState): Participant[] {
  const presents = (p: Participant, t: Topic): boolean => t.presenter === p.person;
  return participants.map((p) => ({
    ...p,
    topics: p.topics.filter((id) => !agenda.some((t) => t.topicId === id && presents(p, t))),
  }));
}

function patchFaults(before: MeetingState, next: MeetingState, input: PatchInput, now: Instant): Fault[] {
  const nulls = Object.entries(input).filter(([field, value]) => value === null && !clearable.includes(field));
  return [
    ...nulls.map(([field]) => fault('input.required', field)),
    ...(input.startsAt === undefined ? [] : startFaults(next, now)),
    ...emergencyFaults(next),
    ...(input.locale === undefined && input.secondLocale === undefined ? [] : localeFaults(next)),
    ...durationFaults(next, next.norms),
    ...participantFaults(next, next.norms),
    ...agendaFaults(next.agenda, next.openDiscussionMinutes, next.breakMinutes, next.durationMinutes),
    ...topicIdFaults(next.id, input.agenda ?? [], before.counters),
    ...materialIdFaults(input.agenda ?? [], before.agenda),
    ...ownTopicFaults(input.participants ?? [], next.agenda),
    ...(before.phase === 'notice'
      ? [...placeFaults(next), ...agendaNeeded(next), ...reasonFaults(before, next, input, now)]
      : []),
  ];
}

/** N4: within the notice period another place or link needs a reason. */
function reasonFaults(before: MeetingState, next: MeetingState, { reason }: PatchInput, now: Instant): Fault[] {
  const until = noticeLimit(before.startsAt, before.kind, before.norms);
  if (!placeDiffers(before, next) || now <= until || reason) return [];
  return [fault('N4.reasonNeeded', 'reason', { until })];
}

function placeDiffers(before: MeetingState, after: MeetingState): boolean {
  return before.place !== after.place || before.onlineLink !== after.onlineLink;
}

/** N4: who was taken off has no reply any more, and a new host counts as coming unless they said otherwise. */
function keptReplies(before: MeetingState['rsvps'], after: MeetingState, now: Instant): MeetingState['rsvps'] {
  const still = repliers(after);
  const own = Object.entries(before).filter(([person, { by }]) => still.includes(person) && by.via !== 'engine');
  return { ...Object.fromEntries(own), ...hostAccepts({ host: after.host, rsvps: before }, now) };
}

/** N4: a host who is named later counts as coming, like the first one. */
export function hostAccepts(state: Pick<MeetingState, 'host' | 'rsvps'>, now: Instant): Record<PersonId, Rsvp> {
  return { [state.host]: state.rsvps[state.host] ?? { reply: 'accepted', at: now, by: { via: 'engine' } } };
}
