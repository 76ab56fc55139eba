/** M3: what was mended in the record between two versions of the minutes; several changes of one thing are one. */
import type { ActionSaid, Amendment, Locale, MeetingState } from '../../domain/meeting/state.js';
import { actionText } from '../action-text.js';
import type { Block, Section } from '../document.js';
import { text } from '../document.js';
import { wordDifference } from '../minutes-diff.js';
import type { Span } from '../minutes-diff.js';
import type { Names } from '../names.js';
import type { Translate } from '../../locales/index.js';

export type AmendedPart =
  | { part: 'keyPoint'; id: string; topicId: string; spans: Span[] }
  | { part: 'action'; id: string; spans: Span[] }
  | { part: 'attendance'; person: string; present: boolean };

export interface AmendedContext {
  state: MeetingState;
  locale: Locale;
  names: Pick<Names, 'person'>;
}

const keyOf = (a: Amendment): string => `${a.part} ${a.part === 'attendance' ? a.person : a.id}`;

/** Changes of `after` as words; what became again as it was is left out. */
export function amendedBetween({ state, locale, names }: AmendedContext, from: number, to: number): AmendedPart[] {
  const all = (state.minutes?.amendments ?? []).filter((a) => a.version > from && a.version <= to);
  const line = (said: ActionSaid | undefined): string =>
    said === undefined ? '' : actionText(locale, { ...said, owner: names.person(said.owner) }, state.zone);
  return [...new Set(all.map(keyOf))].flatMap((key): AmendedPart[] => {
    const some = all.filter((a) => keyOf(a) === key);
    const [first, last] = [some[0]!, some.at(-1)!];
    if (first.part === 'attendance' && last.part === 'attendance')
      return first.before === last.after ? [] : [{ part: 'attendance', person: first.person, present: last.after }];
    if (first.part === 'keyPoint' && last.part === 'keyPoint') {
      const spans = wordDifference(first.before, last.after, locale);
      return first.before === last.after ? [] : [{ part: 'keyPoint', id: first.id, topicId: first.topicId, spans }];
    }
    if (first.part !== 'action' || last.part !== 'action') return [];
    const [before, after] = [line(first.before), line(last.after)];
    return before === after ? [] : [{ part: 'action', id: first.id, spans: wordDifference(before, after, locale) }];
  });
}

/** A section per kind of thing. */
export function amendedSections(c: AmendedContext & { say: Translate }, from: number, to: number): Section[] {
  const parts = amendedBetween(c, from, to);
  const block = (part: AmendedPart): Block =>
    part.part === 'attendance'
      ? text(
          c.say(part.present ? 'minutes.changed.came' : 'minutes.changed.cameNot', {
            name: c.names.person(part.person),
          }),
        )
      : { type: 'difference', spans: part.spans };
  return (['keyPoint', 'action', 'attendance'] as const).flatMap((kind) => {
    const blocks = parts.filter((p) => p.part === kind).map(block);
    return blocks.length === 0 ? [] : [{ heading: c.say(`minutes.changed.${kind}`), blocks }];
  });
}
