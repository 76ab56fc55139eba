/** What the operator reads in the Temporal UI, in English: summaries, details, search attributes. */
import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';
import type { SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { formatOffset, toLocal } from '../domain/calendar/index.js';
import type { Instant } from '../domain/calendar/index.js';
import type { MailEffect } from '../domain/meeting/effects.js';
import type { MeetingState, Timer, TimerKind, Tracked } from '../domain/meeting/state.js';

const titles: Record<TimerKind, string> = {
  lapse: 'lapse if it was not held',
  draftReminder: 'remind the host to publish',
  autoPublish: 'publish the draft of a series',
  replyReminder: 'remind who has not replied',
  keyReplyReminder: 'remind key people again',
  preRead: 'remind of the materials',
  alternateCheck: 'ask silent key people for an alternate',
  hostBrief: 'brief the host',
  changeMail: 'tell what was changed',
  cancelFinal: 'the cancellation is final',
  notOpenedFirst: 'not opened: ask deputy, coordinator, initiator',
  notOpenedSecond: 'not opened: the initiator decides',
  plannedEnd: 'planned end',
  autoClose: 'close by itself',
  minutesMorning: 'remind the recorder of the minutes',
  minutesLastHour: 'tell the host that the minutes are due',
  minutesLimit: 'send the minutes as they are',
  objectionsEnd: 'end of objections',
  objectionSilent: 'an objection has no answer',
  surveyReminder: 'remind of the survey',
  surveyEnd: 'end of the survey',
  reminder: 'due soon',
  missed: 'due',
  ownerSilent: 'owner has not answered',
  coordinatorSilent: 'coordinator has not answered',
  acceptSilence: 'accept as done',
  decisionSilent: 'decision overdue, one level up',
  digest: 'send the digest of the day',
  blockCheck: 'does the block still hold',
  topicSilent: 'topic without a choice, one level up',
};

export function timerSummary(state: MeetingState, timer: Timer): string {
  const item = [...state.actions, ...state.plans, ...state.tasks].find((x) => x.id === timer.ref);
  const about = item && 'task' in item ? item.task : timer.kind === 'digest' ? undefined : timer.ref;
  return clip(about === undefined ? titles[timer.kind] : `${titles[timer.kind]}: ${about}`, 180);
}

export function mailSummary(effect: MailEffect): string {
  return `mail ${effect.mail} to ${effect.to.length}`;
}

const key = {
  phase: defineSearchAttributeKey('ConvokePhase', SearchAttributeType.KEYWORD),
  departments: defineSearchAttributeKey('ConvokeDepartments', SearchAttributeType.KEYWORD_LIST),
  series: defineSearchAttributeKey('ConvokeSeries', SearchAttributeType.KEYWORD),
  startsAt: defineSearchAttributeKey('ConvokeStartsAt', SearchAttributeType.DATETIME),
  nextDeadline: defineSearchAttributeKey('ConvokeNextDeadline', SearchAttributeType.DATETIME),
  overdue: defineSearchAttributeKey('ConvokeOverdue', SearchAttributeType.INT),
  escalated: defineSearchAttributeKey('ConvokeEscalated', SearchAttributeType.BOOL),
  score: defineSearchAttributeKey('ConvokeScore', SearchAttributeType.DOUBLE),
};

/** Typed search attributes of a state; also what a meeting is started with. */
export function searchAttributesOf(state: MeetingState): SearchAttributePair[] {
  const tracked: Tracked[] = [...state.actions, ...state.plans];
  const next = nextDeadline(state);
  const score = state.effectiveness ?? state.survey?.mean;
  return [
    { key: key.phase, value: state.phase },
    { key: key.departments, value: [...new Set(state.participants.map((p) => p.department))].sort() },
    ...(state.seriesId === undefined ? [] : [{ key: key.series, value: state.seriesId }]),
    { key: key.startsAt, value: new Date(state.startsAt) },
    ...(next === undefined ? [] : [{ key: key.nextDeadline, value: new Date(next) }]),
    { key: key.overdue, value: tracked.filter((t) => t.status === 'overdue').length },
    { key: key.escalated, value: tracked.some((t) => t.status === 'escalated') },
    ...(typeof score === 'number' ? [{ key: key.score, value: score }] : []),
  ];
}

/** To the day while nothing is pressing, so that not every command costs an event. */
function nextDeadline(state: MeetingState): Instant | undefined {
  const ats = state.timers.map((t) => t.at);
  return ats.length === 0 ? undefined : Math.min(...ats);
}

/** Upserts only what differs from what the server has. */
export function upsertChangedAttributes(state: MeetingState): void {
  const current = workflowInfo().typedSearchAttributes;
  const changed = searchAttributesOf(state).filter((pair) => {
    const before: unknown = current.get(pair.key);
    return JSON.stringify(before) !== JSON.stringify(pair.value);
  });
  if (changed.length > 0) upsertSearchAttributes(changed);
}

/** Markdown: what the meeting waits for, its agenda, its open actions. */
export function details(state: MeetingState): string {
  const waits = [...state.timers].sort((a, b) => a.at - b.at).slice(0, 12);
  const open = [...state.actions, ...state.plans].filter((a) => a.endedAt === undefined);
  return [
    `**${md(state.title)}** — ${state.phase}, revision ${state.revision}`,
    `Starts ${when(state, state.startsAt)}, ${state.durationMinutes} min`,
    '',
    '### Waits for',
    ...(waits.length === 0 ? ['- nothing'] : waits.map((t) => `- ${when(state, t.at)}: ${md(timerSummary(state, t))}`)),
    '',
    '### Agenda',
    ...state.agenda.map((t) => `- ${md(t.title)} — ${t.minutes} min, ${t.outcome ?? t.status}`),
    '',
    '### Open actions',
    ...(open.length === 0
      ? ['- none']
      : open.map(
          (a) =>
            `- ${'task' in a ? md(a.task) : 'improvement plan'} — ${a.status}, due ${when(state, a.dueAt)}, missed ${a.missed}`,
        )),
  ].join('\n');
}

function when(state: MeetingState, t: Instant): string {
  const { date, time } = toLocal(state.zone, t);
  return `${date} ${time} ${formatOffset(state.zone, t)}`;
}

function md(text: string): string {
  return clip(text.replace(/[\\`*_[\]<>#|]/g, '\\$&'), 120);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
