import { atTime, dueAt, lastWorkingDayBefore, toLocal } from '../calendar/index.js';
import type { Instant, WorkingCalendar, ZoneData } from '../calendar/index.js';
import { fault } from '../errors.js';
import type { Fault } from '../errors.js';
import type { Norms } from '../norms.js';
import type { TopicInput } from './commands.js';
import { findMaterial } from './prepared.js';
import type { Material, MeetingState, Topic } from './state.js';

/** P5: priority order, 1 first, equal ones in the host's order. */
export function inOrder(agenda: Topic[]): Topic[] {
  return [...agenda].sort((a, b) => a.priority - b.priority || a.order - b.order);
}

/** P9: a break by default from 90 minutes. */
export function defaultBreak(durationMinutes: number, norms: Norms): number {
  return durationMinutes >= norms.breakFromMinutes ? norms.breakMinutes : 0;
}

/** P6: by how many minutes the parts exceed the duration; 0 when they fit. */
export function excessMinutes(
  topics: { minutes: number }[],
  openDiscussion: number,
  pause: number,
  duration: number,
): number {
  const planned = topics.reduce((sum, t) => sum + t.minutes, 0) + openDiscussion + pause;
  return Math.max(0, planned - duration);
}

/** P6 as a fault, naming the excess. */
export function agendaFaults(
  topics: { minutes: number }[],
  openDiscussion: number,
  pause: number,
  duration: number,
): Fault[] {
  const excess = excessMinutes(topics, openDiscussion, pause, duration);
  if (excess === 0) return [];
  return [fault('P6.excess', 'agenda', { excess, duration, openDiscussion, break: pause })];
}

/** P8: 12:00 on the last working day before the start, in the meeting's zone. */
export function materialsDueAt(startsAt: Instant, calendar: WorkingCalendar, zone: ZoneData, norms: Norms): Instant {
  return atTime(zone, lastWorkingDayBefore(calendar, toLocal(zone, startsAt).date), norms.materialsDueAt);
}

/**
 * Builds the agenda, minting ids for new topics and materials from the meeting's counters. What stands for something that
 * was there keeps its identity, and a material what was handed in: by id, else by title, a material within its topic.
 */
export function buildAgenda(
  meetingId: string,
  inputs: TopicInput[],
  materialsDue: Instant,
  counters: Record<string, number>,
  existing: Topic[] = [],
): { agenda: Topic[]; counters: Record<string, number> } {
  let t = counters['t'] ?? 0;
  let m = counters['m'] ?? 0;
  const unnamed = claims(existing.filter((x) => !inputs.some((input) => input.topicId === x.topicId)));
  const renamed = new Set(inputs.flatMap((input) => (input.materials ?? []).map((x) => x.id)));
  const agenda = inputs.map((input, order): Topic => {
    const { topicId } = input;
    const before = topicId === undefined ? unnamed(input.title) : existing.find((x) => x.topicId === topicId);
    const prepared = claims((before?.materials ?? []).filter((x) => !renamed.has(x.id)));
    return {
      ...(before ?? { status: 'planned' as const, spentMs: 0 }),
      topicId: topicId ?? before?.topicId ?? `${meetingId}-t${++t}`,
      title: input.title,
      minutes: input.minutes,
      priority: input.priority,
      order,
      department: input.department,
      presenter: input.presenter,
      expectedConclusion: input.expectedConclusion,
      confidential: input.confidential,
      ...(input.format === undefined ? {} : { format: input.format }),
      materials: (input.materials ?? []).map((x) => {
        const was = x.id === undefined ? prepared(x.title) : findMaterial({ agenda: existing }, x.id)?.material;
        return {
          ...contentOf(was, x.link),
          id: x.id ?? was?.id ?? `${meetingId}-m${++m}`,
          title: x.title,
          owner: x.owner,
          dueAt: x.dueAt ?? materialsDue,
          link: x.link ?? (was?.version === undefined ? undefined : was.link),
          released: x.released,
        };
      }),
    };
  });
  return { agenda: inOrder(agenda), counters: { ...counters, t, m } };
}

/** P8: what was handed in stays with its material, whatever else of the agenda changes; another link is the next version. */
function contentOf(
  was: Material | undefined,
  link: string | undefined,
): Pick<Material, 'version' | 'handedInAt' | 'file'> {
  if (was?.version === undefined) return {};
  const { version, handedInAt, file } = was;
  if (link !== undefined && link !== was.link) return { version };
  return { version, handedInAt, ...(file === undefined ? {} : { file }) };
}

/** Gives out, once each, what is there by title. */
function claims<T extends { title: string }>(list: T[]): (title: string) => T | undefined {
  const left = [...list];
  return (title) => {
    const i = left.findIndex((x) => x.title === title);
    return i < 0 ? undefined : left.splice(i, 1)[0];
  };
}

/** What readers see of an agenda, comparable as text: two that show the same need no mail (N4). */
export function shownAgenda(
  meeting: Pick<MeetingState, 'agenda' | 'openDiscussionMinutes' | 'breakMinutes' | 'successStory'>,
): string {
  const { agenda, openDiscussionMinutes, breakMinutes, successStory } = meeting;
  return JSON.stringify([
    inOrder(agenda).map(({ order: _, ...shown }) => shown),
    openDiscussionMinutes,
    breakMinutes,
    successStory?.id,
  ]);
}

/** M2: the proposed next time: the working day after the last open deadline, else `wd` working days on, at the same clock time. */
export function proposeNext(
  startsAt: Instant,
  openDues: Instant[],
  now: Instant,
  zone: ZoneData,
  addWd: (t: Instant, n: number) => Instant,
  wd: number,
): Instant {
  const time = toLocal(zone, startsAt).time;
  const last = Math.max(0, ...openDues);
  const base = last > now ? addWd(last, 1) : addWd(now, wd);
  const at = atTime(zone, toLocal(zone, base).date, time);
  return at > now ? at : atTime(zone, toLocal(zone, addWd(dueAt(zone, toLocal(zone, now).date), 1)).date, time);
}
