/** What the sections of the minutes are made from, and how a section looks that has nothing to say. */
import type { Locale, MeetingState, PersonId } from '../../domain/meeting/state.js';
import type { Translate } from '../../locales/index.js';
import type { Block, Item, Section } from '../document.js';
import { items, text } from '../document.js';
import type { Names } from '../names.js';
import type { AnalysisTexts, MinutesText } from '../types.js';
import type { When } from '../when.js';

export interface MinutesContext {
  state: MeetingState;
  content: MinutesText;
  /** E12 */
  analyses: AnalysisTexts;
  locale: Locale;
  say: Translate;
  when: When;
  names: Names;
  /** N3: written input by its hash. */
  inputs?: Record<string, string> | undefined;
  /** H7: the approved extract for this external person; the full minutes without it. */
  extractFor?: PersonId | undefined;
}

/** One part of the minutes; none when it is only there if there is something to say. */
export type SectionBuilder = (c: MinutesContext) => Section[];

/** A part that is always there: with nothing to say it says so (`minutes.none.<name>`). */
export function always(c: MinutesContext, name: string, blocks: Block[]): Section[] {
  const told = blocks.length > 0 ? blocks : [text(c.say(`minutes.none.${name}`))];
  return [{ name, heading: c.say(`minutes.heading.${name}`), blocks: told }];
}

/** A part that is left out with nothing to say. */
export function ifAny(c: MinutesContext, name: string, blocks: Block[]): Section[] {
  return blocks.length > 0 ? always(c, name, blocks) : [];
}

export const list = (entries: Item[]): Block[] => (entries.length > 0 ? [items(entries)] : []);
