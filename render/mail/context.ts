import { whenFor } from '../when.js';
import type { When } from '../when.js';
import type { Instant } from '../../domain/calendar/index.js';
import type { MailEffect, MailKind } from '../../domain/meeting/effects.js';
import type { Locale, MeetingState } from '../../domain/meeting/state.js';
import { translator } from '../../locales/index.js';
import type { Translate } from '../../locales/index.js';
import type { Link, MailDocument, Section } from '../document.js';
import type { LinkPurpose, Links } from '../links.js';
import { namesIn } from '../names.js';
import type { Names } from '../names.js';
import { oneLine, shortened } from '../text.js';
import type { FollowUp } from '../../domain/series/follow-up.js';
import type { AnalysisTexts, DepartmentCard, MinutesText, PersonCard } from '../types.js';

/** What a mail is made of: the effect, the meeting as it is now, and the reader. */
export interface MailInput {
  effect: MailEffect;
  state: MeetingState;
  /** Workflow time. */
  now: Instant;
  reader: PersonCard;
  /** The reader's language. */
  locale: Locale;
  people: PersonCard[];
  departments: DepartmentCard[];
  /** For the mails about minutes; without it they are drafted from the record. */
  minutes?: MinutesText | undefined;
  /** N3: written input by its hash. */
  inputs?: Record<string, string> | undefined;
  /** E12: for the same mails, by topic. */
  analyses?: AnalysisTexts | undefined;
  /** S1: for the mails before the start. */
  followUp?: FollowUp | undefined;
  /** S1: topics that wait for the initiating department's next host. */
  offered?: { topicId: string; title: string; times?: number }[] | undefined;
  /** F5: what was suggested, for who has to improve it. */
  suggestions?: string[] | undefined;
  /** M3: the text that the reader had before. */
  minutesBefore?: MinutesText | undefined;
  links: Links;
  /** Our From address: ORGANIZER of the invitations. */
  from: { name: string; address: string };
}

/** The same with what every builder needs at hand. */
export interface MailContext extends Omit<MailInput, 'links' | 'people' | 'departments'> {
  kind: MailKind;
  say: Translate;
  when: When;
  names: Names;
  /** As they came, for the minutes, which look up names themselves. */
  cards: { people: PersonCard[]; departments: DepartmentCard[] };
  /** The meeting's title on one line, short enough for a subject. */
  title: string;
  /** A personal link for the reader. */
  link(label: string, purpose: LinkPurpose, options?: { ref?: string; query?: string }): Promise<Link>;
}

/** What a builder returns; the frame around it (title, time, footer) is the same for every mail. */
export type MailBody = Omit<MailDocument, 'title' | 'when' | 'footer' | 'sections'> & {
  title?: string;
  when?: string[];
  sections?: Section[];
};

export type MailBuilder = (c: MailContext) => Promise<MailBody> | MailBody;

export function contextOf({ links, people, departments, ...input }: MailInput): MailContext {
  const { effect, state, locale, reader, now } = input;
  const say = translator(locale);
  return {
    ...input,
    kind: effect.mail,
    say,
    when: whenFor(locale, state.zone, reader.timeZone),
    names: namesIn(locale, people, departments),
    cards: { people, departments },
    title: shortened(oneLine(state.title), 150),
    link: async (label, purpose, { ref, query } = {}) => {
      const claims = {
        purpose,
        person: reader.id,
        meeting: state.id,
        ...(ref === undefined ? {} : { ref }),
        // H6: in somebody else's hands a link is theirs, for what an assistant may.
        ...(reader.through === undefined ? {} : { by: reader.through }),
      };
      const url = await links.url(claims, now);
      return { label, url: query === undefined ? url : `${url}?${query}` };
    },
  };
}

/** An instant among the effect's parameters. */
export function instant(c: MailContext, name: string): Instant | undefined {
  const value = c.effect.params[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A count or score among the effect's parameters. */
export const number = instant;

export function textParam(c: MailContext, name: string): string | undefined {
  const value = c.effect.params[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function flag(c: MailContext, name: string): boolean {
  return c.effect.params[name] === true;
}
