/** R5: what a meeting leaves for others to find, and who may find it (H7, H10). */
import type { Instant } from '../calendar/index.js';
import { involved, isExternal, readersOfTopic } from '../meeting/visibility.js';
import type { DepartmentId, Locale, MeetingId, MeetingState, PersonId, Topic, TopicId } from '../meeting/state.js';
import type { KnowledgeKind } from './retention.js';

/** An entry as it comes from somewhere; its text may still be in the archive. */
export interface MeetingEntry {
  /** The same for the same thing, whichever version of it. */
  source: string;
  kind: KnowledgeKind;
  meetingId: MeetingId;
  topicId?: TopicId;
  seriesId?: string;
  department: DepartmentId;
  title: string;
  text: string;
  link?: string;
  locale: Locale;
  at: Instant;
  author?: PersonId;
  /** Absent: the whole house; never anybody from outside (H7). */
  readers?: PersonId[];
  /** H10: not for other systems and the PMO either, but for the key that made the meeting. */
  secret: boolean;
  madeByKey?: string;
  /** Where the text is. */
  written?: { analysis: string } | { minutes: string };
}

/** M1: once the minutes have been sent. A close that is taken back takes everything back (M3). */
export function leavesKnowledge(state: MeetingState): boolean {
  return (state.phase === 'followUp' || state.phase === 'closed') && state.minutes?.sentAt !== undefined;
}

/**
 * Conclusions and analyses are for the whole house; minutes and materials for who may see the meeting; what is confidential
 * for who has it.
 */
export function entriesOf(state: MeetingState): MeetingEntry[] {
  if (!leavesKnowledge(state)) return [];
  const inside = involved(state).filter((p) => !isExternal(state, p));
  const secret = state.confidential === true;
  const base = {
    meetingId: state.id,
    seriesId: state.seriesId,
    department: state.initiator.department,
    locale: state.locale,
    at: state.closedAt ?? state.startsAt,
    madeByKey: state.createdBy.key,
  };
  const open = secret ? { secret, readers: inside } : { secret };
  const ofTopic = (topic: Topic) => ({
    ...base,
    topicId: topic.topicId,
    title: topic.title,
    department: topic.department ?? base.department,
    ...(topic.confidential
      ? { secret: true, readers: readersOfTopic(state, topic).filter((p) => inside.includes(p)) }
      : open),
  });
  const entries: MeetingEntry[] = [
    {
      ...base,
      source: `minutes ${state.id}`,
      kind: 'minutes',
      title: state.title,
      text: [state.goal, ...state.agenda.filter((t) => !t.confidential).map((t) => t.title)].join('\n'),
      readers: inside,
      secret,
      ...(state.minutes?.hash === undefined ? {} : { written: { minutes: state.minutes.hash } }),
    },
  ];
  for (const topic of state.agenda) {
    const own = ofTopic(topic);
    if (topic.outcome === 'decided' || topic.outcome === 'informed')
      entries.push({
        ...own,
        source: `conclusion ${topic.topicId}@${state.id}`,
        kind: 'conclusion',
        text: topic.conclusion ?? '',
      });
    const analysis = state.floor?.analyses.find((a) => a.topicId === topic.topicId);
    if (analysis !== undefined)
      entries.push({
        ...own,
        source: `analysis ${topic.topicId}@${state.id}`,
        kind: 'analysis',
        text: '',
        author: analysis.by.person,
        written: { analysis: analysis.hash },
      });
    for (const material of topic.materials) {
      const there = material.file?.name ?? material.link;
      if (there === undefined) continue;
      entries.push({
        ...own,
        source: `material ${material.id}@${state.id}`,
        kind: 'material',
        title: material.title,
        text: [topic.title, material.file?.name ?? ''].filter((x) => x !== '').join('\n'),
        link: material.file === undefined ? material.link : undefined,
        author: material.owner,
        readers: own.readers ?? inside,
      });
    }
  }
  return entries.map((entry) => withoutUndefined(entry));
}

const withoutUndefined = <T extends object>(entry: T): T =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;
