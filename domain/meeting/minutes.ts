import { addWorkingDays, atTime, lastWorkingHourBefore, nextWorkingDay, toLocal } from '../calendar/index.js';
import type { Instant } from '../calendar/index.js';
import { inOrder, proposeNext } from './agenda.js';
import { giveBack } from './carry.js';
import { arm, changed, disarm, mail, then } from './change.js';
import type { ReadBack } from './commands.js';
import { difference, unconfirmed, versionsOf } from './corrections.js';
import type { Change, Effect } from './effects.js';
import { ended } from './execution.js';
import { fullReaders, sendExtracts } from './extract.js';
import { normsOf } from './floor.js';
import { openSurvey } from './follow-up/survey.js';
import { armReminder, remindedBy } from './hours.js';
import { freezeFiles } from './materials.js';
import { countTopics } from './follow-up/topics.js';
import type { By, MeetingState, MinutesState, Timer, TimerKind, Topic } from './state.js';
import { leader, recorder } from './people.js';
import { countOpenVotes } from './votes.js';

const hour = 3_600_000;
const reminders: TimerKind[] = ['minutesMorning', 'minutesLastHour', 'minutesLimit'];

/**
 * execution → minutes (E14, E15, M1). Never refuses: the live topic is deferred, unreached ones are carried over, open
 * votes are counted; the minutes are drafted from the record and the survey goes out.
 */
export function close(state: MeetingState, now: Instant, by: 'host' | 'clock'): Change<{ readBack: ReadBack[] }> {
  const lastEventAt = by === 'host' ? now : state.lastEventAt;
  const agenda = state.agenda.map((t) => deferredAtClose(t, now));
  const closing: MeetingState = {
    ...disarm(state, ['plannedEnd', 'autoClose']),
    phase: 'minutes',
    closedAt: now,
    closedBy: by,
    lastEventAt,
    agenda,
  };
  const first = then(countOpenVotes(closing), (s) => startMinutes(s, now));
  // M3: a meeting that was reopened has its survey already.
  const all = state.survey === undefined ? then(first, (s) => openSurvey(s, now)) : first;
  const carried = agenda.filter((t) => t.outcome === 'deferred');
  const backlog = giveBack(all.state, carried, 'deferred');
  const counted = countTopics(all.state, now);
  return changed(all.state, [...all.effects, ...backlog, ...freezeFiles(agenda), ...counted], {
    readBack: readBack(agenda),
  });
}

/** E14: unreached topics count as deferred; what was live is deferred too. */
function deferredAtClose(topic: Topic, now: Instant): Topic {
  if (topic.status === 'finished') return topic;
  const reason = topic.status === 'live' ? 'interrupted' : 'unreached';
  return { ...ended(topic, now), outcome: 'deferred', deferral: { reason } };
}

function readBack(agenda: Topic[]): ReadBack[] {
  return inOrder(agenda).map(({ topicId, title, outcome, basis, conclusion, deferral }) => ({
    topicId,
    title,
    outcome: outcome ?? 'deferred',
    basis,
    conclusion,
    deferral,
  }));
}

/** M1: 24 h from the later of planned end and last recorded event; recorder told at once and next morning, host in the last working hour. */
function startMinutes(state: MeetingState, now: Instant): Change {
  const { calendar, zone, norms } = state;
  const dueAt = Math.max(state.plannedEndAt, state.lastEventAt ?? 0) + norms.minutesHours * hour;
  const morning = atTime(zone, nextWorkingDay(calendar, toLocal(zone, now).date), norms.minutesReminderAt);
  const version = versionsOf(state).length + 1;
  const draft = { version, kind: 'draft' as const, at: now, by: { via: 'engine' as const } };
  const minutes: MinutesState = { version, versions: [draft], dueAt, nextMeetingAt: nextMeeting(state, now) };
  const lastHour = lastWorkingHourBefore(calendar, zone, dueAt);
  // H3: who is both recorder and host is told once at the same hour, not twice.
  const toldThen = lastHour === morning && recorder(state) === leader(state);
  let next: MeetingState = { ...state, minutes };
  const remind = (kind: TimerKind, at: Instant, person: string): void => {
    next = armReminder(next, now, { kind, at, deadline: dueAt, people: [person] });
  };
  if (morning < dueAt && !toldThen) remind('minutesMorning', morning, recorder(state));
  remind('minutesLastHour', lastHour, leader(state));
  next = arm(next, now, { kind: 'minutesLimit', at: dueAt }, true);
  const effects: Effect[] = [
    { type: 'draftMinutes', version },
    ...mail('confirmMinutes', rung('close', minutes), [recorder(state)], { dueAt }),
  ];
  return changed(next, effects);
}

/** Each close asks anew; the first by a plain name. */
function rung(name: string, { versions }: MinutesState): string {
  const first = versions[0]?.version ?? 1;
  return first === 1 ? name : `${name}:v${first}`;
}

/** M2: the proposed next time: the series' next date, else from deadlines and the working calendar. */
function nextMeeting(state: MeetingState, now: Instant): Instant {
  const { nextInSeries } = state;
  if (nextInSeries !== undefined && nextInSeries > Math.max(now, state.startsAt)) return nextInSeries;
  const dues = state.actions.filter((a) => a.endedAt === undefined).map((a) => a.dueAt);
  const addWd = (t: Instant, n: number): Instant => addWorkingDays(state.calendar, state.zone, t, n);
  return proposeNext(state.startsAt, dues, now, state.zone, addWd, normsOf(state).nextMeetingWd);
}

/** The draft is in the archive under its hash. One of a close that was taken back is nothing any more (M3). */
export function minutesDrafted(state: MeetingState, { hash, version }: { hash: string; version?: number }): Change {
  const { minutes } = state;
  const draft = minutes?.versions.find((v) => v.kind === 'draft');
  if (!minutes || !draft || draft.hash !== undefined) return changed(state);
  if (version !== undefined && version !== draft.version) return changed(state);
  const versions = minutes.versions.map((v) => (v === draft ? { ...v, hash } : v));
  return changed({ ...state, minutes: { ...minutes, versions, hash: minutes.hash ?? hash } });
}

/** M1: confirmed minutes go to all participants and support departments at once. */
export function confirmMinutes(state: MeetingState, now: Instant, by: By): Change<{ version: number }> {
  const minutes = unconfirmed(state);
  const confirmed = { ...minutes, confirmedAt: now, confirmedBy: by, late: now > minutes.dueAt };
  const sent = send({ ...state, minutes: confirmed }, now, 'minutes');
  const all = then(sent, (s) => sendExtracts(s));
  return changed(all.state, all.effects, { version: minutes.version });
}

/** First sending of the minutes: → followUp, with 2 wd for objections (M3). External people get an extract (H7). */
function send(state: MeetingState, now: Instant, kind: 'minutes' | 'draftMinutes'): Change {
  const { minutes, calendar, zone, norms } = state;
  if (!minutes) return changed(state);
  const { version } = minutes;
  const objectionsUntil = addWorkingDays(calendar, zone, now, norms.objectionWd);
  const sent: MeetingState = {
    ...disarm(state, reminders),
    phase: 'followUp',
    minutes: { ...minutes, sentAt: now, sentAsDraft: kind === 'draftMinutes', sentVersion: version, objectionsUntil },
  };
  const armed = arm(sent, now, { kind: 'objectionsEnd', at: objectionsUntil }, true);
  return changed(armed, mail(kind, `v${version}`, fullReaders(state), difference(minutes)));
}

/** The clock's part of the minutes. */
export function minutesTimer(state: MeetingState, timer: Timer, now: Instant): Change {
  const { minutes } = state;
  if (!minutes) return changed(state);
  const params = { dueAt: minutes.dueAt };
  switch (timer.kind) {
    case 'minutesMorning':
      return changed(
        state,
        mail('confirmMinutes', rung('morning', minutes), remindedBy(state, timer, [recorder(state)]), params),
      );
    case 'minutesLastHour':
      return changed(
        state,
        mail('confirmMinutes', rung('lastHour', minutes), remindedBy(state, timer, [leader(state)]), params),
      );
    case 'minutesLimit':
      return send({ ...state, minutes: { ...minutes, late: true } }, now, 'draftMinutes');
    default:
      return changed(state);
  }
}
