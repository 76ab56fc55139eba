/** M3: what differs between two versions of the minutes, word by word; applied to the one it gives the other. */
import { diffArrays } from 'diff';
import type { Locale, TopicId } from '../domain/meeting/state.js';
import type { Instant } from '../domain/calendar/index.js';
import type { MinutesText } from './types.js';

export interface Span {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** A part that changed. `next` holds no words but two instants. */
export type PartChange =
  | { part: 'summary'; spans: Span[] }
  | { part: 'conclusion'; topicId: TopicId; spans: Span[] }
  | { part: 'next'; before?: Instant | undefined; after?: Instant | undefined };

/** Words; Chinese has no spaces between them, so that the language's own segmenter cuts. */
function words(text: string, locale: Locale): string[] {
  return [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].map((s) => s.segment);
}

/** The spans without what was added are `before`, without what was removed `after`. */
export function wordDifference(before: string, after: string, locale: Locale): Span[] {
  return diffArrays(words(before, locale), words(after, locale)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

export function minutesDifference(before: MinutesText, after: MinutesText, locale: Locale): PartChange[] {
  const found: PartChange[] = [];
  const [oldSummary, newSummary] = [before.summary ?? '', after.summary ?? ''];
  if (oldSummary !== newSummary) found.push({ part: 'summary', spans: wordDifference(oldSummary, newSummary, locale) });
  const conclusions = (text: MinutesText) => new Map(text.topics.map((t) => [t.topicId, t.conclusion ?? '']));
  const [old, now] = [conclusions(before), conclusions(after)];
  for (const topicId of new Set([...old.keys(), ...now.keys()])) {
    const [a, b] = [old.get(topicId) ?? '', now.get(topicId) ?? ''];
    if (a !== b) found.push({ part: 'conclusion', topicId, spans: wordDifference(a, b, locale) });
  }
  if (before.nextMeetingAt !== after.nextMeetingAt)
    found.push({ part: 'next', before: before.nextMeetingAt, after: after.nextMeetingAt });
  return found;
}

/** H7: the topics whose conclusion is another one now. */
export function changedTopics(before: MinutesText, after: MinutesText): TopicId[] {
  return minutesDifference(before, after, 'en').flatMap((c) => (c.part === 'conclusion' ? [c.topicId] : []));
}

/** The difference applied: the text after it. */
export function applied(before: MinutesText, changes: PartChange[]): MinutesText {
  const { summary, nextMeetingAt, ...rest } = before;
  const after = (spans: Span[]): string =>
    spans
      .filter((s) => s.kind !== 'removed')
      .map((s) => s.text)
      .join('');
  const topics = new Map(before.topics.map((t) => [t.topicId, t.conclusion]));
  let [newSummary, newNext] = [summary, nextMeetingAt];
  for (const c of changes) {
    if (c.part === 'summary') newSummary = after(c.spans) || undefined;
    else if (c.part === 'next') newNext = c.after;
    else topics.set(c.topicId, after(c.spans) || undefined);
  }
  return {
    ...rest,
    ...(newSummary === undefined ? {} : { summary: newSummary }),
    topics: [...topics].map(([topicId, conclusion]) => ({ topicId, ...(conclusion ? { conclusion } : {}) })),
    ...(newNext === undefined ? {} : { nextMeetingAt: newNext }),
  };
}
