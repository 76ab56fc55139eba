import { fault, Refusal } from '../errors.js';
import type { Fault } from '../errors.js';
import { agendaFaults, buildAgenda, defaultBreak, materialsDueAt, shownAgenda } from './agenda.js';
import { arm, changed, mail } from './change.js';
import { durationFaults, hints, participantFaults, topicIdFaults } from './checks.js';
import type { PatchInput } from './commands.js';
import { withOwnTopics } from './create.js';
import type { Change, Effect } from './effects.js';
import { invitees } from './people.js';
import { replyBy } from './preparation.js';
import type { MeetingState, Rsvp } from './state.js';

/** N4: what may still be changed once the notice is out; the time only by reschedule. */
const inNotice = [
  'agenda',
  'openDiscussionMinutes',
  'breakMinutes',
  'participants',
  'supportDepartments',
  'host',
  'deputyHost',
  'coordinator',
  'recorder',
  'sponsor',
  'capReason',
  'place',
  'onlineLink',
] as const;

/** PATCH: in preparation all but id, in notice agenda, people and place (design §6); exactly those concerned get a mail. */
export function patch(state: MeetingState, input: PatchInput, now: number): Change {
  if (state.phase === 'notice') refuseFixedFields(input);
  const next = patched(state, input, now);
  const faults = patchFaults(state, next, input, now);
  if (faults.length > 0) throw new Refusal('BadInput', faults);
  if (state.phase !== 'notice') return changed(arm(next, now, { kind: 'lapse', at: next.startsAt }));
  return changed(next, noticeMails(state, next, now));
}

function refuseFixedFields(input: PatchInput): void {
  const faults = Object.keys(input)
    .filter((field) => !(inNotice as readonly string[]).includes(field))
    .map((field) =>
      fault(field === 'startsAt' || field === 'durationMinutes' ? 'N4.useReschedule' : 'N4.fixed', field, { field }),
    );
  if (faults.length > 0) throw new Refusal('Conflict', faults);
}

function patched(state: MeetingState, input: PatchInput, now: number): MeetingState {
  const { agenda, participants, place, onlineLink, ...plain } = input;
  const startsAt = input.startsAt ?? state.startsAt;
  const durationMinutes = input.durationMinutes ?? state.durationMinutes;
  const due = materialsDueAt(startsAt, state.calendar, state.zone, state.norms);
  const built = agenda && buildAgenda(state.id, agenda, due, state.counters, state.agenda);
  const topics = built?.agenda ?? state.agenda;
  const next: MeetingState = {
    ...state,
    ...plain,
    counters: built?.counters ?? state.counters,
    agenda: topics,
    participants: withOwnTopics(participants ?? state.participants, topics),
    place: place === null ? undefined : (place ?? state.place),
    onlineLink: onlineLink === null ? undefined : (onlineLink ?? state.onlineLink),
    breakMinutes:
      input.breakMinutes ??
      (input.durationMinutes === undefined ? state.breakMinutes : defaultBreak(durationMinutes, state.norms)),
    startsAt,
    durationMinutes,
    plannedEndAt: startsAt + durationMinutes * 60_000,
  };
  return { ...next, warnings: hints(next, now) };
}

function patchFaults(state: MeetingState, next: MeetingState, input: PatchInput, now: number): Fault[] {
  const start = input.startsAt !== undefined && input.startsAt <= now ? [fault('P2.startPast', 'startsAt')] : [];
  return [
    ...start,
    ...durationFaults(next, next.norms),
    ...participantFaults(next, next.norms),
    ...agendaFaults(next.agenda, next.openDiscussionMinutes, next.breakMinutes, next.durationMinutes),
    ...topicIdFaults(next.id, input.agenda ?? [], state.counters),
  ];
}

/** N4: added people get the notice, removed ones a CANCEL, the others a change when place or agenda changed. */
function noticeMails(before: MeetingState, after: MeetingState, now: number): Effect[] {
  const was = invitees(before);
  const is = invitees(after);
  const codes = [
    ...(before.place !== after.place || before.onlineLink !== after.onlineLink ? ['place'] : []),
    ...(shownAgenda(before) !== shownAgenda(after) ? ['agenda'] : []),
  ];
  const added = is.filter((p) => !was.includes(p));
  const stayed = is.filter((p) => was.includes(p));
  const occasion = `r${after.revision + 1}`;
  const params = { replyBy: replyBy(after, now) };
  return [
    ...mail(after.kind === 'emergency' ? 'emergency' : 'notice', occasion, added, params),
    ...mail(
      'cancellation',
      occasion,
      was.filter((p) => !is.includes(p)),
      { removed: true },
    ),
    ...(codes.length > 0 ? mail('change', occasion, stayed, { ...params, whatChanged: codes.join(',') }) : []),
  ];
}

/** N4: a host who is named later counts as coming, like the first one. */
export function hostAccepts(state: MeetingState, now: number): Record<string, Rsvp> {
  return { [state.host]: state.rsvps[state.host] ?? { reply: 'accepted', at: now, by: { via: 'engine' } } };
}
