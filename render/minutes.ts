/**
 * The minutes (M1, M2) as one structure: core conclusions, action items and suggested next time are always there, with a
 * sentence when there is nothing; then attendance, votes and key points. Every format (M4) is made from it.
 */
import { extractOf, extractText } from '../domain/meeting/extract.js';
import type { Locale, MeetingState, PersonId } from '../domain/meeting/state.js';
import { translator } from '../locales/index.js';
import { bilingual } from './bilingual.js';
import type { Fact, Section } from './document.js';
import { sectionsHtml } from './mail/blocks.js';
import { sectionsMarkdown } from './markdown.js';
import { draftMinutes } from './minutes-draft.js';
import type { MinutesContext } from './minutes/context.js';
import { actionList } from './minutes/action-list.js';
import type { ActionList } from './minutes/action-list.js';
import { minutesFacts, statusOf } from './minutes/facts.js';
import { minutesSections } from './minutes/sections.js';
import { namesIn } from './names.js';
import { oneLine } from './text.js';
import type { AnalysisTexts, DepartmentCard, MinutesText, PersonCard } from './types.js';
import { whenFor } from './when.js';

export interface MinutesInput {
  state: MeetingState;
  /** Without it the minutes are drafted from the record. */
  content?: MinutesText | undefined;
  /** E12: the texts that the archive has, by topic. */
  analyses?: AnalysisTexts | undefined;
  locale: Locale;
  people: PersonCard[];
  departments: DepartmentCard[];
  readerZone?: string | undefined;
  /** N3: written input by its hash. */
  inputs?: Record<string, string> | undefined;
  /** H7: the approved extract for this external person, instead of the whole. */
  extractFor?: PersonId | undefined;
}

export interface MinutesDocument {
  locale: Locale;
  title: string;
  /** The meeting's own title, for running heads and file names. */
  meeting: string;
  /** "Version 2", for running heads. */
  version: string;
  /** Not confirmed by anybody (yet). */
  draft: boolean;
  /** The same in words. */
  status: string;
  facts: Fact[];
  sections: Section[];
  /** The same actions as a list, for a sheet. */
  actions: ActionList;
}

/** The minutes in the reader's language; in both where the meeting carries two (M4), the reader's first. */
export function minutesDocument(input: MinutesInput): MinutesDocument {
  const { locale, secondLocale } = input.state;
  const first = oneLanguage(input);
  if (secondLocale === undefined) return first;
  const other = [locale, secondLocale].find((l) => l !== input.locale) ?? secondLocale;
  return bilingual(first, oneLanguage({ ...input, locale: other }));
}

function oneLanguage(input: MinutesInput): MinutesDocument {
  const { locale, people, departments, readerZone, extractFor, analyses = {}, inputs = {} } = input;
  const whole = input.content ?? draftMinutes(input.state);
  const [state, content] =
    extractFor === undefined
      ? [input.state, whole]
      : [extractOf(input.state, extractFor), extractText(input.state, extractFor, whole)];
  const say = translator(locale);
  const names = namesIn(locale, people, departments);
  const when = whenFor(locale, state.zone, readerZone);
  const c: MinutesContext = { state, content, locale, say, when, names, analyses, inputs, extractFor };
  const meeting = oneLine(state.title);
  return {
    locale,
    title: say(extractFor === undefined ? 'minutes.title' : 'minutes.extractTitle', { title: meeting }),
    meeting,
    version: say('minutes.version', { v: state.minutes?.version ?? 0 }),
    draft: state.minutes?.confirmedAt === undefined,
    status: statusOf(c),
    facts: minutesFacts(c),
    sections: minutesSections(c),
    actions: actionList(c),
  };
}

/** `GET …/minutes.md` */
export function minutesMarkdown(document: MinutesDocument): string {
  return sectionsMarkdown(document.title, document.facts, document.sections);
}

/** An HTML fragment, everything escaped, for a page that has a frame of its own. */
export function minutesHtml(document: MinutesDocument): string {
  return sectionsHtml([
    { heading: document.title, blocks: [{ type: 'facts', facts: document.facts }] },
    ...document.sections,
  ]);
}
